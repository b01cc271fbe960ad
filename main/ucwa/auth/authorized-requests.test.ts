import { describe, expect, it } from "vitest";
import { html, json } from "../../testing/scripted-server.ts";
import { offering, SAYS, stand, WINDOWS } from "./testing/stand.ts";

const HOUR_MS = 3_600_000;

/** Gives tokens `cwt=1`, `cwt=2`, … of the stated life. */
function numbered(expiresInS: unknown = 28_800) {
  let count = 0;
  return () => SAYS.token(`cwt=${++count}`, expiresInS);
}

/** Signs in by password at a resource; `resource` answers in its place, by the bearer. */
function signedIn(
  resource?: (bearer: string) => Response | Promise<Response> | undefined,
  expiresInS?: unknown,
) {
  return stand({
    grants: "password",
    password: "right",
    says: [numbered(expiresInS)],
    ...(resource ? { resource: (authorization) => resource(authorization.replace("Bearer ", "")) } : {}),
  });
}

describe("a token", () => {
  it("is fetched once for all requests that wait for it", async () => {
    const { get, posts } = signedIn();
    const answers = await Promise.all([get(), get(), get()]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(posts).toHaveLength(1);
  });

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

  it.each([
    ["401 and a challenge", () => offering("password")],
    ["403 and a challenge", () => new Response("", { status: 403, headers: offering("password").headers })],
    ["403 and the warning InvalidToken", () => html(403, { Warning: '120 a "x;reason=InvalidToken"' })],
    ["401 without a challenge", () => html(401)],
    ["401 and the challenge of a proxy", () => html(401, { "WWW-Authenticate": "Negotiate" })],
  ])(
    "that is refused by %s is replaced once, by the same grant, and the request repeated",
    { tags: ["no-refresh-token"] },
    async (_, refusal) => {
      const revoked = new Set<string>();
      const { get, posts, bearers } = signedIn((bearer) => (revoked.has(bearer) ? refusal() : undefined));
      await get();
      revoked.add("cwt=1");
      expect((await get()).status).toBe(200);
      expect(bearers.slice(2)).toEqual(["Bearer cwt=1", "Bearer cwt=2"]);
      expect(posts).toHaveLength(2);
      expect(posts[1]?.form).toEqual(posts[0]?.form);
    },
  );

  it("that another request has replaced meanwhile is not fetched again for a late 401", async () => {
    const late = Promise.withResolvers<Response>();
    const answers = [undefined, late.promise, offering("password")];
    const { get, posts, bearers, clock } = signedIn((bearer) =>
      bearer === "cwt=1" ? answers.shift() : undefined,
    );
    await get();
    const parked = get();
    await clock.settle();
    expect((await get()).status).toBe(200);
    late.resolve(offering("password"));
    expect((await parked).status).toBe(200);
    expect(posts).toHaveLength(2);
    expect(bearers.at(-1)).toBe("Bearer cwt=2");
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

  it("is good without an identity scope, and with one", { tags: ["token-identity-scope"] }, async () => {
    for (const more of [{}, { ms_rtc_identityscope: "local" }]) {
      const says = () =>
        json(200, { access_token: "cwt=1", token_type: "Bearer", expires_in: 3600, ...more });
      const { end } = stand({ grants: "password", password: "right", says: [says] });
      expect(await end()).toEqual({ status: 200 });
    }
  });

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

  it(
    "of another pool is dropped, and this host asked where its own are to be had",
    { tags: ["foreign-token-500"] },
    async () => {
      const foreign = html(500, { "X-Ms-diagnostics": '28032;source="a";reason="web ticket"' });
      const answers = [undefined, foreign];
      const { get, posts, bearers } = signedIn((bearer) =>
        bearer === "cwt=1" ? answers.shift() : undefined,
      );
      await get();
      expect((await get()).status).toBe(200);
      expect(bearers.slice(2)).toEqual(["Bearer cwt=1", "", "Bearer cwt=2"]);
      expect(posts).toHaveLength(2);
    },
  );

  it("is not dropped for any other failure of the server", async () => {
    let sick = false;
    const { get, posts } = signedIn(() => (sick ? html(500, { "X-Ms-diagnostics": "28000" }) : undefined));
    await get();
    sick = true;
    expect((await get()).status).toBe(500);
    expect(posts).toHaveLength(1);
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

  it("that came while a request was under way without one is taken for it, and no other fetched", async () => {
    const late = Promise.withResolvers<Response>();
    const answers = [late.promise];
    const { get, posts, clock } = signedIn((bearer) => (bearer === "" ? answers.shift() : undefined));
    const first = get();
    await clock.settle();
    await get();
    late.resolve(offering("password"));
    expect((await first).status).toBe(200);
    expect(posts).toHaveLength(1);
  });

  it("is forgotten with everything else", async () => {
    const { get, tokens, bearers } = signedIn();
    await get();
    tokens.clear();
    await get();
    expect(bearers).toEqual(["", "Bearer cwt=1", "", "Bearer cwt=2"]);
  });

  it("is not asked for longer than the request may take that wants it", async () => {
    const { tokens, clock } = stand({
      grants: "password",
      password: "right",
      says: [() => new Promise<Response>(() => undefined)],
    });
    const request = { method: "POST", url: "https://web.contoso.example/accept", timeoutMs: 10_000 } as const;
    const given = expect(tokens.send(request)).rejects.toMatchObject({ kind: "timeout" });
    await clock.advance(10_000);
    await given;
    await clock.advance(5_000);
    expect(clock.pending).toBe(0);
  });
});

describe("a token that is refused fresh from the server", () => {
  const refusals: [string, () => Response][] = [
    ["401", () => offering("password")],
    ["403", () => new Response("", { status: 403, headers: offering("password").headers })],
  ];

  it.each(refusals)("by %s ends a first sign-in", async (_, refusal) => {
    const { end } = signedIn((bearer) => (bearer === "" ? undefined : refusal()));
    expect(await end()).toMatchObject({ code: "badCredentials" });
  });

  it.each(refusals)(
    "by %s is the server's own trouble once the sign-in has been online",
    async (_, refusal) => {
      const { end, tokens } = signedIn((bearer) => (bearer === "" ? undefined : refusal()));
      tokens.prove();
      for (let tries = 0; tries < 5; tries++) expect(await end()).toMatchObject({ code: "tokenRefused" });
    },
  );

  it.each([
    ["without a challenge", () => html(401)],
    ["as one of another pool", () => html(500, { "X-Ms-diagnostics": "28032" })],
  ])("%s says nothing of the credentials, in a first sign-in either", async (_, refusal) => {
    const { get, end } = signedIn((bearer) => (bearer === "" ? undefined : refusal()));
    await get().catch(() => undefined);
    expect(await end()).toMatchObject({ code: "tokenRefused" });
  });

  it("ends the sign-in after all when the token endpoint looks at the credentials and refuses them", async () => {
    const { end, tokens, posts } = stand({
      grants: "password",
      password: "right",
      says: [() => SAYS.token("cwt=1"), () => SAYS.token("cwt=2"), SAYS.refused],
      resource: (authorization) => (authorization === "" ? undefined : offering("password")),
    });
    tokens.prove();
    expect(await end()).toMatchObject({ code: "tokenRefused" });
    expect(await end()).toMatchObject({ code: "tokenRefused" });
    expect(await end()).toMatchObject({ code: "badCredentials" });
    expect(await end()).toMatchObject({ code: "badCredentials" });
    expect(posts).toHaveLength(3);
  });

  it("is not sent again", async () => {
    const { end, tokens, bearers } = signedIn((bearer) => (bearer === "" ? undefined : offering("password")));
    tokens.prove();
    await end();
    await end();
    expect(bearers).toEqual(["", "Bearer cwt=1", "", "Bearer cwt=2"]);
  });

  it("says nothing of the credentials when everything was forgotten meanwhile", async () => {
    const at = signedIn((bearer) => {
      if (bearer === "") return undefined;
      at.tokens.clear();
      return offering("password");
    });
    expect(await at.end()).toMatchObject({ code: "tokenRefused" });
  });

  it("ends a sign-in with another password as it ends a first one", async () => {
    const { end, tokens } = stand({
      grants: "password",
      password: "right",
      says: [SAYS.refused, () => SAYS.token("cwt=1")],
      resource: (authorization) => (authorization === "" ? undefined : offering("password")),
    });
    tokens.prove();
    expect(await end()).toMatchObject({ code: "badCredentials" });
    tokens.forgetRefusal();
    expect(await end()).toMatchObject({
      code: "badCredentials",
      sentence: expect.stringContaining("confirmed who you are") as string,
    });
  });
});

describe("a server that asks for no token in a way of its own", () => {
  it.each([
    ["without any challenge", () => html(401), "unauthorized"],
    [
      "with the challenge of a proxy",
      () => html(401, { "WWW-Authenticate": 'Basic realm="x"' }),
      "signInNotOffered",
    ],
    ["with a challenge that leads nowhere", () => offering("password", "mailto:a@b"), "badChallenge"],
    [
      "with a challenge that leads to plain http",
      () => offering("password", "http://web.contoso.example/t"),
      "untrustedServer",
    ],
  ])("%s is not sent the password", async (_, resource, code) => {
    const { end, posts } = signedIn(resource);
    expect(await end()).toMatchObject({ code });
    expect(posts).toEqual([]);
  });
});
