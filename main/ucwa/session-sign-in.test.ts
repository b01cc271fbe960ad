import { describe, expect, it } from "vitest";
import {
  challenge,
  error,
  html,
  json,
  links,
  POOL,
  ROOT,
  ScriptedServer,
  TOKEN_PATH,
} from "../testing/servers/scripted-server.ts";
import { failing, last, signIn } from "../testing/signed-in.ts";

describe("signing in", () => {
  it("goes from a root to a parked event request, step by step", async () => {
    const server = new ScriptedServer();
    const { clock, names } = signIn(server);
    await clock.settle();
    expect(names()).toEqual(["discovering", "authenticating", "creating", "online"]);
    expect(server.sent("GET", `${server.base}/events`)).toHaveLength(1);
    expect(server.sent("GET", `${server.base}/events`)[0]?.url).toContain("ack=1&timeout=180");
    expect(JSON.parse(server.sent("POST", `${server.base}/me/makeMeAvailable`)[0]?.body ?? "")).toEqual({
      supportedModalities: ["Messaging"],
      supportedMessageFormats: ["Plain", "Html"],
    });
  });

  it(
    "asks each origin for a token of its own, and sends it there alone",
    { tags: ["tokens-per-host"] },
    async () => {
      const server = new ScriptedServer();
      const { clock } = signIn(server);
      await clock.settle();
      const forms = server.sent("POST", TOKEN_PATH);
      expect(forms.map(({ url }) => new URL(url).origin)).toEqual([new URL(ROOT).origin, POOL]);
      const bearers = new Map<string, Set<string>>();
      for (const { url, headers } of server.requests) {
        const bearer = headers["Authorization"];
        if (bearer) bearers.set(bearer, (bearers.get(bearer) ?? new Set()).add(new URL(url).origin));
      }
      expect(bearers.size).toBe(2);
      for (const origins of bearers.values()) expect(origins.size).toBe(1);
    },
  );

  it("stops at a wrong password and asks the server no further, however long it waits", async () => {
    const server = new ScriptedServer();
    server.intercept = ({ url }) =>
      url.includes(TOKEN_PATH) ? json(400, { error: "invalid_grant" }) : undefined;
    const { clock, states, session } = signIn(server);
    await clock.advance(3_600_000);
    expect(last(states)).toMatchObject({ name: "attention", reason: "badCredentials" });
    expect(server.requests.filter(({ url }) => url.includes(TOKEN_PATH))).toHaveLength(1);
    expect(clock.pending).toBe(0);
    session.tryNow();
    await clock.settle();
    expect(server.requests.filter(({ url }) => url.includes(TOKEN_PATH))).toHaveLength(2);
  });

  it.each([
    [
      "a sign-in page of its own",
      () => json(400, { error: "invalid_grant", ms_rtc_passiveauthuri: "https://x.example/" }),
      "signInNotOffered",
    ],
    ["a grant it does not take", () => json(400, { error: "unsupported_grant_type" }), "signInNotOffered"],
  ])("tells a wrong password apart from %s", async (_, reply, reason) => {
    const server = new ScriptedServer();
    server.intercept = ({ url }) => (url.includes(TOKEN_PATH) ? reply() : undefined);
    const { clock, states } = signIn(server);
    await clock.settle();
    expect(last(states)).toMatchObject({ name: "attention", reason });
  });

  it.each([
    ["a sick server", () => html(503)],
    ["an error of the server", () => json(400, { error: "server_error" })],
    ["a portal's page", () => html(200)],
  ])("keeps the password through %s at the token address and tries again by itself", async (_, reply) => {
    const server = new ScriptedServer();
    failing(server, ({ url }) => url.includes(TOKEN_PATH), 1, reply);
    const { clock, states } = signIn(server);
    await clock.settle();
    expect(last(states).name).toBe("reconnecting");
    await clock.advance(2_000);
    expect(last(states).name).toBe("online");
  });

  it("names what a server offers that takes no password", async () => {
    const server = new ScriptedServer();
    server.intercept = ({ url, headers }) =>
      url.includes("/user") && !headers["Authorization"]
        ? html(401, {
            "WWW-Authenticate": `MsRtcOAuth href="${ROOT}t",grant_type="urn:microsoft.rtc:windows"`,
          })
        : undefined;
    const { clock, states } = signIn(server);
    await clock.settle();
    expect(last(states)).toMatchObject({
      reason: "signInNotOffered",
      detail: expect.stringContaining("It accepts: Windows sign-in.") as string,
    });
  });

  it("sends no password to an address on plain http", async () => {
    const server = new ScriptedServer();
    server.intercept = ({ url }) =>
      url.includes("/user") ? challenge("http://pool.contoso.example") : undefined;
    const { clock, states } = signIn(server);
    await clock.settle();
    expect(last(states)).toMatchObject({ name: "attention", reason: "untrustedServer" });
    expect(server.requests.some(({ body }) => body.includes("password"))).toBe(false);
  });

  it("gives up a token that is refused fresh from the oven", async () => {
    const server = new ScriptedServer();
    server.intercept = ({ url }) => (url.includes("/user") ? challenge(new URL(ROOT).origin) : undefined);
    const { clock, states } = signIn(server);
    await clock.settle();
    expect(last(states)).toMatchObject({ name: "attention", reason: "badCredentials" });
  });

  it("asks for a person's word only when discovery leaves what may approve", async () => {
    const server = new ScriptedServer();
    const origin = "http://lyncdiscover.contoso.example";
    const stranger = "https://pool.hoster.example/root";
    server.intercept = ({ url }) => {
      if (url === `${origin}/`) return json(200, links({ redirect: stranger }));
      if (url === stranger) return json(404, {});
      return url.includes("lyncdiscover") ? html(404) : undefined;
    };
    const asked = signIn(server, { server: null });
    await asked.clock.settle();
    expect(last(asked.states)).toMatchObject({ name: "attention", reason: "untrustedServer" });
    const approved = signIn(server, { server: null, trusted: ["https://pool.hoster.example"] });
    await approved.clock.settle();
    expect(server.requests.at(-1)?.url).toBe(stranger);
  });

  it(
    "tells after a few rounds of all discovery names that there is no server",
    { tags: ["discovery-failed"] },
    async () => {
      const server = new ScriptedServer();
      const unknown = Object.assign(new TypeError("fetch failed"), {
        cause: Object.assign(new Error(), { code: "ENOTFOUND" }),
      });
      server.intercept = () => Promise.reject(unknown);
      const { clock, states } = signIn(server, { server: null });
      await clock.advance(60_000);
      expect(new Set(server.requests.map(({ url }) => url)).size).toBe(4);
      expect(last(states)).toMatchObject({ name: "attention", reason: "notFound" });
      expect(clock.pending).toBe(0);
    },
  );

  it("looks for the server again by itself when the network has come back, but leaves a refused password alone", async () => {
    const server = new ScriptedServer();
    server.intercept = () => html(404);
    const { clock, states, session } = signIn(server);
    await clock.advance(60_000);
    expect(last(states)).toMatchObject({ name: "attention", reason: "notFound" });
    server.intercept = ({ url }) =>
      url.includes(TOKEN_PATH) ? json(400, { error: "invalid_grant" }) : undefined;
    session.resumed();
    await clock.settle();
    expect(last(states)).toMatchObject({ name: "attention", reason: "badCredentials" });
    const before = server.requests.length;
    session.resumed();
    await clock.advance(60_000);
    expect(server.requests).toHaveLength(before);
  });

  it("waits for a server that is down for as long as it takes", async () => {
    const server = new ScriptedServer();
    const refused = Object.assign(new TypeError("fetch failed"), {
      cause: Object.assign(new Error(), { code: "ECONNREFUSED" }),
    });
    server.intercept = () => Promise.reject(refused);
    const { clock, states } = signIn(server);
    await clock.advance(8 * 3_600_000);
    expect(last(states)).toMatchObject({
      name: "reconnecting",
      detail: expect.stringContaining("refuses the connection") as string,
      technical: "ECONNREFUSED",
    });
    expect(server.requests.length).toBeLessThan(250);
    server.intercept = () => undefined;
    await clock.advance(5 * 60_000);
    expect(last(states).name).toBe("online");
  });

  for (const [subcode, reason, rule] of [
    ["TooManyApplications", "tooManyApplications", "loss-too-many"],
    ["UserAgentNotAllowed", "userAgentNotAllowed", "loss-user-agent"],
    ["MobileApplicationNoLongerAllowed", "mobileNotAllowed", "error-mobile"],
  ] as const) {
    it(`stops when the server says ${subcode}`, { tags: [rule] }, async () => {
      const server = new ScriptedServer();
      server.intercept = ({ url, headers }) =>
        url.endsWith("/applications") && headers["Authorization"] ? error(410, "Gone", subcode) : undefined;
      const { clock, states } = signIn(server);
      await clock.advance(3_600_000);
      expect(last(states)).toMatchObject({ name: "attention", reason });
      expect(server.requests.filter(({ url }) => url.endsWith("/applications"))).toHaveLength(2);
    });
  }
});

