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
} from "../../testing/scripted-server.ts";
import type { Reply, SeenRequest } from "../../testing/scripted-server.ts";
import { VirtualClock } from "../../testing/virtual-clock.ts";
import { createSession } from "../session.ts";
import type { SessionState } from "../session-port.ts";

const APPLICATIONS = `${POOL}/ucwa/oauth/v1/applications`;
/** Where an earlier run ended, and nobody is any more. */
const OLD = "https://old.hoster.example/ucwa/oauth/v1/applications";

function run(applications: string | null, reply: (request: SeenRequest) => Reply = () => undefined) {
  const server = new ScriptedServer();
  server.intercept = reply;
  const clock = new VirtualClock();
  const states: SessionState[] = [];
  const told: (string | null)[] = [];
  const nothing = () => undefined;
  const session = createSession({
    fetch: server.fetch,
    clock,
    random: { uuid: () => "uuid", fraction: () => 0.5 },
    logger: { error: nothing, warn: nothing, info: nothing, debug: nothing },
    discovered: (address) => told.push(address),
    account: {
      address: "tosh@contoso.example",
      password: async () => "secret",
      server: ROOT,
      applications,
      trusted: [],
      endpointId: "endpoint",
      instanceId: "instance",
      userAgent: "Doorbell/0",
      culture: "en-US",
    },
    listener: {
      stateChanged: (state) => states.push(state),
      received: nothing,
      generationEnded: nothing,
      channelInterrupted: nothing,
    },
  });
  session.start();
  const searches = () => server.requests.filter(({ url }) => url === ROOT).length;
  return { server, clock, session, told, searches, state: () => states.at(-1) };
}

const failsWith = (code: string): Reply =>
  Promise.reject(
    Object.assign(new TypeError("fetch failed"), { cause: Object.assign(new Error(), { code }) }),
  );
const isEvents = ({ url }: SeenRequest) => url.includes("/events");
const isSignedIn = ({ headers }: SeenRequest) => headers["Authorization"] !== undefined;

