import { expect, test } from "@playwright/test";
import {
  fetchBehaviours,
  type Ask,
  type AskAndGiveUp,
} from "../../main/testing/behaviours/fetch-behaviours.ts";
import { withRawServer, write } from "../../main/testing/servers/raw-server.ts";
import type { RunningProgram } from "../driver/running-program.ts";
import { startBundled } from "./support/bundled-fixture.ts";
import type { FetchFixture } from "./fixtures/fetch.ts";

let program: RunningProgram;

test.beforeAll(async () => {
  program = await startBundled("fetch.ts");
  await program.evaluate(({ app }) => app.whenReady());
});
test.afterAll(async () => {
  await program.close();
});

interface FixtureMain {
  readonly fixture: FetchFixture;
}

const ask: Ask = (question) =>
  program.evaluate((_, asked) => (globalThis as unknown as FixtureMain).fixture.ask(asked), question);

const askAndGiveUp: AskAndGiveUp = (url) =>
  program.evaluate((_, asked) => (globalThis as unknown as FixtureMain).fixture.askAndGiveUp(asked), url);

test.afterEach(async () => {
  const uncaught = await program.evaluate(() => (globalThis as unknown as FixtureMain).fixture.uncaught);
  expect(uncaught, "errors that nobody caught").toEqual([]);
});

for (const { name, run } of fetchBehaviours)
  test(name, async () => {
    await run(ask, askAndGiveUp);
  });

for (const [what, once, expected] of [
  ["is sent a second time by Chromium when the connection had been used before", false, [1, 2]],
  ["has a connection of its own when it must not arrive twice", true, [2]],
] as const)
  test(`a POST ${what}`, async () => {
    // net/http/http_network_transaction.cc, HandleIOError and ShouldResendRequest: whatever the method
    await withRawServer(
      (arrival) => {
        if (arrival.method === "POST") arrival.socket.destroy();
        else write(arrival, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
      },
      async ({ base, arrivals }) => {
        expect(await ask({ method: "GET", url: base })).toMatchObject({ status: 200 });
        const outcome = await ask({ method: "POST", url: base, body: "secret", once });
        expect(outcome).toEqual({ failure: "unreachable", code: "ERR_EMPTY_RESPONSE" });
        const posts = arrivals.filter(({ method }) => method === "POST");
        expect(posts.map(({ connection }) => connection)).toEqual(expected);
      },
    );
  });

test("of seven requests for one host, six are sent, and the seventh waits however urgent it is", async () => {
  // net/socket/client_socket_pool_manager.cc: six sockets in a group
  await withRawServer(
    (arrival) => {
      if (arrival.path === "/late") write(arrival, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
    },
    async ({ base, arrivals }) => {
      const parked = [1, 2, 3, 4, 5, 6].map((each) =>
        ask({ method: "GET", url: `${base}/${each}`, giveUpAfterMs: 2_000 }),
      );
      await expect.poll(() => arrivals.length).toBe(6);
      const late = ask({ method: "POST", url: `${base}/late`, urgent: true });
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(arrivals).toHaveLength(6);
      await Promise.all(parked);
      expect(await late).toMatchObject({ status: 200 });
    },
  );
});

test("a proxy that wants a password is named, and is told nothing but where the request goes", async () => {
  // docs/api/client-request.md#event-login: without a listener the 407 is the answer
  await withRawServer(
    (arrival) =>
      write(arrival, 'HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm="x"\r\nContent-Length: 0\r\n\r\n'),
    async ({ base, arrivals }) => {
      const setProxy = (config: Electron.ProxyConfig) =>
        program.evaluate(async (_, wanted) => {
          for (const session of (globalThis as unknown as FixtureMain).fixture.sessions)
            await session.setProxy(wanted);
        }, config);
      await setProxy({ mode: "fixed_servers", proxyRules: new URL(base).host });
      try {
        for (const url of ["http://server.example/", "https://server.example/"])
          for (const how of [{}, { asPerson: true }, { once: true }])
            expect(await ask({ method: "GET", url, ...how })).toEqual({ failure: "proxy", code: "" });
        expect(arrivals.map(({ method, path }) => `${method} ${path}`)).toEqual([
          ...Array.from({ length: 3 }, () => "GET http://server.example/"),
          ...Array.from({ length: 3 }, () => "CONNECT server.example:443"),
        ]);
        expect(arrivals.filter(({ head }) => /authorization|cookie/i.test(head))).toEqual([]);
      } finally {
        await setProxy({ mode: "direct" });
      }
    },
  );
});
