import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";

import { appDouble } from "../../testing/electron-double/app-double.ts";
import { startSystem } from "../../testing/electron-double/pretended-system.ts";
import { HIDDEN, loginItem, startsHidden } from "./start-at-login.electron.ts";

const argv = [...process.argv];
afterEach(() => {
  process.argv = [...argv];
});

describe("the start with the system", () => {
  it.each([
    ["win32", [HIDDEN]],
    ["darwin", []],
  ] as const)("is switched on and off, as %s keeps it", async (platform, args) => {
    startSystem({ platform });
    const item = loginItem(platform, {});
    expect(await item?.isOn()).toBe(false);
    expect(await item?.set(true)).toBeNull();
    expect(await item?.isOn()).toBe(true);
    expect(appDouble.loginItem?.args).toEqual(args);
    expect(await item?.set(false)).toBeNull();
    expect(await item?.isOn()).toBe(false);
  });

  it("is off where the person has switched it off in the Task Manager", async () => {
    startSystem({ platform: "win32" });
    const item = loginItem("win32", {});
    await item?.set(true);
    if (appDouble.loginItem) appDouble.loginItem.enabled = false;
    expect(await item?.isOn()).toBe(false);
  });

  it("says where to look when the system does not take it up", async () => {
    startSystem({ platform: "darwin" });
    appDouble.approvesLoginItems = false;
    expect(await loginItem("darwin", {})?.set(true)).toContain("Look for Doorbell in its settings");
  });

  it("shows no window when the system has started it", () => {
    startSystem({ platform: "darwin" });
    expect(startsHidden("darwin")).toBe(false);
    appDouble.wasOpenedAtLogin = true;
    expect(startsHidden("darwin")).toBe(true);
    startSystem({ platform: "linux" });
    expect(startsHidden("linux")).toBe(false);
    process.argv.push(HIDDEN);
    expect(startsHidden("linux")).toBe(true);
  });

  it("names an AppImage by its own file, and a checkout only when it is told to", async () => {
    startSystem({ platform: "linux" });
    const HOME = mkdtempSync(join(tmpdir(), "doorbell-autostart-"));
    try {
      const exec = async (env: NodeJS.ProcessEnv) => {
        await loginItem("linux", { HOME, ...env })?.set(true);
        const text = readFileSync(join(HOME, ".config/autostart/doorbell.desktop"), "utf8");
        return /^Exec=(.*)$/m.exec(text)?.[1];
      };
      expect(await exec({})).toBe(`${process.execPath} --hidden`);
      expect(await exec({ APPIMAGE: "/home/ada/Doorbell.AppImage" })).toBe(
        "/home/ada/Doorbell.AppImage --hidden",
      );
      appDouble.isPackaged = false;
      expect(loginItem("linux", { HOME })).toBeNull();
      process.argv.push("--offer-start-at-login");
      expect(await exec({})).toBe(`${process.execPath} /home/ada/doorbell --hidden`);
    } finally {
      rmSync(HOME, { recursive: true, force: true });
    }
  });
});
