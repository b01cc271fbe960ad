/**
 * Draws every icon from the shapes below into PNG files beside this script: `node build/run.mjs test build/icons/draw.mjs`. The files are
 * kept in the repository, so that nobody needs a Chromium to build the app; run this after a change of a shape.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { chromiumOptions } from "../../e2e/driver/chromium.ts";

const folder = import.meta.dirname;

/** A bell on a grid of 24, filled, with its clapper. */
const bell = `<path d="M12 2.2c.9 0 1.6.7 1.6 1.6v.4c2.9.7 4.9 3.3 4.9 6.3v4.7l1.7 2.6c.4.7-.1 1.6-.9 1.6H4.7c-.8 0-1.3-.9-.9-1.6l1.7-2.6v-4.7c0-3 2-5.6 4.9-6.3v-.4c0-.9.7-1.6 1.6-1.6z"/><path d="M9.3 20.7h5.4a2.7 2.1 0 0 1-5.4 0z"/>`;
/** @param {number} degrees to the right */
const tilted = (degrees) => `<g transform="rotate(${degrees} 12 11)">${bell}</g>`;
const waves = `<g fill="none" stroke="currentColor" stroke-width="1.9" stroke-linecap="round"><path d="M2.3 10.5c-.1-2.6.8-4.9 2.5-6.6M21.7 10.5c.1-2.6-.8-4.9-2.5-6.6"/></g>`;
const outline = `<g fill="none" stroke="currentColor" stroke-width="1.7" stroke-linejoin="round"><path d="M6.4 16.4v-5.9a5.6 5.6 0 0 1 11.2 0v5.9l1.3 2.1H5.1z"/><path d="M12 2.5v2M9.7 21.3h4.6" stroke-linecap="round"/></g>`;
const slash = `<path d="M3.8 3.8 20.2 20.2" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"/>`;
const slit = `<path d="M3.8 3.8 20.2 20.2" stroke="#000" stroke-width="5"/>`;
const cross = `<path d="M14.9 14.9l6.4 6.4M21.3 14.9l-6.4 6.4" fill="none" stroke="currentColor" stroke-width="2.1" stroke-linecap="round"/>`;

/** A mark in the lower right corner; it is cut out of the bell first, so that it reads on any ground. */
const cut = `<circle cx="18" cy="18" r="7" fill="#000"/>`;
/** Of a count, which takes more room. */
const cutCount = `<circle cx="16.7" cy="16.4" r="8.6" fill="#000"/>`;

/**
 * A sign on its disc, or a hole in it where there is no second colour.
 * @param {string} disc
 * @param {(colour: string) => string} sign
 * @param {string | null} on
 */
const signOn = (disc, sign, on) =>
  on === null
    ? `<mask id="n"><rect width="24" height="24" fill="#fff"/>${sign("#000")}</mask><g mask="url(#n)">${disc}</g>`
    : disc + sign(on);

const marks = {
  /**
   * @param {string} count
   * @param {string} ground
   * @param {string | null} on
   */
  missed: (count, ground, on) =>
    signOn(
      `<circle cx="16.7" cy="16.4" r="7.3" fill="${ground}"/>`,
      (colour) =>
        `<text x="16.7" y="20.9" text-anchor="middle" font-family="sans-serif" font-weight="bold" font-size="${count.length > 1 ? 9.5 : 12.5}" fill="${colour}">${count}</text>`,
      on,
    ),
  /**
   * @param {string} ground
   * @param {string | null} on
   */
  needsYou: (ground, on) =>
    signOn(
      `<circle cx="18" cy="18" r="5.5" fill="${ground}"/>`,
      (colour) =>
        `<path d="M18 14.9v3.6" stroke="${colour}" stroke-width="1.9" stroke-linecap="round"/><circle cx="18" cy="21.1" r="1.05" fill="${colour}"/>`,
      on,
    ),
  /** @param {string} ground */
  connecting: (ground) =>
    `<g fill="${ground}"><circle cx="13.5" cy="20.5" r="1.7"/><circle cx="18" cy="20.5" r="1.7"/><circle cx="22.3" cy="20.5" r="1.7"/></g>`,
};

