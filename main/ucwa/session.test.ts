import { describe, expect, it } from "vitest";
import type { Logger } from "../platform/ports.ts";
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
} from "../testing/scripted-server.ts";
import type { Reply, SeenRequest } from "../testing/scripted-server.ts";
import { VirtualClock } from "../testing/virtual-clock.ts";
import { createSession } from "./session.ts";
import type { SessionAccount } from "./session-options.ts";
import type { SessionState } from "./session-port.ts";

const PASSWORD = "p&ss+w%rd";

function signIn(server: ScriptedServer, account: Partial<SessionAccount> = {}) {
  const clock = new VirtualClock();
  const states: SessionState[] = [];
  const seen: string[] = [];
  const logged: string[] = [];
  const note = (event: string, fields: unknown) => logged.push(`${event} ${JSON.stringify(fields)}`);
  const logger: Logger = { error: note, warn: note, info: note, debug: note };
  let instances = 0;
  const session = createSession({
    fetch: server.fetch,
    clock,
    random: { uuid: () => `uuid-${++instances}`, fraction: () => 0.5 },
    logger,
    account: {
      address: "tosh@contoso.example",
      password: async () => PASSWORD,
      server: ROOT,
      trusted: [],
      endpointId: "endpoint",
      instanceId: "instance",
      userAgent: "Doorbell/0",
      culture: "en-US",
      ...account,
    },
    listener: {
      stateChanged: (state) => states.push(state),
      received: (events) => {
        for (const { generation, type, link } of events) seen.push(`${generation} ${type} ${link.rel}`);
      },
      generationEnded: (generation) => seen.push(`${generation} ended`),
      channelInterrupted: (generation, how) => seen.push(`${generation} ${how}`),
    },
  });
  session.start();
  return { clock, session, states, seen, logged, names: () => states.map(({ name }) => name) };
}

/** Lets the first `count` requests that match pass through `reply` and the later ones to the script. */
function failing(
  server: ScriptedServer,
  matches: (request: SeenRequest) => boolean,
  count: number,
  reply: () => Reply,
) {
  let left = count;
  server.intercept = (request) => (matches(request) && left-- > 0 ? reply() : undefined);
}

const isEvents = ({ url }: SeenRequest) => url.includes("/events");
const invitation = (type = "started") => ({
  rel: "communication",
  href: "/c",
  events: [{ link: { rel: "messagingInvitation", href: "/i/1" }, type }],
});

function last(states: readonly SessionState[]): SessionState {
  const state = states.at(-1);
  if (!state) throw new Error("no state yet");
  return state;
}

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

