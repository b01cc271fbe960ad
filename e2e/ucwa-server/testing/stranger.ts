import { memoryFetch } from "../http/memory-fetch.ts";
import type { MemoryFetch } from "../http/memory-fetch.ts";
import type { UcwaServer } from "../ucwa-server.ts";
import { origins, reply, virtualServer } from "./client.ts";
import type { Reply } from "./client.ts";

/** What every request of a client that speaks JSON has. */
export const json = { Accept: "application/json" };

/** Somebody at a server of their own who has not signed in yet. */
export interface Stranger {
  readonly server: UcwaServer;
  readonly fetch: MemoryFetch;
  readonly get: (url: string, headers?: Record<string, string>) => Promise<Reply>;
  /** Where the root says that the user is. */
  readonly userHref: () => Promise<string>;
  /** Reads the challenge of `user` and asks for a token with this form. */
  readonly token: (form: Record<string, string>, headers?: Record<string, string>) => Promise<Reply>;
  /** The status of `user` for who was granted this token. */
  readonly statusWith: (granted: Reply) => Promise<number>;
}

/** A server, and somebody who can only ask. */
export function stranger(options: Parameters<typeof virtualServer>[0] = {}): Stranger {
  const server = virtualServer(options);
  const fetch = memoryFetch(server);
  const get: Stranger["get"] = async (url, headers = json) => reply(await fetch(url, { headers }));
  const userHref = async (): Promise<string> => (await get(`${origins.discovery}/`)).json._links.user.href;
  return {
    server,
    fetch,
    get,
    userHref,
    token: async (form, headers = {}) => {
      const challenged = await get(await userHref());
      const service = /href="([^"]+)"/.exec(challenged.headers.get("www-authenticate") ?? "")?.[1] ?? "";
      const body = new URLSearchParams(form);
      return reply(await fetch(service, { method: "POST", headers: { ...json, ...headers }, body }));
    },
    statusWith: async (granted) => {
      const authorization = { Authorization: `Bearer ${granted.json.access_token}` };
      return (await get(await userHref(), { ...json, ...authorization })).status;
    },
  };
}

/** A token request without a look at any challenge. */
export async function askForToken(server: UcwaServer): Promise<Reply> {
  const answer = await memoryFetch(server)(`${origins.applications}/WebTicket/oauthtoken`, {
    method: "POST",
    headers: { Accept: "application/json" },
    body: new URLSearchParams({ grant_type: "password", username: "ada@doorbell.example", password: "ada" }),
  });
  return reply(answer);
}
