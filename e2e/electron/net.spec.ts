import { expect, test } from "@playwright/test";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import type { RunningProgram } from "../driver/running-program.ts";
import { closedPort } from "./support/closed-port.ts";
import { start } from "./support/program.ts";

let program: RunningProgram;
let server: Server;
let base = "";
/** The path of each request that arrived, with the number of its connection. */
const arrivals: string[] = [];
const parked: ServerResponse[] = [];
let connections = 0;

test.beforeAll(async () => {
  const numbers = new WeakMap<object, number>();
  server = createServer((request, response) => {
    arrivals.push(`${request.url} on ${numbers.get(request.socket)}`);
    switch (request.url) {
      case "/moved":
        return void response
          .writeHead(302, { location: "/there", "x-kept": ["yes", "too"], "set-cookie": ["a=b", "c=d"] })
          .end();
      case "/parked":
        return void parked.push(response);
      case "/packed":
        return void response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("packed"));
      case "/cut":
        response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
        response.write("part");
        return void setTimeout(() => response.destroy(), 50);
      default: {
        let body = "";
        request.on("data", (chunk: Buffer) => (body += String(chunk)));
        request.on("end", () =>
          response
            .writeHead(201, { "X-Two": ["1", "2"], "set-cookie": ["a=b", "c=d"] })
            .end(`${request.method} ${request.url} ${body}`),
        );
      }
    }
  });
  server.on("connection", (socket) => numbers.set(socket, (connections += 1)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  program = await start("idle.mjs");
  await program.evaluate(({ app }) => app.whenReady());
});
test.afterAll(async () => {
  await program.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
test.beforeEach(() => {
  arrivals.length = 0;
});

/** Asks in main as Doorbell's own requests do, and tells what came of it, event by event. */
async function ask(
  url: string,
  { method = "GET", body, abortWhen }: { method?: string; body?: string; abortWhen?: Promise<void> } = {},
): Promise<readonly string[]> {
  const asked = program.evaluate(
    ({ net }, wanted) =>
      new Promise<string[]>((resolve) => {
        const heard: string[] = [];
        const { url: target, method: verb } = wanted;
        const request = net.request({ url: target, method: verb, redirect: "manual", cache: "no-store" });
        Object.assign(globalThis, { request });
        request.on("redirect", (status, _verb, location, headers) =>
          heard.push(`redirect ${status} ${new URL(location).pathname} ${JSON.stringify(headers)}`),
        );
        request.on("response", (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk) => chunks.push(chunk));
          response.on("end", () => {
            heard.push(`${response.statusCode} ${Buffer.concat(chunks).toString()}`);
            for (let index = 0; index < response.rawHeaders.length; index += 2)
              heard.push(`${response.rawHeaders[index]}: ${response.rawHeaders[index + 1]}`);
            resolve(heard);
          });
          response.on("error", (error: Error) => resolve([...heard, `response ${error.message}`]));
        });
        request.on("abort", () => resolve([...heard, "abort"]));
        request.on("error", (error) => {
          heard.push(`error ${error.message}`);
          // What an answer tells of the same comes in the same turn.
          setTimeout(() => resolve(heard));
        });
        if (wanted.body !== undefined) request.write(wanted.body);
        request.end();
      }),
    { url, method, body },
  );
  await abortWhen;
  if (abortWhen !== undefined)
    await program.evaluate(() =>
      (globalThis as unknown as { request: Electron.ClientRequest }).request.abort(),
    );
  return await asked;
}

test("an answer has its status, its body, and each of its headers by itself", async () => {
  // docs/api/incoming-message.md#responserawheaders
  const [answer, ...headers] = await ask(`${base}/there`, { method: "POST", body: "hello" });
  expect(answer).toBe("201 POST /there hello");
  expect(
    headers.filter((line) => /^(x-two|set-cookie): /i.test(line)).map((line) => line.toLowerCase()),
  ).toEqual(["x-two: 1", "x-two: 2", "set-cookie: a=b", "set-cookie: c=d"]);
});

test("a packed answer arrives unpacked", async () => {
  // Chromium's network service decodes content-encoding before the embedder sees the body
  expect((await ask(`${base}/packed`))[0]).toBe("200 packed");
});

test("with manual redirects a 302 is an event with its headers but for cookies, and is not followed", async () => {
  // docs/api/client-request.md#event-redirect: "the redirect will be cancelled"; lib/common/api/net-client-request.ts
  const [redirect = "", end] = await ask(`${base}/moved`);
  expect(redirect).toMatch(/^redirect 302 \/there /);
  const headers = JSON.parse(redirect.slice(redirect.indexOf("{"))) as Record<string, string[]>;
  expect(headers).toMatchObject({ location: ["/there"], "x-kept": ["yes", "too"] });
  // They are the session's, and stay with it.
  expect(headers).not.toHaveProperty("set-cookie");
  expect(end).toBe("error Redirect was cancelled");
  expect(arrivals).toHaveLength(1);
});

test("a refused connection has Chromium's name", async () => {
  // docs/api/client-request.md#event-error; net/base/net_error_list.h
  expect(await ask(`http://127.0.0.1:${await closedPort()}/`)).toEqual(["error net::ERR_CONNECTION_REFUSED"]);
});

test("a port that no browser connects to is refused without a try", async () => {
  // net/base/port_util.cc, kRestrictedPorts
  expect(await ask("http://127.0.0.1:1/")).toEqual(["error net::ERR_UNSAFE_PORT"]);
});

test("a body that breaks off is an error", async () => {
  // docs/api/incoming-message.md#event-error
  const heard = await ask(`${base}/cut`);
  expect(heard[0]).toMatch(
    /net::ERR_(CONTENT_LENGTH_MISMATCH|CONNECTION_RESET|CONNECTION_CLOSED|INCOMPLETE)/,
  );
});

test("with no-store, a second request for an address that is still parked reaches the server at once", async () => {
  // net/http/http_cache_transaction.cc: otherwise it waits up to 20 s for the first one to fill the cache
  const both = [ask(`${base}/parked`), ask(`${base}/parked`)];
  await expect.poll(() => parked.length).toBe(2);
  while (parked.length > 0) parked.pop()?.end("late");
  expect((await Promise.all(both)).map(([answer]) => answer)).toEqual(["200 late", "200 late"]);
});

test("abort() ends a parked request, and the server sees it go", async () => {
  // docs/api/client-request.md#requestabort
  const arrived = expect.poll(() => parked.length).toBe(1);
  const heard = await ask(`${base}/parked`, { abortWhen: arrived });
  expect(heard).toEqual(["abort"]);
  const response = parked.pop();
  await expect.poll(() => response?.closed).toBe(true);
});

test("once the connections are closed no later request takes an old one, and what is parked stays parked", async () => {
  // docs/api/session.md#sescloseallconnections; net/socket/client_socket_pool.h, FlushWithError: idle sockets are closed,
  // those in use are not taken again
  const waiting = ask(`${base}/parked`);
  await expect.poll(() => parked.length).toBe(1);
  await ask(`${base}/before`);
  await ask(`${base}/before`);
  const [, first, second] = arrivals.map((line) => line.split(" on ")[1]);
  expect(second).toBe(first);
  await program.evaluate(({ session }) => session.defaultSession.closeAllConnections());
  await ask(`${base}/after`);
  expect(Number(arrivals.at(-1)?.split(" on ")[1])).toBe(Number(first) + 1);
  parked.pop()?.end("late");
  expect((await waiting)[0]).toBe("200 late");
});
