import * as z from "zod";
import type { Context } from "../context.ts";
import { ControlError } from "./control.ts";
import type { Control } from "./control.ts";
import { isProblemStatus } from "../http/endpoint.ts";
import { mediaType, respondJson } from "../http/message.ts";
import type { ServerRequest, ServerResponse } from "../http/message.ts";
import { controlConversation } from "./control-conversations-http.ts";
import { addressSchema, invitationSchema, someoneSchema } from "../invitation/invitation-request.ts";
import { deploymentSchema } from "../people/deployment.ts";
import { discoverySchema } from "../discovery/discovery-switches.ts";
import { faultSchema } from "../faults/fault-request.ts";
import { intermediarySchema } from "../faults/intermediary.ts";
import { signInSchema } from "../sign-in/sign-in-switches.ts";
import { spellingSchema } from "../resources/spelling.ts";
import type { Watchers } from "../watchers.ts";

const bodies = {
  advance: z.strictObject({
    ms: z
      .number()
      .int()
      .min(0)
      .max(366 * 86_400_000),
    pauseMs: z.number().int().min(0).max(1000).optional(),
  }),
  kill: z.strictObject({
    application: z.string().optional(),
    status: z.number().int().optional(),
    subcode: z.string().max(100).optional(),
  }),
  expireTokens: z.strictObject({ user: addressSchema.optional() }),
  switches: z
    .strictObject({
      ...spellingSchema.shape,
      ...deploymentSchema.shape,
      ...signInSchema.shape,
      ...discoverySchema.shape,
      ...intermediarySchema.shape,
      swallowCompletion: z.boolean(),
      linkOnly: z.union([z.boolean(), z.enum(["mixed", "messages"])]),
      callerLinkOnly: z.boolean(),
      meReadyAfterMs: z.number().int().min(0).max(3_600_000),
      withoutReason: z.boolean(),
      requireActivity: z.boolean(),
    })
    .partial(),
  release: z.strictObject({ fault: z.string().max(50).optional() }),
} as const;

/**
 * The control API under `/_control/`, JSON in and out. Only this server's own page and programs on this machine may
 * use it: a page of another web origin is refused by its Origin header, a rebound name by the Host header.
 */
export class ControlService {
  readonly #control: Control;
  readonly #context: Context;
  readonly #watchers: Watchers;

  constructor(control: Control, context: Context, watchers: Watchers) {
    this.#control = control;
    this.#context = context;
    this.#watchers = watchers;
  }

  /** Answers a request to the control API; `null` when it is something else. */
  async serve(request: ServerRequest, url: URL): Promise<ServerResponse | null> {
    if (!url.pathname.startsWith("/_control/")) return null;
    if (!fromHere(request, url))
      return failed(403, "The control API answers only to this machine and its own page.");
    try {
      return await this.#route(request, url);
    } catch (error) {
      if (error instanceof ControlError) return failed(error.status, error.message);
      if (error instanceof z.ZodError) return failed(400, z.prettifyError(error));
      throw error;
    }
  }

  async #route(request: ServerRequest, url: URL): Promise<ServerResponse> {
    const control = this.#control;
    const [first = "", second, third] = url.pathname.slice("/_control/".length).split("/");
    const body = <T>(schema: z.ZodType<T>): T => schema.parse(jsonBody(request));
    const hasId = ["invitations", "outgoing", "people"].includes(first);
    const path = [first, second === undefined ? "" : hasId ? "*" : second, third ?? ""].join("/");
    const operation = `${request.method} ${path.replace(/\/+$/, "")}`;
    switch (operation) {
      case "GET state":
        await this.#untilNewer(request, url);
        return respondJson(200, control.state(), [["Cache-Control", "no-store"]]);
      case "POST invitations":
        return respondJson(201, { id: control.invite(body(invitationSchema)) });
      case "POST invitations/*/cancel":
        control.cancel(second ?? "");
        return done();
      case "POST invitations/*/answerElsewhere":
        control.answerElsewhere(second ?? "");
        return done();
      case "POST invitations/*/forward":
        control.forward(second ?? "", body(someoneSchema));
        return done();
      case "POST clock/advance": {
        const { ms, pauseMs } = body(bodies.advance);
        await control.advance(ms, pauseMs === undefined ? undefined : () => realPause(pauseMs));
        return respondJson(200, { now: this.#context.clock.now() });
      }
      case "POST applications/kill": {
        const { application, status = 404, subcode = "ApplicationNotFound" } = body(bodies.kill);
        if (!isProblemStatus(status)) throw new ControlError(400, "UCWA has no error with this status.");
        control.kill({ id: application }, status, subcode);
        return done();
      }
      case "POST tokens/expire":
        control.expireTokens(body(bodies.expireTokens).user);
        return done();
      case "PUT switches": {
        const given = Object.entries(body(bodies.switches)).filter(([, value]) => value !== undefined);
        control.setSwitches(Object.fromEntries(given));
        return respondJson(200, control.switches);
      }
      case "POST faults":
        return respondJson(201, { id: control.addFault(body(faultSchema)) });
      case "POST faults/release":
        control.release(body(bodies.release).fault);
        return done();
      case "POST passive/forget":
        control.forgetPassiveSignIns();
        return done();
      case "DELETE faults":
        control.clearFaults();
        return done();
      case "DELETE breaches":
        control.clearBreaches();
        return done();
      default:
        return controlConversation(control.conversations, operation, second ?? "", body)
          ? done()
          : failed(404, "The control API has no such operation.");
    }
  }

  /** `?after=VERSION` waits until the state is newer, at most `waitMs` (default 20 s, limit 60 s). */
  #untilNewer(request: ServerRequest, url: URL): Promise<void> {
    const after = Number(url.searchParams.get("after") ?? "-1");
    if (this.#watchers.version > after) return Promise.resolve();
    const waitMs = Math.min(Number(url.searchParams.get("waitMs") ?? "20000") || 0, 60_000);
    return new Promise((resolve) => {
      const finish = (): void => {
        stopTimer();
        stopWatching();
        request.signal.removeEventListener("abort", finish);
        resolve();
      };
      const stopTimer = this.#context.clock.after(waitMs, finish);
      const stopWatching = this.#watchers.once(finish);
      request.signal.addEventListener("abort", finish);
    });
  }
}

/** A browser names the page that asks in Origin; whoever rebinds a name to this machine still sends that name as Host. */
export function fromHere(request: ServerRequest, url: URL): boolean {
  const host = hostName(request.headers.get("host") ?? url.host);
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  if (!["localhost", "127.0.0.1", "[::1]"].includes(host)) return false;
  if (site !== null && site !== "same-origin" && site !== "none") return false;
  if (origin === null) return true;
  return URL.canParse(origin) && new URL(origin).host === (request.headers.get("host") ?? url.host);
}

function hostName(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, "");
}

function jsonBody(request: ServerRequest): unknown {
  if (request.body.length === 0) return {};
  // A form of another page could send any other type without asking first.
  if (mediaType(request.headers.get("content-type")) !== "application/json")
    throw new ControlError(400, "The body's Content-Type is not application/json.");
  try {
    return JSON.parse(new TextDecoder().decode(request.body)) as unknown;
  } catch {
    throw new ControlError(400, "The body is not JSON.");
  }
}

function realPause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function done(): ServerResponse {
  return { status: 204, headers: [], body: "" };
}

function failed(status: number, error: string): ServerResponse {
  return respondJson(status, { error });
}