/** Black and white for panels of one colour; in colour a state is told by hue and by shape. */
const palettes = {
  dark: { bell: "#1b1f24", ringing: "#1b1f24", mark: "#1b1f24", on: null, offline: "#1b1f24" },
  light: { bell: "#ffffff", ringing: "#ffffff", mark: "#ffffff", on: null, offline: "#ffffff" },
  colour: { bell: "#3f7fe0", ringing: "#1f9d61", mark: "#d8362b", on: "#fff", offline: "#8b949e" },
};

/** As `TrayImage` names them; the bell swings between the two that ring. */
const states = [
  "available",
  "ringing",
  "ringing2",
  "connecting",
  "offline",
  "needsYou",
  "quiet",
  ...["1", "2", "3", "4", "5", "6", "7", "8", "9", "Many"].map((count) => `missed${count}`),
];

/**
 * The colour and the shapes of one state.
 * @param {string} state
 * @param {typeof palettes[keyof typeof palettes]} palette
 * @returns {[string, string]}
 */
function picture(state, palette) {
  /**
   * @param {string} shape
   * @param {string} hole
   */
  const masked = (shape, hole) =>
    `<mask id="m"><rect width="24" height="24" fill="#fff"/>${hole}</mask><g mask="url(#m)">${shape}</g>`;
  const count = /^missed(.+)$/.exec(state)?.[1]?.replace("Many", "9+");
  if (count !== undefined)
    return [palette.bell, masked(bell, cutCount) + marks.missed(count, palette.mark, palette.on)];
  switch (state) {
    case "ringing":
      return [palette.ringing, `${tilted(-14)}${waves}`];
    case "ringing2":
      return [palette.ringing, `${tilted(14)}${waves}`];
    case "needsYou":
      return [palette.bell, masked(outline, cut) + marks.needsYou(palette.mark, palette.on)];
    case "connecting":
      return [
        palette.offline,
        masked(outline, `<rect x="10" y="17" width="14" height="7" fill="#000"/>`) +
          marks.connecting(palette.offline),
      ];
    case "offline":
      return [palette.offline, masked(outline, cut) + cross];
    case "quiet":
      return [palette.bell, masked(bell, slit) + slash];
    default:
      return [palette.bell, bell];
  }
}

/**
 * @param {string} state
 * @param {typeof palettes[keyof typeof palettes]} palette
 */
function svg(state, palette) {
  const [colour, shape] = picture(state, palette);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" color="${colour}" fill="currentColor">${shape}</svg>`;
}

const appIcon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="#fff"><defs><linearGradient id="g" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#4b8cf0"/><stop offset="1" stop-color="#1f5bc4"/></linearGradient></defs><rect x="1" y="1" width="22" height="22" rx="5.5" fill="url(#g)"/><g transform="translate(4.8 4.6) scale(.6)">${bell}</g></svg>`;

const browser = await chromium.launch(chromiumOptions());
try {
  const page = await browser.newPage();
  /**
   * @param {string} source
   * @param {number} pixels
   * @param {string} path
   */
  const draw = async (source, pixels, path) => {
    await page.setViewportSize({ width: pixels, height: pixels });
    await page.setContent(
      `<style>*{margin:0}svg{display:block;width:${pixels}px;height:${pixels}px}</style>${source}`,
    );
    writeFileSync(path, await page.screenshot({ omitBackground: true }));
  };
  for (const name of ["tray", "app"]) {
    rmSync(join(folder, name), { recursive: true, force: true });
    mkdirSync(join(folder, name));
  }
  for (const state of states) {
    for (const [shade, palette] of Object.entries(palettes)) {
      for (const size of [16, 24]) {
        for (const { suffix, scale } of [
          { suffix: "", scale: 1 },
          { suffix: "@2x", scale: 2 },
        ])
          await draw(
            svg(state, palette),
            size * scale,
            join(folder, "tray", `${state}-${shade}-${size}${suffix}.png`),
          );
      }
    }
  }
  for (const size of [16, 32, 48, 64, 128, 256, 512])
    await draw(appIcon, size, join(folder, "app", `${size}.png`));
} finally {
  await browser.close();
}
