import { describe, expect, it } from "vitest";
import { challenge, html, ROOT, ScriptedServer, TOKEN_PATH } from "../../testing/servers/scripted-server.ts";
import { SAYS, WINDOWS } from "./testing/stand.ts";
import { nothing, signIn } from "./testing/token-sign-in.ts";

const HOUR_MS = 3_600_000;

describe("a server that refuses tokens which it has just given", () => {
  const outages: [string, (url: string) => Response][] = [
    ["401 with a challenge", (url) => challenge(new URL(url).origin)],
    ["403 with InvalidToken", () => html(403, { Warning: '120 a "InvalidToken"' })],
    ["401 of a proxy", () => html(401)],
    ["403 of a proxy", () => html(403)],
  ];

  it.each(outages)(
    "for hours, by %s, does not end a sign-in that has been online, nor ask the person",
    { tags: ["unauthorized-spells"] },
    async (_, refusal) => {
      const server = new ScriptedServer();
      const { clock, session, names, state, posts } = signIn(server);
      await clock.settle();
      expect(state().name).toBe("online");
      server.intercept = ({ url }) => (url.includes(TOKEN_PATH) || url === ROOT ? undefined : refusal(url));
      session.tryNow();
      await clock.advance(3 * HOUR_MS);
      expect(state().name).toBe("reconnecting");
      expect(names()).not.toContain("attention");
      expect(posts.length).toBeLessThan(150);
      server.intercept = nothing;
      await clock.advance(5 * 60_000);
      expect(state().name).toBe("online");
      await session.signOut();
    },
  );

  it("ends a first sign-in, which the person has to look at", { tags: ["unauthorized-twice"] }, async () => {
    const server = new ScriptedServer();
    server.intercept = ({ url, headers }) =>
      headers["Authorization"] ? challenge(new URL(url).origin) : undefined;
    const { clock, state, posts } = signIn(server);
    await clock.advance(HOUR_MS);
    expect(state()).toMatchObject({ name: "attention", reason: "badCredentials" });
    expect(posts).toHaveLength(1);
  });

  it("and then the password itself asks the person at once, and is not sent again", async () => {
    const server = new ScriptedServer();
    const { clock, session, state, posts } = signIn(server);
    await clock.settle();
    server.intercept = ({ url }) =>
      url.includes(TOKEN_PATH) ? SAYS.refused() : challenge(new URL(url).origin);
    session.tryNow();
    await clock.advance(HOUR_MS);
    expect(state()).toMatchObject({ name: "attention", reason: "badCredentials" });
    expect(posts).toHaveLength(3);
    session.resumed();
    await clock.advance(HOUR_MS);
    expect(posts).toHaveLength(3);
  });

  it("makes the next sign-in after a sign-out a first one again", async () => {
    const server = new ScriptedServer();
    const { clock, session, state } = signIn(server);
    await clock.settle();
    await session.signOut();
    server.intercept = ({ url, headers }) =>
      headers["Authorization"] ? challenge(new URL(url).origin) : undefined;
    session.start();
    await clock.advance(HOUR_MS);
    expect(state()).toMatchObject({ name: "attention", reason: "badCredentials" });
  });
});

describe("a session by password", () => {
  it(
    "signs in with the name that the server knows, when that is not the address",
    { tags: ["user-name-forms"] },
    async () => {
      const server = new ScriptedServer();
      const { clock, posts } = signIn(server, {}, "right", { username: "CONTOSO\\tosh" });
      await clock.settle();
      expect(posts.map(({ form }) => form["username"])).toEqual(["CONTOSO\\tosh", "CONTOSO\\tosh"]);
    },
  );
});

describe("a session by the Windows session of the computer", () => {
  it("is online without a password, and sends none", async () => {
    const server = new ScriptedServer();
    const { clock, state, posts } = signIn(server, { integrated: () => true }, null);
    await clock.settle();
    expect(state().name).toBe("online");
    expect(posts).toHaveLength(2);
    for (const { form, asPerson } of posts) {
      expect(form).toEqual({ grant_type: WINDOWS });
      expect(asPerson).toBe(true);
    }
  });

  it("asks for no password when it runs out of tickets, and comes back by itself", async () => {
    const server = new ScriptedServer();
    const { clock, session, state, names } = signIn(server, { integrated: () => true }, null);
    await clock.settle();
    server.revokeTokens();
    server.intercept = ({ url }) => (url.includes(TOKEN_PATH) ? SAYS.unauthorized() : undefined);
    session.tryNow();
    await clock.advance(HOUR_MS);
    expect(state()).toMatchObject({ name: "reconnecting" });
    server.intercept = nothing;
    await clock.advance(5 * 60_000);
    expect(state().name).toBe("online");
    expect(names()).not.toContain("attention");
  });
});
