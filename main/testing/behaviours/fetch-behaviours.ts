import assert from "node:assert/strict";
import { systemClock } from "../../platform/system.ts";
import type { Fetch } from "../../platform/ports.ts";
import { Http, HttpFailure, type HttpFailureKind, type HttpRequest } from "../../ucwa/http/http.ts";
import { withRawServer, write, writeAndClose } from "../servers/raw-server.ts";

/** How one exchange ended, in values that can be handed from one process to another. */
export type Outcome =
  | { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }
  | { readonly failure: HttpFailureKind; readonly code: string };

/** A request, and after how many milliseconds it is given up. */
export type Question = Omit<HttpRequest, "signal"> & { readonly giveUpAfterMs?: number };

/** Asks over an implementation of the `Fetch` port, as the program does. */
export type Ask = (question: Question) => Promise<Outcome>;

export function askOver(fetch: Fetch): Ask {
  const http = new Http(fetch, systemClock);
  return async ({ giveUpAfterMs, ...request }) => {
    const giveUp = new AbortController();
    const cancel =
      giveUpAfterMs === undefined ? null : systemClock.after(giveUpAfterMs, () => giveUp.abort());
    try {
      const { status, headers, body } = await http.request({ ...request, signal: giveUp.signal });
      return { status, headers: Object.fromEntries(headers), body };
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
      return { failure: error.kind, code: error.code };
    } finally {
      cancel?.();
    }
  };
}

/** What becomes of a body whose request is given up when its head has come. */
export type AskAndGiveUp = (url: string) => Promise<"whole" | "broken off" | "unsettled">;

/** Without the limits that the program adds to the port. */
export function askAndGiveUpOver(fetch: Fetch): AskAndGiveUp {
  return async (url) => {
    const giveUp = new AbortController();
    const answer = await fetch(url, { method: "GET", headers: {}, signal: giveUp.signal });
    const read = answer.text().then(
      () => "whole" as const,
      () => "broken off" as const,
    );
    giveUp.abort();
    const unsettled = Promise.withResolvers<"unsettled">();
    const cancel = systemClock.after(SOON_MS, () => unsettled.resolve("unsettled"));
    return await Promise.race([read, unsettled.promise]).finally(cancel);
  };
}

/** Something that every implementation of the `Fetch` port does. `run` throws when one does not. */
export interface Behaviour {
  readonly name: string;
  readonly run: (ask: Ask, askAndGiveUp: AskAndGiveUp) => Promise<void>;
}

/** Nothing in these takes long; what is not settled by then never is. */
const SOON_MS = 5_000;

/** Asks a server that writes `answer`, a byte for each letter, and closes the connection. */
async function outcomeOf(ask: Ask, answer: string): Promise<Outcome> {
  let outcome: Outcome | undefined;
  await withRawServer(
    (arrival) => writeAndClose(arrival, answer),
    async ({ base }) => {
      outcome = await ask({ method: "GET", url: `${base}/`, timeoutMs: SOON_MS });
    },
  );
  assert(outcome);
  return outcome;
}

/** The answer to `answer`, which has to be one. */
async function answerTo(ask: Ask, answer: string): Promise<Extract<Outcome, { status: number }>> {
  const outcome = await outcomeOf(ask, answer);
  assert("status" in outcome, `${JSON.stringify(answer)} became ${JSON.stringify(outcome)}`);
  return outcome;
}

async function assertFailure(ask: Ask, answer: string, kind: HttpFailureKind): Promise<void> {
  const outcome = await outcomeOf(ask, answer);
  assert("failure" in outcome, `${JSON.stringify(answer)} became ${JSON.stringify(outcome)}`);
  assert.equal(outcome.failure, kind, JSON.stringify(answer));
}

const HI = "Content-Length: 2\r\n\r\nhi";
/** With its type: without one, Chromium waits for more of the body to guess it, before it shows the head. */
const BEGUN = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{}";

