import { expect, test, type Page } from "@playwright/test";
import type { RunningProgram } from "../driver/running-program.ts";
import type { FixtureWindow } from "./fixture-window.ts";
import { eventsOf, pageOf, start } from "./program.ts";

let program: RunningProgram;
let page: Page;

test.beforeAll(async () => {
  program = await start("window.mjs");
  page = await pageOf(program);
});
test.afterAll(() => program.close());

test("the scheme's handler is asked under our own address, and its headers count", async () => {
  // docs/api/protocol.md#protocolhandlescheme-handler; docs/tutorial/security.md#7-define-a-content-security-policy
  expect(await eventsOf(program, "request")).toEqual(["app://fixture/panel.html", "app://fixture/page.js"]);
  const scripts = await page.evaluate(() => {
    const { inline, external } = window as unknown as FixtureWindow;
    return { inline: inline ?? false, external };
  });
  expect(scripts).toEqual({ inline: false, external: true });
  expect(String(await eventsOf(program, "console"))).toContain("Content Security Policy");
});

test("a page may ask our scheme, gets what the handler says, and nobody else", async () => {
  // docs/api/protocol.md#protocolhandlescheme-handler; docs/api/structures/custom-scheme.md, supportFetchAPI
  const answers = await page.evaluate(async () => {
    const ask = (url: string) =>
      fetch(url).then(
        (answer) => String(answer.status),
        () => "refused",
      );
    return [
      await ask("/page.js"),
      await ask("/nowhere"),
      await ask("/broken"),
      await ask("https://example.com/"),
    ];
  });
  expect(answers).toEqual(["200", "404", "refused", "refused"]);
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

test("loadURL rejects with Chromium's name of the error", async () => {
  // docs/api/web-contents.md#contentsloadurlurl-options: "rejects if the page fails to load (see did-fail-load)"
  const text = await program.evaluate(async ({ BrowserWindow }) => {
    const window = new BrowserWindow({ show: false });
    const failure = await window.loadURL("nobody://here/").then(() => "loaded", String);
    window.destroy();
    return failure;
  });
  expect(text).toContain("ERR_UNKNOWN_URL_SCHEME (-302) loading 'nobody://here/'");
});

test("a window is shown and hidden when told to, and says so", async () => {
  // docs/api/browser-window.md#event-ready-to-show, #event-show, #event-hide, #winshowinactive
  await expect.poll(() => eventsOf(program, "ready-to-show")).toHaveLength(1);
  const seen = await program.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    if (!window) throw new Error("no window");
    const before = window.isVisible();
    window.showInactive();
    const shown = window.isVisible();
    window.hide();
    return [before, shown, window.isVisible()];
  });
  expect(seen).toEqual([false, true, false]);
  expect(await eventsOf(program, "show")).toHaveLength(1);
  expect(await eventsOf(program, "hide")).toHaveLength(1);
});

test("bounds are what was set", async () => {
  // docs/api/browser-window.md#winsetboundsbounds-animate
  const bounds = await program.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.setBounds({ width: 500, height: 320 });
    return window?.getBounds();
  });
  expect(bounds).toMatchObject({ width: 500, height: 320 });
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

test("a destroyed window refuses every call", async () => {
  // docs/api/browser-window.md#winisdestroyed
  const text = await program.evaluate(({ BrowserWindow }) => {
    const window = new BrowserWindow({ show: false });
    window.destroy();
    try {
      window.show();
      return "shown";
    } catch (error) {
      return `${window.isDestroyed()} ${String(error)}`;
    }
  });
  expect(text).toBe("true TypeError: Object has been destroyed");
});
