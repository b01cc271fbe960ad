/**
 * Lays a picture of every window in every state on one page: in light and in dark, in German, and in the pseudo-language of
 * long words. A problem with any of them is told, and fails. Needs `npm run build`.
 *
 *     node build/run.mjs test e2e/pictures/windows.ts [folder] [part of a name]
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "@playwright/test";

import { chromiumOptions } from "../driver/chromium.ts";
import type { TakenWindow } from "./window-state.ts";

const root = join(import.meta.dirname, "../..");
const [folder = join(root, "out/pictures"), part = ""] = process.argv.slice(2);

/** Hundreds of pictures are drawn on it. */
const SHEET_LIMIT_MS = 180_000;

/** The columns of the page. */
const SERIES = [
  { name: "english", args: ["--lang=en-GB", "--scheme=light", "--scheme=dark"] },
  { name: "german", args: ["--lang=de-DE", "--scheme=light"] },
  { name: "long-words", args: ["--lang=en-XA", "--scheme=light"] },
] as const;

/** A process of its own for each: what a window shows is put into words when the states are loaded. */
async function take({ name, args }: (typeof SERIES)[number]): Promise<readonly TakenWindow[]> {
  const into = join(folder, name);
  const script = join(import.meta.dirname, "take-windows.ts");
  const child = spawn(process.execPath, [script, ...args, into, part], { stdio: "inherit" });
  const [status] = await once(child, "exit");
  if (status !== 0) process.exitCode = 1;
  return JSON.parse(await readFile(join(into, "taken.json"), "utf8")) as readonly TakenWindow[];
}

function sheet(columns: ReadonlyArray<readonly TakenWindow[]>): string {
  const figures = (columns[0] ?? []).map(({ name, width }, row) => {
    const pictures = columns.flatMap((taken, column) =>
      (taken[row]?.files ?? []).map(
        (file) => `<img src="${SERIES[column]?.name}/${file}" width="${width}" alt="">`,
      ),
    );
    return `<figure><figcaption>${name}</figcaption>${pictures.join("")}</figure>`;
  });
  return `<!doctype html><meta charset="utf-8"><title>Doorbell: every window in every state</title>
<style>body{font:14px system-ui;background:#8a929c;margin:24px}figure{display:inline-block;margin:0 24px 32px 0;vertical-align:top}figcaption{margin-bottom:8px;font-weight:600}img{display:inline-block;margin-right:12px;border-radius:6px;vertical-align:top}</style>
${figures.join("\n")}
`;
}

/** All pictures on one, drawn by the Chromium of the system. */
async function pictureOfSheet(): Promise<void> {
  const browser = await chromium.launch(chromiumOptions());
  try {
    // At half its size it stays below the 16,000 pixels that ImageMagick takes of Debian.
    const viewport = { width: 8000, height: 900 };
    const page = await browser.newPage({ viewport, deviceScaleFactor: 0.5 });
    await page.goto(`file://${join(folder, "index.html")}`);
    const path = join(folder, "all.png");
    await page.screenshot({ path, fullPage: true, timeout: SHEET_LIMIT_MS });
  } finally {
    await browser.close();
  }
}

await mkdir(folder, { recursive: true });
const columns = [];
for (const series of SERIES) columns.push(await take(series));
await writeFile(join(folder, "index.html"), sheet(columns));
await pictureOfSheet();
const count = columns.flat().reduce((sum, { files }) => sum + files.length, 0);
console.log(`${count} pictures in ${join(folder, "index.html")}`);