describe("an address that an earlier run found", () => {
  it(
    "is asked first: the first request is the POST to it, and nothing is searched for",
    { tags: ["applications-address-cached"] },
    async () => {
      const { server, clock, state, searches, told } = run(APPLICATIONS);
      await clock.settle();
      expect(server.requests[0]).toMatchObject({ method: "POST", url: APPLICATIONS });
      expect(state()?.name).toBe("online");
      expect(searches()).toBe(0);
      expect(told).toEqual([]);
    },
  );

  it.each(["http://pool.contoso.example/ucwa/oauth/v1/applications", "file:///etc/passwd", "nonsense", ""])(
    "is not asked at all when no credential may go there: %s",
    async (address) => {
      const { server, clock, state, told } = run(address);
      await clock.settle();
      expect(server.requests[0]?.url).toBe(ROOT);
      expect(state()?.name).toBe("online");
      expect(told).toEqual([APPLICATIONS]);
    },
  );

  it.each<[string, () => Reply]>([
    ["whose name is not known any more", () => failsWith("ENOTFOUND")],
    ["where nobody listens", () => failsWith("ECONNREFUSED")],
    ["that shows a certificate nobody trusts", () => failsWith("CERT_HAS_EXPIRED")],
    ["that answers 404", () => html(404)],
    ["where UCWA says that there are none", () => error(404, "NotFound", "None")],
    ["where a page is now", () => html(200)],
    ["where an empty document is now", () => json(200, {})],
    [
      "that redirects",
      () => new Response(null, { status: 302, headers: { Location: "https://x.example/" } }),
    ],
  ])("is found anew on the third try when it is one %s", async (_, reply) => {
    const { clock, state, told, searches } = run(OLD, ({ url }) => (url === OLD ? reply() : undefined));
    await clock.advance(2_000);
    expect([searches(), told]).toEqual([0, []]);
    await clock.advance(1_000);
    expect(state()?.name).toBe("online");
    expect(told).toEqual([APPLICATIONS]);
  });

  it("is found anew when its token endpoint is gone", async () => {
    const { clock, state } = run(OLD, ({ url }) => {
      if (url === OLD) return challenge(new URL(OLD).origin);
      return url === `${new URL(OLD).origin}${TOKEN_PATH}` ? html(404) : undefined;
    });
    await clock.advance(1_000);
    expect(state()?.name).toBe("online");
  });

  it("is trusted as it was when it was found, on a domain of its own too", async () => {
    const { clock, state, searches } = run(OLD);
    await clock.settle();
    expect([state()?.name, searches()]).toEqual(["online", 0]);
  });

  it("is in doubt only by failures in a row: one word of the server itself, and they count from the beginning", async () => {
    const replies = [
      () => failsWith("ECONNREFUSED"),
      () => failsWith("ECONNREFUSED"),
      () => html(503),
      () => failsWith("ECONNREFUSED"),
      () => html(404),
    ];
    const { server, clock, state, searches } = run(APPLICATIONS, ({ url }) =>
      url === APPLICATIONS ? replies.shift()?.() : undefined,
    );
    await clock.advance(60_000);
    expect(state()?.name).toBe("online");
    expect(server.sent("POST", new URL(APPLICATIONS).pathname).length).toBeGreaterThan(5);
    expect(searches()).toBe(0);
  });

  it("is found anew within a minute when it does not answer at all", async () => {
    const { clock, state } = run(OLD, ({ url }) =>
      url === OLD ? new Promise<never>(() => undefined) : undefined,
    );
    await clock.advance(60_000);
    expect(state()?.name).toBe("online");
  });

  it("stays while there is no network at all, and is asked first when there is one again", async () => {
    let network = false;
    const { server, clock, session, state, told } = run(APPLICATIONS, () =>
      network ? undefined : failsWith("ENOTFOUND"),
    );
    await clock.advance(3_600_000);
    expect(state()).toMatchObject({ name: "reconnecting", reason: "unknownHost" });
    expect(told).toEqual([]);
    network = true;
    const before = server.requests.length;
    session.resumed();
    await clock.settle();
    expect(server.requests[before]?.url).toBe(APPLICATIONS);
    expect(state()?.name).toBe("online");
  });

  it("is waited for while its server rests and a search only leads back to it", async () => {
    let rests = true;
    const { server, clock, state, told } = run(APPLICATIONS, ({ url }) =>
      rests && url === APPLICATIONS ? failsWith("ECONNREFUSED") : undefined,
    );
    await clock.advance(2_500);
    // One try a round: not again at once because the search names it too.
    expect(
      server.requests.filter(({ method, url }) => method === "POST" && url === APPLICATIONS),
    ).toHaveLength(3);
    await clock.advance(3_600_000);
    expect(state()).toMatchObject({ name: "reconnecting", reason: "unreachable" });
    rests = false;
    await clock.advance(300_000);
    expect(state()?.name).toBe("online");
    expect(told).toEqual([]);
  });

  it("is what is told to be in trouble when a search finds nothing either", async () => {
    const { clock, state, searches } = run(APPLICATIONS, ({ url }) => {
      if (url === APPLICATIONS) return failsWith("ECONNREFUSED");
      return url === ROOT ? html(404) : undefined;
    });
    await clock.advance(3_600_000);
    expect(searches()).toBeGreaterThan(0);
    expect(state()).toMatchObject({ name: "reconnecting", reason: "unreachable" });
  });

  it("stays in doubt over what only the person can mend", async () => {
    const replies = [
      () => failsWith("ECONNREFUSED"),
      () => failsWith("ECONNREFUSED"),
      () => error(410, "Gone", "TooManyApplications"),
    ];
    const { clock, session, state, searches } = run(OLD, ({ url }) =>
      url === OLD ? (replies.shift() ?? (() => failsWith("ECONNREFUSED")))() : undefined,
    );
    await clock.advance(60_000);
    expect([state()?.name, searches()]).toEqual(["attention", 0]);
    session.tryNow();
    await clock.advance(100);
    expect([state()?.name, searches()]).toEqual(["online", 1]);
  });

  it("does not keep the person from being asked what the search for another needs", async () => {
    const { clock, state } = run(OLD, ({ url }) => {
      if (url === OLD) return failsWith("ENOTFOUND");
      return url === ROOT ? json(200, links({ user: "http://web.contoso.example/user" })) : undefined;
    });
    await clock.advance(4_000);
    expect(state()).toMatchObject({ name: "attention", reason: "untrustedServer" });
  });
});

describe("an address is forgotten", () => {
  it.each<[string, () => Reply]>([
    ["403", () => html(403)],
    ["403 of UCWA, for this user may have no application there", () => error(403, "Forbidden", "None")],
    ["502", () => html(502)],
  ])("at once when the creation is answered with %s", async (_, reply) => {
    const { clock, session, state, told, searches } = run(OLD, ({ url }) =>
      url === OLD ? reply() : undefined,
    );
    await clock.settle();
    expect(told).toEqual([null]);
    session.tryNow();
    await clock.settle();
    expect(searches()).toBe(1);
    expect(state()?.name).toBe("online");
    expect(told).toEqual([null, APPLICATIONS]);
  });

  it("when a fresh token is refused there by 403", async () => {
    const refusal = () => html(403, { Warning: `120 pool "InvalidToken"` });
    const known = run(APPLICATIONS);
    await known.clock.settle();
    known.server.intercept = (request) => (isEvents(request) && isSignedIn(request) ? refusal() : undefined);
    known.session.tryNow();
    await known.clock.advance(60_000);
    expect(known.told).toContain(null);
  });

  it.each([
    ["403", 403, 1_000],
    ["502 that lasts", 502, 60_000],
  ])("when the event channel is answered with %s", async (_, status, withinMs) => {
    const { server, clock, session, told } = run(APPLICATIONS);
    await clock.settle();
    server.intercept = (request) =>
      isEvents(request) || request.url.endsWith(server.base) ? html(status) : undefined;
    session.tryNow();
    await clock.advance(withinMs);
    expect(told[0]).toBeNull();
  });

  it("at sign-out, which its keeper is not told: a program that ends signs out too", async () => {
    const { clock, session, told, searches } = run(APPLICATIONS);
    await clock.settle();
    await session.signOut();
    expect(told).toEqual([]);
    session.start();
    await clock.settle();
    expect(searches()).toBe(1);
  });
});

