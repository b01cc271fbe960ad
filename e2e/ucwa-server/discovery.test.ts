import { describe, expect, it } from "vitest";
import { memoryFetch } from "./memory-fetch.ts";
import { createApplication, origins, reply, signIn, virtualServer } from "./testing/client.ts";
import type { Reply } from "./testing/client.ts";

const json = { Accept: "application/json" };

function start(options: Parameters<typeof virtualServer>[0] = {}) {
  const server = virtualServer(options);
  const fetch = memoryFetch(server);
  const get = async (url: string, headers: Record<string, string> = json): Promise<Reply> =>
    reply(await fetch(url, { headers }));
  return { server, fetch, get };
}

async function userHref({ get }: ReturnType<typeof start>): Promise<string> {
  return (await get(`${origins.discovery}/`)).json._links.user.href;
}

async function grant({ fetch, get }: ReturnType<typeof start>, href: string, form: Record<string, string>) {
  const challenged = await get(href);
  const service = /href="([^"]+)"/.exec(challenged.headers.get("www-authenticate")!)![1]!;
  return reply(await fetch(service, { method: "POST", headers: json, body: new URLSearchParams(form) }));
}

const right = { grant_type: "password", username: "ada@doorbell.example", password: "ada" };

describe("the root of discovery (RootURL)", () => {
  it.each(["/", "/Autodiscover/AutodiscoverService.svc/root?originalDomain=doorbell.example"])(
    "names self, user and xframe at %s",
    async (path) => {
      const root = await start().get(origins.discovery + path);
      expect(root.status).toBe(200);
      expect(Object.keys(root.json._links).toSorted()).toEqual(["self", "user", "xframe"]);
    },
  );

  it("keeps the domain that it was asked with", async () => {
    const root = await start().get(
      `${origins.discovery}/Autodiscover/AutodiscoverService.svc/root?originalDomain=doorbell.example`,
    );
    expect(root.json._links.user.href).toContain("originalDomain=doorbell.example");
  });

  it("redirects where it is told to", async () => {
    const { get } = start({ switches: { rootRedirect: "https://elsewhere.example/root" } });
    const root = await get(`${origins.discovery}/`);
    expect(root.json._links.redirect.href).toBe("https://elsewhere.example/root");
    expect(root.json._links.user).toBeUndefined();
  });

  it("is not the page, unless HTML is asked for", async () => {
    const page = await start().get(`${origins.discovery}/`, { Accept: "text/html" });
    expect(page.headers.get("content-type")).toContain("text/html");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  });
});

