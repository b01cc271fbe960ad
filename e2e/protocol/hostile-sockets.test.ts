import { once } from "node:events";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { brotliCompressSync, constants, deflateSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createUndiciClient, type HttpClient } from "../../main/platform/fetch/undici-fetch.ts";
import type { Clock } from "../../main/platform/ports.ts";
import { VirtualClock } from "../../main/testing/virtual-clock.ts";
import { Http, HttpFailure, jsonOf, type HttpAnswer } from "../../main/ucwa/http/http.ts";

const HEAD_MS = 15_000;
const BODY_MS = 30_000;
const GOOD = '{"good":true}';

/** What a server does with the socket of a request, once the request has been read. */
type Attack = (socket: Socket) => void;

const text = (whole: string): Attack => {
  return (socket) => void socket.write(whole, "latin1");
};
const thenClose = (whole: string): Attack => {
  return (socket) => void socket.end(whole, "latin1");
};
const thenReset = (whole: string): Attack => {
  return (socket) => void socket.write(whole, "latin1", () => socket.resetAndDestroy());
};
/** Writes as long as somebody reads. */
function endlessly(head: string, piece: string): Attack {
  return (socket) => {
    const more = (): void => {
      while (!socket.destroyed && socket.write(piece, "latin1"));
    };
    socket.on("drain", () => setImmediate(more));
    socket.write(head, "latin1");
    more();
  };
}
function encoded(encoding: string, body: Buffer): Attack {
  return (socket) => {
    socket.write(
      `HTTP/1.1 200 OK\r\nContent-Encoding: ${encoding}\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    socket.write(body);
  };
}
/** What comes out of it is sixteen times what an answer may have. */
const zeros = Buffer.alloc(64 * 1024 * 1024);
const gzip = (bytes: Buffer): Buffer => gzipSync(bytes, { level: 1 });
const brotli = (bytes: Buffer): Buffer =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
const OK = "HTTP/1.1 200 OK\r\n";
const CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";

/** A server of bare sockets: `/attack` is answered by the attack, anything else as it should be. */
class HostileServer {
  readonly requests: string[] = [];
  /** Attacked sockets that are still open. */
  open = 0;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(attack: Attack) {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      let read = "";
      // Who has been attacked hangs up.
      socket.on("error", () => undefined);
      socket.on("data", (bytes) => {
        read += bytes.toString("latin1");
        for (let end = read.indexOf("\r\n\r\n"); end >= 0; end = read.indexOf("\r\n\r\n")) {
          const request = read.slice(0, end);
          read = read.slice(end + 4);
          this.requests.push(request);
          if (request.includes(" /attack ")) {
            this.open++;
            socket.once("close", () => this.open--);
            attack(socket);
          } else socket.write(`${OK}Content-Length: ${GOOD.length}\r\n\r\n${GOOD}`);
        }
      });
    });
  }

  async listen(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }
}

describe("a hostile server on a real socket", () => {
  const servers: HostileServer[] = [];
  const clients: HttpClient[] = [];

  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  /** A client of such a server; its limits run by a clock that the test moves. */
  async function attacked(attack: Attack) {
    const server = new HostileServer(attack);
    servers.push(server);
    const origin = await server.listen();
    const client = createUndiciClient();
    clients.push(client);
    const time = new VirtualClock();
    const limits: number[] = [];
    const clock: Clock = {
      now: () => time.now(),
      after: (ms, run) => {
        limits.push(ms);
        return time.after(ms, run);
      },
    };
    const http = new Http(client.fetch, clock);
    const get = (path: string): Promise<HttpAnswer | HttpFailure> =>
      http
        .request({ method: "GET", url: origin + path, headers: { Authorization: "Bearer cwt=secret" } })
        .catch((error: unknown) => {
          if (error instanceof HttpFailure) return error;
          throw error;
        });
    return { server, origin, time, get, limits };
  }

  /** Every attack is followed by an honest request to the same server. */
  async function isStillServed(get: (path: string) => Promise<HttpAnswer | HttpFailure>): Promise<void> {
    expect(await get("/good")).toMatchObject({ status: 200, body: GOOD });
  }

  it.each([
    ["gzip", encoded("gzip", gzip(zeros))],
    ["brotli", encoded("br", brotli(zeros))],
    ["deflate", encoded("deflate", deflateSync(zeros, { level: 1 }))],
    ["gzip in gzip in gzip", encoded("gzip, gzip, gzip", gzip(gzip(gzip(zeros))))],
    ["a body without an end", endlessly(`${OK}\r\n`, "x".repeat(16_384))],
    ["chunks of one byte without an end", endlessly(`${OK}${CHUNKED}`, "1\r\na\r\n".repeat(500))],
  ])("is stopped at four megabytes of %s", async (_, attack) => {
    const { get } = await attacked(attack);
    expect(await get("/attack")).toMatchObject({ kind: "tooLarge" });
    await isStillServed(get);
  });

  it.each([
    ["the end comes before the stated length", thenClose(`${OK}Content-Length: 100\r\n\r\n{}`)],
    ["the end comes before the last chunk", thenClose(`${OK}${CHUNKED}2\r\n{}\r\n`)],
    ["a chunk has no size", text(`${OK}${CHUNKED}ZZ\r\n{}\r\n0\r\n\r\n`)],
    ["a chunk has a size of twenty digits", text(`${OK}${CHUNKED}${"f".repeat(20)}\r\n{}\r\n0\r\n\r\n`)],
    ["what should be gzip is none", encoded("gzip", Buffer.from("this is no gzip at all"))],
    ["the connection is reset after the head", thenReset(`${OK}Content-Length: 5\r\n\r\n`)],
    ["the connection is reset in the body", thenReset(`${OK}Content-Length: 5\r\n\r\n{}`)],
    ["the connection is reset between chunks", thenReset(`${OK}${CHUNKED}2\r\n{}\r\n`)],
  ])("has broken off its answer when %s", async (_, attack) => {
    const { get } = await attacked(attack);
    expect(await get("/attack")).toMatchObject({ kind: "interrupted" });
    await isStillServed(get);
  });

  it.each([
    ["a header of 100 kB", text(`${OK}A: ${"x".repeat(100_000)}\r\nContent-Length: 2\r\n\r\n{}`)],
    ["a header without an end", endlessly(`${OK}A: `, "x".repeat(1_000))],
    ["twenty encodings in one another", encoded(Array(20).fill("gzip").join(","), gzip(Buffer.from("{}")))],
    ["a negative length", text(`${OK}Content-Length: -1\r\n\r\n{}`)],
    ["a length of twenty digits", text(`${OK}Content-Length: ${"9".repeat(20)}\r\n\r\n{}`)],
    ["two lengths", text(`${OK}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} `)],
    ["a length beside chunks", text(`${OK}Content-Length: 5\r\n${CHUNKED}2\r\n{}\r\n0\r\n\r\n`)],
    ["NUL in a header", text(`${OK}A: b\0c\r\nContent-Length: 2\r\n\r\n{}`)],
    ["a header name with a space", text(`${OK}A b: c\r\nContent-Length: 2\r\n\r\n{}`)],
    ["a folded header", text(`${OK}A: b\r\n c\r\nContent-Length: 2\r\n\r\n{}`)],
    ["line feeds alone", text("HTTP/1.1 200 OK\nContent-Length: 2\n\n{}")],
    ["status 000", text("HTTP/1.1 000 No\r\nContent-Length: 2\r\n\r\n{}")],
    ["a switch of protocols", text("HTTP/1.1 101 No\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n{}")],
    ["Continue without an end", endlessly("", "HTTP/1.1 100 Continue\r\n\r\n")],
    ["HTTP/0.9", thenClose("{}")],
    ["HTTP/2", text("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")],
    ["SSH", text("SSH-2.0-OpenSSH_9.2\r\n\r\n")],
    ["a reset instead of an answer", thenReset("")],
    ["a reset in the status line", thenReset("HTTP/1.1 20")],
    ["a reset in a header", thenReset(`${OK}Content-`)],
  ])("gives no answer with %s", async (_, attack) => {
    const { get } = await attacked(attack);
    expect(await get("/attack")).toMatchObject({ kind: "unreachable" });
    await isStillServed(get);
  });

  it.each([
    ["nothing at all", text("")],
    ["early hints without an end", endlessly("", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")],
    ["a status line without an end", endlessly("HTTP/1.1 200 ", "x".repeat(1_000))],
  ])("has fifteen seconds for its head, with %s", async (_, attack) => {
    const { server, time, get } = await attacked(attack);
    const ended = get("/attack");
    await vi.waitFor(() => expect(server.open).toBe(1), { interval: 5 });
    await time.advance(HEAD_MS);
    expect(await ended).toMatchObject({ kind: "timeout" });
    await vi.waitFor(() => expect(server.open).toBe(0), { interval: 5 });
    await isStillServed(get);
  });

  it("cannot fill the memory with header lines without an end", async () => {
    const { server, time, get } = await attacked(endlessly(OK, "a: b\r\n"));
    const ended = get("/attack");
    await vi.waitFor(() => expect(server.open).toBe(1), { interval: 5 });
    await time.advance(HEAD_MS);
    expect(["timeout", "unreachable"]).toContain(((await ended) as HttpFailure).kind);
    await vi.waitFor(() => expect(server.open).toBe(0), { interval: 5 });
    await isStillServed(get);
  });

  it.each([
    ["a body that stops before its stated length", text(`${OK}Content-Length: 100\r\n\r\n{}`)],
    ["a body without a length on a connection that stays", text(`${OK}\r\n{}`)],
    ["a chunk extension without an end", endlessly(`${OK}${CHUNKED}2;`, "x".repeat(1_024))],
    ["an encoding for the way that nobody asked for", text(`${OK}Transfer-Encoding: gzip\r\n\r\n{}`)],
    [
      "chunks that are not the last encoding",
      text(`${OK}Transfer-Encoding: chunked, identity\r\n\r\n2\r\n{}\r\n0\r\n\r\n`),
    ],
  ])("has thirty seconds for its body, with %s", async (_, attack) => {
    const { server, time, get, limits } = await attacked(attack);
    const ended = get("/attack");
    await vi.waitFor(() => expect(limits).toEqual([HEAD_MS, BODY_MS]), { interval: 5 });
    await time.advance(BODY_MS);
    expect(await ended).toMatchObject({ kind: "timeout" });
    await vi.waitFor(() => expect(server.open).toBe(0), { interval: 5 });
    await isStillServed(get);
  });

  it.each([
    ["HTTP/1.0 without a length, until it closes", thenClose("HTTP/1.0 200 OK\r\n\r\n{}"), 200, {}],
    // Taken for a server's failure. Reference: RFC 9110, section 15.
    ["a status that nobody knows", text("HTTP/1.1 999 X\r\nContent-Length: 2\r\n\r\n{}"), 500, {}],
    ["204 with a body that is none", text("HTTP/1.1 204 X\r\nContent-Length: 2\r\n\r\n{}"), 204, undefined],
    [
      "a gzip that is cut off, which is no JSON",
      encoded("gzip", gzip(Buffer.from(`{"a":"${"x1y2".repeat(400)}"}`)).subarray(0, 20)),
      200,
      undefined,
    ],
  ])("is understood: %s", async (_, attack, status, value) => {
    const { get } = await attacked(attack);
    const answer = (await get("/attack")) as HttpAnswer;
    expect([answer.status, jsonOf(answer)]).toEqual([status, value]);
    await isStillServed(get);
  });

  it("cannot answer the next request before it is asked", async () => {
    const evil = `${OK}Content-Length: 13\r\n\r\n{"evil":true}`;
    const { get } = await attacked(text(`${OK}Content-Length: 2\r\n\r\n{}${evil}`));
    expect(await get("/attack")).toMatchObject({ body: "{}" });
    await isStillServed(get);
  });

  it.each([301, 302, 303, 307, 308])("is not followed to another server by a %d", async (status) => {
    const other = await attacked(text(""));
    const { get } = await attacked(
      text(`HTTP/1.1 ${status} Go\r\nLocation: ${other.origin}/good\r\nContent-Length: 0\r\n\r\n`),
    );
    expect(await get("/attack")).toMatchObject({ status, body: "" });
    expect(other.server.requests).toEqual([]);
    await isStillServed(get);
  });
});
