import { readFile } from "node:fs/promises";
import { createContext, runInContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { memoryFetch } from "../http/memory-fetch.ts";
import { createApplication, origins, virtualServer } from "../testing/client.ts";
import type { Json } from "../testing/client.ts";
import { json, stranger } from "../testing/stranger.ts";

const app = "https://app.example";

describe("the cross-domain frame (xframe)", () => {
  it.each([
    `${origins.discovery}/xframe`,
    `${origins.applications}/xframe`,
    `${origins.applications}/Autodiscover/XFrame/XFrame.html`,
    "http://lyncdiscover.doorbell.example/xframe",
  ])("is a page with a script of its own origin, and may be embedded: %s", async (url) => {
    const entrances = [{ origin: "http://lyncdiscover.doorbell.example", answers: "root" as const }];
    const { get } = stranger({ origins: { ...origins, entrances } });
    const page = await get(url, { Accept: "text/html" });
    expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    expect(page.headers.get("content-security-policy")).not.toContain("frame-ancestors");
    const script = /<script src="([^"]+)">/.exec(page.text)?.[1] ?? "";
    const found = await get(new URL(script, url).href, { Accept: "*/*" });
    expect([found.status, found.headers.get("content-type")]).toEqual([
      200,
      "text/javascript; charset=utf-8",
    ]);
  });

  it("is looked for at /xframe before there is a link, which is no breach", async () => {
    const { server, get } = stranger();
    await get(`${origins.discovery}/xframe`, { Accept: "text/html" });
    expect(server.control.breaches).toEqual([]);
  });
});

describe("X-Ms-Origin", () => {
  it.each([app, `${app}/`, "HTTPS://App.Example:443"])("lets an allowed origin in: %s", async (origin) => {
    const { server, get } = stranger({ switches: { allowedOrigins: [app] } });
    const root = await get(`${origins.discovery}/`, { ...json, "X-Ms-Origin": origin });
    expect([root.status, server.control.breaches]).toEqual([200, []]);
  });

  it.each(["https://other.example", "http://app.example", "https://app.example:8443", "null", ""])(
    "is refused with 28070 for another: %s",
    async (origin) => {
      const { server, get } = stranger({ switches: { allowedOrigins: [app] } });
      const root = await get(`${origins.discovery}/`, { ...json, "X-Ms-Origin": origin });
      expect([root.status, root.headers.get("x-ms-diagnostics")]).toEqual([
        403,
        expect.stringMatching(/^28070;/),
      ]);
      expect(server.control.breaches.map(({ rule }) => rule)).toEqual(["originHeader"]);
    },
  );

  it("opens neither the control API nor the page that rings, which are of the frame's own origin", async () => {
    const here = { discovery: "http://127.0.0.1:5080", applications: "http://127.0.0.1:5081" };
    const fetch = memoryFetch(virtualServer({ origins: here, switches: { allowedOrigins: [app] } }));
    for (const [path, own] of [
      ["/_control/state", 404],
      ["/_page/page.js", 404],
    ]) {
      const ask = (headers: Record<string, string>) => fetch(`${here.discovery}${String(path)}`, { headers });
      expect([(await ask({})).status, (await ask({ "X-Ms-Origin": app })).status]).toEqual([200, own]);
    }
  });
});

/** What the script of the frame asks for and answers, without a browser around it. */
async function frame(answered: { status: number; headers?: string; text?: string } = { status: 200 }) {
  const sent: Json[] = [];
  const answers: { content: Json; to: string }[] = [];
  let listener: (event: object) => void = () => {};
  class XMLHttpRequest {
    readonly headers: Record<string, string> = {};
    readonly responseText = answered.text ?? "";
    status = 0;
    withCredentials = false;
    timeout = 0;
    #loaded = () => {};
    open(method: string, url: string) {
      sent.push(Object.assign(this, { method, url }));
    }
    setRequestHeader(name: string, value: string) {
      this.headers[name] = value;
    }
    addEventListener(_: "loadend", loaded: () => void) {
      this.#loaded = loaded;
    }
    getAllResponseHeaders() {
      return answered.headers ?? "";
    }
    send(body: string | null) {
      Object.assign(this, { body });
      this.status = answered.status;
      this.#loaded();
    }
  }
  const window = {
    location: new URL(`${origins.discovery}/xframe`),
    addEventListener: (_: "message", run: typeof listener) => void (listener = run),
  };
  const script = await readFile(new URL("xframe.js", import.meta.url), "utf8");
  runInContext(script, createContext({ window, XMLHttpRequest, Headers, URL, URLSearchParams }));
  const post = (data: unknown, origin = app): void => {
    const source = {
      postMessage: (content: string, to: string) => answers.push({ content: JSON.parse(content), to }),
    };
    listener({ data: typeof data === "string" ? data : JSON.stringify(data), origin, source });
  };
  return { sent, answers, post };
}