describe("the challenge (AuthenticationInUCWA, CreateAnApplication)", () => {
  it("is 401 with an HTML body and two challenges", async () => {
    const at = start();
    const answer = await at.get(await userHref(at));
    expect(answer.status).toBe(401);
    expect(answer.headers.get("content-type")).toBe("text/html");
    const challenge = answer.headers.get("www-authenticate")!;
    expect(challenge).toMatch(/Bearer trusted_issuers="[^"]+", client_id="[^"]+"/);
    expect(challenge).toMatch(
      /MsRtcOAuth href="[^"]+\/oauthtoken",grant_type="urn:microsoft.rtc:windows,urn:microsoft.rtc:anonmeeting,password"/,
    );
  });

  it("comes in two header lines, or folded into one by a switch", async () => {
    for (const [foldChallenges, lines] of [
      [false, 2],
      [true, 1],
    ] as const) {
      const at = start({ switches: { foldChallenges } });
      const url = await userHref(at);
      const raw = await at.server.handle({
        method: "GET",
        url,
        headers: new Headers(json),
        body: new Uint8Array(),
        signal: new AbortController().signal,
      });
      expect(raw.headers.filter(([name]) => name === "WWW-Authenticate")).toHaveLength(lines);
    }
  });

  it("leaves out the quotation marks of its href by a switch", async () => {
    const at = start({ switches: { unquotedHref: true } });
    const answer = await at.get(await userHref(at));
    expect(answer.headers.get("www-authenticate")).toMatch(/MsRtcOAuth href=http:[^"]+,grant_type=/);
  });
});

describe("the sign-in service (AuthenticationInUCWA)", () => {
  it("answers a password with a token that is never to be stored", async () => {
    const at = start();
    const answer = await grant(at, await userHref(at), right);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.json).toEqual({
      access_token: expect.stringMatching(/^cwt=.{100,}/),
      expires_in: 28_800,
      ms_rtc_identityscope: "local",
      token_type: "Bearer",
    });
  });

  it.each([String.raw`DOORBELL\ada`, "sip:ADA@doorbell.example", "ada@doorbell.example"])(
    "knows a user as %s",
    async (username) => {
      const at = start();
      expect((await grant(at, await userHref(at), { ...right, username })).status).toBe(200);
    },
  );

  it.each([
    ["no password", { grant_type: "password", username: "ada@doorbell.example" }, "invalid_request"],
    ["no grant type", { username: "ada@doorbell.example", password: "ada" }, "invalid_request"],
    ["a wrong password", { ...right, password: "wrong" }, "invalid_grant"],
    ["a stranger", { ...right, username: "eve@doorbell.example" }, "invalid_grant"],
    ["another scope", { ...right, scope: "mail" }, "invalid_scope"],
    ["a grant that is not offered", { grant_type: "urn:microsoft.rtc:passive" }, "unsupported_grant_type"],
  ] satisfies [string, Record<string, string>, string][])("refuses %s", async (_, form, error) => {
    const at = start();
    const answer = await grant(at, await userHref(at), form);
    expect(answer.status).toBe(400);
    expect(answer.json).toEqual({ error });
    expect(answer.headers.get("x-ms-diagnostics")).toMatch(/^\d+;source="[^"]+";reason="[^"]+"$/);
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  it("refuses every password by a switch", async () => {
    const at = start({ switches: { rejectPasswords: true } });
    expect((await grant(at, await userHref(at), right)).json).toEqual({ error: "invalid_grant" });
  });

  it("lets a token live for eight hours", async () => {
    const at = start();
    const url = await userHref(at);
    const token = await signIn(at.fetch, await at.get(url));
    const headers = { ...json, Authorization: `Bearer ${token}` };
    await at.server.control.advance(8 * 3_600_000 - 1);
    expect((await at.get(url, headers)).status).toBe(200);
    await at.server.control.advance(1);
    const late = await at.get(url, headers);
    expect([late.status, late.headers.has("www-authenticate")]).toEqual([401, true]);
  });

  it("gives each origin tokens of its own", async () => {
    const at = start();
    const url = await userHref(at);
    const token = await signIn(at.fetch, await at.get(url));
    const home = await at.get(url, { ...json, Authorization: `Bearer ${token}` });
    const foreign = await reply(
      await at.fetch(home.json._links.applications.href, {
        method: "POST",
        headers: { ...json, Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
        body: "{}",
      }),
    );
    expect(foreign.status).toBe(403);
    expect(foreign.headers.get("www-authenticate")).toContain(`${origins.applications}/WebTicket/oauthtoken`);
    expect(at.server.control.breaches.map(({ rule }) => rule)).toEqual(["credentialAtWrongOrigin"]);
  });
});

describe("the signed-in user (user)", () => {
  it("is shown where applications are created, on the other origin, with revision 2", async () => {
    const at = start();
    const url = await userHref(at);
    const token = await signIn(at.fetch, await at.get(url));
    const home = await at.get(url, { ...json, Authorization: `Bearer ${token}` });
    expect(Object.keys(home.json._links).toSorted()).toEqual(["applications", "self", "xframe"]);
    expect(home.json._links.applications).toEqual({
      href: `${origins.applications}/ucwa/oauth/v1/applications`,
      revision: "2",
    });
  });

  it("is sent elsewhere by a switch", async () => {
    const at = start({ switches: { userRedirect: "https://elsewhere.example/root" } });
    const url = await userHref(at);
    const token = await signIn(at.fetch, await at.get(url));
    const home = await at.get(url, { ...json, Authorization: `Bearer ${token}` });
    expect(home.json._links.redirect.href).toBe("https://elsewhere.example/root");
  });

  it("needs one token only when everything is on one origin", async () => {
    const one = { discovery: origins.discovery, applications: origins.discovery };
    const server = virtualServer({ origins: one });
    const application = await createApplication(server);
    expect(application.resource.rel).toBe("application");
    expect(server.control.breaches).toEqual([]);
  });
});
