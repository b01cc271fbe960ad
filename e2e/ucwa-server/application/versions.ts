import { problem } from "../http/endpoint.ts";
import type { Answer } from "../http/endpoint.ts";
import type { ServerRequest } from "../http/message.ts";

/** 404 for a request that needs a revision which the server does not have; `null` for all others. Reference: Versioning */
export function refuseVersion({ headers }: ServerRequest, revision: number): Answer | null {
  const wanted = headers.get("x-ms-requiresminresourceversion");
  if (wanted === null) return null;
  // Revisions are compared as numbers with a fraction.
  const least = Number.parseFloat(wanted);
  if (Number.isFinite(least) && least <= revision) return null;
  return problem(404, "APIVersionNotSupported", "The version of the resource is not supported.");
}
