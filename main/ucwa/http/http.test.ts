import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import type { Fetch, FetchInit } from "../../platform/ports.ts";
import { VirtualClock } from "../../testing/virtual-clock.ts";
import { Http, jsonOf, retryAfterMs } from "./http.ts";
import type { HttpAnswer } from "./http.ts";
import { ask, endless, NEVER, URL_OF_EVENTS } from "./testing/ask.ts";

describe("one HTTP exchange", () => {
  it("answers with status, headers and body, whatever the status", async () => {
    const { clock, ended } = ask(async () => new Response("ü", { status: 418, headers: { "X-A": "b" } }));
    await clock.settle();
    expect(ended).toMatchObject([{ status: 418, body: "ü", url: URL_OF_EVENTS }]);
    expect((ended[0] as HttpAnswer).headers.get("x-a")).toBe("b");
    expect(clock.pending).toBe(0);
  });

  it("hands the fetch what the request says and nothing more", async () => {
    const sent: FetchInit[] = [];
    const note: Fetch = (_, init) => {
      sent.push(init);
      return NEVER;
    };
    ask(note);
    ask(note, { method: "POST", headers: { "X-A": "b", Accept: "text/x" }, body: "", asPerson: false });
    ask(note, { method: "POST", once: true, urgent: true });
    await new VirtualClock().settle();
    const signal = expect.any(AbortSignal) as AbortSignal;
    expect(sent).toStrictEqual([
      { method: "GET", headers: { Accept: "application/json" }, signal },
      { method: "POST", headers: { Accept: "text/x", "X-A": "b" }, body: "", asPerson: false, signal },
      { method: "POST", headers: { Accept: "application/json" }, once: true, urgent: true, signal },
    ]);
  });

  it("is repeated at once when the network of this machine changes under it, before the head and in the body", async () => {
    const changed = () => new Error("net::ERR_NETWORK_CHANGED");
    let tries = 0;
    const { clock, ended } = ask(async () => {
      tries++;
      if (tries === 1) throw changed();
      const broken = new ReadableStream<Uint8Array>({ start: (controller) => controller.error(changed()) });
      return new Response(tries === 2 ? broken : "news");
    });
    await clock.settle();
    expect(ended).toMatchObject([{ status: 200, body: "news" }]);
    expect(tries).toBe(3);
    expect(clock.pending).toBe(0);
  });

  it("gives each repetition its own time", async () => {
    const first = Promise.withResolvers<Response>();
    let tries = 0;
    const { clock, ended } = ask(() => (++tries === 1 ? first.promise : NEVER));
    await clock.advance(14_000);
    first.reject(new Error("net::ERR_NETWORK_CHANGED"));
    await clock.advance(14_999);
    expect([tries, ended]).toEqual([2, []]);
    await clock.advance(1);
    expect(ended).toMatchObject([{ kind: "timeout" }]);
  });

  it.each([
    ["a GET, three times at most", { method: "GET" }, 4],
    ["a DELETE", { method: "DELETE" }, 4],
    ["a POST that may have arrived, not at all", { method: "POST" }, 1],
    ["a POST that may arrive twice", { method: "POST", repeatable: true }, 4],
  ] as const)("repeats %s", async (_, request, expected) => {
    let tries = 0;
    const { clock, ended } = ask(async () => {
      tries++;
      throw new Error("net::ERR_NETWORK_CHANGED");
    }, request);
    await clock.settle();
    expect(ended).toMatchObject([{ kind: "unreachable", code: "ERR_NETWORK_CHANGED" }]);
    expect(tries).toBe(expected);
    expect(clock.pending).toBe(0);
  });

  it("is not repeated once it was given up", async () => {
    const giveUp = new AbortController();
    let tries = 0;
    const { clock, ended } = ask(
      async () => {
        tries++;
        giveUp.abort();
        throw new Error("net::ERR_NETWORK_CHANGED");
      },
      { signal: giveUp.signal },
    );
    await clock.settle();
    expect([tries, ended]).toMatchObject([1, [{ kind: "aborted" }]]);
  });

  it("gives up after its time when no head comes, although the fetch does not listen to its signal", async () => {
    const signals: AbortSignal[] = [];
    const deaf: Fetch = (_, init) => {
      signals.push(init.signal);
      return NEVER;
    };
    const { clock, ended } = ask(deaf, { timeoutMs: 5_000 });
    await clock.advance(4_999);
    expect(ended).toEqual([]);
    await clock.advance(1);
    expect(ended).toMatchObject([{ kind: "timeout" }]);
    expect(signals[0]?.aborted).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it("throws away an answer that comes after it was given up", async () => {
    const { body, stream } = endless(() => null);
    const { promise, resolve } = Promise.withResolvers<Response>();
    const { clock, ended } = ask(() => promise);
    await clock.advance(15_000);
    resolve(new Response(stream));
    await clock.settle();
    expect(ended).toMatchObject([{ kind: "timeout" }]);
    expect(body.cancelled).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it("sends nothing when it was given up before, and ends at once when it is later", async () => {
    const sent: FetchInit[] = [];
    const note: Fetch = (_, init) => {
      sent.push(init);
      return NEVER;
    };
    const before = ask(note, { signal: AbortSignal.abort() });
    await before.clock.settle();
    expect([before.ended[0], sent]).toMatchObject([{ kind: "aborted" }, []]);

    const owner = new AbortController();
    const later = ask(note, { signal: owner.signal });
    owner.abort();
    await later.clock.settle();
    expect([later.ended[0], sent[0]?.signal.aborted]).toMatchObject([{ kind: "aborted" }, true]);
  });

  it("ends together with all others of its signal, to which one listens for all of them", async () => {
    const clock = new VirtualClock();
    const http = new Http(async (url) => (url.endsWith("/1") ? new Response("one") : NEVER), clock);
    const owner = new AbortController();
    const { signal } = owner;
    const ask = (number: number) =>
      http
        .request({ method: "GET", url: `${URL_OF_EVENTS}/${number}`, signal })
        .catch((error: unknown) => error);
    expect(await ask(1)).toMatchObject({ body: "one" });
    const others = [ask(2), ask(3)];
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    owner.abort();
    expect(await Promise.all(others)).toMatchObject([{ kind: "aborted" }, { kind: "aborted" }]);
    expect(clock.pending).toBe(0);
  });
});

describe("what an answer says", () => {
  const answer = (body: string, headers: Record<string, string> = {}): HttpAnswer => ({
    url: URL_OF_EVENTS,
    status: 200,
    headers: new Headers(headers),
    body,
  });

  it.each([
    ["an object", '{"a":1}', { a: 1 }],
    ["an object behind a byte order mark", '\uFEFF{"a":1}', { a: 1 }],
    ["nothing", "", undefined],
    ["a list", "[1]", undefined],
    ["an object with garbage behind it", '{"a":1}}', undefined],
    ["an object that is cut off", '{"a":', undefined],
    ["the page of a proxy", "<html>", undefined],
    ["UTF-16 read as UTF-8", '{\u0000"\u0000a\u0000"\u0000}\u0000', undefined],
    ["the last of two properties of one name", '{"a":1,"a":2}', { a: 2 }],
  ])("is its JSON object: %s", (_, body, value) => {
    expect(jsonOf(answer(body))).toEqual(value);
  });

  it("survives lists in lists, a hundred thousand deep", () => {
    expect(jsonOf(answer(`{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`))).toHaveProperty("a");
    expect(jsonOf(answer(`{"a":${"[".repeat(100_000)}`))).toBeUndefined();
  });

  it("takes no `__proto__` of the wire for a prototype", () => {
    const value = jsonOf(answer('{"__proto__":{"rel":"application"}}'));
    expect(value?.["rel"]).toBeUndefined();
  });

  const NOW = Date.UTC(2026, 0, 5, 9);
  const DAY_MS = 86_400_000;
  it.each([
    ["120", 120_000],
    ["0", 0],
    ["9".repeat(400), DAY_MS],
    ["-5", null],
    ["1e9", null],
    ["NaN", null],
    ["", null],
    ["soon 1", null],
    ["Mon, 05 Jan 2026 09:01:00 GMT", 60_000],
    ["Sun, 04 Jan 2026 09:00:00 GMT", 0],
    ["Fri, 31 Dec 9999 23:59:59 GMT", DAY_MS],
    [`Mon, ${"9".repeat(5_000)} GMT`, null],
  ])("asks for patience with Retry-After: %s", (value, ms) => {
    expect(retryAfterMs(answer("", { "Retry-After": value }), NOW)).toBe(ms);
  });

  it("is asked for patience by the server's own clock, where it says what time it is there", () => {
    const value = "Mon, 05 Jan 2026 10:00:10 GMT";
    const later = answer("", { "Retry-After": value, Date: "Mon, 05 Jan 2026 10:00:00 GMT" });
    expect(retryAfterMs(later, NOW)).toBe(10_000);
    expect(retryAfterMs(answer("", { "Retry-After": value, Date: "today" }), NOW)).toBe(3_610_000);
  });
});