describe("the search begins anew", () => {
  it.each<[string, () => Reply]>([
    ["403", () => html(403)],
    ["502 that lasts", () => html(502)],
    ["connections that keep failing", () => failsWith("ECONNRESET")],
  ])("when the event channel is answered with %s", { tags: ["rediscover-when"] }, async (_, reply) => {
    const { server, clock, session, searches } = run(null);
    await clock.settle();
    expect(searches()).toBe(1);
    server.intercept = ({ url }) => (url.startsWith(POOL) ? reply() : undefined);
    session.tryNow();
    await clock.advance(600_000);
    expect(searches()).toBeGreaterThan(1);
  });
});

describe("an address is kept", () => {
  const CALM: readonly [string, () => Reply][] = [
    ["400", () => error(400, "BadRequest", "ParameterValidationFailure")],
    ["408", () => error(408, "ClientTimeout", "None")],
    ["409", () => error(409, "Conflict", "AnotherOperationPending")],
    ["429", () => json(429, {})],
    ["500", () => error(500, "ServiceFailure", "CallbackChannelError")],
    ["503 of a balancer", () => html(503)],
    ["504", () => error(504, "Timeout", "ServiceTimeout")],
  ];

  it.each(CALM)("when its creation is answered with %s, however long", async (_, reply) => {
    const { clock, state, told, searches } = run(APPLICATIONS, (request) =>
      request.url === APPLICATIONS && isSignedIn(request) ? reply() : undefined,
    );
    await clock.advance(3_600_000);
    expect(state()?.name).toBe("reconnecting");
    expect([searches(), told]).toEqual([0, []]);
  });

  it.each(CALM)(
    "when everything there is answered with %s, and an hour of it",
    { tags: ["rediscover-not-otherwise"] },
    async (_, reply) => {
      const { server, clock, session, told, searches } = run(APPLICATIONS);
      await clock.settle();
      server.intercept = ({ url }) => (url.startsWith(POOL) ? reply() : undefined);
      session.tryNow();
      await clock.advance(3_600_000);
      expect([searches(), told]).toEqual([0, []]);
    },
  );

  it("when the event channel says for an hour that the application is lost", async () => {
    const { server, clock, session, told, searches } = run(APPLICATIONS);
    await clock.settle();
    server.intercept = (request) =>
      isEvents(request) ? error(404, "NotFound", "ApplicationNotFound") : undefined;
    session.tryNow();
    await clock.advance(3_600_000);
    expect([searches(), told]).toEqual([0, []]);
  });

  it.each<[string, () => Reply]>([
    ["no connection", () => failsWith("ECONNRESET")],
    ["404 of a proxy", () => html(404)],
    ["a page", () => html(200)],
  ])("but searched for beside it when the event channel has nothing but %s", async (_, reply) => {
    const { server, clock, session, told, searches } = run(APPLICATIONS);
    await clock.settle();
    server.intercept = ({ url }) => (url.startsWith(POOL) ? reply() : undefined);
    session.tryNow();
    const before = server.requests.length;
    await clock.advance(3_600_000);
    expect(searches()).toBeGreaterThan(0);
    expect(told).toEqual([]);
    // The channel has tried often enough: the first creation that fails leads to the search.
    const urls = server.requests.slice(before).map(({ url }) => url);
    expect(urls.slice(0, urls.indexOf(ROOT)).filter((url) => url === APPLICATIONS)).toHaveLength(1);
  });

  it("through an hour in which fresh tokens are refused by 401", async () => {
    const { server, clock, session, told, searches } = run(APPLICATIONS);
    await clock.settle();
    server.intercept = ({ url }) =>
      url.startsWith(POOL) && !url.includes(TOKEN_PATH) ? challenge(POOL) : undefined;
    session.tryNow();
    await clock.advance(3_600_000);
    expect([searches(), told]).toEqual([0, []]);
  });

  it("when it is new, and told only once an application has been created there", async () => {
    let replies = 2;
    const { clock, told, searches } = run(null, (request) =>
      request.url === APPLICATIONS && isSignedIn(request) && replies-- > 0 ? html(503) : undefined,
    );
    await clock.settle();
    expect(told).toEqual([]);
    await clock.advance(10_000);
    expect(told).toEqual([APPLICATIONS]);
    expect(searches()).toBe(1);
  });
});
