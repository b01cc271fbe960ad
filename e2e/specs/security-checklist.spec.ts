import type { ConversationBridge, PanelBridge, ToastBridge } from "../../preload/contract.ts";
import { DoorbellApp } from "../driver/doorbell-app.ts";
import { expect, test } from "./support/test.ts";

// SECURITY.md names the points of Electron's checklist. That every page of every test is locked is seen by lock-watch.cjs.

const OF_PANEL: Readonly<Record<Exclude<keyof PanelBridge, "locale">, "function">> = {
  subscribe: "function",
  drawn: "function",
  onPlaced: "function",
  accept: "function",
  decline: "function",
  signIn: "function",
  signOut: "function",
  tryNow: "function",
  trust: "function",
  distrust: "function",
  showSignInPage: "function",
  changeSettings: "function",
  call: "function",
  cancelCall: "function",
  searchPeople: "function",
  closeCall: "function",
  composing: "function",
  setQuiet: "function",
  clearHistory: "function",
  historySeen: "function",
  copyAddress: "function",
  showConversations: "function",
  settingsShown: "function",
  startAtLogin: "function",
  testRing: "function",
  chooseSound: "function",
  useOurSound: "function",
  trySound: "function",
};
const OF_TOAST: Readonly<Record<Exclude<keyof ToastBridge, "locale">, "function">> = {
  subscribe: "function",
  onPlaced: "function",
  accept: "function",
  decline: "function",
  dismiss: "function",
  fit: "function",
  showPanel: "function",
  unplayable: "function",
};
const OF_CONVERSATION: Readonly<Record<Exclude<keyof ConversationBridge, "locale">, "function">> = {
  subscribe: "function",
  onPlaced: "function",
  drafts: "function",
  writeDraft: "function",
  select: "function",
  typing: "function",
  seen: "function",
  leave: "function",
  close: "function",
  say: "function",
  sayAgain: "function",
  copyMessage: "function",
  openLink: "function",
  copyJoinLink: "function",
  openJoinLink: "function",
};
/** By these whatever a page is locked with is off for all of them. */
const WEAK_SWITCHES = [
  "disable-web-security",
  "allow-running-insecure-content",
  "allow-insecure-localhost",
  "ignore-certificate-errors",
  "enable-blink-features",
  "enable-experimental-web-platform-features",
  "disable-site-isolation-trials",
];

test.describe("with a page of the organisation", () => {
  test.use({ serverOptions: ["--grant", "urn:microsoft.rtc:passive"] });

  test("every page is locked, and so is every session, whether a page shows it or not", async ({
    bell: start,
  }) => {
    const bell = await start();
    await bell.toast();
    await bell.conversations();
    await bell.signIn("");
    await bell.app.webPage("/adfs/ls/");
    const seen = await bell.app.program.evaluate(
      ({ app }, names) => ({
        pages: __watched?.pages,
        sessions: __watched?.sessions.map((one) => __watched?.ofSession(one)),
        sandboxed: app.commandLine.hasSwitch("enable-sandbox"),
        switches: names.filter((name) => app.commandLine.hasSwitch(name)),
      }),
      WEAK_SWITCHES,
    );
    expect(seen).toEqual({ pages: 4, sessions: [[], [], []], sandboxed: true, switches: [] });
  });
});

test("a page finds what the contract names and nothing else of Electron, and only its own files", async ({
  bell: start,
}) => {
  const bell = await start();
  bell.expectedErrors = /Content Security Policy|violates|404/;
  // A page at the same address that was given no script of ours.
  const { bare, file } = await bell.app.program.evaluate(async ({ BrowserWindow }) => {
    const window = new BrowserWindow({ show: false });
    const { webContents } = window;
    await window.loadURL("app://doorbell/nothing.html");
    const bare = (await webContents.executeJavaScript("Object.getOwnPropertyNames(window)")) as string[];
    const file = await window.loadURL("file:///etc/hostname").catch((error: unknown) => String(error));
    window.destroy();
    return { bare, file };
  });
  expect(file).toContain("ERR_BLOCKED_BY_CLIENT");
  for (const [page, names] of [
    [await bell.panel(), OF_PANEL],
    [await bell.toast(), OF_TOAST],
    [await bell.conversations(), OF_CONVERSATION],
  ] as const) {
    const found = await page.evaluate(async (known) => {
      const { doorbell } = globalThis as unknown as { doorbell: PanelBridge };
      const told = await new Promise<readonly unknown[]>((resolve) => {
        doorbell.subscribe((...args) => resolve(args));
      });
      const script = document.createElement("script");
      script.textContent = "globalThis.inlined = true";
      document.head.append(script);
      return {
        globals: Object.getOwnPropertyNames(globalThis).filter((name) => !known.includes(name)),
        names: Object.fromEntries(Object.entries(doorbell).map(([name, value]) => [name, typeof value])),
        told: told.map((one) => typeof (one as { revision?: unknown }).revision),
      };
    }, bare);
    expect(found).toEqual({
      globals: ["doorbell"],
      names: { ...names, locale: "object" },
      told: ["number"],
    });
    expect(new URL(page.url()).protocol).toBe("app:");
  }
  // Electron's event carries its sender, by which a page could send anything.
  const panel = await bell.panel();
  await panel.evaluate(() => {
    const page = globalThis as unknown as { doorbell: PanelBridge; placed?: number };
    page.doorbell.onPlaced((...args: readonly unknown[]) => (page.placed = args.length));
  });
  await bell.app.program.evaluate(({ BrowserWindow }) => {
    for (const { webContents } of BrowserWindow.getAllWindows()) webContents.send("window.placed", null);
  });
  await expect.poll(() => panel.evaluate(() => Reflect.get(globalThis, "placed") as unknown)).toBe(0);
});

test("a page that is opened with less is noticed, and even there no web view opens", async ({ desktop }) => {
  const app = await DoorbellApp.launch({ env: desktop.env });
  try {
    await app.window("panel");
    expect(app.weaknesses()).toEqual([]);
    const stopped = await app.program.evaluate(async ({ BrowserWindow, session }) => {
      const weak = new BrowserWindow({
        show: false,
        webPreferences: {
          sandbox: false,
          contextIsolation: false,
          nodeIntegration: true,
          webviewTag: true,
          webSecurity: false,
          experimentalFeatures: true,
          enableBlinkFeatures: "CSSVariables",
          session: session.fromPartition("stranger"),
        },
      });
      const asked = new Promise<boolean>((resolve) => {
        weak.webContents.on("will-attach-webview", (event) => resolve(event.defaultPrevented));
        weak.webContents.on("did-attach-webview", () => resolve(false));
      });
      await weak.loadURL("data:text/html,<webview src='about:blank' allowpopups></webview>");
      const answer = await asked;
      weak.destroy();
      return answer;
    });
    expect(stopped).toBe(true);
    expect(app.weaknesses()).toEqual([
      "sandbox is false",
      "contextIsolation is false",
      "nodeIntegration is true",
      "webviewTag is true",
      "webSecurity is false",
      "allowRunningInsecureContent is true",
      "experimentalFeatures is true",
      'enableBlinkFeatures is "CSSVariables"',
      "setPermissionRequestHandler was not called",
      "setPermissionCheckHandler was not called",
      "setDevicePermissionHandler was not called",
    ]);
  } finally {
    await app.close();
  }
});
