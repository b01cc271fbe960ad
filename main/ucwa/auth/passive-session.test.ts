import { describe, expect, it } from "vitest";
import { POOL, ROOT, ScriptedServer, TOKEN_PATH } from "../../testing/servers/scripted-server.ts";
import { FakePages, offer, offering, PASSIVE, SAYS } from "./testing/stand.ts";
import { signIn } from "./testing/token-sign-in.ts";

const HOUR_MS = 3_600_000;

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
