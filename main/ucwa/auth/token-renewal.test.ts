import { describe, expect, it } from "vitest";
import { html } from "../../testing/servers/scripted-server.ts";
import { offering, SAYS, signedIn, stand, WINDOWS } from "./testing/stand.ts";

const HOUR_MS = 3_600_000;

describe("a token", () => {
  it.each([
    [3600, 0.85],
    [28_289, 0.85],
    ["27402", 0.85],
  ])(
    "that lives for %s s is renewed at %f of its life, asleep or not, while it still holds",
    { tags: ["token-renewed-early"] },
    async (expiresIn, share) => {
      const { get, posts, bearers, clock } = signedIn(undefined, expiresIn);
      await get();
      await clock.sleepMachine(Number(expiresIn) * share * 1000 - 1000);
      await get();
      expect(posts).toHaveLength(1);
      await clock.advance(1000);
      await get();
      expect(bearers.at(-1)).toBe("Bearer cwt=1");
      await clock.settle();
      await get();
      expect(posts).toHaveLength(2);
      expect(bearers.at(-1)).toBe("Bearer cwt=2");
    },
  );

  it.each([undefined, "soon", -5, 0])(
    "without a life that makes sense (%s) is taken for the shortest",
    async (expiresIn) => {
      const { get, posts, clock } = signedIn(undefined, expiresIn === undefined ? null : expiresIn);
      await get();
      await clock.advance(HOUR_MS - 1);
      await get();
      await clock.settle();
      expect(posts).toHaveLength(2);
    },
  );

  it("that ran out while the machine slept is replaced before anything is sent with it", async () => {
    const { get, bearers, clock } = signedIn();
    await get();
    await clock.sleepMachine(9 * HOUR_MS);
    await get();
    expect(bearers).toEqual(["", "Bearer cwt=1", "Bearer cwt=2"]);
  });

  it("that cannot be renewed early is used as long as it holds, and the renewal tried every five minutes", async () => {
    const { get, posts, bearers, clock } = stand({
      grants: "password",
      password: "right",
      says: [() => SAYS.token("cwt=1", 3600), () => html(503)],
    });
    await get();
    await clock.advance(HOUR_MS * 0.86);
    for (let minute = 0; minute < 7; minute++) {
      expect((await get()).status).toBe(200);
      await clock.advance(60_000);
    }
    expect(posts).toHaveLength(3);
    expect(bearers.every((bearer) => bearer === "" || bearer === "Bearer cwt=1")).toBe(true);
  });

  it(
    "is renewed beside a request that is parked with the old one, which is left alone",
    { tags: ["renewal-keeps-parked"] },
    async () => {
      const held = Promise.withResolvers<Response>();
      const answers = [undefined, held.promise];
      const { get, bearers, clock } = signedIn(
        (bearer) => (bearer === "cwt=1" ? answers.shift() : undefined),
        10,
      );
      await get();
      const parked = get();
      await clock.advance(9_000);
      await get();
      await clock.settle();
      await get();
      expect(bearers.at(-1)).toBe("Bearer cwt=2");
      held.resolve(html(200));
      expect((await parked).status).toBe(200);
      expect(bearers.filter((bearer) => bearer === "")).toHaveLength(1);
    },
  );

  it("that is refused after an early renewal that failed is the same one, and is replaced", async () => {
    const late = Promise.withResolvers<Response>();
    const answers = [undefined, late.promise];
    const says = [() => SAYS.token("cwt=1", 10), () => html(503), () => SAYS.token("cwt=2")];
    const { get, posts, clock } = stand({
      grants: "password",
      password: "right",
      says,
      resource: (authorization) => (authorization === "Bearer cwt=1" ? answers.shift() : undefined),
    });
    await get();
    const parked = get();
    await clock.advance(9_000);
    expect((await get()).status).toBe(200);
    await clock.settle();
    expect(posts).toHaveLength(2);
    late.resolve(offering("password"));
    expect((await parked).status).toBe(200);
    expect(posts).toHaveLength(3);
  });

  it("that was fresh when the request was parked, and has been replaced since, does not end a first sign-in", async () => {
    const late = Promise.withResolvers<Response>();
    const answers = [late.promise, offering("password")];
    const { get, end, posts, clock } = signedIn((bearer) =>
      bearer === "cwt=1" ? answers.shift() : undefined,
    );
    const parked = end();
    await clock.settle();
    expect((await get()).status).toBe(200);
    late.resolve(offering("password"));
    expect(await parked).toMatchObject({ code: "tokenRefused" });
    expect(await end()).toEqual({ status: 200 });
    // The better one is still there.
    expect(posts).toHaveLength(2);
  });

  it("that cannot be renewed early says so in the log, by a code and nothing else", async () => {
    const reset = () => Promise.reject(new TypeError("fetch failed for cwt=1"));
    const once = stand({
      grants: "password",
      password: "right",
      says: [() => SAYS.token("cwt=1", 10), reset],
    });
    await once.get();
    await once.clock.advance(9_000);
    await once.get();
    await once.clock.settle();
    expect(once.logged).toEqual(['token not renewed early {"code":"unreachable"}']);

    let calls = 0;
    const allowed = () => {
      if (calls++ > 0) throw new RangeError("a fault");
      return true;
    };
    const faulty = stand({ grants: WINDOWS, integrated: allowed, says: [() => SAYS.token("cwt=1", 10)] });
    await faulty.get();
    await faulty.clock.advance(9_000);
    expect((await faulty.get()).status).toBe(200);
    await faulty.clock.settle();
    expect(faulty.logged).toEqual(['token not renewed early {"code":"unknown"}']);

    const sick = stand({
      grants: "password",
      password: "right",
      says: [() => SAYS.token("cwt=1", 10), () => html(503)],
    });
    await sick.get();
    await sick.clock.advance(9_000);
    await sick.get();
    await sick.clock.settle();
    expect(sick.logged.at(-1)).toBe('token not renewed early {"code":"tokenEndpoint"}');
  });
});