describe("creating the application", () => {
  const created = (server: ScriptedServer) =>
    server.requests.filter(
      ({ method, url, headers }) =>
        method === "POST" && url.endsWith("/applications") && headers["Authorization"],
    );

  it(
    "names this install and this run, and asks for the revision that knows instances",
    { tags: ["create-required", "application-type", "revision-header"] },
    async () => {
      const server = new ScriptedServer();
      const { clock } = signIn(server);
      await clock.settle();
      expect(created(server)).toHaveLength(1);
      expect(created(server)[0]?.headers).toMatchObject({ "X-MS-RequiresMinResourceVersion": "2" });
      expect(JSON.parse(created(server)[0]?.body ?? "")).toEqual({
        userAgent: "Doorbell/0",
        culture: "en-US",
        endpointId: "endpoint",
        instanceId: "instance",
      });
    },
  );

  it("keeps a channel of its own on a server that does not know instances", async () => {
    const server = new ScriptedServer();
    failing(
      server,
      ({ headers, url }) => url.endsWith("/applications") && headers["Authorization"] !== undefined,
      1,
      () => error(404, "NotFound", "APIVersionNotSupported"),
    );
    const { clock, states } = signIn(server);
    await clock.settle();
    expect(last(states).name).toBe("online");
    expect(created(server)[1]?.headers["X-MS-RequiresMinResourceVersion"]).toBeUndefined();
    expect(JSON.parse(created(server)[1]?.body ?? "")).toMatchObject({ endpointId: "endpoint-instance" });
  });
});
