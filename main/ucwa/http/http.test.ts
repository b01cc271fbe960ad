import { describe, expect, it } from "vitest";
import { ProxyAuthenticationError, ProxyFailureError } from "../../platform/fetch-answer.ts";
import type { Fetch, FetchInit } from "../../platform/ports.ts";
import { VirtualClock } from "../../testing/virtual-clock.ts";
import { Body, MAX_BODY_BYTES } from "./http-body.ts";
import { failureOf, Http, HttpFailure, jsonOf, retryAfterMs } from "./http.ts";
import type { HttpAnswer, HttpRequest } from "./http.ts";
import { processorMs } from "../../testing/processor-time.ts";

const URL_OF_EVENTS = "https://pool.contoso.example/ucwa/events?key=secret-key";
const NEVER = new Promise<never>(() => undefined);

/** One request, and what became of it when time or the test went on. */
function ask(fetch: Fetch, request: Partial<HttpRequest> = {}) {
  const clock = new VirtualClock();
  const ended: (HttpAnswer | HttpFailure)[] = [];
  void new Http(fetch, clock)
    .request({ method: "GET", url: URL_OF_EVENTS, ...request })
    .then((answer) => ended.push(answer))
    .catch((error: unknown) => {
      if (!(error instanceof HttpFailure)) throw error;
      ended.push(error);
    });
  return { clock, ended };
}