describe("the event channel", () => {
  it(
    "asks for the next package before it works through the one it has",
    { tags: ["next-at-once"] },
    async () => {
      const server = new ScriptedServer();
      const { clock, seen } = signIn(server);
      await clock.settle();
      let asked = 0;
      server.intercept = (request) => {
        if (isEvents(request)) asked = seen.length;
        return undefined;
      };
      server.emit([invitation()]);
      await clock.settle();
      expect(seen).toEqual(["1 started messagingInvitation"]);
      expect(asked).toBe(0);
      expect(server.requests.filter(isEvents).at(-1)?.url).toMatch(/ack=2$/);
    },
  );

  it(
    "repeats the very URL after an answer that broke off, and loses nothing",
    { tags: ["unread-answer-kept"] },
    async () => {
      const server = new ScriptedServer();
      const { clock, seen } = signIn(server);
      await clock.settle();
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new TextEncoder().encode(`{"_links":{"next":{"href":"/wrong"`));
          controller.error(new Error("reset"));
        },
      });
      server.emit([invitation()]);
      failing(
        server,
        (request) => request.url.includes("ack=2"),
        1,
        () => new Response(body),
      );
      await clock.settle();
      server.emit([invitation("updated")]);
      await clock.advance(2_000);
      expect(seen).toEqual(["1 started messagingInvitation", "1 updated messagingInvitation"]);
      const urls = server.requests.filter(isEvents).map(({ url }) => url);
      expect(urls.filter((url) => url.includes("ack=2"))).toHaveLength(2);
      expect(urls.some((url) => url.includes("wrong"))).toBe(false);
    },
  );

  const passing: readonly (readonly [string, () => Reply, ...rules: string[]])[] = [
    ["503", () => html(503)],
    ["504", () => error(504, "Timeout", "ServiceTimeout")],
    ["429", () => json(429, {}), "events-429", "throttling"],
    ["a captive portal", () => html(200), "events-not-ucwa"],
    ["a broken connection", () => Promise.reject(new TypeError("fetch failed")), "events-connection"],
    ["a proxy's 404", () => html(404)],
    ["a 502", () => html(502)],
  ];
  for (const [failure, reply, ...tags] of passing) {
    it(
      `is reconnecting through ${failure} and online again by itself, with the same URL and application`,
      { tags },
      async () => {
        const server = new ScriptedServer();
        const { clock, states, seen, session } = signIn(server);
        await clock.settle();
        // From here on, the URL is another one than that of the first request.
        server.emit([invitation()]);
        await clock.settle();
        const before = server.requests.filter(isEvents).length;
        failing(server, isEvents, 1, reply);
        session.tryNow();
        await clock.settle();
        expect(last(states)).toMatchObject({ name: "reconnecting", retryAt: expect.any(Number) as number });
        await clock.advance(4_000);
        expect(last(states).name).toBe("online");
        const urls = server.requests.filter(isEvents).map(({ url }) => url);
        expect(urls.slice(before)).toEqual([urls[before - 1], urls[before - 1]]);
        expect(urls[before - 1]).not.toBe(urls[0]);
        server.emit([invitation("updated")]);
        await clock.settle();
        expect(seen).toEqual(["1 started messagingInvitation", "1 updated messagingInvitation"]);
        expect(server.requests.filter(({ url }) => url.endsWith("/applications"))).toHaveLength(2);
      },
    );
  }

  it(
    "does not come back before the time that the server asked for",
    { tags: ["events-retry-after"] },
    async () => {
      const server = new ScriptedServer();
      const { clock, session } = signIn(server);
      await clock.settle();
      failing(server, isEvents, 1, () => html(503, { "Retry-After": "120" }));
      session.tryNow();
      await clock.settle();
      const before = server.requests.length;
      await clock.advance(119_000);
      expect(server.requests).toHaveLength(before);
      await clock.advance(2_000);
      expect(server.requests.length).toBeGreaterThan(before);
    },
  );

  it("tries at once when the person says so", async () => {
    const server = new ScriptedServer();
    const { clock, states, session } = signIn(server);
    await clock.settle();
    failing(server, isEvents, 1, () => html(503, { "Retry-After": "1000" }));
    session.tryNow();
    await clock.settle();
    expect(last(states).name).toBe("reconnecting");
    session.tryNow();
    await clock.advance(2_000);
    expect(last(states).name).toBe("online");
  });

  const refusals: readonly [string, () => Reply, readonly string[]][] = [
    ["401", () => challenge(POOL), ["events-401", "unauthorized-once"]],
    [
      "403 and a challenge",
      () => html(403, { "WWW-Authenticate": `MsRtcOAuth href="${POOL}${TOKEN_PATH}",grant_type="password"` }),
      ["events-403-challenge"],
    ],
    ["403 and InvalidToken", () => html(403, { Warning: '120 a "InvalidToken"' }), ["events-403-challenge"]],
  ];
  for (const [refusal, reply, tags] of refusals) {
    it(
      `renews a token that is refused by ${refusal}, parks the same URL again, and keeps the application`,
      { tags: [...tags] },
      async () => {
        const server = new ScriptedServer();
        const { clock, states, seen, session } = signIn(server);
        await clock.settle();
        failing(server, isEvents, 1, reply);
        session.tryNow();
        await clock.settle();
        const parked = server.requests.filter(isEvents);
        expect(new Set(parked.map(({ url }) => url)).size).toBe(1);
        expect(new Set(parked.map(({ headers }) => headers["Authorization"])).size).toBe(2);
        server.emit([invitation()]);
        await clock.settle();
        expect(seen).toEqual(["1 started messagingInvitation"]);
        expect(last(states).name).toBe("online");
        expect(server.requests.filter(({ url }) => url.endsWith("/applications"))).toHaveLength(2);
      },
    );
  }

  it("renews early by the wall clock, while the old token still holds", async () => {
    const server = new ScriptedServer();
    const { clock, session } = signIn(server);
    await clock.settle();
    await clock.sleepMachine(7 * 3_600_000);
    session.resumed();
    await clock.settle();
    const asked = server.requests.filter(({ url }) => url.startsWith(POOL + TOKEN_PATH));
    expect(asked).toHaveLength(2);
    expect(
      server.requests.filter((request) => isEvents(request)).every(({ headers }) => headers["Authorization"]),
    ).toBe(true);
  });

  it(
    "creates the application anew when the channel says that it is gone, and tells that the old one is dead",
    { tags: ["loss-404"] },
    async () => {
      const server = new ScriptedServer();
      const { clock, seen, names, session } = signIn(server);
      await clock.settle();
      server.kill();
      session.tryNow();
      await clock.advance(2_000);
      expect(seen).toEqual(["1 ended"]);
      expect(names().slice(-2)).toEqual(["reconnecting", "online"]);
      server.emit([invitation()]);
      await clock.settle();
      expect(seen).toEqual(["1 ended", "2 started messagingInvitation"]);
    },
  );

  const saidGone = ({ url }: SeenRequest) =>
    url.includes("/events") ? error(404, "NotFound", "ApplicationNotFound") : undefined;

  it("loses no call when an application that is said to be gone is handed back", async () => {
    const server = new ScriptedServer();
    const { clock, seen, session, names } = signIn(server);
    await clock.settle();
    server.emit([invitation()]);
    await clock.settle();
    server.intercept = saidGone;
    session.tryNow();
    await clock.settle();
    server.intercept = () => undefined;
    await clock.advance(10_000);
    expect(names().at(-1)).toBe("online");
    expect(seen).toEqual(["1 started messagingInvitation", "1 resync"]);
  });

  it("ends the calls of an application that is said to be gone when no other can be had", async () => {
    const server = new ScriptedServer();
    const { clock, seen, session } = signIn(server);
    await clock.settle();
    server.intercept = (request) =>
      saidGone(request) ??
      (request.url.endsWith("/applications") ? error(503, "ServiceFailure", "None") : undefined);
    session.tryNow();
    await clock.advance(2_000);
    expect(seen).toEqual(["1 ended"]);
  });

  it("survives a server that was killed and started anew with nothing in mind", async () => {
    const server = new ScriptedServer();
    const { clock, names, seen, session } = signIn(server);
    await clock.settle();
    server.intercept = () => Promise.reject(new TypeError("fetch failed"));
    session.tryNow();
    await clock.advance(60_000);
    expect(names().at(-1)).toBe("reconnecting");
    server.kill();
    server.revokeTokens();
    server.intercept = () => undefined;
    await clock.advance(60_000);
    expect(names().at(-1)).toBe("online");
    server.emit([invitation()]);
    await clock.settle();
    expect(seen).toEqual(["1 ended", "2 started messagingInvitation"]);
  });

  it(
    "does not believe ApplicationNotFound from another resource before the channel confirms it",
    { tags: ["loss-confirmed"] },
    async () => {
      const server = new ScriptedServer();
      const { clock, seen, session } = signIn(server);
      await clock.settle();
      server.intercept = ({ url }) =>
        url.endsWith("/accept") ? error(404, "NotFound", "ApplicationNotFound") : undefined;
      expect(await session.post(1, `${POOL}${server.base}/i/1/accept`)).toMatchObject({ outcome: "gone" });
      await clock.settle();
      expect(seen).toEqual([]);
      server.emit([invitation()]);
      await clock.settle();
      expect(seen).toEqual(["1 started messagingInvitation"]);
    },
  );

  it(
    "creates anew after inactivity, but at most once in five minutes",
    { tags: ["recreate-after-inactivity"] },
    async () => {
      const server = new ScriptedServer();
      const { clock, session, states } = signIn(server);
      await clock.settle();
      const expired = () => error(410, "Gone", "InactiveApplicationExpired");
      const end = async () => {
        failing(server, isEvents, 1, () => {
          server.kill();
          return expired();
        });
        session.tryNow();
        await clock.settle();
      };
      await clock.advance(3 * 3_600_000);
      await end();
      await clock.advance(1);
      expect(last(states).name).toBe("online");
      await end();
      await clock.advance(4 * 60_000);
      expect(last(states).name).toBe("reconnecting");
      await clock.advance(61_000);
      expect(last(states).name).toBe("online");
    },
  );

  it(
    "sends its parameters to a new application and after a resume, and nowhere else",
    { tags: ["events-parameters-resent", "events-parameters-remembered"] },
    async () => {
      const server = new ScriptedServer();
      const { clock, seen } = signIn(server);
      await clock.settle();
      server.emit([invitation()], { resume: { href: `${server.base}/events?ack=2` } });
      server.emit([], { resync: { href: `${server.base}/events?ack=3` } });
      await clock.settle();
      // After the package: what it brought may be as stale as what was there.
      expect(seen).toEqual(["1 started messagingInvitation", "1 resume", "1 resync"]);
      server.kill();
      await clock.advance(2_000);
      expect(server.requests.filter(isEvents).map(({ url }) => new URL(url).search)).toEqual([
        "?ack=1&timeout=180&medium=30&low=60",
        "?ack=2&timeout=180&medium=30&low=60",
        "?ack=3",
        "?ack=1&timeout=180&medium=30&low=60",
      ]);
    },
  );

  it("reads the application again when the server gives no way on", { tags: ["no-way-on"] }, async () => {
    const server = new ScriptedServer();
    const { clock, seen, states } = signIn(server);
    await clock.settle();
    const anew = `${server.base}/events?ack=1&anew=1`;
    failing(
      server,
      ({ method, url }) => method === "GET" && url.endsWith(server.base),
      1,
      () => json(200, { rel: "application", ...links({ self: server.base, events: anew }) }),
    );
    server.emit([invitation()], { self: { href: "/x" } });
    await clock.advance(2_000);
    expect(seen).toContain("1 resync");
    expect(last(states).name).toBe("online");
    expect(server.requests.filter(isEvents).at(-1)?.url).toContain(anew);
  });

  it(
    "does not fight for a channel that another instance took, and makes one of its own",
    { tags: ["events-409-no-fight"] },
    async () => {
      const server = new ScriptedServer();
      const { clock, session } = signIn(server);
      await clock.settle();
      server.intercept = (request) =>
        isEvents(request) && server.application === 1 ? error(409, "Conflict", "PGetReplaced") : undefined;
      const before = server.requests.filter(isEvents).length;
      session.tryNow();
      await clock.advance(4_000);
      expect(server.requests.filter(isEvents)).toHaveLength(before + 1);
      server.kill();
      await clock.advance(120_000);
      const identities = server.requests
        .filter(
          ({ method, url, headers }) =>
            method === "POST" && url.endsWith("/applications") && headers["Authorization"],
        )
        .map(({ body }) => (JSON.parse(body) as { instanceId: string }).instanceId);
      expect(identities).toEqual(["instance", "uuid-1"]);
    },
  );

  it("asks a server that answers at once with nothing about once a second, and still hears what comes", async () => {
    const server = new ScriptedServer();
    let packages = 0;
    server.intercept = (request) => {
      if (!isEvents(request)) return undefined;
      const sender = ++packages === 30 ? [invitation()] : [];
      return json(200, { _links: { next: { href: request.url } }, sender });
    };
    const { clock, seen } = signIn(server);
    await clock.advance(60_000);
    expect(seen).toEqual(["1 started messagingInvitation"]);
    expect(packages).toBeGreaterThan(55);
    // Ten more after each that brought something.
    expect(packages).toBeLessThan(85);
  });

  it(
    "gives up a request that is held longer than the server may, and parks it again",
    { tags: ["client-limit"] },
    async () => {
      const server = new ScriptedServer();
      const { clock, states } = signIn(server);
      await clock.settle();
      // From here on, the URL is another one than that of the first request.
      server.emit([invitation()]);
      await clock.settle();
      await clock.advance(200_000);
      expect(server.requests.filter(isEvents)).toHaveLength(2);
      await clock.advance(41_000);
      const urls = server.requests.filter(isEvents).map(({ url }) => url);
      expect(urls).toEqual([urls[0], urls[1], urls[1]]);
      expect(urls[1]).not.toBe(urls[0]);
      expect(server.requests.filter(({ url }) => url.endsWith("/applications"))).toHaveLength(2);
      expect(last(states).name).toBe("online");
    },
  );
});

