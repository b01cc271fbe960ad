import { expect, test } from "@playwright/test";
import { existsSync } from "node:fs";
import type { RunningProgram } from "../driver/running-program.ts";
import { start } from "./program.ts";

let program: RunningProgram;
test.beforeAll(async () => {
  program = await start("idle.mjs");
  await program.evaluate(({ app }) => app.whenReady());
});
test.afterAll(() => program.close());

test("power events reach whoever listens, also those that a test makes up", async () => {
  // docs/api/power-monitor.md#event-suspend, #event-resume; lib/browser/api/power-monitor.ts: a plain EventEmitter
  const heard = await program.evaluate(({ powerMonitor }) => {
    const events: string[] = [];
    powerMonitor.on("suspend", () => events.push("suspend"));
    powerMonitor.on("resume", () => events.push("resume"));
    powerMonitor.emit("suspend");
    powerMonitor.emit("resume");
    return events;
  });
  expect(heard).toEqual(["suspend", "resume"]);
});

test("the idle time is a number, and a test can put its own in place", async () => {
  // docs/api/power-monitor.md#powermonitorgetsystemidletime; lib/browser/api/power-monitor.ts: methods of a class
  const times = await program.evaluate(({ powerMonitor }) => {
    const before = typeof powerMonitor.getSystemIdleTime();
    powerMonitor.getSystemIdleTime = () => 900;
    return [before, powerMonitor.getSystemIdleTime()];
  });
  expect(times).toEqual(["number", 900]);
});

test("the user data folder is the one on the command line, and is there", async () => {
  // docs/api/command-line-switches.md#--user-data-dirpath; docs/api/app.md#appgetpathname
  const path = await program.evaluate(({ app }) => app.getPath("userData"));
  expect(path).toBe(program.userData);
  expect(existsSync(path)).toBe(true);
});

test("an unknown path name is an error", async () => {
  // docs/api/app.md#appgetpathname: "On failure, an Error is thrown"
  const text = await program.evaluate(({ app }) => {
    try {
      return app.getPath("nowhere" as "home");
    } catch (error) {
      return error instanceof Error ? "Error" : "something else";
    }
  });
  expect(text).toBe("Error");
});

test("what must come before ready is refused after it", async () => {
  // docs/api/app.md#appenablesandbox; docs/api/protocol.md#protocolregisterschemesasprivilegedcustomschemes
  const refused = await program.evaluate(({ app, protocol }) => {
    const attempt = (run: () => void) => {
      try {
        run();
        return "taken";
      } catch {
        return "refused";
      }
    };
    return [attempt(() => app.enableSandbox()), attempt(() => protocol.registerSchemesAsPrivileged([]))];
  });
  expect(refused).toEqual(["refused", "refused"]);
});

test("a named partition is one session, in memory, and another than the default one", async () => {
  // docs/api/session.md#sessionfrompartitionpartition-options
  const found = await program.evaluate(({ session }) => {
    const one = session.fromPartition("ucwa");
    return [
      one === session.fromPartition("ucwa"),
      one === session.defaultSession,
      one.isPersistent(),
      one.getStoragePath(),
    ];
  });
  expect(found).toEqual([true, false, false, null]);
});

test("the theme follows its source and says when it changes", async () => {
  // docs/api/native-theme.md#nativethemethemesource, #event-updated
  const themes = await program.evaluate(async ({ nativeTheme }) => {
    nativeTheme.themeSource = "light";
    const updated = new Promise<void>((resolve) => nativeTheme.once("updated", resolve));
    nativeTheme.themeSource = "dark";
    await updated;
    const dark = nativeTheme.shouldUseDarkColors;
    nativeTheme.themeSource = "light";
    return [dark, nativeTheme.shouldUseDarkColors];
  });
  expect(themes).toEqual([true, false]);
});

test("the program sees that it runs in Electron, unpackaged", async () => {
  // docs/api/process.md#processversionselectron-readonly, #processtype-readonly; docs/api/app.md#appispackaged-readonly
  const seen = await program.evaluate(({ app }) => [
    /^\d+\./.test(process.versions["electron"] ?? ""),
    process.type,
    app.isPackaged,
  ]);
  expect(seen).toEqual([true, "browser", false]);
});
