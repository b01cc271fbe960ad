import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";

import { appDouble } from "../../testing/electron-double/app-double.ts";
import { startSystem } from "../../testing/electron-double/pretended-system.ts";
import { APP_ID, identifyProgram } from "./program-identity.electron.ts";

const told = () => Object.fromEntries(appDouble.told);

describe("the identity of the program", () => {
  it("is on Windows what its shortcut carries, and the class that a click on a toast calls", () => {
    startSystem({ platform: "win32" });
    expect(identifyProgram("win32")).toEqual([]);
    expect(told()).toEqual({
      name: "Doorbell",
      userModelId: APP_ID,
      toastActivator: "{6B0F4C52-6C1B-4C1E-9C37-0D5E6B1A4D27}",
    });
  });

  it("is the one of the installers", async () => {
    const installers = await readFile(new URL("../../../electron-builder.yml", import.meta.url), "utf8");
    expect(/^appId: (.*)$/m.exec(installers)?.[1]).toBe(APP_ID);
  });

  it("lacks only that class on an Electron that has no call for it, and says so", () => {
    startSystem({ platform: "win32", electron: 33 });
    expect(identifyProgram("win32")).toEqual([expect.stringMatching(/^This Electron is too old .*\.$/)]);
    expect(told()).toEqual({ name: "Doorbell", userModelId: APP_ID });
  });

  it("is no more than a name on macOS, where Electron has no such calls", () => {
    startSystem({ platform: "darwin" });
    expect(identifyProgram("darwin")).toEqual([]);
    expect(told()).toEqual({ name: "Doorbell" });
  });

  it("is its menu entry on Linux", () => {
    startSystem({ platform: "linux" });
    expect(identifyProgram("linux")).toEqual([]);
    expect(told()).toEqual({ name: "Doorbell", desktopName: "doorbell.desktop" });
  });
});
