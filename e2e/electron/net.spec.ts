import { expect, test } from "@playwright/test";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import type { RunningProgram } from "../driver/running-program.ts";
import { start } from "./program.ts";

let program: RunningProgram;
let server: Server;
let base = "";
const parked: ServerResponse[] = [];
let waiting = 0;

test.beforeAll(async () => {
  server = createServer((request, response) => {
    switch (request.url) {
      case "/moved":
        return void response.writeHead(302, { location: "/there", "x-kept": "yes" }).end();
      case "/parked":
        waiting += 1;
        return void parked.push(response);
      case "/packed":
        return void response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("packed"));
      case "/cut":
        response.writeHead(200, { "content-length": "100" });
        response.write("part");
        return void setTimeout(() => response.destroy(), 50);
      default: {
        let body = "";
        request.on("data", (chunk: Buffer) => (body += String(chunk)));
        request.on("end", () =>
          response
            .writeHead(201, { "x-two": ["1", "2"], "set-cookie": "a=b" })
            .end(`${request.method} ${request.url} ${body}`),
        );
      }
    }
  });
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

/** Asks in main and tells what came of it, event by event. */
async function ask(
  url: string,
  options: Electron.ClientRequestConstructorOptions = {},
  body?: string,
): Promise<string[]> {
  return await program.evaluate(
    ({ net }, wanted) =>
      new Promise<string[]>((resolve) => {
        const heard: string[] = [];
        const request = net.request({ ...wanted.options, url: wanted.url });
        request.on("redirect", (status, method, target, headers) => {
          heard.push(`redirect ${status} ${method} ${new URL(target).pathname} ${String(headers["x-kept"])}`);
          if (wanted.options.headers?.["x-follow"] === "yes") request.followRedirect();
        });
        request.on("response", (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk) => chunks.push(chunk));
          response.on("end", () => {
            heard.push(`${response.statusCode} ${Buffer.concat(chunks).toString()}`);
            heard.push(
              `${String(response.headers["x-two"])} ${JSON.stringify(response.headers["set-cookie"])}`,
            );
            resolve(heard);
          });
          response.on("error", (error: Error) => resolve([...heard, `response ${error.message}`]));
        });
        request.on("error", (error) => resolve([...heard, `error ${error.message}`]));
        if (wanted.body !== undefined) request.write(wanted.body);
        request.end();
      }),
    { url, options, body },
  );
}

test("an answer has its status, body and headers; several of one name are joined, cookies stay a list", async () => {
  // docs/api/incoming-message.md#responseheaders; lib/common/api/net-client-request.ts, IncomingMessage.headers
  expect(await ask(`${base}/there`, { method: "POST" }, "hello")).toEqual([
    "201 POST /there hello",
    '1, 2 ["a=b"]',
  ]);
});

test("a packed answer arrives unpacked", async () => {
  // Chromium's network service decodes content-encoding before the embedder sees the body
  expect((await ask(`${base}/packed`))[0]).toBe("200 packed");
});

test("with manual redirects the 302 is an event, and the request dies when nobody follows it", async () => {
  // docs/api/client-request.md#event-redirect: "the redirect will be cancelled"; lib/common/api/net-client-request.ts
  expect(await ask(`${base}/moved`, { redirect: "manual" })).toEqual([
    "redirect 302 GET /there yes",
    "error Redirect was cancelled",
  ]);
});

test("a redirect that is followed during its event goes on", async () => {
  // docs/api/client-request.md#requestfollowredirect
  const heard = await ask(`${base}/moved`, { redirect: "manual", headers: { "x-follow": "yes" } });
  expect(heard.slice(0, 2)).toEqual(["redirect 302 GET /there yes", "201 GET /there "]);
});

test("net.fetch rejects a manual redirect and never shows it", async () => {
  // lib/browser/api/net-fetch.ts: no listener of "redirect", so the request dies as above
  const text = await program.evaluate(
    ({ net }, url) => net.fetch(url, { redirect: "manual" }).then((answer) => String(answer.status), String),
    `${base}/moved`,
  );
  expect(text).toContain("Redirect was cancelled");
});

test("a refused connection has Chromium's name", async () => {
  // docs/api/client-request.md#event-error; net/base/net_error_list.h
  expect(await ask("http://127.0.0.1:1/")).toEqual(["error net::ERR_CONNECTION_REFUSED"]);
});

test("a body that breaks off is an error of the answer", async () => {
  // docs/api/incoming-message.md#event-error
  const heard = await ask(`${base}/cut`);
  expect(heard).toHaveLength(1);
  expect(heard[0]).toMatch(
    /net::ERR_(CONTENT_LENGTH_MISMATCH|CONNECTION_RESET|CONNECTION_CLOSED|INCOMPLETE)/,
  );
});

for (const [cache, expected] of [
  ["no-store", 2],
  ["default", 1],
] as const)
  test(`with cache ${cache}, ${expected} of two requests for one parked address reach the server`, async () => {
    // net/http/http_cache_transaction.cc: a second reader of an entry waits for its writer, 20 s at most; no-store has none
    waiting = 0;
    const url = `${base}/parked`;
    const both = [ask(url, { cache }), ask(url, { cache })];
    await expect.poll(() => waiting).toBe(expected);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(waiting).toBe(expected);
    while (parked.length > 0) parked.pop()?.end("late");
    if (expected === 1) {
      await expect.poll(() => waiting + parked.length).toBeGreaterThanOrEqual(1);
      const rest = setInterval(() => parked.pop()?.end("late"), 20);
      await Promise.all(both);
      clearInterval(rest);
    } else await Promise.all(both);
  });

test("abort() ends a parked request, and closing the connections does too", async () => {
  // docs/api/client-request.md#requestabort; docs/api/session.md#sescloseallconnections
  waiting = 0;
  const aborted = program.evaluate(
    ({ net }, url) =>
      new Promise<string>((resolve) => {
        const request = net.request({ url, cache: "no-store" });
        request.on("abort", () => resolve("abort"));
        request.on("error", (error) => resolve(`error ${error.message}`));
        request.end();
        setTimeout(() => request.abort(), 100);
      }),
    `${base}/parked`,
  );
  expect(await aborted).toBe("abort");
  const cut = ask(`${base}/parked`, { cache: "no-store" });
  await expect.poll(() => waiting).toBe(2);
  await program.evaluate(({ session }) => session.defaultSession.closeAllConnections());
  expect((await cut)[0]).toContain("error net::ERR_");
});

test("headers cannot be changed once the request has been sent, and bad ones are refused", async () => {
  // docs/api/client-request.md#requestsetheadername-value; lib/common/api/net-client-request.ts, validateHeader
  const texts = await program.evaluate(({ net }, url) => {
    const attempt = (run: () => void) => {
      try {
        run();
        return "taken";
      } catch (error) {
        return String(error);
      }
    };
    const request = net.request(url);
    request.on("error", () => {});
    const early = [
      attempt(() => request.setHeader("a b", "x")),
      attempt(() => request.setHeader("a", "x\r\ny")),
    ];
    request.end();
    const late = attempt(() => request.setHeader("a", "b"));
    return [...early, late];
  }, base);
  expect(texts[0]).toContain("Invalid header name: 'a b'");
  expect(texts[1]).toContain("Invalid value for header 'a'");
  expect(texts[2]).toContain("Can't set headers after they are sent");
});
