import { invalidParameter } from "../http/endpoint.ts";
import type { Answer } from "../http/endpoint.ts";
import type { ApplicationIdentity } from "./served-application.ts";
import type { BreachLog } from "../http/breaches.ts";
import { readInput, textOf } from "../resources/input.ts";
import type { ServerRequest } from "../http/message.ts";

/** What a client asks for when it creates an application. */
export interface WantedApplication {
  readonly identity: ApplicationIdentity;
  /** Empty for the only, unnamed instance. */
  readonly instanceId: string;
}

/** Reads the creation of an application. Reference: applications */
export function readApplication(
  request: ServerRequest,
  breaches: BreachLog,
): { readonly wanted: WantedApplication } | { readonly refusal: Answer } {
  const read = readInput(request, breaches);
  if (!read.ok) return { refusal: read.answer };
  const refuse = (name: string): { refusal: Answer } => {
    breaches.record("invalidInput", request);
    return { refusal: invalidParameter(name, "a text of 1 to 100 characters") };
  };
  const culture = textOf(read.input, "culture", 100);
  const userAgent = textOf(read.input, "userAgent", 100);
  const endpointId = textOf(read.input, "endpointId", 100);
  const instanceId = textOf(read.input, "instanceId", 100);
  const type = textOf(read.input, "type", 100);
  if (!culture) return refuse("culture");
  if (!userAgent) return refuse("userAgent");
  if (!endpointId) return refuse("endpointId");
  if (instanceId === null) return refuse("instanceId");
  if (type === null) return refuse("type");
  if (instanceId !== undefined && Number(request.headers.get("x-ms-requiresminresourceversion") ?? "1") < 2)
    breaches.record("instanceIdWithoutVersion", request);
  return {
    wanted: {
      identity: { culture, userAgent, endpointId, type: type ?? null },
      instanceId: instanceId ?? "",
    },
  };
}

/** Whether two applications are one. Reference: MultiTabSupport */
export function sameIdentity(a: ApplicationIdentity, b: ApplicationIdentity): boolean {
  return (
    a.culture === b.culture &&
    a.userAgent === b.userAgent &&
    a.endpointId === b.endpointId &&
    a.type === b.type
  );
}
