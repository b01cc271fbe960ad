import { describe, expect, it } from "vitest";
import {
  challenge,
  error,
  html,
  json,
  POOL,
  ROOT,
  TOKEN_PATH,
} from "../../testing/servers/scripted-server.ts";
import type { Reply, SeenRequest } from "../../testing/servers/scripted-server.ts";
import { isEvents } from "../../testing/signed-in.ts";
import { APPLICATIONS, failsWith, OLD, run } from "./testing/remembered-address.ts";

const isSignedIn = ({ headers }: SeenRequest) => headers["Authorization"] !== undefined;

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