describe("a pool behind a balancer of loads", () => {
  it("finds the client's requests at the front end that has its application, by the cookie that it set", async () => {
    const server = new ScriptedServer();
    const cookies: (string | undefined)[] = [];
    server.intercept = ({ url, headers, method }) => {
      if (!url.startsWith(`${POOL}/ucwa/`)) return undefined;
      if (url.endsWith("/applications")) {
        if (headers["Authorization"] === undefined) return undefined;
        const application = {
          rel: "application",
          ...links({ self: server.base, events: `${server.base}/events?ack=1` }),
          _embedded: {
            me: { rel: "me", ...links({ makeMeAvailable: `${server.base}/me/makeMeAvailable` }) },
          },
        };
        return json(201, application, { "Set-Cookie": "balancer=front-end-1; Path=/; Secure; HttpOnly" });
      }
      cookies.push(headers["Cookie"]);
      if (headers["Cookie"] === "balancer=front-end-1") return undefined;
      return method === "DELETE" ? undefined : error(404, "NotFound", "ApplicationNotFound");
    };
    const { clock, session, names } = signIn(server);
    await clock.settle();
    expect(names().at(-1)).toBe("online");
    await session.signOut();
    expect(cookies.length).toBeGreaterThan(2);
    expect(new Set(cookies)).toEqual(new Set(["balancer=front-end-1"]));
    server.application = 2;
    session.start();
    await clock.settle();
    const afterwards = server.requests.findLast(({ url }) =>
      url.endsWith("/user?originalDomain=contoso.example"),
    );
    expect(afterwards?.headers["Cookie"]).toBeUndefined();
  });
});