/** What the program relies on of its way to HTTP, whichever implementation that is. */
export const fetchBehaviours: readonly Behaviour[] = [
  {
    name: "a header with an umlaut of one byte keeps neither the answer nor the other headers away",
    run: async (ask) => {
      const { status, headers, body } = await answerTo(
        ask,
        `HTTP/1.1 200 OK\r\nVia: 1.1 M\u00fcnchen\r\nX-A: 1\r\nX-A: 2\r\n${HI}`,
      );
      assert.deepEqual([status, headers["x-a"], body], [200, "1, 2", "hi"]);
      assert.match(headers["via"] ?? "", /^1\.1 M.nchen$/);
    },
  },
  {
    name: "a challenge with an umlaut is still a challenge, and a redirect with one still a redirect",
    run: async (ask) => {
      const challenge = 'MsRtcOAuth href="/t",realm="M\u00fcnchen"';
      const refused = await answerTo(ask, `HTTP/1.1 401 Who\r\nWWW-Authenticate: ${challenge}\r\n${HI}`);
      assert.equal(refused.status, 401);
      assert.match(refused.headers["www-authenticate"] ?? "", /^MsRtcOAuth href="\/t",realm="M.nchen"$/);
      const moved = await answerTo(
        ask,
        "HTTP/1.1 302 Go\r\nVia: M\u00fcnchen\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n",
      );
      assert.equal(moved.status, 302);
      assert.match(moved.headers["location"] ?? "", /\/there$/);
      assert.match(moved.headers["via"] ?? "", /^M.nchen$/);
    },
  },
  {
    name: "a status from 600 on is a server's failure, with its headers and its body",
    run: async (ask) => {
      for (const status of [600, 777, 999]) {
        const answer = await answerTo(ask, `HTTP/1.1 ${status} No\r\nX-A: 1\r\n${HI}`);
        assert.deepEqual([answer.status, answer.headers["x-a"], answer.body], [500, "1", "hi"]);
      }
    },
  },
  {
    name: "a status of two or four digits is no answer",
    run: async (ask) => {
      for (const status of ["20", "2000", "099"])
        await assertFailure(ask, `HTTP/1.1 ${status} No\r\n${HI}`, "unreachable");
    },
  },
  {
    name: "an answer that only announces another one is waited past",
    run: async (ask) => {
      const answer = await answerTo(ask, `HTTP/1.1 199 Soon\r\n\r\nHTTP/1.1 201 Made\r\n${HI}`);
      assert.deepEqual([answer.status, answer.body], [201, "hi"]);
    },
  },
  {
    name: "a reason phrase that is missing, or not in ASCII, changes nothing",
    run: async (ask) => {
      for (const line of ["HTTP/1.1 200", "HTTP/1.1 200 ", "HTTP/1.1 200 Gr\u00fc\u00dfe"])
        assert.deepEqual((await answerTo(ask, `${line}\r\n${HI}`)).body, "hi");
    },
  },
  {
    name: "a line that is no header is stepped over, or the answer is refused as a whole: it always ends",
    run: async (ask) => {
      for (const line of [
        ": nameless",
        "two words: x",
        "nonsense",
        "M\u00fcnchen: x",
        "X-B: a\u0001b",
        "X-B: a\0b",
      ]) {
        const outcome = await outcomeOf(ask, `HTTP/1.1 200 OK\r\n${line}\r\nX-A: 1\r\n${HI}`);
        if ("failure" in outcome) assert.equal(outcome.failure, "unreachable", line);
        else assert.deepEqual([outcome.headers["x-a"], outcome.body], ["1", "hi"], line);
      }
    },
  },
  {
    name: "what is not HTTP at all is no answer, and neither is nothing",
    run: async (ask) => {
      for (const answer of ["", "SSH-2.0-x\r\n\r\n", "hello"])
        await assertFailure(ask, answer, "unreachable");
    },
  },
  {
    name: "a 407 is a proxy's, whoever sent it",
    run: async (ask) => {
      const challenge = 'Proxy-Authenticate: Basic realm="M\u00fcnchen"';
      await assertFailure(ask, `HTTP/1.1 407 Who\r\n${challenge}\r\n${HI}`, "proxy");
    },
  },
  {
    name: "a redirect is answered as it is, wherever it leads",
    run: async (ask) => {
      for (const target of [
        "http://elsewhere.example/x",
        "mailto:tosh@contoso.example",
        "file:///etc/passwd",
      ]) {
        const { status, headers } = await answerTo(
          ask,
          `HTTP/1.1 302 Go\r\nLocation: ${target}\r\nContent-Length: 0\r\n\r\n`,
        );
        assert.deepEqual([status, headers["location"]], [302, target]);
      }
    },
  },
  {
    name: "a cookie that a server sets is told, and goes back only as a header of the request",
    run: async (ask) => {
      await withRawServer(
        (arrival) => write(arrival, `HTTP/1.1 200 OK\r\nSet-Cookie: LB=fe1; Path=/; HttpOnly\r\n${HI}`),
        async ({ base, arrivals }) => {
          const first = await ask({ method: "GET", url: `${base}/` });
          assert.equal("headers" in first && first.headers["set-cookie"], "LB=fe1; Path=/; HttpOnly");
          await ask({ method: "GET", url: `${base}/` });
          await ask({ method: "GET", url: `${base}/`, headers: { Cookie: "LB=fe1; id=2" } });
          assert.deepEqual(
            arrivals.map(({ head }) => /^cookie: *(.*)\r$/im.exec(head)?.[1]),
            [undefined, undefined, "LB=fe1; id=2"],
          );
        },
      );
    },
  },
  {
    name: "a body that ends too early, or cannot be unpacked, has broken off",
    run: async (ask) => {
      await assertFailure(ask, BEGUN, "interrupted");
      await assertFailure(
        ask,
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        "interrupted",
      );
      await assertFailure(ask, `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n${HI}`, "interrupted");
    },
  },
  {
    name: "a body without a length lasts until the connection is closed",
    run: async (ask) => {
      assert.equal((await answerTo(ask, "HTTP/1.1 200 OK\r\n\r\nhello")).body, "hello");
    },
  },
  {
    name: "a request that is given up ends at once, before the head and in the middle of the body, and its connection too",
    run: async (ask) => {
      for (const part of ["", BEGUN]) {
        const closed = Promise.withResolvers<void>();
        await withRawServer(
          (arrival) => {
            arrival.socket.on("close", () => closed.resolve());
            write(arrival, part);
          },
          async ({ base }) => {
            const outcome = await ask({ method: "GET", url: base, timeoutMs: SOON_MS, giveUpAfterMs: 300 });
            assert.deepEqual(outcome, { failure: "aborted", code: "" });
            await closed.promise;
          },
        );
      }
    },
  },
  {
    name: "a body is settled when its request is given up in the middle of it",
    run: async (_ask, askAndGiveUp) => {
      await withRawServer(
        (arrival) => write(arrival, BEGUN),
        async ({ base }) => {
          assert.equal(await askAndGiveUp(base), "broken off");
        },
      );
    },
  },
  {
    name: "a request that is to arrive once arrives once, also when its connection is closed or it is told to come again",
    run: async (ask) => {
      for (const answer of ["", "HTTP/1.1 408 Late\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"])
        await withRawServer(
          (arrival) => {
            if (arrival.path === "/before") write(arrival, `HTTP/1.1 200 OK\r\n${HI}`);
            else writeAndClose(arrival, answer);
          },
          async ({ base, arrivals }) => {
            const post = { method: "POST", once: true, body: "secret", timeoutMs: SOON_MS } as const;
            await ask({ method: "GET", url: `${base}/before` });
            await ask({ ...post, url: `${base}/before` });
            const outcomes = await Promise.all(
              [1, 2].map((each) => ask({ ...post, url: `${base}/${each}` })),
            );
            for (const outcome of outcomes)
              assert.ok("failure" in outcome ? outcome.failure === "unreachable" : outcome.status === 408);
            assert.deepEqual(
              arrivals.filter(({ path }) => path !== "/before").map(({ path, body }) => `${path} ${body}`),
              ["/1 secret", "/2 secret"],
            );
          },
        );
    },
  },
];
