import { execFileSync } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium, expect } from "@playwright/test";

import { startDesktopSession } from "../desktop-session/desktop-session.ts";
import { chromiumOptions } from "../driver/chromium.ts";
import { DoorbellApp } from "../driver/doorbell-app.ts";
import { Bell } from "../specs/support/bell.ts";
import { CALLER, UcwaServer } from "../specs/support/ucwa-server.ts";
import { drawPortrait } from "./portrait.ts";

/**
 * The first picture of the README: it rings, one accepts, one replies. Everything on it is real: the app on Electron, the
 * server, a notification drawn by a notification service, and a button of it that is pressed. Needs `npm run build`.
 *
 *     node build/run.mjs test e2e/pictures/conversation-steps.ts FILE
 */
const [file = "out/pictures/steps.png"] = process.argv.slice(2);
const folder = "out/pictures/steps";
const WINDOW = { width: 470, height: 430 };
/** For a photo to be drawn by the notification service. */
const DRAWN_MS = 3_000;

await mkdir(folder, { recursive: true });
await using desktop = await startDesktopSession();
await using server = await UcwaServer.start();
const app = await DoorbellApp.launch({ env: desktop.env });
try {
  const bell = await new Bell(app, server).online();
  await drawPortrait(join(folder, "portrait.jpg"));
  const jpeg = await readFile(join(folder, "portrait.jpg"), "base64");
  await server.control("PUT", `people/${CALLER.uri}`, { name: CALLER.name, jpeg });
  const id = await server.invite({
    subject: "Strategy for next quarter",
    message: "Hi Tosh, do you have a minute?",
  });
  const photo = (await bell.panel()).locator(".invitations .avatar img");
  await expect(photo).toBeVisible();
  await new Promise((resolve) => setTimeout(resolve, DRAWN_MS));
  const { x, y, width, height } = (await desktop.waitForNotification({ text: CALLER.name })).frame;
  await desktop.screenshot(join(folder, "screen.png"));
  const area = `${width}x${height}+${x}+${y}`;
  execFileSync("convert", [join(folder, "screen.png"), "-crop", area, "+repage", join(folder, "ring.png")]);

  await desktop.clickButton("Accept", { text: CALLER.name });
  const page = await app.window("conversation");
  await app.program.evaluate(({ BrowserWindow }, size) => {
    const windows = BrowserWindow.getAllWindows();
    const found = windows.find((one) => one.webContents.getURL().endsWith("/conversation.html"));
    found?.setMinimumSize(1, 1);
    found?.setContentSize(size.width, size.height);
  }, WINDOW);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  const field = page.getByRole("textbox", { name: `Message: ${CALLER.name}` });
  await expect(field).toBeEditable();
  await expect(page.locator(".said-message")).toHaveCount(1);
  await expect(page.locator("header .avatar img")).toBeVisible();
  await field.fill("Yes, of course. What is it about?");
  await page.screenshot({ path: join(folder, "accepted.png") });

  await field.press("Enter");
  await expect(page.locator(".state")).toHaveText("Sent");
  await server.control("POST", `invitations/${id}/messages`, {
    text: "The figures on page 4. The plan is here:\nhttps://files.contoso.example/plan",
  });
  await expect(page.locator(".said-message")).toHaveCount(3);
  await server.control("POST", `invitations/${id}/typing`, { begins: true });
  await expect(page.getByText(`${CALLER.name} is typing…`)).toBeVisible();
  await page.screenshot({ path: join(folder, "talking.png") });
} finally {
  await app.close();
}

const STEPS = [
  ["ring.png", "1. It rings. You press Accept."],
  ["accepted.png", "2. The conversation opens. You write."],
  ["talking.png", "3. You talk."],
];
const figures = STEPS.map(
  ([name, words]) => `<figure><figcaption>${words}</figcaption><img src="${name}" alt=""></figure>`,
);
await writeFile(
  join(folder, "index.html"),
  `<!doctype html><meta charset="utf-8">
<style>body{margin:0;padding:20px;display:inline-flex;gap:20px;background:#e4e8ee;font:600 17px system-ui,sans-serif;color:#1c2530}
figure{margin:0}figcaption{margin-bottom:10px}img{display:block;border-radius:6px;box-shadow:0 1px 6px #0004}</style>
${figures.join("\n")}
`,
);
const browser = await chromium.launch(chromiumOptions());
try {
  const page = await browser.newPage({ viewport: { width: 1600, height: 500 } });
  await page.goto(`file://${join(import.meta.dirname, "../..", folder, "index.html")}`);
  await page.locator("body").screenshot({ path: join(folder, "steps.png") });
} finally {
  await browser.close();
}
execFileSync("convert", [join(folder, "steps.png"), "+dither", "-colors", "255", "-strip", `PNG8:${file}`]);
await rm(folder, { recursive: true });