describe("a fault of something that was handed in", () => {
  it("is told, and the sign-in is tried again", async () => {
    const server = new ScriptedServer();
    let faults = 2;
    const { clock, session, states, logged } = signIn(server, {
      password: async () => {
        if (faults-- > 0) throw new TypeError("of a keyring");
        return PASSWORD;
      },
    });
    await clock.settle();
    expect(last(states)).toMatchObject({
      name: "reconnecting",
      reason: "fault",
      detail: "Something in Doorbell failed.",
      technical: "TypeError",
    });
    expect(logged).toContain('session fault {"error":"TypeError"}');
    await clock.advance(10_000);
    expect(last(states).name).toBe("online");
    await session.signOut();
    expect(last(states).name).toBe("signedOut");
  });
});

describe("being available", () => {
  it(
    "reports activity at least every four minutes, by the link that the server gave",
    { tags: ["activity-interval"] },
    async () => {
      const server = new ScriptedServer();
      const { clock } = signIn(server);
      await clock.settle();
      await clock.advance(3_600_000);
      const reports = server.sent("POST", `${server.base}/me/reportMyActivity`);
      expect(reports.length).toBeGreaterThanOrEqual(15);
      expect(reports.every(({ body }) => body === "")).toBe(true);
    },
  );

  it(
    "takes AlreadyExists for done, and tries again after an error of the server",
    { tags: ["available-twice", "available-500"] },
    async () => {
      const server = new ScriptedServer();
      const replies = [
        error(500, "ServiceFailure", "CallbackChannelError"),
        error(409, "Conflict", "AlreadyExists"),
      ];
      server.intercept = ({ url }) => (url.endsWith("makeMeAvailable") ? replies.shift() : undefined);
      const { clock, names } = signIn(server);
      await clock.settle();
      expect(names().at(-1)).toBe("reconnecting");
      await clock.advance(2_000);
      expect(names().at(-1)).toBe("online");
      expect(server.requests.filter(({ url }) => url.endsWith("/applications"))).toHaveLength(2);
    },
  );

  it("is no missing link: `me` that is not ready is asked for again, at once when the server says that it has changed", async () => {
    const server = new ScriptedServer();
    const bare = json(201, {
      rel: "application",
      ...links({ self: server.base, events: `${server.base}/events?ack=1` }),
      _embedded: { me: { rel: "me", ...links({ self: `${server.base}/me` }) } },
    });
    let ready = false;
    server.intercept = ({ method, url, headers }) => {
      if (url.endsWith("/applications") && headers["Authorization"]) return bare;
      return method === "GET" && url.endsWith("/me") && !ready ? error(409, "Conflict", "None") : undefined;
    };
    const { clock, names } = signIn(server);
    await clock.advance(20_000);
    expect(names()).not.toContain("online");
    expect(names().at(-1)).toBe("reconnecting");
    ready = true;
    const me = { link: { rel: "me", href: `${server.base}/me` }, type: "updated" };
    server.emit([{ rel: "me", href: `${server.base}/me`, events: [me] }]);
    await clock.settle();
    expect(server.sent("POST", `${server.base}/me/makeMeAvailable`)).toHaveLength(1);
    expect(names().at(-1)).toBe("online");
  });

  it("is not taken from a page with 200, but asked for again", async () => {
    const server = new ScriptedServer();
    failing(
      server,
      ({ url }) => url.endsWith("makeMeAvailable"),
      1,
      () => html(200),
    );
    const { clock, names } = signIn(server);
    await clock.settle();
    expect(names().at(-1)).toBe("reconnecting");
    await clock.advance(5_000);
    expect(server.sent("POST", `${server.base}/me/makeMeAvailable`)).toHaveLength(2);
    expect(names().at(-1)).toBe("online");
  });

  it("that is still to come is waited for, though a hotel shows its own certificate meanwhile", async () => {
    const server = new ScriptedServer();
    server.intercept = ({ url }) => (url.endsWith("makeMeAvailable") ? html(502) : undefined);
    const { clock, session, names } = signIn(server);
    await clock.advance(1_000);
    server.intercept = () => Promise.reject(Object.assign(new Error(), { code: "CERT_HAS_EXPIRED" }));
    session.resumed();
    await clock.advance(60_000);
    server.intercept = () => undefined;
    await clock.advance(5 * 60_000);
    expect(names()).not.toContain("attention");
    expect(names().at(-1)).toBe("online");
  });

  it.each([
    ["404", () => error(404, "NotFound", "None")],
    ["409 without a reason", () => json(409, {})],
    ["a page", () => html(404)],
  ])(
    "is told by `me` where the answer that it was done was lost, and its repetition is answered by %s",
    async (_, again) => {
      const server = new ScriptedServer();
      let posts = 0;
      server.intercept = (request) => {
        if (!request.url.endsWith("makeMeAvailable")) return undefined;
        // The first one is carried out, and its answer gets lost.
        if (++posts > 1) return again();
        server.makeAvailable();
        return Promise.reject(new TypeError("fetch failed"));
      };
      const { clock, names } = signIn(server);
      await clock.advance(5_000);
      expect(posts).toBe(2);
      expect(names().at(-1)).toBe("online");
    },
  );
});

