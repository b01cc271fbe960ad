import { expect, test, type Page } from "@playwright/test";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { RunningProgram } from "../driver/running-program.ts";
import { closedPort } from "./support/closed-port.ts";
import { eventsOf, start } from "./support/program.ts";

const PAGE = (deadPort: number) => `<!doctype html><title>Page's own</title><h1>Web</h1>
<a id="next" href="/next">next</a> <a id="away" href="/forbidden">away</a> <a id="moved" href="/moved">moved</a>
<a id="file" href="/file">file</a> <a id="dead" href="http://127.0.0.1:${deadPort}/">dead</a>`;

let program: RunningProgram;
let server: Server;
let base = "";
const seen: IncomingMessage[] = [];

test.beforeAll(async () => {
  const page = PAGE(await closedPort());
  server = createServer((request, response) => {
    seen.push(request);
    switch (request.url) {
      case "/sign-in":
        response.setHeader("set-cookie", [
          "sid=s1; Path=/; HttpOnly",
          "deep=d1; Path=/next",
          "far=f1; Max-Age=600",
        ]);
        return void response.writeHead(200, { "content-type": "text/html" }).end(page);
      case "/moved":
        return void response
          .writeHead(302, { location: "/forbidden-after-all", "set-cookie": "hop=h1; Path=/" })
          .end();
      case "/file":
        return void response
          .writeHead(200, { "content-disposition": 'attachment; filename="a.exe"' })
          .end("MZ");
      case "/slow":
        response.writeHead(200, { "content-type": "text/html" }).write(page);
        return;
      case "/renew":
        return void response.writeHead(200, { "set-cookie": "sid=s2; Path=/; HttpOnly" }).end("renewed");
      case "/windows":
        return void response
          .writeHead(401, { "www-authenticate": ['Bearer x="y, z"', "Negotiate", "NTLM", 'Basic realm="r"'] })
          .end("who?");
      default:
        return void response.writeHead(200, { "content-type": "text/html" }).end(page);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  program = await start("web-session.mjs");
  await program.evaluate(({ app }) => app.whenReady());
});
test.afterAll(async () => {
  await program.close();
  server.closeAllConnections();
  server.close();
});
test.beforeEach(async () => {
  await program.evaluate(async ({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.destroy();
    await (globalThis as unknown as FixtureMain).web.clearStorageData();
    Object.assign(globalThis, { events: [] });
  });
  await expect.poll(() => program.pages().map((page) => page.url())).toEqual([]);
  seen.length = 0;
});

interface FixtureMain {
  readonly web: Electron.Session;
  readonly open: (url: string, own?: Electron.Session) => Promise<number>;
}

/** Opens a window of the session on a path, and gives its page. */
async function open(path: string): Promise<Page> {
  await program.evaluate((_, url) => (globalThis as unknown as FixtureMain).open(url), `${base}${path}`);
  for (let attempts = 0; attempts < 200; attempts++) {
    const page = program.pages().find((one) => one.url() === `${base}${path}`);
    if (page) return page;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error("No page came.");
}

/** Asks through `net` in that session, or in another; gives status and body, and what the server saw. */
async function ask(
  path: string,
  options: Electron.ClientRequestConstructorOptions,
  partition = "web",
): Promise<{
  readonly answer: string;
  readonly cookie: string;
  readonly headers: IncomingMessage["headers"];
}> {
  const answer = await program.evaluate(
    ({ net, session }, wanted) =>
      new Promise<string>((resolve) => {
        const own = session.fromPartition(wanted.partition, { cache: false });
        const request = net.request({ ...wanted.options, url: wanted.url, session: own, cache: "no-store" });
        request.on("response", (response) => {
          let body = "";
          response.on("data", (chunk) => (body += String(chunk)));
          response.on("end", () => resolve(`${response.statusCode} ${body.slice(0, 60)}`));
        });
        request.on("error", (error) => resolve(String(error)));
        request.end("body");
      }),
    { url: `${base}${path}`, options: { method: "POST", ...options }, partition },
  );
  const last = seen.findLast(({ url }) => url === path);
  return { answer, cookie: last?.headers.cookie ?? "", headers: last?.headers ?? {} };
}

test("a page and a request that includes credentials share the cookies of their session, and nobody else does", async () => {
  // docs/api/client-request.md#new-clientrequestoptions, credentials: "credentials from the session associated with the request"
  await open("/sign-in");
  expect((await ask("/token", { credentials: "include" })).cookie).toBe("sid=s1; far=f1");
  expect((await ask("/next/x", { credentials: "include" })).cookie).toBe("deep=d1; sid=s1; far=f1");
  expect((await ask("/token", { credentials: "omit" })).cookie).toBe("");
  // "If this option is not specified, … cookies will not be sent (unless useSessionCookies is set)"
  expect((await ask("/token", {})).cookie).toBe("");
  // "If credentials is specified, this option has no effect"
  expect((await ask("/token", { credentials: "omit", useSessionCookies: true })).cookie).toBe("");
  expect((await ask("/token", { credentials: "include" }, "other")).cookie).toBe("");
});

test("a request that includes credentials keeps the cookies of its answer for the page, and another one does not", async () => {
  // docs/api/client-request.md#new-clientrequestoptions, credentials; services/network: a load without credentials saves none
  const page = await open("/sign-in");
  await ask("/renew", { credentials: "omit" });
  await page.reload();
  expect(seen.at(-1)?.headers.cookie).toContain("sid=s1");
  await ask("/renew", { credentials: "include" });
  expect((await ask("/token", { credentials: "include" })).cookie).toContain("sid=s2");
});

test("the cookies of a redirect that nobody follows are kept", async () => {
  // services/network/url_loader.cc: a redirect's cookies are stored before anybody is asked
  const { answer } = await ask("/moved", { credentials: "include", redirect: "manual" });
  expect(answer).toContain("Redirect was cancelled");
  expect((await ask("/token", { credentials: "include" })).cookie).toBe("hop=h1");
});

test("the cookies of a session are listed, and gone when its storage is cleared", async () => {
  // docs/api/cookies.md#cookiesgetfilter; docs/api/session.md#sesclearstoragedataoptions
  await open("/sign-in");
  const names = () =>
    program.evaluate(async () =>
      (await (globalThis as unknown as FixtureMain).web.cookies.get({})).map(
        ({ name, httpOnly, session }) => `${name} ${httpOnly} ${session}`,
      ),
    );
  expect((await names()).toSorted()).toEqual(["deep false true", "far false false", "sid true true"]);
  await program.evaluate(() => (globalThis as unknown as FixtureMain).web.clearStorageData());
  expect(await names()).toEqual([]);
  expect((await ask("/token", { credentials: "include" })).cookie).toBe("");
});

test("a window has the session that it was given, from its creation", async () => {
  // docs/api/structures/web-preferences.md, session; docs/api/app.md#event-web-contents-created
  await open("/sign-in");
  expect(await eventsOf(program, "session")).toEqual([true]);
});

test("a page may go where nobody prevents it, and the program that loads a page is not asked", async () => {
  // docs/api/web-contents.md#event-will-navigate: "will not emit when the navigation is started programmatically"
  const page = await open("/sign-in");
  expect(await eventsOf(program, "will-navigate")).toEqual([]);
  await page.click("#next");
  await page.waitForURL("**/next");
  expect(await eventsOf(program, "will-frame-navigate")).toEqual(["/next true"]);
  expect(await eventsOf(program, "will-navigate")).toEqual(["/next true"]);
  expect(await eventsOf(program, "did-navigate")).toEqual(["/sign-in", "/next"]);
  await expect.poll(() => eventsOf(program, "did-finish-load")).toHaveLength(2);
});

test("a page stays where it is when its way or the redirect on it is prevented", async () => {
  // docs/api/web-contents.md#event-will-navigate, #event-will-redirect: "Calling event.preventDefault() will prevent the navigation"
  const page = await open("/sign-in");
  await page.evaluate(() => (document.querySelector("#away") as HTMLAnchorElement).click());
  await expect.poll(() => eventsOf(program, "will-frame-navigate")).toEqual(["/forbidden true"]);
  // docs/api/web-contents.md#navigation-events: "Subsequent events will not fire if event.preventDefault() is called"
  expect(await eventsOf(program, "will-navigate")).toEqual([]);
  // Not Playwright's click, which waits for a page that never comes.
  await page.evaluate(() => (document.querySelector("#moved") as HTMLAnchorElement).click());
  await expect.poll(() => eventsOf(program, "will-redirect")).toEqual(["/forbidden-after-all true"]);
  expect(seen.map(({ url }) => url).filter((url) => url?.startsWith("/forbidden"))).toEqual([]);
  expect(await eventsOf(program, "did-navigate")).toEqual(["/sign-in"]);
  expect(await eventsOf(program, "did-fail-load")).toEqual([]);
});

test("a first page whose redirect is prevented is an error of loadURL alone: there is no did-fail-load", async () => {
  // shell/browser/api/electron_api_web_contents.cc, DidFinishNavigation; lib/browser/api/web-contents.ts, loadURL
  const failure = await program.evaluate(
    (_, url) => (globalThis as unknown as FixtureMain).open(url).then(() => "loaded", String),
    `${base}/moved`,
  );
  expect(failure).toContain(`ERR_FAILED (-2) loading '${base}/moved'`);
  expect(await eventsOf(program, "will-redirect")).toEqual(["/forbidden-after-all true"]);
  expect(await eventsOf(program, "did-fail-load")).toEqual([]);
});

test("a page that names the scheme of another program asks for a permission first", async () => {
  // docs/api/session.md#sessetpermissionrequesthandlerhandler, openExternal
  const page = await open("/sign-in");
  await page.evaluate(() => location.assign("x-other-program:anything"));
  await expect.poll(() => eventsOf(program, "permission")).toEqual(["openExternal"]);
  expect(program.output()).not.toContain("x-other-program");
});

test("a frame in a page is asked about too", async () => {
  // docs/api/web-contents.md#event-will-frame-navigate: "in the main frame or any of its subframes"
  const page = await open("/sign-in");
  await page.evaluate(() => {
    const frame = document.createElement("iframe");
    frame.src = "/forbidden";
    document.body.append(frame);
  });
  await expect.poll(() => eventsOf(program, "will-frame-navigate")).toEqual(["/forbidden false"]);
  expect(await eventsOf(program, "will-navigate")).toEqual([]);
  expect(seen.map(({ url }) => url)).not.toContain("/forbidden");
});

test("a page that cannot be reached by a link is a failed load with Chromium's name", async () => {
  // docs/api/web-contents.md#event-did-fail-load; net/base/net_error_list.h
  const page = await open("/sign-in");
  await page.click("#dead");
  await expect
    .poll(() => eventsOf(program, "did-fail-load"))
    .toEqual([[-102, "ERR_CONNECTION_REFUSED", true]]);
});

test("a window that is destroyed while its page loads is gone, and so is the page", async () => {
  // docs/api/browser-window.md#windestroy: "Force closing the window … it guarantees that the closed event will be emitted"
  const loading = program.evaluate((_, url) => {
    const { open: load } = globalThis as unknown as FixtureMain;
    return load(url).then(
      () => "loaded",
      () => "not loaded",
    );
  }, `${base}/slow`);
  await expect.poll(() => program.pages().map((page) => page.url())).toEqual([`${base}/slow`]);
  await program.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.destroy());
  expect(await loading).toBe("not loaded");
  await expect.poll(() => program.pages()).toHaveLength(0);
  expect(await eventsOf(program, "closed")).toHaveLength(1);
});

test("a download is announced to the session and does not begin when that is prevented", async () => {
  // docs/api/session.md#event-will-download: "Calling event.preventDefault() will cancel the download"
  const page = await open("/sign-in");
  await page.click("#file");
  await expect.poll(() => eventsOf(program, "will-download")).toHaveLength(1);
  expect(await eventsOf(program, "did-navigate")).toEqual(["/sign-in"]);
});

test("a window that a page of the web opens can be denied", async () => {
  // docs/api/web-contents.md#contentssetwindowopenhandlerhandler
  const page = await open("/sign-in");
  expect(await page.evaluate(() => window.open("/popup") === null)).toBe(true);
  await expect.poll(() => eventsOf(program, "window-open")).toEqual(["/popup"]);
  await expect.poll(() => program.pages()).toHaveLength(1);
  expect(seen.map(({ url }) => url)).not.toContain("/popup");
  expect(await program.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test("a permission that is denied is denied to a page of the web", async () => {
  // docs/api/session.md#sessetpermissionrequesthandlerhandler
  const page = await open("/sign-in");
  const denied = await page.evaluate(
    () =>
      new Promise<number>((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve(0),
          (error) => resolve(error.code),
        ),
      ),
  );
  expect(denied).toBe(1);
});

test("a window without a preload script has nothing of Electron", async () => {
  // docs/tutorial/process-model.md#preload-scripts; docs/tutorial/sandbox.md
  const page = await open("/sign-in");
  const kinds = await page.evaluate(() =>
    ["require", "process", "module", "Buffer", "electron", "ipcRenderer"].map(
      (name) => typeof Reflect.get(window, name),
    ),
  );
  expect(new Set(kinds)).toEqual(new Set(["undefined"]));
});

test("a challenge that nothing answers is an answer like any other, as nobody listens for a login", async () => {
  // docs/api/client-request.md#event-login; lib/common/api/net-client-request.ts: without a listener the authentication is cancelled
  expect((await ask("/windows", { credentials: "include" })).answer).toBe("401 who?");
});
