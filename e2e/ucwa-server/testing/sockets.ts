import { request } from "node:http";
import { request as secureRequest } from "node:https";
import { afterEach } from "vitest";
import { listen } from "../http/listen.ts";
import type { Listening, ListenOptions } from "../http/listen.ts";
import { json } from "./stranger.ts";

/** Starts servers over sockets, which end with their test. For the top of a file of tests. */
export function starting(): (options?: ListenOptions) => Promise<Listening> {
  const running: Listening[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((one) => one.close()));
  });
  return async (options = {}) => {
    const listening = await listen(options);
    running.push(listening);
    return listening;
  };
}

/** The code of what goes wrong with a request that trusts the server's authority; `null` when nothing does. */
export function failure(at: Listening, url: string, ca = at.certificate?.authority): Promise<string | null> {
  return new Promise((resolve) => {
    const ask = url.startsWith("https:") ? secureRequest : request;
    const end = (error: Error & { code?: string }): void => resolve(error.code ?? error.message);
    ask(url, { headers: json, agent: false, ...(ca !== undefined && { ca }) }, (answer) => {
      answer
        .on("error", end)
        .on("end", () => resolve(null))
        .resume();
    })
      .on("error", end)
      .end();
  });
}
