import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { CALLER, expect, test, type Bell } from "./support/test.ts";

test.use({ ownDesktop: true });

/** It rings in panel and tray, then ends everywhere. */
async function ringsThenEnds(bell: Bell): Promise<void> {
  await expect((await bell.panel()).getByRole("article")).toHaveCount(1);
  await expect.poll(async () => (await bell.app.tray())?.image).toMatch(/^ringing/);
  await bell.chooseInTray("decline");
  const panel = await bell.panel();
  await expect(panel.getByRole("article")).toHaveCount(0);
  await expect((await bell.toast()).getByRole("article")).toHaveCount(0);
  await expect(panel.locator(".history .end").first()).toHaveText("Declined");
}

for (const what of ["crashRenderer", "reloadRenderer"] as const) {
  test(`it rings on after panel and toast: ${what}`, async ({ server, bell: start }) => {
    const bell = await (await start()).online();
    await bell.setNotifications(false);
    await server.invite();
    await expect((await bell.toast()).getByRole("article")).toHaveCount(1);
    for (const role of ["panel", "toast"] as const) {
      await bell.app[what](role);
      await expect(async () => {
        const page = await bell.app.window(role);
        await expect(page.getByRole("button", { name: `Accept ${CALLER.name}` })).toBeVisible({
          timeout: 500,
        });
      }).toPass({ timeout: 10_000 });
      await expect.poll(() => bell.app.visibleWindows()).toEqual(["panel", "toast"]);
    }
    await ringsThenEnds(bell);
  });
}

test("it rings on when the notification service is restarted, once", async ({
  desktop,
  server,
  bell: start,
}) => {
  const bell = await (await start()).online();
  await server.invite();
  await desktop.waitForNotification({ text: CALLER.name });
  await desktop.killNotificationService();
  await expect.poll(() => bell.app.visibleWindows()).toEqual(["panel", "toast"]);
  await desktop.startNotificationService();
  await desktop.waitForNotification({ text: CALLER.name });
  await expect.poll(() => bell.app.visibleWindows()).toEqual(["panel"]);
  expect(await desktop.notifications()).toHaveLength(1);
  await ringsThenEnds(bell);
  await desktop.waitForNoNotification({ text: CALLER.name });
});

test("it rings on the toast where there is no session bus", async ({ server, bell: start }) => {
  const bell = await (await start({ env: { DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent" } })).online();
  await server.invite();
  await expect((await bell.toast()).getByRole("article")).toHaveCount(1);
  await expect.poll(() => bell.app.visibleWindows()).toEqual(["panel", "toast"]);
  await ringsThenEnds(bell);
});

// Chromium ends with its session bus, because the desktop session is over then.
test("it ends with the session bus, leaves nothing, and rings again in the next session", async ({
  desktop,
  server,
  bell: start,
}) => {
  const userData = mkdtempSync(join(tmpdir(), "doorbell-session-"));
  try {
    const first = await (await start({ userData })).online();
    await server.invite();
    await desktop.waitForNotification({ text: CALLER.name });
    await desktop.killBus();
    const { code } = await first.app.program.exited;
    expect(code).not.toBe(0);
    await desktop.startBus();
    await desktop.startNotificationService();
    const second = await (await start({ userData })).online();
    await server.invite({ subject: "The next day" });
    await desktop.waitForNotification({ text: "The next day" });
    await second.app.close();
  } finally {
    rmSync(userData, { recursive: true });
  }
});

test("it rings on, once, after the machine has slept", async ({ desktop, server, bell: start }) => {
  const bell = await (await start()).online();
  await server.invite();
  await desktop.waitForNotification({ text: CALLER.name });
  await bell.app.power("suspend");
  await bell.app.power("resume");
  await expect((await bell.panel()).getByRole("heading", { name: "Ringing" })).toBeVisible();
  expect(await desktop.notifications()).toHaveLength(1);
  await ringsThenEnds(bell);
  await server.invite({ subject: "After sleep" });
  await desktop.waitForNotification({ text: "After sleep" });
});
