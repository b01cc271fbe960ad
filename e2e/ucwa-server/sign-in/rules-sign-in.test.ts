/** What the reference says of tokens and guests, rule by rule. */
import { describe, expect, it } from "vitest";
import { memoryFetch } from "../http/memory-fetch.ts";
import {
  availableApplication,
  createApplication,
  origins,
  reply,
  settle,
  virtualServer,
} from "../testing/client.ts";
import type { Reply } from "../testing/client.ts";
import { brokenRules } from "../testing/ring.ts";

const json = { Accept: "application/json" };

function start(options: Parameters<typeof virtualServer>[0] = {}) {
  const server = virtualServer(options);
  const fetch = memoryFetch(server);
  const get = async (url: string, headers: Record<string, string> = json): Promise<Reply> =>
    reply(await fetch(url, { headers }));
  const post = async (url: string, headers: Record<string, string>, body: BodyInit): Promise<Reply> =>
    reply(await fetch(url, { method: "POST", headers, body }));
  /** Asks for a token by the challenge of an address. */
  const token = async (url: string, form: Record<string, string>): Promise<Reply> => {
    const challenged = await get(url);
    const service = /href="([^"]+)"/.exec(challenged.headers.get("www-authenticate") ?? "")?.[1] ?? "";
    return post(service, json, new URLSearchParams(form));
  };
  return { server, get, post, token };
}

describe("a token (AuthenticationInUCWA)", () => {
  it(
    "is granted to a password of any characters",
    { tags: ["form-encoding", "grant-password"] },
    async () => {
      const password = "p&ss+w%rd=1 ä";
      const users = [{ uri: "sip:ada@doorbell.example", name: "Ada", password }];
      const { get, token } = start({ users });
      const user = (await get(`${origins.discovery}/`)).json._links.user.href;
      const form = { grant_type: "password", username: "ada@doorbell.example" };
      expect((await token(user, { ...form, password })).status).toBe(200);
      expect((await token(user, { ...form, password: "p&ss w%rd=1 ä" })).status).toBe(400);
    },
  );

  it(
    "that ends leaves the request that it parked, and its application, alone",
    { tags: ["renewal-keeps-parked"] },
    async () => {
      const server = virtualServer();
      const { application, channel } = await availableApplication(server);
      await channel.hangUp();
      const parked = application.poll(channel.next);
      await settle();
      server.control.expireTokens();
      await createApplication(server);
      expect(server.control.state().applications).toHaveLength(1);
      await server.control.advance(180_000);
      expect((await parked).status).toBe(200);
      expect(brokenRules(server)).toEqual([]);
    },
  );
});

describe("a guest (makeMeAvailable, reportMyActivity)", () => {
  it(
    "has an application, cannot be made available, and reports nothing",
    { tags: ["available-anonymous", "activity-anonymous"] },
    async () => {
      const meetings = [{ uri: "sip:ada@doorbell.example;gruu;opaque=app:conf:focus:id:A1", key: "key" }];
      const { get, post } = start({ meetings });
      const applications = `${origins.applications}/ucwa/oauth/v1/applications`;
      const challenged = await post(applications, { ...json, "Content-Type": "application/json" }, "{}");
      const service = /href="([^"]+)"/.exec(challenged.headers.get("www-authenticate") ?? "")?.[1] ?? "";
      const guest = {
        grant_type: "urn:microsoft.rtc:anonmeeting",
        password: "key",
        ms_rtc_conferenceuri: meetings[0]?.uri ?? "",
      };
      const granted = await post(service, json, new URLSearchParams(guest));
      const headers = { ...json, Authorization: `Bearer ${granted.json.access_token}` };
      const created = await post(
        applications,
        { ...headers, "Content-Type": "application/json" },
        JSON.stringify({ culture: "en-US", userAgent: "Test/1", endpointId: "guest" }),
      );
      expect(created.status).toBe(201);
      const { me } = created.json._embedded;
      const available = await post(origins.applications + me._links.makeMeAvailable.href, headers, "");
      expect([available.status, available.json.subcode]).toEqual([403, "AnonymousNotAllowed"]);
      const base: string = created.json._links.self.href;
      const report = await post(`${origins.applications}${base}/reportMyActivity`, headers, "");
      expect([report.status, report.json.subcode]).toEqual([403, "AnonymousNotAllowed"]);
      expect((await get(`${origins.applications}${base}/me`, headers)).status).toBe(200);
    },
  );
});

describe("a page of a browser (HTTP)", () => {
  it("gets no leave to ask: a preflight request is refused", { tags: ["options-unsupported"] }, async () => {
    const { server } = start();
    for (const url of [`${origins.applications}/ucwa/oauth/v1/applications`, `${origins.discovery}/`]) {
      const answer = await server.handle({
        method: "OPTIONS",
        url,
        headers: new Headers({ Origin: "http://page.example", "Access-Control-Request-Method": "POST" }),
        body: new Uint8Array(),
        signal: new AbortController().signal,
      });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.headers.map(([name]) => name.toLowerCase())).not.toContain("access-control-allow-origin");
    }
  });
});
