import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { html, json } from "../../testing/servers/scripted-server.ts";
import type { SessionProblem } from "../session-problem.ts";
import { FakePages, PASSIVE, SAYS, stand, WEB } from "./testing/stand.ts";

const reset = () =>
  Promise.reject(
    Object.assign(new TypeError("fetch failed"), {
      cause: Object.assign(new Error(), { code: "ECONNRESET" }),
    }),
  );
const to = (status: number, location: string) => () =>
  new Response(null, { status, headers: { Location: location } });

describe("sign-in by password", () => {
  it(
    "sends name and password form-encoded, so that every character arrives, and nothing without a password",
    { tags: ["grant-password", "form-encoding"] },
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: "grapheme", minLength: 1 }), async (password) => {
          const { end, posts } = stand({ grants: "password", password, says: [() => SAYS.token()] });
          expect(await end()).toEqual({ status: 200 });
          const form = { grant_type: "password", username: "tosh@contoso.example", password };
          expect(posts).toMatchObject([{ form, asPerson: false, once: true }]);
        }),
        { numRuns: 30, examples: [["a+b&c=d%41 e"]] },
      );
      for (const password of [null, ""]) {
        const { end, posts } = stand({ grants: "password", password, says: [() => SAYS.token()] });
        expect(await end()).toMatchObject({ code: "badCredentials" });
        expect(posts).toEqual([]);
      }
    },
  );

  it(
    "takes invalid_grant for a wrong password, and asks again only when the person says so",
    { tags: ["token-invalid-grant"] },
    async () => {
      const { end, posts, tokens } = stand({
        grants: "password",
        password: "wrong",
        says: [SAYS.refused, () => SAYS.token()],
      });
      for (let tries = 0; tries < 3; tries++) expect(await end()).toMatchObject({ code: "badCredentials" });
      expect(posts).toHaveLength(1);
      tokens.forgetRefusal();
      expect(await end()).toEqual({ status: 200 });
    },
  );

  const troubles: readonly (readonly [string, () => Response, ...rules: string[]])[] = [
    ["server_error", () => json(400, { error: "server_error" }), "token-server-error"],
    ["an error that nobody knows", () => json(400, { error: "strange" })],
    ["an error body of UCWA", () => json(500, { code: "ServiceFailure" })],
    ["a token of another pool", () => html(500, { "X-Ms-diagnostics": '28032;reason="ticket"' })],
    ["a page of a proxy with 403", () => html(403)],
    ["a page of a proxy with 500", () => html(500)],
    ["a page of a portal", () => html(200)],
    ["a token that no header can carry", () => SAYS.token("cwt=a\nb")],
    ["too many requests", () => html(429)],
  ];
  for (const [trouble, says, ...tags] of troubles) {
    it(`does not take ${trouble} for a wrong password`, { tags }, async () => {
      const { end, posts } = stand({
        grants: "password",
        password: "right",
        says: [says, () => SAYS.token()],
      });
      expect(await end()).toMatchObject({
        code: "tokenEndpoint",
        error: { advice: { action: "rediscover" } },
      });
      expect(await end()).toEqual({ status: 200 });
      expect(posts).toHaveLength(2);
    });
  }

  it("does not take a broken connection for a wrong password", async () => {
    const { end } = stand({ grants: "password", password: "right", says: [reset, () => SAYS.token()] });
    expect(await end()).toMatchObject({ code: "ECONNRESET" });
    expect(await end()).toEqual({ status: 200 });
  });

  for (const [error, rule] of [
    ["unsupported_grant_type", "token-unsupported-grant"],
    ["invalid_request", "token-invalid-request"],
    ["invalid_scope", "token-invalid-scope"],
  ] as const) {
    it(
      `tells ${error} apart: the server does not take this way of signing in`,
      { tags: [rule] },
      async () => {
        const { end } = stand({ grants: "password", password: "right", says: [() => json(400, { error })] });
        expect(await end()).toMatchObject({
          code: "signInNotOffered",
          sentence: expect.stringContaining("does not accept passwords") as string,
        });
      },
    );
  }

  it(
    "goes to the page that invalid_grant names, for that says nothing of the password",
    { tags: ["passive-no-wrong-password"] },
    async () => {
      const pages = new FakePages();
      const { get, clock } = stand({
        grants: `password,${PASSIVE}`,
        password: "right",
        pages,
        says: [SAYS.page, SAYS.page, () => SAYS.token()],
      });
      const answer = get();
      await clock.settle();
      pages.load();
      expect((await answer).status).toBe(200);
    },
  );

  it("cannot tell a 401 without a word of the token service from a proxy: waits long, and asks the person at the second", async () => {
    const { end, posts } = stand({ grants: "password", password: "right", says: [SAYS.unauthorized] });
    expect(await end()).toMatchObject({
      code: "tokenEndpoint",
      error: { advice: { action: "retry", afterMs: 600_000 } },
    });
    expect(await end()).toMatchObject({ code: "badCredentials" });
    await end();
    expect(posts).toHaveLength(2);
  });

  it("counts such 401s anew when the person says that it is to be tried again", async () => {
    const { end, tokens } = stand({ grants: "password", password: "right", says: [SAYS.unauthorized] });
    expect(await end()).toMatchObject({ code: "tokenEndpoint" });
    tokens.forgetRefusal();
    expect(await end()).toMatchObject({ code: "tokenEndpoint" });
    expect(await end()).toMatchObject({ code: "badCredentials" });
  });

  it("waits longer after such a 401 where that is asked for", async () => {
    const says = () => html(401, { "Retry-After": "1200" });
    const { end } = stand({ grants: "password", password: "right", says: [says] });
    expect(await end()).toMatchObject({ error: { advice: { action: "retry", afterMs: 1_200_000 } } });
  });

  it("is said to be declined by a server that wants its own page, where none can be shown", async () => {
    const { end } = stand({ grants: "password", password: "right", says: [SAYS.page] });
    expect(await end()).toMatchObject({
      code: "signInNotOffered",
      sentence: expect.stringContaining("its own web page") as string,
    });
  });

  it("keeps on after such 401s, at long intervals, when the sign-in has been online before", async () => {
    const { end, tokens } = stand({ grants: "password", password: "right", says: [SAYS.unauthorized] });
    tokens.prove();
    for (let tries = 0; tries < 5; tries++) {
      expect(await end()).toMatchObject({ error: { advice: { action: "retry", afterMs: 600_000 } } });
    }
  });

  it.each([301, 302, 307, 308])("repeats the form after a %i within what is trusted", async (status) => {
    const target = "https://pool.contoso.example/WebTicket/oauthtoken";
    const { end, posts } = stand({
      grants: "password",
      password: "right",
      says: [to(status, target), () => SAYS.token()],
    });
    expect(await end()).toEqual({ status: 200 });
    expect(posts.map(({ url }) => url)).toEqual([`${WEB}/WebTicket/oauthtoken`, target]);
    expect(posts[1]?.form).toEqual(posts[0]?.form);
  });

  it.each([
    [
      "a stranger, whom the person may approve",
      "https://evil.example/WebTicket/oauthtoken",
      "https://evil.example",
    ],
    ["plain http", "http://web.contoso.example/WebTicket/oauthtoken", undefined],
    ["this very machine", "http://127.0.0.1:8080/WebTicket/oauthtoken", "http://127.0.0.1:8080"],
  ])("is not sent on by a redirect to %s", async (_, target, origin) => {
    const { end, posts } = stand({ grants: "password", password: "right", says: [to(307, target)] });
    const ended = await end();
    expect(ended).toMatchObject({ code: "untrustedServer" });
    expect(ended.error).toMatchObject({ advice: { action: "stop", ...(origin ? { origin } : {}) } });
    expect(posts.map(({ url }) => new URL(url).origin)).toEqual([WEB]);
  });

  it("offers nobody to approve an address in the clear", async () => {
    const { end, logged } = stand({
      grants: "password",
      password: "right",
      says: [to(307, "http://web.contoso.example/t"), () => SAYS.token()],
    });
    const { error } = await end();
    expect((error as SessionProblem).advice).toStrictEqual({ action: "stop", reason: "untrustedServer" });
    // A token that is given is nothing to write down.
    expect(await end()).toEqual({ status: 200 });
    expect(logged).toEqual([]);
  });

  it("is sent on to an origin that the person has approved", async () => {
    const { end } = stand({
      grants: "password",
      password: "right",
      approved: ["https://hoster.example"],
      says: [to(307, "https://hoster.example/WebTicket/oauthtoken"), () => SAYS.token()],
    });
    expect(await end()).toEqual({ status: 200 });
  });

  it("goes to no address for which there is none, be it trusted and named by a redirect", async () => {
    const elsewhere = "https://backup.contoso.example/WebTicket/oauthtoken";
    const only = (part: string) => (url: string) => url.includes(part);
    const options = { grants: "password", password: "right", says: [to(307, elsewhere), () => SAYS.token()] };
    const kept = stand({ ...options, passwordFor: only(new URL(WEB).host) });
    expect(await kept.end()).toMatchObject({ sentence: expect.stringContaining("backup.contoso") as string });
    expect(kept.posts.map(({ url }) => new URL(url).origin)).toEqual([WEB]);
    const none = stand({ ...options, passwordFor: only("elsewhere.example") });
    expect(await none.end()).toMatchObject({ code: "badCredentials" });
    expect(none.posts).toEqual([]);
  });

  it("follows a few redirects and no circle, and never one that asks for a GET", async () => {
    const circle = stand({
      grants: "password",
      password: "right",
      says: [to(307, `${WEB}/WebTicket/oauthtoken`)],
    });
    expect(await circle.end()).toMatchObject({ code: "tokenEndpoint" });
    expect(circle.posts).toHaveLength(4);
    const other = stand({
      grants: "password",
      password: "right",
      says: [to(303, `${WEB}/WebTicket/oauthtoken`)],
    });
    expect(await other.end()).toMatchObject({ code: "tokenEndpoint" });
    expect(other.posts).toHaveLength(1);
  });

  it(
    "logs status, error and diagnostics id of a failure, by which it decides nothing, and nothing that the person typed",
    { tags: ["diagnostics-header"] },
    async () => {
      const { end, logged } = stand({ grants: "password", password: "s3cret", says: [SAYS.refused] });
      const bare = () => json(400, { error: "invalid_grant" });
      const other = stand({ grants: "password", password: "s3cret", says: [bare] });
      expect((await end()).code).toBe((await other.end()).code);
      expect(logged.join("\n")).toContain("28020");
      expect(logged.join("\n")).toContain("invalid_grant");
      expect(logged.join("\n")).not.toMatch(/s3cret|tosh|contoso/);
    },
  );
});
