import { describe, expect, it } from "vitest";
import { html } from "../../testing/servers/scripted-server.ts";
import { FakePages, PASSIVE, SAYS, stand, WEB, WINDOWS } from "./testing/stand.ts";

const inDomain = (url: string) => new URL(url).hostname.endsWith(".contoso.example");

describe("sign-in by the Windows session", () => {
  it(
    "sends the grant alone, as the person, and never a name or a password",
    { tags: ["grant-windows", "windows-negotiate"] },
    async () => {
      const { end, posts } = stand({
        grants: WINDOWS,
        password: "secret",
        integrated: inDomain,
        says: [() => SAYS.token()],
      });
      expect(await end()).toEqual({ status: 200 });
      expect(posts).toMatchObject([{ asPerson: true }]);
      expect(posts[0]?.form).toEqual({ grant_type: WINDOWS });
    },
  );

  it("is not used where it is not allowed", async () => {
    const { end, posts } = stand({ grants: WINDOWS, integrated: () => false, says: [() => SAYS.token()] });
    expect(await end()).toMatchObject({ code: "signInNotOffered" });
    expect(posts).toEqual([]);
  });

  it("waits for a person who is asked whether it is allowed", async () => {
    const says = [() => SAYS.token()];
    const asked = Promise.withResolvers<boolean>();
    const { end, posts } = stand({ grants: WINDOWS, integrated: () => asked.promise, says });
    const ended = end();
    await new Promise((resolve) => setImmediate(resolve));
    expect(posts).toEqual([]);
    asked.resolve(true);
    expect(await ended).toEqual({ status: 200 });
    const refused = stand({ grants: WINDOWS, integrated: async () => false, says });
    expect(await refused.end()).toMatchObject({ code: "signInNotOffered" });
    expect(refused.posts).toEqual([]);
  });

  it("is declined by a 401 after the network stack has tried, once and not in a loop", async () => {
    const { end, posts, tokens } = stand({
      grants: WINDOWS,
      integrated: inDomain,
      says: [SAYS.unauthorized, () => SAYS.token()],
    });
    for (let tries = 0; tries < 3; tries++) {
      expect(await end()).toMatchObject({
        code: "signInNotOffered",
        sentence: expect.stringContaining("Windows sign-in of this computer") as string,
      });
    }
    expect(posts).toHaveLength(1);
    tokens.forgetRefusal();
    expect(await end()).toEqual({ status: 200 });
  });

  it("is declined by a server that wants a page of its own, and not repeated either", async () => {
    const { end, posts, tokens } = stand({
      grants: WINDOWS,
      integrated: inDomain,
      says: [SAYS.page, () => SAYS.token()],
    });
    tokens.prove();
    for (let tries = 0; tries < 2; tries++) {
      expect(await end()).toMatchObject({
        code: "signInNotOffered",
        sentence: expect.stringContaining("its own web page") as string,
      });
    }
    expect(posts).toHaveLength(1);
  });

  it("goes on to a page when the Windows session is not accepted", async () => {
    const { end, grantsOf } = stand({
      grants: `${WINDOWS},${PASSIVE}`,
      integrated: inDomain,
      pages: new FakePages(),
      says: [SAYS.unauthorized, () => SAYS.token()],
    });
    expect(await end()).toEqual({ status: 200 });
    expect(grantsOf()).toEqual([WINDOWS, PASSIVE]);
  });

  it("is tried again later when it has been online before: a ticket may have run out", async () => {
    const { end, tokens } = stand({
      grants: WINDOWS,
      integrated: inDomain,
      says: [SAYS.unauthorized, () => SAYS.token()],
    });
    tokens.prove();
    expect(await end()).toMatchObject({
      code: "signInRefused",
      error: { advice: { action: "retry", afterMs: 60_000 } },
    });
    expect(await end()).toEqual({ status: 200 });
  });

  it.each([
    ["403 of a proxy", () => html(403)],
    ["a sick server", () => html(503)],
  ])("is not given up for %s", async (_, says) => {
    const { end } = stand({ grants: WINDOWS, integrated: inDomain, says: [says, () => SAYS.token()] });
    expect(await end()).toMatchObject({ code: "tokenEndpoint" });
    expect(await end()).toEqual({ status: 200 });
  });

  it("follows a redirect to where it is allowed too, as the person again", async () => {
    const target = "https://pool.contoso.example/WebTicket/oauthtoken";
    const { end, posts } = stand({
      grants: WINDOWS,
      integrated: inDomain,
      says: [() => new Response(null, { status: 302, headers: { Location: target } }), () => SAYS.token()],
    });
    expect(await end()).toEqual({ status: 200 });
    expect(posts).toMatchObject([
      { asPerson: true },
      { url: target, asPerson: true, form: { grant_type: WINDOWS } },
    ]);
  });

  it("does not follow a redirect out of where it is allowed, be the place trusted or not", async () => {
    const { end, posts } = stand({
      grants: WINDOWS,
      integrated: inDomain,
      approved: ["https://hoster.example"],
      says: [() => new Response(null, { status: 302, headers: { Location: "https://hoster.example/x" } })],
    });
    expect(await end()).toMatchObject({
      code: "signInNotOffered",
      sentence: expect.stringContaining("hoster") as string,
    });
    expect(posts.map(({ url }) => new URL(url).origin)).toEqual([WEB]);
  });
});
