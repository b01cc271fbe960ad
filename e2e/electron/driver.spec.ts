import { expect, test } from "@playwright/test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { DoorbellApp } from "../driver/doorbell-app.ts";
import type { FixtureWindow } from "./fixture-window.ts";
import { start } from "./program.ts";

const program = fileURLToPath(new URL("fixtures/window.mjs", import.meta.url));

test("the driver finds windows by role, and what a person would see of them", async () => {
  const app = await DoorbellApp.launch({ program });
  try {
    const panel = await app.window("panel");
    expect(await panel.evaluate(() => document.title)).toBe("Panel");
    expect(await app.visibleWindows()).toEqual([]);
    await app.program.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.showInactive());
    expect(await app.visibleWindows()).toEqual(["panel"]);
    expect(String(app.program.pageErrors())).not.toContain("Uncaught");
  } finally {
    await app.close();
  }
});

test("the driver reads the tray and clicks in its menu", async () => {
  const app = await DoorbellApp.launch({ program });
  try {
    expect(await app.tray()).toBeNull();
    await app.program.evaluate(({ Menu, nativeImage, Tray }) => {
      const pixel =
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
      const icon = new Tray(nativeImage.createFromDataURL(pixel));
      const clicks: string[] = [];
      const menu = Menu.buildFromTemplate([
        { id: "accept", label: "Accept", click: () => clicks.push("accept") },
        { id: "off", label: "Off", enabled: false },
        { id: "hidden", label: "Hidden", visible: false },
      ]);
      icon.on("click", () => clicks.push("icon"));
      icon.setToolTip("Doorbell: ringing");
      icon.setContextMenu(menu);
      const tray = () => ({ icon, image: "", toolTip: "Doorbell: ringing", menu });
      Object.assign(globalThis, { clicks, __doorbellTest: { tray } });
    });
    expect(await app.tray()).toMatchObject({
      toolTip: "Doorbell: ringing",
      entries: [
        { id: "accept", label: "Accept", enabled: true },
        { id: "off", enabled: false },
      ],
    });
    await app.clickTray("accept");
    await app.clickTrayIcon();
    await expect(app.clickTray("off")).rejects.toThrow('no entry "off" that can be clicked');
    expect(await app.program.evaluate(() => (globalThis as unknown as { clicks: string[] }).clicks)).toEqual([
      "accept",
      "icon",
    ]);
  } finally {
    await app.close();
  }
});

test("the driver plays the system: power, idleness, connection, links", async () => {
  const app = await DoorbellApp.launch({ program });
  try {
    await app.program.evaluate(({ powerMonitor }) => {
      Object.assign(globalThis, { slept: 0 });
      powerMonitor.on("suspend", () => ((globalThis as unknown as { slept: number }).slept += 1));
    });
    await app.power("suspend");
    await app.setIdleTime(700);
    await app.setOnline(false);
    const seen = await app.program.evaluate(async ({ net, powerMonitor, shell }) => {
      await shell.openExternal("https://example.com/help");
      const { slept } = globalThis as unknown as { slept: number };
      return [
        slept,
        powerMonitor.getSystemIdleTime(),
        powerMonitor.getSystemIdleState(600),
        net.isOnline(),
        net.online,
      ];
    });
    expect(seen).toEqual([1, 700, "idle", false, false]);
    expect(await app.openedLinks()).toEqual(["https://example.com/help"]);
  } finally {
    await app.close();
  }
});

test("the driver forges calls as a page that was taken over would make them", async () => {
  const app = await DoorbellApp.launch({ program });
  try {
    await app.window("panel");
    const forged = (channel: string, frame: "main" | "sub" | "gone") =>
      app.forgeCall({ channel, args: ["x"], role: "panel", frame });
    expect(await forged("echo", "sub")).toEqual({ value: "x" });
    expect(await forged("throw", "main")).toEqual({ error: "TypeError: no such thing" });
    expect(JSON.stringify(await forged("sender", "gone"))).toContain("TypeError");
  } finally {
    await app.close();
  }
});

test("a renderer that the driver killed and main loaded again is driven on", async () => {
  const app = await DoorbellApp.launch({ program });
  try {
    await app.window("panel");
    await app.crashRenderer("panel");
    await app.program.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.loadURL("app://fixture/panel.html"),
    );
    const panel = await app.window("panel");
    expect(await panel.evaluate(() => (window as unknown as FixtureWindow).fixture.add(2, 3))).toBe(5);
  } finally {
    await app.close();
  }
});

test("a killed program leaves no process and no folder behind", async () => {
  const running = await start("window.mjs");
  await expect.poll(() => running.pages().length).toBe(1);
  const folder = dirname(running.userData);
  expect(processesOf(folder)).toBeGreaterThan(1);
  await running.kill();
  expect(processesOf(folder)).toBe(0);
  expect(existsSync(folder)).toBe(false);
});

/** How many processes carry this run's mark. */
function processesOf(folder: string): number {
  return readdirSync("/proc").filter((pid) => {
    try {
      return (
        /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, "latin1").includes(`DOORBELL_RUN=${folder}`)
      );
    } catch {
      return false;
    }
  }).length;
}
