import { expect, test } from "@playwright/test";
import { LoginManager } from "../desktop-session/login-manager.ts";
import type { RunningProgram } from "../driver/running-program.ts";
import { privateDesktop, start } from "./support/program.ts";

let login: LoginManager;
let program: RunningProgram;
test.beforeAll(async () => {
  const { busAddress } = await privateDesktop();
  login = await LoginManager.open(busAddress);
  program = await start("idle.mjs", { env: { DBUS_SYSTEM_BUS_ADDRESS: busAddress } });
  await program.evaluate(({ app }) => app.whenReady());
});
test.afterAll(async () => {
  await program.close();
  login.close();
});

test("sleeping, waking and shutting down are told as the login manager says them", async () => {
  // docs/api/power-monitor.md#event-suspend, #event-resume, #event-shutdown; shell/browser/lib/power_observer_linux.cc
  await program.evaluate(({ powerMonitor }) => {
    const told: string[] = [];
    Object.assign(globalThis, { told });
    powerMonitor.on("suspend", () => told.push("suspend"));
    powerMonitor.on("resume", () => told.push("resume"));
    powerMonitor.on("shutdown", (event?: Electron.Event) => {
      told.push("shutdown");
      event?.preventDefault();
    });
  });
  const told = () => program.evaluate(() => (globalThis as unknown as { told: string[] }).told);
  // It listens to the bus only some time after somebody listens to it.
  await expect
    .poll(async () => {
      login.sleep(true);
      return (await told()).length;
    })
    .toBeGreaterThan(0);
  expect(new Set(await told())).toEqual(new Set(["suspend"]));
  login.sleep(false);
  await expect.poll(async () => (await told()).at(-1)).toBe("resume");
  login.shutDown();
  await expect.poll(async () => (await told()).at(-1)).toBe("shutdown");
});

test("somebody who moves the pointer is there, and somebody who moves nothing is away", async () => {
  // docs/api/power-monitor.md#powermonitorgetsystemidlestateidlethreshold
  const { screen } = await privateDesktop();
  const state = () => program.evaluate(({ powerMonitor }) => powerMonitor.getSystemIdleState(1));
  await expect.poll(state).toBe("idle");
  let x = 100;
  await expect
    .poll(async () => {
      await screen.click((x += 50), 700);
      return await state();
    })
    .toBe("active");
});

test("a desktop without animations is told as one that wants nothing to move", async () => {
  // docs/api/system-preferences.md#systempreferencesgetanimationsettings; gtk-enable-animations=0 on this desktop
  const settings = await program.evaluate(({ systemPreferences }) =>
    systemPreferences.getAnimationSettings(),
  );
  expect(settings.prefersReducedMotion).toBe(true);
});

test("a named partition is one session, in memory, and another than the default one", async () => {
  // docs/api/session.md#sessionfrompartitionpartition-options
  const found = await program.evaluate(({ session }) => {
    const one = session.fromPartition("ucwa", { cache: false });
    return [
      one === session.fromPartition("ucwa", { cache: false }),
      one === session.defaultSession,
      one.isPersistent(),
      one.getStoragePath(),
    ];
  });
  expect(found).toEqual([true, false, false, null]);
});
