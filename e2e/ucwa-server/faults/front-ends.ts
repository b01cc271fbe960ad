import { problem } from "../http/endpoint.ts";
import type { ServerRequest, ServerResponse } from "../http/message.ts";
import { applicationsPath } from "../discovery/discovery-endpoints.ts";
import { usualSpelling } from "../resources/spelling.ts";
import { write } from "../resources/resource-writer.ts";

/** The cookie by which the balancer keeps a client on one front end. INFERRED: its name is each balancer's own. */
const COOKIE = "front-end";

/**
 * A balancer of loads before several front ends, of which each knows only the applications that were created there. The
 * 201 of a new application sets a cookie; a request without it reaches another front end, where there is no such
 * application.
 */
export class FrontEnds {
  readonly #homes = new Map<string, string>();
  #turns = 0;

  /** Passes a request on to the front end that its cookie names, one of `count`. */
  async pass(
    request: ServerRequest,
    count: number,
    serve: (request: ServerRequest) => Promise<ServerResponse>,
  ): Promise<ServerResponse> {
    if (count === 1) return serve(request);
    const { pathname } = new URL(request.url);
    const named = new RegExp(`\\b${COOKIE}=(\\d+)`).exec(request.headers.get("cookie") ?? "")?.[1] ?? null;
    const home = this.#homes.get(applicationIn(pathname) ?? "");
    if (home !== undefined && home !== named)
      return write(
        problem(404, "ApplicationNotFound"),
        request.headers.get("accept"),
        usualSpelling,
        () => {},
      );
    const response = await serve(request);
    const location = response.headers.find(([name]) => name === "Location")?.[1];
    if (pathname !== applicationsPath || location === undefined) return response;
    const frontEnd = named ?? String(this.#turns++ % count);
    this.#homes.set(applicationIn(location.split("?", 1)[0] ?? "") ?? "", frontEnd);
    return {
      ...response,
      headers: [...response.headers, ["Set-Cookie", `${COOKIE}=${frontEnd}; path=/; HttpOnly`]],
    };
  }
}

function applicationIn(path: string): string | null {
  if (!path.startsWith(`${applicationsPath}/`)) return null;
  return path.slice(applicationsPath.length + 1).split("/", 1)[0] ?? null;
}