/** A body that gives its chunks and then says no more, and tells when nobody wants it any longer. */
function endless(chunk: () => Uint8Array | null) {
  const body = { given: 0, cancelled: false };
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = chunk();
      if (!next) return NEVER;
      body.given += next.byteLength;
      controller.enqueue(next);
      return undefined;
    },
    cancel() {
      body.cancelled = true;
    },
  });
  return { body, stream };
}

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

  it.each([
    [
      new ProxyFailureError("502", "proxy.example:3128"),
      "The proxy proxy.example:3128 can't reach pool.contoso.example",
    ],
    [new ProxyFailureError("ECONNREFUSED", "proxy.example:3128"), "Can't reach the proxy proxy.example:3128"],
    [new Error("net::ERR_TUNNEL_CONNECTION_FAILED"), "The proxy can't reach pool.contoso.example"],
    [
      new Error("net::ERR_PROXY_CONNECTION_FAILED"),
      "Can't reach the proxy on the way to pool.contoso.example",
    ],
  ])("names the proxy that leads to no server: %s", async (failure, message) => {
    const { clock, ended } = ask(async () => {
      throw failure;
    });
    await clock.settle();
    expect(ended).toMatchObject([{ kind: "unreachable", message }]);
  });

  it.each([
    ["proxy.example:3128", "The proxy proxy.example:3128 wants a user name and password"],
    [null, "A proxy on the way to pool.contoso.example wants a user name and password"],
  ])("names the proxy that wants a password: %s", async (proxy, sentence) => {
    const { clock, ended } = ask(() => Promise.reject(new ProxyAuthenticationError(proxy)));
    await clock.settle();
    expect(ended).toMatchObject([{ kind: "proxy", message: sentence }]);
  });

  it("has a sentence for people even where the address is none", async () => {
    const { clock, ended } = ask(() => Promise.reject(new Error("x")), { url: "nonsense" });
    await clock.settle();
    expect((ended[0] as HttpFailure).message).toBe("Can't reach the server");
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

  it("gives a body thirty seconds from its head on, however steadily it drips", async () => {
    const { body, stream } = endless(() => null);
    const { clock, ended } = ask(async () => new Response(stream));
    await clock.advance(29_999);
    expect(ended).toEqual([]);
    await clock.advance(1);
    expect(ended).toMatchObject([{ kind: "timeout" }]);
    expect(body.cancelled).toBe(true);

    let dripped = 0;
    const drip = new ReadableStream<Uint8Array>({
      start(controller) {
        const again = () =>
          second.clock.after(1_000, () => {
            if (second.ended.length > 0) return;
            controller.enqueue(Uint8Array.of(0x20));
            dripped++;
            again();
          });
        queueMicrotask(again);
      },
    });
    const second = ask(async () => new Response(drip));
    await second.clock.advance(60_000);
    expect(second.ended).toMatchObject([{ kind: "timeout" }]);
    expect(dripped).toBeLessThanOrEqual(30);
  });

  it("stops reading where a body is longer than any answer, and tells the fetch", async () => {
    const chunk = new Uint8Array(64 * 1024);
    const { body, stream } = endless(() => chunk);
    const { clock, ended } = ask(async () => new Response(stream));
    for (let turn = 0; turn < 20 && ended.length === 0; turn++) await clock.settle();
    expect(ended).toMatchObject([{ kind: "tooLarge" }]);
    expect(body.cancelled).toBe(true);
    expect(body.given).toBeLessThanOrEqual(MAX_BODY_BYTES + 3 * chunk.byteLength);
  });

  it("takes a body of exactly the limit, in chunks of any size", async () => {
    const sizes = [1, 2, 3, 70_000, 0, 1_000_000];
    let left = MAX_BODY_BYTES;
    let turn = 0;
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        const size = Math.min(left, sizes[turn++ % sizes.length] ?? 1);
        if (left === 0) return controller.close();
        left -= size;
        controller.enqueue(new Uint8Array(size).fill(0x61));
      },
    });
    const { clock, ended } = ask(async () => new Response(stream));
    for (let round = 0; round < 20 && ended.length === 0; round++) await clock.settle();
    const { body } = ended[0] as HttpAnswer;
    expect(body).toHaveLength(MAX_BODY_BYTES);
    expect(/^a*$/.test(body)).toBe(true);
  });

  it("does not copy all that has come for each byte that comes", () => {
    const body = new Body();
    const startedAt = processorMs();
    for (let byte = 0; byte < 100_000; byte++) body.add(Uint8Array.of(0x61));
    expect(body.text()).toHaveLength(100_000);
    // To copy all that is there for each of them takes a minute.
    expect(processorMs() - startedAt).toBeLessThan(5_000);
  });

  it("puts characters together that are torn over chunks, and drops one byte order mark", async () => {
    const bytes = new TextEncoder().encode("\uFEFFgrün 😀");
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    const { clock, ended } = ask(async () => new Response(stream));
    await clock.settle();
    expect(ended).toMatchObject([{ body: "grün 😀" }]);
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

  it.each([
    ["ENOTFOUND", "unknownHost"],
    ["ERR_NAME_NOT_RESOLVED", "unknownHost"],
    ["ECONNREFUSED", "unreachable"],
    ["ERR_CERT_AUTHORITY_INVALID", "certificate"],
    ["ERR_SSL_CLIENT_AUTH_CERT_NEEDED", "clientCertificate"],
    ["ERR_BAD_SSL_CLIENT_AUTH_CERT", "clientCertificate"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "certificate"],
    ["UND_ERR_CONNECT_TIMEOUT", "timeout"],
    ["UND_ERR_HEADERS_OVERFLOW", "unreachable"],
  ])("calls %s by its kind", async (code, kind) => {
    const error = new TypeError("fetch failed", { cause: Object.assign(new Error("x"), { code }) });
    const { clock, ended } = ask(() => Promise.reject(error));
    await clock.settle();
    expect(ended).toMatchObject([{ kind, code }]);
    // The code is for administrators.
    expect((ended[0] as HttpFailure).message).toContain("pool.contoso.example");
    expect((ended[0] as HttpFailure).message).not.toContain(code);
    // The same for whoever asks beside the client.
    expect(failureOf(error, "pool.contoso.example")).toEqual(ended[0]);
  });

  it("calls an error without a code unreachable, and looks for the code no deeper than errors are nested", async () => {
    const nested = (levels: number): Error =>
      levels === 0
        ? Object.assign(new Error("x"), { code: "ENOTFOUND" })
        : new Error("x", { cause: nested(levels - 1) });
    for (const [error, kind] of [
      [nested(0), "unknownHost"],
      [nested(5), "unknownHost"],
      [nested(6), "unreachable"],
      [Object.assign(new Error("x"), { code: 7 }), "unreachable"],
      [new Error("x", { cause: "ENOTFOUND" }), "unreachable"],
      ["ENOTFOUND", "unreachable"],
      [new Error("net::ERR_NAME_NOT_RESOLVED at an address"), "unknownHost"],
    ] as const) {
      const { clock, ended } = ask(() => Promise.reject(error));
      await clock.settle();
      if (kind === "unreachable") expect(ended).toMatchObject([{ kind, code: "" }]);
      else expect(ended).toMatchObject([{ kind }]);
    }
  });

  it("calls an answer that broke off so, whatever its status", async () => {
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(Uint8Array.of(0x7b));
        controller.error(new TypeError("terminated"));
      },
    });
    const { clock, ended } = ask(async () => new Response(stream));
    await clock.settle();
    expect(ended).toMatchObject([{ kind: "interrupted" }]);
  });

  it("keeps nothing of an error that may quote a header, nor the path of an address", async () => {
    const quoting = new TypeError('Headers.append: "Bearer cwt=secret" is an invalid header value.');
    const { clock, ended } = ask(() => Promise.reject(quoting));
    await clock.settle();
    const [failure] = ended as HttpFailure[];
    expect(failure?.message).toBe("Can't reach pool.contoso.example");
    expect(`${String(failure?.cause)} ${failure?.stack}`).not.toMatch(/secret/);
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
