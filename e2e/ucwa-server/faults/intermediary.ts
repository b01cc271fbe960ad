import * as z from "zod";
import type { Clock } from "../clock.ts";
import { respond } from "../http/message.ts";
import type { ServerRequest, ServerResponse } from "../http/message.ts";

/** What stands between the clients and the server, which itself notices nothing of it. */
export interface IntermediarySwitches {
  /** A proxy gives up every request after so many milliseconds. */
  proxyLimitMs: number | null;
  /** How it gives up: with a page of its own, by a reset, or by turns. */
  proxyGivesUp: "page" | "reset" | "turns";
  /** A captive portal answers everything: with its page, by sending everybody to its address, or by turns. */
  portal: "off" | "page" | "redirect" | "turns";
  /** So many front ends are behind a balancer, which keeps a client on one of them by a cookie; 1: there is none. */
  frontEnds: number;
}

/** Nothing in between. */
export const noIntermediary: IntermediarySwitches = {
  proxyLimitMs: null,
  proxyGivesUp: "page",
  portal: "off",
  frontEnds: 1,
};

/** What the control API takes of them. */
export const intermediarySchema = z.object({
  proxyLimitMs: z
    .number()
    .int()
    .min(1)
    .max(24 * 3_600_000)
    .nullable(),
  proxyGivesUp: z.enum(["page", "reset", "turns"]),
  portal: z.enum(["off", "page", "redirect", "turns"]),
  frontEnds: z.number().int().min(1).max(100),
});

/** Where the portal wants everybody to go. The name is reserved: nothing answers there. */
export const portalAddress = "http://portal.invalid/welcome";

/** The proxy or captive portal in front of a server. */
export class Intermediary {
  readonly #clock: Clock;
  readonly #switches: Readonly<IntermediarySwitches>;
  #turns = 0;

  constructor(clock: Clock, switches: Readonly<IntermediarySwitches>) {
    this.#clock = clock;
    this.#switches = switches;
  }

  /** Passes a request on, or answers it in the server's place. */
  pass(
    request: ServerRequest,
    serve: (request: ServerRequest) => Promise<ServerResponse>,
  ): Promise<ServerResponse> {
    const { portal, proxyLimitMs } = this.#switches;
    if (portal !== "off") return Promise.resolve(this.#portalAnswer(portal));
    return proxyLimitMs === null ? serve(request) : this.#withLimit(request, proxyLimitMs, serve);
  }

  #portalAnswer(portal: "page" | "redirect" | "turns"): ServerResponse {
    return portal === "page" || (portal === "turns" && this.#turns++ % 2 === 0)
      ? respond(200, "text/html", "<!DOCTYPE html><title>Welcome</title><h1>Please accept our terms.</h1>")
      : respond(302, "text/html", "", [["Location", portalAddress]]);
  }

  /** The limit holds from the request to the last byte of the answer; the server sees its client hang up. */
  async #withLimit(
    request: ServerRequest,
    limitMs: number,
    serve: (request: ServerRequest) => Promise<ServerResponse>,
  ): Promise<ServerResponse> {
    const through = new AbortController();
    const hangUp = (): void => through.abort();
    if (request.signal.aborted) hangUp();
    request.signal.addEventListener("abort", hangUp);
    let giveUp: (answer: ServerResponse) => void = () => {};
    const givenUp = new Promise<ServerResponse>((resolve) => (giveUp = resolve));
    const stopTimer = this.#clock.after(limitMs, () => {
      hangUp();
      giveUp(this.#gaveUp());
    });
    const response = await Promise.race([serve({ ...request, signal: through.signal }), givenUp]);
    const end = (): void => {
      stopTimer();
      request.signal.removeEventListener("abort", hangUp);
    };
    if (!response.parts) {
      end();
      return response;
    }
    return { ...response, parts: thenDo(response.parts, end) };
  }

  #gaveUp(): ServerResponse {
    const { proxyGivesUp } = this.#switches;
    return proxyGivesUp === "reset" || (proxyGivesUp === "turns" && this.#turns++ % 2 === 0)
      ? { ...respond(504, null), cut: "beforeHeaders", reset: true }
      : respond(504, "text/html", "<!DOCTYPE html><title>504</title><h1>Gateway Time-out</h1>");
  }
}

async function* thenDo(parts: AsyncIterable<Uint8Array>, end: () => void): AsyncGenerator<Uint8Array> {
  try {
    yield* parts;
  } finally {
    end();
  }
}
