import { describe, expect, it } from "vitest";
import {
  challenge,
  error,
  html,
  json,
  links,
  POOL,
  ScriptedServer,
  TOKEN_PATH,
} from "../testing/servers/scripted-server.ts";
import type { Reply } from "../testing/servers/scripted-server.ts";
import { failing, invitation, isEvents, last, signIn } from "../testing/signed-in.ts";

describe("the event channel", () => {
  it(
    "asks for the next package before it works through the one it has",
    { tags: ["next-at-once"] },
    async () => {
      const server = new ScriptedServer();
      const { clock, seen } = signIn(server);
      await clock.settle();
      let asked = 0;
      server.intercept = (request) => {
        if (isEvents(request)) asked = seen.length;
        return undefined;
      };
      server.emit([invitation()]);
      await clock.settle();
      expect(seen).toEqual(["1 started messagingInvitation"]);
      expect(asked).toBe(0);
      expect(server.requests.filter(isEvents).at(-1)?.url).toMatch(/ack=2$/);
    },
  );

  it(
    "repeats the very URL after an answer that broke off, and loses nothing",
    { tags: ["unread-answer-kept"] },
    async () => {
      const server = new ScriptedServer();
      const { clock, seen } = signIn(server);
      await clock.settle();
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new TextEncoder().encode(`{"_links":{"next":{"href":"/wrong"`));
          controller.error(new Error("reset"));
        },
      });
      server.emit([invitation()]);
      failing(
        server,
        (request) => request.url.includes("ack=2"),
        1,
        () => new Response(body),
      );
      await clock.settle();
      server.emit([invitation("updated")]);
      await clock.advance(2_000);
      expect(seen).toEqual(["1 started messagingInvitation", "1 updated messagingInvitation"]);
      const urls = server.requests.filter(isEvents).map(({ url }) => url);
      expect(urls.filter((url) => url.includes("ack=2"))).toHaveLength(2);
      expect(urls.some((url) => url.includes("wrong"))).toBe(false);
    },
  );

  const passing: readonly (readonly [string, () => Reply, ...rules: string[]])[] = [
    ["503", () => html(503)],
    ["504", () => error(504, "Timeout", "ServiceTimeout")],
    ["429", () => json(429, {}), "events-429", "throttling"],
    ["a captive portal", () => html(200), "events-not-ucwa"],
    ["a broken connection", () => Promise.reject(new TypeError("fetch failed")), "events-connection"],
    ["a proxy's 404", () => html(404)],
    ["a 502", () => html(502)],
  ];
  for (const [failure, reply, ...tags] of passing) {
    it(
      `is reconnecting through ${failure} and online again by itself, with the same URL and application`,
      { tags },
      async () => {
        const server = new ScriptedServer();
        const { clock, states, seen, session } = signIn(server);
        await clock.settle();
        // From here on, the URL is another one than that of the first request.
        server.emit([invitation()]);
        await clock.settle();
        const before = server.requests.filter(isEvents).length;
        failing(server, isEvents, 1, reply);
        session.tryNow();
        await clock.settle();
        expect(last(states)).toMatchObject({ name: "reconnecting", retryAt: expect.any(Number) as number });
        await clock.advance(4_000);
        expect(last(states).name).toBe("online");
        const urls = server.requests.filter(isEvents).map(({ url }) => url);
        expect(urls.slice(before)).toEqual([urls[before - 1], urls[before - 1]]);
        expect(urls[before - 1]).not.toBe(urls[0]);
        server.emit([invitation("updated")]);
        await clock.settle();
        expect(seen).toEqual(["1 started messagingInvitation", "1 updated messagingInvitation"]);
        expect(server.requests.filter(({ url }) => url.endsWith("/applications"))).toHaveLength(2);
      },
    );
  }

  it(
    "does not come back before the time that the server asked for",
    { tags: ["events-retry-after"] },
    async () => {
      const server = new ScriptedServer();
      const { clock, session } = signIn(server);
      await clock.settle();
      failing(server, isEvents, 1, () => html(503, { "Retry-After": "120" }));
      session.tryNow();
      await clock.settle();
      const before = server.requests.length;
      await clock.advance(119_000);
      expect(server.requests).toHaveLength(before);
      await clock.advance(2_000);
      expect(server.requests.length).toBeGreaterThan(before);
    },
  );

  it("tries at once when the person says so", async () => {
    const server = new ScriptedServer();
    const { clock, states, session } = signIn(server);
    await clock.settle();
    failing(server, isEvents, 1, () => html(503, { "Retry-After": "1000" }));
    session.tryNow();
    await clock.settle();
    expect(last(states).name).toBe("reconnecting");
    session.tryNow();
    await clock.advance(2_000);
    expect(last(states).name).toBe("online");
  });

  const refusals: readonly [string, () => Reply, readonly string[]][] = [
    ["401", () => challenge(POOL), ["events-401", "unauthorized-once"]],
    [
      "403 and a challenge",
      () => html(403, { "WWW-Authenticate": `MsRtcOAuth href="${POOL}${TOKEN_PATH}",grant_type="password"` }),
      ["events-403-challenge"],
    ],
    ["403 and InvalidToken", () => html(403, { Warning: '120 a "InvalidToken"' }), ["events-403-challenge"]],
  ];
  for (const [refusal, reply, tags] of refusals) {
    it(
      `renews a token that is refused by ${refusal}, parks the same URL again, and keeps the application`,
      { tags: [...tags] },
      async () => {
        const server = new ScriptedServer();
        const { clock, states, seen, session } = signIn(server);
        await clock.settle();
        failing(server, isEvents, 1, reply);
        session.tryNow();
        await clock.settle();
        const parked = server.requests.filter(isEvents);
        expect(new Set(parked.map(({ url }) => url)).size).toBe(1);
        expect(new Set(parked.map(({ headers }) => headers["Authorization"])).size).toBe(2);
        server.emit([invitation()]);
        await clock.settle();
        expect(seen).toEqual(["1 started messagingInvitation"]);
        expect(last(states).name).toBe("online");
        expect(server.requests.filter(({ url }) => url.endsWith("/applications"))).toHaveLength(2);
      },
    );
  }

  it("renews early by the wall clock, while the old token still holds", async () => {
    const server = new ScriptedServer();
    const { clock, session } = signIn(server);
    await clock.settle();
    await clock.sleepMachine(7 * 3_600_000);
    session.resumed();
    await clock.settle();
    const asked = server.requests.filter(({ url }) => url.startsWith(POOL + TOKEN_PATH));
    expect(asked).toHaveLength(2);
    expect(
      server.requests.filter((request) => isEvents(request)).every(({ headers }) => headers["Authorization"]),
    ).toBe(true);
  });

  it(
    "sends its parameters to a new application and after a resume, and nowhere else",
    { tags: ["events-parameters-resent", "events-parameters-remembered"] },
    async () => {
      const server = new ScriptedServer();
      const { clock, seen } = signIn(server);
      await clock.settle();
      server.emit([invitation()], { resume: { href: `${server.base}/events?ack=2` } });
      server.emit([], { resync: { href: `${server.base}/events?ack=3` } });
      await clock.settle();
      // After the package: what it brought may be as stale as what was there.
      expect(seen).toEqual(["1 started messagingInvitation", "1 resume", "1 resync"]);
      server.kill();
      await clock.advance(2_000);
      expect(server.requests.filter(isEvents).map(({ url }) => new URL(url).search)).toEqual([
        "?ack=1&timeout=180&medium=5&low=60",
        "?ack=2&timeout=180&medium=5&low=60",
        "?ack=3",
        "?ack=1&timeout=180&medium=5&low=60",
      ]);
    },
  );

  it("reads the application again when the server gives no way on", { tags: ["no-way-on"] }, async () => {
    const server = new ScriptedServer();
    const { clock, seen, states } = signIn(server);
    await clock.settle();
    const anew = `${server.base}/events?ack=1&anew=1`;
    failing(
      server,
      ({ method, url }) => method === "GET" && url.endsWith(server.base),
      1,
      () => json(200, { rel: "application", ...links({ self: server.base, events: anew }) }),
    );
    server.emit([invitation()], { self: { href: "/x" } });
    await clock.advance(2_000);
    expect(seen).toContain("1 resync");
    expect(last(states).name).toBe("online");
    expect(server.requests.filter(isEvents).at(-1)?.url).toContain(anew);
  });

  it("asks a server that answers at once with nothing about once a second, and still hears what comes", async () => {
    const server = new ScriptedServer();
    let packages = 0;
    server.intercept = (request) => {
      if (!isEvents(request)) return undefined;
      const sender = ++packages === 30 ? [invitation()] : [];
      return json(200, { _links: { next: { href: request.url } }, sender });
    };
    const { clock, seen } = signIn(server);
    await clock.advance(60_000);
    expect(seen).toEqual(["1 started messagingInvitation"]);
    expect(packages).toBeGreaterThan(55);
    // Ten more after each that brought something.
    expect(packages).toBeLessThan(85);
  });

  it(
    "gives up a request that is held longer than the server may, and parks it again",
    { tags: ["client-limit"] },
    async () => {
      const server = new ScriptedServer();
      const { clock, states } = signIn(server);
      await clock.settle();
      // From here on, the URL is another one than that of the first request.
      server.emit([invitation()]);
      await clock.settle();
      await clock.advance(200_000);
      expect(server.requests.filter(isEvents)).toHaveLength(2);
      await clock.advance(41_000);
      const urls = server.requests.filter(isEvents).map(({ url }) => url);
      expect(urls).toEqual([urls[0], urls[1], urls[1]]);
      expect(urls[1]).not.toBe(urls[0]);
      expect(server.requests.filter(({ url }) => url.endsWith("/applications"))).toHaveLength(2);
      expect(last(states).name).toBe("online");
    },
  );
});
