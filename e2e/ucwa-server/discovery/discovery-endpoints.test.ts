import { describe, expect, it } from "vitest";
import { memoryFetch } from "../http/memory-fetch.ts";
import { createApplication, origins, reply, signIn, virtualServer } from "../testing/client.ts";
import type { Reply } from "../testing/client.ts";

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

function entrance(answers: "root" | "redirect" | "found" | "missing") {
  const entrances = [{ origin: "http://lyncdiscover.doorbell.example", answers }];
  return start({ origins: { ...origins, entrances } });
}

const right = { grant_type: "password", username: "ada@doorbell.example", password: "ada" };

describe("the root of discovery (RootURL)", () => {
  it.each(["/", "/Autodiscover/AutodiscoverService.svc/root?originalDomain=doorbell.example"])(
    "names self, user and xframe at %s",
    { tags: ["root-document"] },
    async (path) => {
      const root = await start().get(origins.discovery + path);
      expect(root.status).toBe(200);
      expect(Object.keys(root.json._links).toSorted()).toEqual(["self", "user", "xframe"]);
    },
  );

  it("keeps the domain that it was asked with", { tags: ["root-original-domain"] }, async () => {
    const root = await start().get(
      `${origins.discovery}/Autodiscover/AutodiscoverService.svc/root?originalDomain=doorbell.example`,
    );
    expect(root.json._links.user.href).toContain("originalDomain=doorbell.example");
  });

  it("redirects where it is told to", { tags: ["root-redirect"] }, async () => {
    const { get } = start({ switches: { rootRedirect: "https://elsewhere.example/root" } });
    const root = await get(`${origins.discovery}/`);
    expect(root.json._links.redirect.href).toBe("https://elsewhere.example/root");
    expect(root.json._links.user).toBeUndefined();
  });

  it(
    "puts the redirect beside the user link, where it takes precedence",
    { tags: ["redirect-before-user", "root-redirect"] },
    async () => {
      const { get } = start({
        switches: { rootRedirect: "https://elsewhere.example/root", rootRedirectBesideUser: true },
      });
      const root = await get(`${origins.discovery}/`);
      expect(Object.keys(root.json._links).toSorted()).toEqual(["redirect", "self", "user", "xframe"]);
    },
  );

  it("redirects with HTTP 302 where it is told to", { tags: ["candidate-redirected-out"] }, async () => {
    const { get } = start({ switches: { rootFound: "https://elsewhere.example/root" } });
    const root = await get(`${origins.discovery}/`);
    expect([root.status, root.headers.get("location")]).toEqual([302, "https://elsewhere.example/root"]);
  });

  it("is missing by a switch: 404 with a page", { tags: ["candidate-not-found"] }, async () => {
    const root = await start({ switches: { rootMissing: true } }).get(`${origins.discovery}/`);
    expect([root.status, root.headers.get("content-type")]).toEqual([404, "text/html"]);
  });

  it.each([
    ["root", 200, "user"],
    ["redirect", 200, "redirect"],
  ] as const)(
    "may begin at another address: %s",
    { tags: ["root-other-host", "root-original-domain"] },
    async (answers, status, rel) => {
      const at = entrance(answers);
      const root = await at.get("http://lyncdiscover.doorbell.example/?originalDomain=doorbell.example");
      expect(root.status).toBe(status);
      expect(new URL(root.json._links[rel].href).origin).toBe(origins.discovery);
      expect(root.json._links[rel].href).toContain("originalDomain=doorbell.example");
    },
  );

  it(
    "is reached from plain HTTP by 302, with the domain kept",
    { tags: ["root-original-domain", "discovery-first-hop"] },
    async () => {
      const root = await entrance("found").get(
        "http://lyncdiscover.doorbell.example/?originalDomain=doorbell.example",
      );
      expect(root.status).toBe(302);
      expect(root.headers.get("location")).toBe(
        `${origins.discovery}/Autodiscover/AutodiscoverService.svc/root?originalDomain=doorbell.example`,
      );
    },
  );

  it("is not there at a name that is not set up: 404", async () => {
    const root = await entrance("missing").get("http://lyncdiscover.doorbell.example/");
    expect([root.status, root.headers.get("content-type")]).toEqual([404, "text/html"]);
  });

  it(
    "answers in the older autodiscover format when asked for it",
    { tags: ["root-older-format"] },
    async () => {
      const accept = { Accept: "application/vnd.microsoft.rtc.autodiscover+xml;v=1" };
      const at = start();
      const root = await at.get(`${origins.discovery}/?sipuri=sip:ada@doorbell.example`, accept);
      expect(root.headers.get("content-type")).toBe("application/vnd.microsoft.rtc.autodiscover+xml; v=1");
      expect(root.text).toMatch(
        /AccessLocation="\w+"[^]*<Root>[^]*<Link token="User" href="[^"]+\/oauth\/user"/,
      );
      const redirected = start({ switches: { rootRedirect: "https://elsewhere.example/?a=1&b=2" } });
      const away = await redirected.get(`${origins.discovery}/`, accept);
      expect(away.text).toContain('<Link token="Redirect" href="https://elsewhere.example/?a=1&amp;b=2" />');
      expect([at.server.control.breaches, redirected.server.control.breaches]).toEqual([[], []]);
    },
  );

  it("is not the page, unless HTML is asked for", async () => {
    const page = await start().get(`${origins.discovery}/`, { Accept: "text/html" });
    expect(page.headers.get("content-type")).toContain("text/html");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  });
});

