import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  CONNECTION_OPTIONS,
  createUndiciClient,
  ProxySettingError,
  type HttpClient,
} from "./undici-fetch.ts";
import type { FetchInit } from "../ports.ts";
import { askAndGiveUpOver, askOver, fetchBehaviours } from "../../testing/behaviours/fetch-behaviours.ts";

const get = (signal: AbortSignal = new AbortController().signal): FetchInit => ({
  method: "GET",
  headers: {},
  signal,
});

describe("HTTP of the command line", () => {
  const servers: Server[] = [];
  const clients: HttpClient[] = [];

  async function listen(handler: Parameters<typeof createServer>[1]): Promise<string> {
    const server = createServer(handler ?? (() => undefined));
    servers.push(server);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  function client(): HttpClient {
    const made = createUndiciClient();
    clients.push(made);
    return made;
  }

  afterEach(async () => {
    vi.unstubAllEnvs();
    await Promise.all(clients.splice(0).map((made) => made.close()));
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    }
  });

  it.each(fetchBehaviours)("$name", async ({ run }) => {
    const { fetch } = client();
    await run(askOver(fetch), askAndGiveUpOver(fetch));
  });

  it("answers a redirect as it is", async () => {
    let asked = 0;
    const url = await listen((_, response) => {
      asked++;
      response.writeHead(302, { location: "/elsewhere" }).end();
    });
    const answer = await client().fetch(`${url}/root`, get());
    expect([answer.status, answer.headers.get("location"), asked]).toEqual([302, "/elsewhere", 1]);
  });

  it("sends method, headers and body as told, and no cookie that a server has set", async () => {
    const seen: unknown[] = [];
    const url = await listen((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const { method, headers } = request;
        seen.push([method, headers["x-id"], headers.cookie, Buffer.concat(chunks).toString()]);
        response.writeHead(200, { "set-cookie": "a=b; Path=/" }).end("{}");
      });
    });
    const { fetch } = client();
    for (let turn = 0; turn < 2; turn++) {
      const answer = await fetch(url, { ...get(), method: "POST", headers: { "x-id": "7" }, body: "text" });
      expect(await answer.text()).toBe("{}");
    }
    expect(seen).toEqual([
      ["POST", "7", undefined, "text"],
      ["POST", "7", undefined, "text"],
    ]);
  });

  it("lets a server hold an answer for as long as it likes: both limits of undici are off", () => {
    expect([CONNECTION_OPTIONS.headersTimeout, CONNECTION_OPTIONS.bodyTimeout]).toEqual([0, 0]);
    expect(CONNECTION_OPTIONS.connect.timeout).toBe(10_000);
    expect(CONNECTION_OPTIONS.allowH2).toBe(false);
  });

  it("keeps two requests for the same address apart, one of them parked", async () => {
    const url = await listen((request, response) => {
      if (request.url !== "/parked") response.end("now");
    });
    const { fetch } = client();
    const parked = new AbortController();
    const waiting = fetch(`${url}/parked`, get(parked.signal)).catch((error: unknown) => error);
    expect(await (await fetch(`${url}/other`, get())).text()).toBe("now");
    parked.abort();
    expect(await waiting).toMatchObject({ name: "AbortError" });
  });

  it("tells why nothing came, by a code", async () => {
    const url = await listen(() => undefined);
    for (const server of servers.splice(0)) {
      server.close();
      await once(server, "close");
    }
    await expect(client().fetch(url, get())).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
  });

  it("ends a parked request when it is closed", async () => {
    const { promise: asked, resolve } = Promise.withResolvers<void>();
    const url = await listen(() => resolve());
    const made = client();
    const waiting = made.fetch(url, get()).catch((error: unknown) => error);
    await asked;
    await made.close();
    expect(await waiting).toBeInstanceOf(TypeError);
  });

  it("asks the proxy of the environment for other hosts and never for this machine", async () => {
    const asked: (string | undefined)[] = [];
    const proxy = await listen((request, response) => {
      asked.push(request.url);
      response.end("proxy");
    });
    const own = await listen((_, response) => response.end("own"));
    vi.stubEnv("http_proxy", proxy);
    vi.stubEnv("no_proxy", "");
    const { fetch } = client();
    expect(await (await fetch(own, get())).text()).toBe("own");
    expect(await (await fetch("http://server.invalid/root", get())).text()).toBe("proxy");
    expect(asked).toEqual(["http://server.invalid/root"]);
  });

  it.each(["http", "https"])(
    "names the proxy that wants a password, and not the one it was given: %s",
    async (scheme) => {
      const proxy = await listen((_, response) => response.writeHead(407).end("who"));
      servers[0]?.on("connect", (_, socket) => socket.end("HTTP/1.1 407 Who\r\nContent-Length: 0\r\n\r\n"));
      vi.stubEnv(`${scheme}_proxy`, proxy.replace("//", "//tosh:secret@"));
      vi.stubEnv("no_proxy", "");
      const { host } = new URL(proxy);
      const failure = await client()
        .fetch(`${scheme}://server.invalid/root`, get())
        .catch((error: unknown) => error);
      expect(failure).toMatchObject({ name: "ProxyAuthenticationError", proxy: host });
    },
  );

  it("takes a proxy without a scheme, and names it where it does not lead to the server or cannot be reached", async () => {
    const proxy = new URL(await listen((_, response) => response.end("proxy")));
    servers[0]?.on("connect", (_, socket) => socket.end("HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n"));
    vi.stubEnv("http_proxy", `tosh:secret@${proxy.host}`);
    vi.stubEnv("https_proxy", proxy.host);
    vi.stubEnv("no_proxy", "");
    const { fetch } = client();
    const failure = async () =>
      await fetch("https://server.invalid/root", get()).catch((error: unknown) => error);
    expect(await (await fetch("http://server.invalid/root", get())).text()).toBe("proxy");
    expect(await failure()).toMatchObject({ name: "ProxyFailureError", code: "502", proxy: proxy.host });
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    }
    const gone = { name: "ProxyFailureError", code: "ECONNREFUSED", proxy: proxy.host };
    expect(await failure()).toMatchObject(gone);
  });

  it("refuses a proxy setting that is no address without quoting it", () => {
    vi.stubEnv("https_proxy", "::secret::");
    expect(() => createUndiciClient()).toThrow(ProxySettingError);
    expect(() => createUndiciClient()).not.toThrow(/secret/);
  });
});
