import { expect, test, type Page } from "@playwright/test";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { RunningProgram } from "../driver/running-program.ts";
import type { FixtureWindow } from "./support/fixture-window.ts";
import { eventsOf, pageOf, start } from "./support/program.ts";

let program: RunningProgram;
let page: Page;

test.beforeAll(async () => {
  program = await start("window.mjs");
  page = await pageOf(program);
});
test.afterAll(() => program.close());

test("the scheme's handler is asked under our own address, and its policy decides which scripts run", async () => {
  // docs/api/protocol.md#protocolregisterbufferprotocolscheme-handler-deprecated; docs/tutorial/security.md#7-define-a-content-security-policy
  expect(await eventsOf(program, "request")).toEqual(["app://fixture/panel.html", "app://fixture/page.js"]);
  const scripts = await page.evaluate(() => {
    const { inline, external } = window as unknown as FixtureWindow;
    return { inline: inline ?? false, external };
  });
  expect(scripts).toEqual({ inline: false, external: true });
});

test("an answer of the scheme's handler needs data, even if none: else it is a failure of the network", async () => {
  // docs/api/structures/protocol-response.md
  const failures: string[] = [];
  page.on("requestfailed", (request) => failures.push(request.url()));
  await page.evaluate(async () => {
    for (const name of ["no-data.png", "nothing.png"]) {
      const image = new Image();
      const over = new Promise((resolve) => image.addEventListener("error", resolve));
      image.src = name;
      await over;
    }
  });
  expect(failures).toEqual(["app://fixture/no-data.png"]);
});

test("a page takes one process, and two for a while where its answer brings an opener policy", async () => {
  // https://html.spec.whatwg.org/multipage/browsers.html#cross-origin-opener-policies
  const taken = await program.evaluate(async ({ app, BrowserWindow }) => {
    const pages = () => app.getAppMetrics().flatMap(({ type, pid }) => (type === "Tab" ? [pid] : []));
    const found: number[] = [];
    for (const name of ["other", "alone"]) {
      const before = new Set(pages());
      const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true } });
      window.webContents.once("did-navigate", () =>
        found.push(pages().filter((pid) => !before.has(pid)).length),
      );
      await window.loadURL(`app://fixture/${name}.html`);
      window.destroy();
    }
    return found;
  });
  expect(taken).toEqual([1, 2]);
});

test("a page of a standard scheme has an origin, and a secure one", async () => {
  // docs/api/protocol.md#protocolregisterschemesasprivilegedcustomschemes
  expect(await page.evaluate(() => [location.origin, String(isSecureContext)])).toEqual([
    "app://fixture",
    "true",
  ]);
});

test("a page's way to the network ends at the session's filter, whatever its policy allows", async () => {
  // docs/api/web-request.md#webrequestonbeforerequestfilter-listener
  let arrivals = 0;
  const server = createServer((_, response) => {
    arrivals += 1;
    response.writeHead(200, { "access-control-allow-origin": "*" }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}/`;
  try {
    await program.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.loadURL("app://fixture/open.html"),
    );
    // The driver hears of the new page a moment after Electron does.
    await page.waitForURL("app://fixture/open.html");
    const ways = await page.evaluate(async (host) => {
      const failed = (target: EventTarget) =>
        new Promise<string>((resolve) => {
          target.addEventListener("error", () => resolve("refused"));
          for (const name of ["load", "open"]) target.addEventListener(name, () => resolve("through"));
        });
      const image = new Image();
      image.src = `http://${host}image`;
      return [
        await fetch(`http://${host}fetch`).then(
          () => "through",
          () => "refused",
        ),
        await failed(image),
        await failed(new WebSocket(`ws://${host}socket`)),
        String(navigator.sendBeacon(`http://${host}beacon`)),
      ];
    }, address);
    expect(ways.slice(0, 3)).toEqual(["refused", "refused", "refused"]);
    // A page is not told what becomes of a beacon.
    await expect.poll(() => eventsOf(program, "cancelled")).toContain(`http://${address}beacon`);
    expect(await eventsOf(program, "cancelled")).toContain(`ws://${address}socket`);
    expect(arrivals).toBe(0);
  } finally {
    server.close();
    await program.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.loadURL("app://fixture/panel.html"),
    );
    await page.waitForURL("app://fixture/panel.html");
  }
});

test("a page that wants to go elsewhere is asked about and stays", async () => {
  // docs/api/web-contents.md#event-will-navigate: "Calling event.preventDefault() will prevent the navigation"
  await page.evaluate(() => (document.querySelector("#away") as HTMLAnchorElement).click());
  await expect.poll(() => eventsOf(program, "will-navigate")).toEqual(["https://example.com/"]);
  await page.evaluate(() => location.assign("/other.html"));
  await expect.poll(() => eventsOf(program, "will-navigate")).toContain("app://fixture/other.html");
  expect(await page.evaluate(() => document.title)).toBe("Panel");
  const url = await program.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getURL(),
  );
  expect(url).toBe("app://fixture/panel.html");
});

test("a denied window is null, and nothing opens", async () => {
  // docs/api/web-contents.md#contentssetwindowopenhandlerhandler: "{action: 'deny'} cancels the creation of the new window"
  const opened = await page.evaluate(() => window.open("https://example.com/second") === null);
  expect(opened).toBe(true);
  await expect.poll(() => eventsOf(program, "window-open")).toEqual(["https://example.com/second"]);
  const count = await program.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  expect(count).toBe(1);
});

test("a killed renderer is reported, and the window can be loaded again", async () => {
  // docs/api/web-contents.md#event-render-process-gone, #contentsforcefullycrashrenderer
  await program.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  );
  await expect.poll(() => eventsOf(program, "render-process-gone")).toHaveLength(1);
  expect(["crashed", "killed"]).toContain((await eventsOf(program, "render-process-gone"))[0]);
  const title = await program.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    await window?.loadURL("app://fixture/panel.html");
    return await (window?.webContents.executeJavaScript("document.title") as Promise<string>);
  });
  expect(title).toBe("Panel");
});
