import { readFile } from "node:fs/promises";
import { problem } from "../http/endpoint.ts";
import type { Answer, Endpoint } from "../http/endpoint.ts";
import { respond } from "../http/message.ts";
import { diagnostics } from "../sign-in/challenges.ts";

/** Where a link leads to the cross-domain frame, on each origin that pages of others may ask. Reference: xframe */
export const xframePath = "/Autodiscover/XFrame/XFrame.html";
/** Where web clients look for the frame before they have any link. Reference: AutoDiscoveryLibrary */
export const xframeProbePath = "/xframe";
/** The frame's script. */
export const xframeScriptPath = "/Autodiscover/XFrame/XFrame.js";

/** The frame, for whoever embeds it: what comes through it is decided request by request. */
export const xframe = served("xframe.html", "text/html; charset=utf-8");
/** What the frame runs. */
export const xframeScript = served("xframe.js", "text/javascript; charset=utf-8");

function served(file: string, type: string): Endpoint {
  return {
    name: "xframe",
    GET: async () => ({
      kind: "response",
      response: respond(200, type, await readFile(new URL(file, import.meta.url)), [
        ["Content-Security-Policy", "default-src 'none'; script-src 'self'; connect-src 'self'"],
        ["Cache-Control", "no-cache"],
      ]),
    }),
  };
}

/** Whether a web application of this origin may ask. Reference: Cross-domain IFRAME, web application allow list */
export function isAllowedOrigin(origin: string, allowed: readonly string[]): boolean {
  return URL.canParse(origin) && allowed.some((one) => new URL(one).origin === new URL(origin).origin);
}

/** The answer to a page of an origin that is not on the list. */
export const originRefused: Answer = {
  ...problem(403),
  headers: [diagnostics(28_070, "The origin is not in the list of allowed domains.")],
};