describe("the challenge (AuthenticationInUCWA, CreateAnApplication)", () => {
  it(
    "is 401 with an HTML body and two challenges",
    { tags: ["user-challenge", "challenge-bearer", "challenge-commas"] },
    async () => {
      const at = start();
      const answer = await at.get(await userHref(at));
      expect(answer.status).toBe(401);
      expect(answer.headers.get("content-type")).toBe("text/html");
      const challenge = answer.headers.get("www-authenticate")!;
      expect(challenge).toMatch(/Bearer trusted_issuers="[^"]+", client_id="[^"]+"/);
      expect(challenge).toMatch(
        /MsRtcOAuth href="[^"]+\/oauthtoken",grant_type="urn:microsoft.rtc:windows,urn:microsoft.rtc:anonmeeting,password"/,
      );
    },
  );

  it(
    "comes in two header lines, or folded into one by a switch",
    { tags: ["challenge-two-lines"] },
    async () => {
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
    },
  );

  it("leaves out the quotation marks of its href by a switch", { tags: ["challenge-unquoted"] }, async () => {
    const at = start({ switches: { unquotedHref: true } });
    const answer = await at.get(await userHref(at));
    expect(answer.headers.get("www-authenticate")).toMatch(/MsRtcOAuth href=http:[^"]+,grant_type=/);
  });
});

describe("the challenge, as deployments differ", () => {
  it("has an authorization service in hybrid deployments", { tags: ["challenge-bearer"] }, async () => {
    const at = start({ switches: { authorizationUri: "https://login.example/common/oauth2/authorize" } });
    const answer = await at.get(await userHref(at));
    expect(answer.headers.get("www-authenticate")).toContain(
      'authorization_uri="https://login.example/common/oauth2/authorize"',
    );
  });

  it.each([false, true])(
    "comes with those of a proxy, folded: %s",
    { tags: ["challenge-others", "challenge-two-lines"] },
    async (foldChallenges) => {
      const at = start({ switches: { foldChallenges, extraChallenges: ["Negotiate", "NTLM"] } });
      const answer = await at.get(await userHref(at));
      expect(answer.headers.get("www-authenticate")).toMatch(/^Negotiate, NTLM, Bearer .+, MsRtcOAuth href=/);
    },
  );

  it("names the grants that are offered, and no others", { tags: ["grants-offered"] }, async () => {
    const at = start({ switches: { grants: ["urn:microsoft.rtc:passive"] } });
    const answer = await at.get(await userHref(at));
    expect(answer.headers.get("www-authenticate")).toContain('grant_type="urn:microsoft.rtc:passive"');
  });

  it(
    "comes with 403 and a warning for a token that is not known here",
    { tags: ["invalid-token-403", "events-403-challenge"] },
    async () => {
      const at = start();
      const answer = await at.get(await userHref(at), { ...json, Authorization: "Bearer cwt=unknown" });
      expect(answer.status).toBe(403);
      expect(answer.headers.get("warning")).toMatch(/^120 .*"InvalidToken"$/);
      expect(answer.headers.get("www-authenticate")).toContain("MsRtcOAuth");
      expect(answer.headers.get("x-ms-diagnostics")).toMatch(/^28055;/);
    },
  );
});

describe("the sign-in service (AuthenticationInUCWA)", () => {
  it(
    "answers a password with a token that is never to be stored",
    { tags: ["token-request", "token-response", "token-identity-scope", "token-no-store"] },
    async () => {
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
    },
  );

  it.each([String.raw`DOORBELL\ada`, "sip:ADA@doorbell.example", "ada@doorbell.example"])(
    "knows a user as %s",
    { tags: ["user-name-forms"] },
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
  ] satisfies [string, Record<string, string>, string][])(
    "refuses %s",
    {
      tags: [
        "token-error-shape",
        "token-invalid-request",
        "token-invalid-grant",
        "token-unsupported-grant",
        "token-invalid-scope",
        "grant-password",
        "diagnostics-header",
      ],
    },
    async (_, form, error) => {
      const at = start();
      const answer = await grant(at, await userHref(at), form);
      expect(answer.status).toBe(400);
      expect(answer.json).toEqual({ error });
      expect(answer.headers.get("x-ms-diagnostics")).toMatch(/^\d+;source="[^"]+";reason="[^"]+"$/);
      expect(answer.headers.get("cache-control")).toBe("no-store");
    },
  );

  it("refuses every password by a switch", async () => {
    const at = start({ switches: { rejectPasswords: true } });
    expect((await grant(at, await userHref(at), right)).json).toEqual({ error: "invalid_grant" });
  });

  it("lets a token live for eight hours", { tags: ["token-lifetime", "events-401"] }, async () => {
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

  it(
    "gives each origin tokens of its own",
    { tags: ["tokens-per-host", "authorization-one-host", "foreign-token-500"] },
    async () => {
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
      expect(foreign.status).toBe(500);
      expect(foreign.headers.get("x-ms-diagnostics")).toMatch(/^28032;/);
      expect(at.server.control.breaches.map(({ rule }) => rule)).toEqual(["credentialAtWrongOrigin"]);
    },
  );
});

describe("the signed-in user (user)", () => {
  it(
    "is shown where applications are created, on the other origin, with revision 2",
    { tags: ["user-document", "applications-other-host", "applications-revision"] },
    async () => {
      const at = start();
      const url = await userHref(at);
      const token = await signIn(at.fetch, await at.get(url));
      const home = await at.get(url, { ...json, Authorization: `Bearer ${token}` });
      expect(Object.keys(home.json._links).toSorted()).toEqual(["applications", "self", "xframe"]);
      expect(home.json._links.applications).toEqual({
        href: `${origins.applications}/ucwa/oauth/v1/applications`,
        revision: "2",
      });
    },
  );

  it("is sent elsewhere by a switch", { tags: ["user-redirect"] }, async () => {
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
