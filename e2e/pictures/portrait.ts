import { rm } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "@playwright/test";

import { chromiumOptions } from "../driver/chromium.ts";

/** Beside the pages, where they find it by this name. */
export const PORTRAIT = "portrait.png";
const SIDE = 96;

/** Nobody in particular, in the size that photos are asked for. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="${SIDE}" height="${SIDE}">
<defs><linearGradient id="wall" x1="0" y1="0" x2="1" y2="1"><stop stop-color="#f2c48d"/><stop offset="1" stop-color="#c9743f"/></linearGradient></defs>
<rect width="96" height="96" fill="url(#wall)"/>
<path d="M24 52c-2-26 8-38 24-38s26 12 24 38c-1 12-4 18-4 22H28c0-4-3-10-4-22z" fill="#3b2417"/>
<path d="M10 100c2-20 18-26 38-26s36 6 38 26z" fill="#24506b"/>
<path d="M39 62h18v14c0 8-18 8-18 0z" fill="#d99a72"/>
<ellipse cx="48" cy="47" rx="17" ry="21" fill="#e8b08a"/>
<path d="M30 44c2-16 10-20 18-20s16 4 18 20c-8-2-12-8-16-14-4 7-12 13-20 14z" fill="#3b2417"/>
<circle cx="41" cy="49" r="1.8" fill="#2b1a12"/><circle cx="55" cy="49" r="1.8" fill="#2b1a12"/>
<path d="M41 58c4 4 10 4 14 0" stroke="#a8543d" stroke-width="2" fill="none" stroke-linecap="round"/>
</svg>`;

/** Puts a picture of somebody beside the pages of the built program; the returned function takes it away again. */
export async function putPortrait(pages: string): Promise<() => Promise<void>> {
  const path = join(pages, PORTRAIT);
  await drawPortrait(path);
  return () => rm(path, { force: true });
}

/** Writes the picture as a file whose name says of what kind it is. */
export async function drawPortrait(path: string): Promise<void> {
  const browser = await chromium.launch(chromiumOptions());
  try {
    const page = await browser.newPage({ viewport: { width: SIDE, height: SIDE } });
    await page.setContent(`<body style="margin:0">${SVG}`);
    await page.screenshot({ path });
  } finally {
    await browser.close();
  }
}
