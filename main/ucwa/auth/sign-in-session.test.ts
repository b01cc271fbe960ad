import { describe, expect, it } from "vitest";
import { challenge, html, POOL, ROOT, ScriptedServer, TOKEN_PATH } from "../../testing/scripted-server.ts";
import { VirtualClock } from "../../testing/virtual-clock.ts";
import { createSession } from "../session.ts";
import type { SessionAccount, SessionOptions } from "../session-options.ts";
import type { SessionState } from "../session-port.ts";
import { FakePages, noting, offer, offering, PASSIVE, SAYS, WINDOWS } from "./testing/stand.ts";
import type { TokenPost } from "./testing/stand.ts";

const HOUR_MS = 3_600_000;
const nothing = () => undefined;

function signIn(
  server: ScriptedServer,
  options: Partial<SessionOptions> = {},
  password: string | null = "right",
  account: Partial<SessionAccount> = {},
) {
  const clock = new VirtualClock();
  const states: SessionState[] = [];
  const posts: TokenPost[] = [];
  const session = createSession({
    fetch: noting(server.fetch, posts),
    clock,
    random: { uuid: () => "uuid", fraction: () => 0.5 },
    logger: { error: nothing, warn: nothing, info: nothing, debug: nothing },
    account: {
      address: "tosh@contoso.example",
      password: async () => password,
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
      received: nothing,
      generationEnded: nothing,
      channelInterrupted: nothing,
    },
    ...options,
  });
  session.start();
  return {
    clock,
    session,
    posts,
    states,
    names: () => states.map(({ name }) => name),
    state: () => session.state,
  };
}

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

describe("a session by the page of the organisation", () => {
  function federated() {
    const server = new ScriptedServer();
    const pages = new FakePages();
    const cookie = { holds: false };
    offer(server, PASSIVE, () => (cookie.holds ? undefined : SAYS.page()));
    const running = signIn(server, { federation: pages }, null);
    return { server, pages, cookie, ...running };
  }

  async function online() {
    const at = federated();
    await at.clock.settle();
    at.cookie.holds = true;
    at.pages.load();
    await at.clock.settle();
    expect(at.state().name).toBe("online");
    return at;
  }

  it("waits in authenticating for the person, and is online with the page closed", async () => {
    const { clock, pages, state, cookie } = federated();
    await clock.advance(5 * 60_000);
    expect(state().name).toBe("authenticating");
    expect(pages.opened).toHaveLength(1);
    cookie.holds = true;
    pages.load();
    await clock.settle();
    expect(state().name).toBe("online");
    expect(pages.closed).toHaveLength(1);
    expect(pages.opened).toHaveLength(1);
  });

  it("asks the person when the page is closed, and opens it anew when the person says so", async () => {
    const { clock, pages, state, session, cookie } = federated();
    await clock.settle();
    pages.closeByPerson();
    await clock.advance(HOUR_MS);
    expect(state()).toMatchObject({ name: "attention", reason: "badCredentials" });
    expect(pages.opened).toHaveLength(1);
    session.tryNow();
    await clock.settle();
    expect(pages.opened).toHaveLength(2);
    cookie.holds = true;
    pages.load();
    await clock.settle();
    expect(state().name).toBe("online");
  });

  it("opens no page for an early renewal, whether the cookie holds or not", async () => {
    const { clock, pages, state, cookie, posts } = await online();
    cookie.holds = false;
    await clock.advance(7.5 * HOUR_MS);
    expect(posts.length).toBeGreaterThan(5);
    expect(state().name).toBe("online");
    cookie.holds = true;
    await clock.advance(HOUR_MS);
    expect(state().name).toBe("online");
    expect(pages.opened).toHaveLength(1);
  });

  it("renews without a page as long as the cookie holds, all day long", async () => {
    const { clock, pages, names } = await online();
    await clock.advance(30 * HOUR_MS);
    expect(pages.opened).toHaveLength(1);
    expect(names().filter((name) => name === "online")).toHaveLength(1);
  });

  it("says that it is offline while the page waits after token and cookie have run out, and is back as soon as the person has signed in", async () => {
    const { clock, pages, state, cookie, session } = await online();
    cookie.holds = false;
    await clock.sleepMachine(9 * HOUR_MS);
    session.resumed();
    await clock.advance(60_000);
    expect(pages.opened).toHaveLength(2);
    expect(state()).toMatchObject({ name: "reconnecting", reason: "signInPage" });
    cookie.holds = true;
    pages.load();
    await clock.advance(2_000);
    expect(state().name).toBe("online");
    expect(pages.closed).toHaveLength(2);
    expect(state()).toEqual({ name: "online", generation: 1 });
  });

  it("asks the person at once when that page is closed, or left alone for ten minutes", async () => {
    for (const leave of ["close", "wait"]) {
      const { clock, pages, state, cookie, session } = await online();
      cookie.holds = false;
      await clock.sleepMachine(9 * HOUR_MS);
      session.resumed();
      await clock.advance(1_000);
      if (leave === "close") pages.closeByPerson();
      await clock.advance(leave === "close" ? 0 : 10 * 60_000);
      expect(state()).toMatchObject({ name: "attention", reason: "badCredentials" });
      await clock.advance(HOUR_MS);
      expect(pages.opened).toHaveLength(2);
    }
  });

  it("signs out at once while the page is open, and closes it", async () => {
    const { clock, pages, state, session } = federated();
    await clock.settle();
    await session.signOut();
    expect(state().name).toBe("signedOut");
    expect(pages.closed).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it("opens no page to sign out", async () => {
    const { pages, cookie, session, state, server, posts } = await online();
    cookie.holds = false;
    server.intercept = ({ method, url }) => {
      if (url.includes(TOKEN_PATH)) return SAYS.page();
      return method === "DELETE" ? offering(PASSIVE, `${POOL}${TOKEN_PATH}`) : undefined;
    };
    const asked = posts.length;
    await session.signOut();
    expect(posts).toHaveLength(asked + 1);
    expect(state().name).toBe("signedOut");
    expect(pages.opened).toHaveLength(1);
  });

  it("needs a page for each server that wants one, one after the other", async () => {
    const server = new ScriptedServer();
    const pages = new FakePages();
    const signedIn = new Set<string>();
    offer(server, PASSIVE, (url) => (signedIn.has(new URL(url).origin) ? undefined : SAYS.page()));
    const { clock, state } = signIn(server, { federation: pages }, null);
    for (const [count, origin] of [new URL(ROOT).origin, POOL].entries()) {
      await clock.settle();
      expect(pages.opened).toHaveLength(count + 1);
      expect(pages.closed).toHaveLength(count);
      signedIn.add(origin);
      pages.load();
    }
    await clock.settle();
    expect(state().name).toBe("online");
  });
});