describe("the script of the frame (Cross-domain IFRAME)", () => {
  it("sends what it is asked to, and says whose request it is whatever the page says of itself", async () => {
    const { sent, post } = await frame();
    post({
      accepts: "application/json",
      contentType: "application/json",
      data: "{}",
      headers: { Authorization: "Bearer cwt=x", "X-Ms-Origin": "https://allowed.example" },
      type: "post",
      url: "/ucwa/oauth/v1/applications",
      xhrFields: { withCredentials: true, onload: "x" },
      messageId: "1",
    });
    expect(sent).toEqual([
      expect.objectContaining({
        method: "POST",
        url: `${origins.discovery}/ucwa/oauth/v1/applications`,
        body: "{}",
        withCredentials: true,
        headers: {
          accept: "application/json",
          authorization: "Bearer cwt=x",
          "content-type": "application/json",
          "x-ms-origin": app,
          "x-requested-with": "XMLHttpRequest",
        },
      }),
    ]);
    expect(sent[0]).not.toHaveProperty("onload");
  });

  it("posts the answer to the page that asked, with its headers as they are spelled in the reference", async () => {
    const headers = "content-type: text/html\r\nwww-authenticate: Bearer a\r\nx-ms-diagnostics: 28020;x\r\n";
    const { answers, post } = await frame({ status: 401, headers, text: "no" });
    post({ url: `${origins.discovery}/`, messageId: { Id: 7 } });
    expect(answers).toEqual([
      {
        to: app,
        content: {
          status: 401,
          statusText: "error",
          responseText: "no",
          headers: "Content-Type: text/html\r\nWWW-Authenticate: Bearer a\r\nX-Ms-diagnostics: 28020;x\r\n",
          messageId: { Id: 7 },
        },
      },
    ]);
  });

  it.each([200, 204])("calls %i a success", async (status) => {
    const { answers, post } = await frame({ status });
    post({ request: { url: "/" } });
    expect(answers[0]!.content).toMatchObject({ status, statusText: "success" });
  });

  it("writes data as a form where nothing else is said, and into the query of a GET", async () => {
    const { sent, post } = await frame();
    post({ type: "post", url: "/WebTicket/oauthtoken", data: { grant_type: "password", username: "a&b" } });
    post({ type: "get", url: "/search?a=1", data: { query: "sip:x" } });
    post({ type: "post", url: "/", data: { a: 1 }, processData: false, contentType: "application/json" });
    expect(sent.map(({ url, body }) => [url.slice(origins.discovery.length), body])).toEqual([
      ["/WebTicket/oauthtoken", "grant_type=password&username=a%26b"],
      ["/search?a=1&query=sip%3Ax", null],
      ["/", '{"a":1}'],
    ]);
    expect(sent[0].headers["content-type"]).toMatch(/^application\/x-www-form-urlencoded/);
    expect(sent[1].headers).not.toHaveProperty("content-type");
  });

  it.each(["https://elsewhere.example/", "//elsewhere.example/", "http://["])(
    "asks its own origin only, not %s",
    async (url) => {
      const { sent, answers, post } = await frame();
      post({ url, messageId: "1" });
      expect(sent).toEqual([]);
      expect(answers[0]!.content).toMatchObject({ status: 0, statusText: "error", messageId: "1" });
    },
  );

  it("is silent to what is no request, and to an origin that nothing can be posted to", async () => {
    const { sent, answers, post } = await frame();
    for (const data of ["hello", "null", "[]", '{"url":1}']) post(data);
    post({ url: "/" }, "null");
    expect([sent, answers]).toEqual([[], []]);
  });
});

it("a web application of an allowed origin comes as far as an application, and commits no breach", async () => {
  const server = virtualServer({ switches: { allowedOrigins: [app] } });
  const application = await createApplication(server);
  const self = await application.get(application.resource._links.self.href, { "X-Ms-Origin": app });
  expect([self.status, server.control.breaches]).toEqual([200, []]);
});
