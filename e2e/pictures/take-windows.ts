/**
 * Takes a picture of every window in every state, in one language; on the way it looks for breaches of accessibility and of
 * the content security policy, for pages that are too narrow for what they say, and for words that are in no file of texts.
 * The windows are those of the built program on Electron; only the states are written down. Needs `npm run build`.
 *
 *     node build/run.mjs test e2e/pictures/take-windows.ts [--lang=en-GB] [--scheme=light] <folder> [part of a name]
 *
 * `en-XA` is the pseudo-language of long words. Writes `taken.json`, which `windows.ts` makes its page of.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Page } from "@playwright/test";

import { localeFrom } from "../../locales/language.ts";
import { speak as speakPages, texts as pageTexts } from "../../locales/page-texts.ts";
import { speak } from "../../locales/texts.ts";
import type { PanelBridge } from "../../preload/contract.ts";
import { startDesktopSession } from "../desktop-session/desktop-session.ts";
import { DoorbellApp } from "../driver/doorbell-app.ts";
import { breachesOfAccessibility } from "../specs/support/axe.ts";
import type { SuggestionsView } from "../../preload/contract.ts";
import { putPortrait } from "./portrait.ts";
import type { TakenWindow, WindowState } from "./window-state.ts";
import { wordsOfNoFile } from "./words-of-no-file.ts";

const root = join(import.meta.dirname, "../..");
const asked = parseArgs({
  allowPositionals: true,
  options: { lang: { type: "string", default: "en-GB" }, scheme: { type: "string", multiple: true } },
});
const { lang, scheme: schemes = ["light", "dark"] } = asked.values;
const [folder = join(root, "out/pictures"), part = ""] = asked.positionals;

// Main and pages speak before anything is loaded that says something.
const locale = localeFrom("auto", { languages: [lang], region: lang });
speak(locale);
await speakPages(locale);
const { NOW, suggestions } = await import("./people.ts");
const { WINDOW_STATES } = await import("./window-states.ts");

const ROLES = ["panel", "toast", "conversation"] as const;
const FIT_LIMIT_MS = 2_000;

/** What stands in main's place while pictures are taken. */
interface StagedMain {
  state: WindowState["state"];
  drafts: NonNullable<WindowState["drafts"]>;
  readonly suggestions: SuggestionsView;
  /** The height that the toast's page has asked for. */
  fitted: number;
}

/** From here on main answers its windows with the state that is set, and does nothing that they ask. */
async function stageMain({ program }: DoorbellApp): Promise<void> {
  await program.evaluate(({ ipcMain }, found) => {
    const staged = { state: null as never, drafts: [], suggestions: found, fitted: 0 } satisfies StagedMain;
    Object.assign(globalThis, { staged });
    type Handlers = ReadonlyMap<string, unknown>;
    const channels = [...(ipcMain as unknown as { _invokeHandlers: Handlers })._invokeHandlers.keys()];
    for (const channel of channels) {
      ipcMain.removeHandler(channel);
      ipcMain.handle(channel, (_event, request: unknown) => {
        if (channel === "drafts.read") return { ok: true, value: staged.drafts };
        if (channel.endsWith(".read")) return { ok: true, value: staged.state };
        if (channel === "calling.search") return { ok: true, value: staged.suggestions };
        if (channel === "toast.fit") staged.fitted = (request as { height: number }).height;
        return { ok: true, value: null };
      });
    }
  }, suggestions);
}

/** Shows a window of the program in one state, and loads its page anew for it. */
async function stage(app: DoorbellApp, shot: WindowState, page: Page): Promise<void> {
  await app.program.evaluate(
    ({ BrowserWindow }, { role, state, drafts, size }) => {
      Object.assign((globalThis as unknown as { staged: StagedMain }).staged, { state, drafts, fitted: 0 });
      for (const window of BrowserWindow.getAllWindows()) {
        if (window.webContents.getURL().endsWith(`/${role}.html`)) {
          window.setMinimumSize(1, 1);
          window.setContentSize(size.width, size.height);
          window.showInactive();
        } else window.hide();
      }
    },
    { role: shot.role, state: shot.state, drafts: shot.drafts ?? [], size: shot.size },
  );
  await page.reload();
}

