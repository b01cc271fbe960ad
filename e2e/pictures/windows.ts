/**
 * Takes a picture of every window in every state, in light and dark, and lays them on one page; on the way it looks for
 * breaches of accessibility and of the content security policy. Needs `npm run build` and a Chromium.
 * `node e2e/pictures/windows.ts [folder] [part of a name]`
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { breachesOfAccessibility } from "../specs/support/axe.ts";
import { chromium, type Browser, type BrowserContext, type Page } from "@playwright/test";

import { chromiumOptions } from "../driver/chromium.ts";
import { appFile, appUrl } from "../../main/desktop/app-scheme.ts";
import { NOW, WINDOW_STATES, type WindowState } from "./window-states.ts";

const root = join(import.meta.dirname, "../..");
const [folder = join(root, "out/pictures"), part = ""] = process.argv.slice(2);
const SCHEMES = ["light", "dark"] as const;
/** Chromium cannot serve a scheme of ours under Playwright; the pages never read where they are. */
const HOST = "https://doorbell.invalid/";

/** The page's side of a preload script, with one state that never changes. */
function fakeBridge(state: unknown): void {
  const done = async () => ({ ok: true, value: null });
  const calls = [
    "accept",
    "decline",
    "signIn",
    "signOut",
    "tryNow",
    "trust",
    "distrust",
    "showSignInPage",
    "changeSettings",
    "clearHistory",
  ];
  const bridge: Record<string, unknown> = Object.fromEntries(
    [...calls, "historySeen", "dismiss"].map((name) => [name, done]),
  );
  bridge["fit"] = async (height: number) => {
    Object.assign(globalThis, { fitted: height });
    return await done();
  };
  bridge["subscribe"] = (listener: (state: unknown) => void) => {
    listener(state);
    return () => undefined;
  };
  Object.assign(globalThis, { doorbell: bridge });
}

async function serve(context: BrowserContext): Promise<void> {
  await context.route(`${HOST}**`, async (route) => {
    const file = appFile(route.request().url().replace(HOST, appUrl("")));
    if (file === null) return await route.fulfill({ status: 404 });
    const body = await readFile(join(root, process.env["DOORBELL_RENDERER"] ?? "out/renderer", file.path));
    await route.fulfill({ status: 200, headers: { ...file.headers }, body });
  });
}

/** One picture and what was found wrong with the page. */
async function take(
  browser: Browser,
  shot: WindowState,
  scheme: (typeof SCHEMES)[number],
  path: string,
): Promise<string[]> {
  const context = await browser.newContext({
    viewport: shot.size,
    deviceScaleFactor: 2,
    colorScheme: scheme,
    reducedMotion: "reduce",
    locale: "en-GB",
    timezoneId: "UTC",
    bypassCSP: false,
  });
  try {
    const page = await context.newPage();
    const problems: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
    });
    page.on("pageerror", (error) => problems.push(error.message));
    await serve(context);
    await page.clock.setFixedTime(NOW);
    await page.addInitScript(fakeBridge, shot.state);
    await page.goto(`${HOST}${shot.role}.html`);
    if (shot.click !== undefined) await page.getByRole("button", { name: shot.click }).click();
    if (shot.role === "toast") {
      const height = await page.evaluate(() => Number(Reflect.get(globalThis, "fitted")));
      await page.setViewportSize({ width: shot.size.width, height });
    }
    await page.screenshot({ path });
    return [...problems, ...(await breachesOfAccessibility(page)), ...(await overflow(page))];
  } finally {
    await context.close();
  }
}

async function overflow(page: Page): Promise<string[]> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  return wide ? ["the page is wider than its window"] : [];
}

function sheet(
  shots: ReadonlyArray<{ readonly shot: WindowState; readonly files: readonly string[] }>,
): string {
  const figures = shots.map(({ shot, files }) => {
    const pictures = files.map((file) => `<img src="${file}" width="${shot.size.width}" alt="">`).join("");
    return `<figure><figcaption>${shot.role}: ${shot.name}</figcaption>${pictures}</figure>`;
  });
  return `<!doctype html><meta charset="utf-8"><title>Doorbell: every window in every state</title>
<style>body{font:14px system-ui;background:#8a929c;margin:24px}figure{display:inline-block;margin:0 24px 32px 0;vertical-align:top}figcaption{margin-bottom:8px;font-weight:600}img{display:inline-block;margin-right:12px;border-radius:6px}</style>
${figures.join("\n")}
`;
}

await mkdir(folder, { recursive: true });
const browser = await chromium.launch(chromiumOptions());
let wrong = 0;
try {
  const shots = [];
  for (const [index, shot] of WINDOW_STATES.entries()) {
    if (!`${shot.role}: ${shot.name}`.includes(part)) continue;
    const stem = `${String(index + 1).padStart(2, "0")}-${shot.role}-${shot.name.replaceAll(/\W+/g, "-")}`;
    const files: string[] = [];
    for (const scheme of SCHEMES) {
      const file = `${stem}-${scheme}.png`;
      files.push(file);
      for (const problem of await take(browser, shot, scheme, join(folder, file))) {
        wrong += 1;
        console.error(`${shot.role}: ${shot.name} (${scheme}): ${problem}`);
      }
    }
    shots.push({ shot, files });
  }
  await writeFile(join(folder, "index.html"), sheet(shots));
  console.log(
    `${shots.length * SCHEMES.length} pictures in ${join(folder, "index.html")}, ${wrong} problems`,
  );
  const page = await browser.newPage({ viewport: { width: 2660, height: 900 } });
  await page.goto(`file://${join(folder, "index.html")}`);
  await page.screenshot({ path: join(folder, "all.png"), fullPage: true });
} finally {
  await browser.close();
}
process.exitCode = wrong === 0 ? 0 : 1;