describe("commands", () => {
  it("are sent to the living application alone and never to another origin", async () => {
    const server = new ScriptedServer();
    const { clock, session } = signIn(server);
    await clock.settle();
    const before = server.requests.length;
    expect(await session.post(0, `${POOL}${server.base}/i/1/accept`)).toEqual({ outcome: "superseded" });
    expect(await session.post(1, "https://evil.example/accept")).toMatchObject({ outcome: "refused" });
    expect(server.requests).toHaveLength(before);
  });

  it("tell refusal, absence and silence apart, and wait no longer than ten seconds", async () => {
    const server = new ScriptedServer();
    const { clock, session } = signIn(server);
    await clock.settle();
    const href = `${POOL}${server.base}/i/1/accept`;
    const replies: Reply[] = [
      new Response(null, { status: 204 }),
      error(409, "Conflict", "None"),
      error(403, "Forbidden", "None"),
      html(503),
      new Promise<never>(() => undefined),
    ];
    server.intercept = ({ url }) => (url === href ? replies.shift() : undefined);
    expect(await session.post(1, href)).toEqual({ outcome: "taken" });
    expect(await session.post(1, href)).toMatchObject({ outcome: "conflict" });
    expect(await session.post(1, href, { reason: "Global" })).toMatchObject({
      outcome: "refused",
      status: 403,
    });
    expect(await session.post(1, href)).toMatchObject({ outcome: "unreachable" });
    const silent = session.post(1, href);
    await clock.advance(10_000);
    expect(await silent).toMatchObject({ outcome: "unreachable" });
    const bodies = server.requests.filter(({ url }) => url === href).map(({ body }) => body);
    expect(bodies).toEqual(["", "", `{"reason":"Global"}`, "", ""]);
  });

  it("read an invitation by GET", { tags: ["invitation-get"] }, async () => {
    const server = new ScriptedServer();
    const { clock, session } = signIn(server);
    await clock.settle();
    const href = `${POOL}${server.base}/i/1`;
    server.intercept = ({ method, url }) =>
      method === "GET" && url === href
        ? json(200, {
            rel: "messagingInvitation",
            direction: "Incoming",
            state: "Connecting",
            ...links({ accept: "/i/1/accept" }),
          })
        : undefined;
    expect(await session.lookUp(1, href)).toMatchObject({
      outcome: "found",
      invitation: {
        kind: "messaging",
        direction: "Incoming",
        links: { accept: `${POOL}/i/1/accept`, decline: null },
      },
    });
    server.intercept = () => error(404, "NotFound", "None");
    expect(await session.lookUp(1, href)).toMatchObject({ outcome: "gone" });
  });

  it(
    "take the page or the redirect of a proxy neither for done nor for gone",
    { tags: ["error-not-ucwa"] },
    async () => {
      const server = new ScriptedServer();
      const { clock, session } = signIn(server);
      await clock.settle();
      const href = `${POOL}${server.base}/i/1`;
      const portal = () =>
        new Response(null, { status: 302, headers: { Location: "http://portal.example/" } });
      for (const reply of [() => html(404), () => html(200), portal]) {
        server.intercept = ({ url }) => (url.startsWith(href) ? reply() : undefined);
        expect(await session.lookUp(1, href)).toMatchObject({ outcome: "unreachable" });
        expect(await session.post(1, `${href}/accept`)).toMatchObject({ outcome: "unreachable" });
      }
    },
  );
});