/** One picture and what was found wrong with the page. */
async function take(app: DoorbellApp, shot: WindowState, scheme: string, path: string): Promise<string[]> {
  const page = await app.window(shot.role);
  const errorsBefore = app.program.pageErrors().length;
  await page.emulateMedia({ colorScheme: scheme === "dark" ? "dark" : "light", reducedMotion: "reduce" });
  await stage(app, shot, page);
  if (shot.click !== undefined) {
    const name = shot.click(pageTexts);
    await page.getByText(name).or(page.getByRole("button", { name })).click();
  }
  if (shot.scrolledUp) await page.locator(".log").evaluate((log) => log.scrollTo(0, 0));
  if (shot.role === "toast") await fitToast(app, shot.size.width);
  await page.screenshot({ path });
  const errors = app.program.pageErrors().slice(errorsBefore);
  const words = locale.language === "en-XA" ? await wordsOfNoFile(page, [shot, suggestions]) : [];
  return [...errors, ...words, ...(await breachesOfAccessibility(page)), ...(await overflow(page))];
}

/** Gives the toast the height that its page asks for. */
async function fitToast(app: DoorbellApp, width: number): Promise<void> {
  await app.program.evaluate(
    async ({ BrowserWindow }, { limitMs, ...size }) => {
      const { staged } = globalThis as unknown as { staged: StagedMain };
      const deadline = Date.now() + limitMs;
      while (staged.fitted === 0 && Date.now() < deadline)
        await new Promise((resolve) => setTimeout(resolve, 20));
      BrowserWindow.getAllWindows()
        .find(({ webContents }) => webContents.getURL().endsWith("/toast.html"))
        ?.setContentSize(size.width, staged.fitted);
    },
    { width, limitMs: FIT_LIMIT_MS },
  );
}

async function overflow(page: Page): Promise<string[]> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  return wide ? ["the page is wider than its window"] : [];
}

await mkdir(folder, { recursive: true });
const removePortrait = await putPortrait(join(root, "out/renderer"));
await using desktop = await startDesktopSession({
  width: 1400,
  height: 2000,
  notifications: false,
  keyring: false,
});
const app = await DoorbellApp.launch({
  args: ["--force-device-scale-factor=2", `--lang=${lang}`],
  env: { ...desktop.env, TZ: "UTC" },
});
let wrong = 0;
try {
  const panel = await app.window("panel");
  await panel.evaluate(() =>
    (globalThis as unknown as { doorbell: PanelBridge }).doorbell.showConversations(),
  );
  const pages = await Promise.all(ROLES.map((role) => app.window(role)));
  // A page that is still loading has no clock to set yet.
  for (const page of pages) await page.locator("main").waitFor({ state: "attached" });
  for (const page of pages) await page.clock.setFixedTime(NOW);
  await stageMain(app);
  const taken: TakenWindow[] = [];
  for (const [index, shot] of WINDOW_STATES.entries()) {
    if (!`${shot.role}: ${shot.name}`.includes(part)) continue;
    const stem = `${String(index + 1).padStart(2, "0")}-${shot.role}-${shot.name.replaceAll(/\W+/g, "-")}`;
    const files: string[] = [];
    for (const scheme of schemes) {
      const file = `${stem}-${scheme}.png`;
      files.push(file);
      for (const problem of await take(app, shot, scheme, join(folder, file))) {
        wrong += 1;
        console.error(`${shot.role}: ${shot.name} (${lang}, ${scheme}): ${problem}`);
      }
    }
    taken.push({ name: `${shot.role}: ${shot.name}`, width: shot.size.width, files });
  }
  await writeFile(join(folder, "taken.json"), JSON.stringify(taken));
} finally {
  await app.close();
  await removePortrait();
}
process.exitCode = wrong === 0 ? 0 : 1;
