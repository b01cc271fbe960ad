import { describe, expect, it } from "vitest";
import { html, json, TOKEN_PATH } from "../../testing/servers/scripted-server.ts";
import { offering, signedIn, stand, WEB } from "./testing/stand.ts";

describe("a token", () => {
  it("is fetched once for all requests that wait for it", async () => {
    const { get, posts } = signedIn();
    const answers = await Promise.all([get(), get(), get()]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(posts).toHaveLength(1);
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

  it("is good without an identity scope, and with one", { tags: ["token-identity-scope"] }, async () => {
    for (const more of [{}, { ms_rtc_identityscope: "local" }]) {
      const says = () =>
        json(200, { access_token: "cwt=1", token_type: "Bearer", expires_in: 3600, ...more });
      const { end } = stand({ grants: "password", password: "right", says: [says] });
      expect(await end()).toEqual({ status: 200 });
    }
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

  it.each([
    ["as one of another pool", () => html(500, { "X-Ms-diagnostics": "28032" })],
    ["by a challenge", () => offering("password")],
    ["without one", () => html(401)],
  ])(
    "that is refused %s, and so is the next, leaves no resource of an application to be asked for without",
    async (_, refusal) => {
      let refuses = false;
      const { get, getOwned, tokens, posts, bearers } = signedIn(() => (refuses ? refusal() : undefined));
      await get();
      tokens.prove();
      refuses = true;
      await expect(getOwned()).rejects.toMatchObject({ code: "tokenRefused" });
      await expect(getOwned()).rejects.toMatchObject({ code: "tokenRefused" });
      refuses = false;
      expect((await getOwned()).status).toBe(200);
      expect(bearers.slice(2)).toEqual(["1", "2", "3", "4"].map((count) => `Bearer cwt=${count}`));
      expect(posts).toHaveLength(4);
    },
  );

  it("is not fetched for what is asked beside, which is not sent without one either", async () => {
    let refuses = false;
    const { get, getOwned, tokens, bearers, posts } = signedIn(() => (refuses ? html(401) : undefined));
    const beside = () => tokens.send({ method: "GET", url: `${WEB}/photo` }, "beside");
    await get();
    expect((await beside()).status).toBe(200);
    refuses = true;
    await expect(getOwned()).rejects.toMatchObject({ code: "tokenRefused" });
    const [sent, fetched] = [bearers.length, posts.length];
    await expect(beside()).rejects.toMatchObject({ code: "tokenRefused" });
    expect([bearers.length, posts.length]).toEqual([sent, fetched]);
  });

  it("is asked for where the refusal of the last one names a new place", async () => {
    const there = `${WEB}${TOKEN_PATH}?there`;
    const refusals = [undefined, offering("password"), offering("password", there)];
    const { get, getOwned, tokens, posts } = signedIn((bearer) =>
      bearer === "" ? undefined : refusals.shift(),
    );
    await get();
    tokens.prove();
    await expect(getOwned()).rejects.toMatchObject({ code: "tokenRefused" });
    expect((await getOwned()).status).toBe(200);
    expect(posts.map(({ url }) => url)).toEqual([`${WEB}${TOKEN_PATH}`, `${WEB}${TOKEN_PATH}`, there]);
  });

  it("is not dropped for any other failure of the server", async () => {
    let sick = false;
    const { get, posts } = signedIn(() => (sick ? html(500, { "X-Ms-diagnostics": "28000" }) : undefined));
    await get();
    sick = true;
    expect((await get()).status).toBe(500);
    expect(posts).toHaveLength(1);
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