describe("signing out", () => {
  it(
    "deletes the application, leaves nothing waiting and nothing parked",
    { tags: ["delete-application"] },
    async () => {
      const server = new ScriptedServer();
      const { clock, session, names, seen } = signIn(server);
      await clock.settle();
      await session.signOut();
      expect(server.sent("DELETE", server.base)).toHaveLength(1);
      expect(names().at(-1)).toBe("signedOut");
      expect(seen).toEqual(["1 ended"]);
      expect(clock.pending).toBe(0);
    },
  );

  it("is not held up by a server that does not answer", async () => {
    const server = new ScriptedServer();
    const { clock, session, names } = signIn(server);
    await clock.settle();
    server.intercept = ({ method }) =>
      method === "DELETE" ? new Promise<never>(() => undefined) : undefined;
    const done = session.signOut();
    await clock.advance(3_000);
    await done;
    expect(names().at(-1)).toBe("signedOut");
  });

  it("works in the middle of signing in", async () => {
    const server = new ScriptedServer();
    server.intercept = () => new Promise<never>(() => undefined);
    const { clock, session, names } = signIn(server);
    await clock.settle();
    await session.signOut();
    expect(names()).toEqual(["discovering", "signedOut"]);
    expect(clock.pending).toBe(0);
  });
});

describe("secrets", () => {
  it("are kept from the log by a search for the server too: it names no domain", async () => {
    const server = new ScriptedServer();
    server.intercept = () => html(404);
    const { clock, logged } = signIn(server, { server: null });
    await clock.advance(60_000);
    expect(logged.join("\n")).toContain("discovery name failed");
    expect(logged.join("\n")).not.toContain("contoso");
  });

  it(
    "reach neither the log nor any state, and a token no address and no body",
    { tags: ["token-secret"] },
    async () => {
      const server = new ScriptedServer();
      const { clock, session, states, logged } = signIn(server);
      await clock.settle();
      server.kill();
      server.revokeTokens();
      session.tryNow();
      await clock.advance(10_000);
      server.intercept = ({ url }) =>
        url.includes(TOKEN_PATH) ? json(400, { error: "invalid_grant" }) : challenge(POOL);
      session.tryNow();
      await clock.advance(10_000);
      await session.signOut();
      const sent = server.requests.map(({ url, body }) => url + body).join("\n");
      expect(sent).not.toContain("cwt=");
      const told = JSON.stringify(states) + logged.join("\n");
      expect(told).not.toContain("cwt=");
      expect(told).not.toContain(PASSWORD);
      expect(told).not.toContain("tosh@");
      expect(states.some((state) => state.name === "attention")).toBe(true);
    },
  );
});
