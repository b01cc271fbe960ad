import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { anotherInstall } from "./support/another-install.ts";
import { CALLER, expect, test } from "./support/test.ts";

test.use({ ownDesktop: true });

/** The server lets an invitation ring for 25 s. */
const RINGS_MS = 25_000;
const LOOK_MS = 250;

test("a ring is seen for the whole time that it rings, in app and terminal, with both buttons in one place", async ({
  desktop,
  server,
  bell: start,
  doorbell,
  picture,
}) => {
  const app = await (await start()).online();
  await app.app.closeWindow("panel");
  const terminal = doorbell({ notify: true, env: anotherInstall(desktop.env) });
  await terminal.online();
  const end = Date.now() + RINGS_MS - 500;
  await server.invite();
  await expect.poll(async () => (await desktop.notifications()).length).toBe(2);
  await picture("ringing");
  const seen = await desktop.notifications();
  expect(
    seen.map(({ buttons }) => buttons.map(({ name }) => name)).toSorted((a, b) => a.length - b.length),
  ).toEqual([
    ["Accept", "Decline"],
    ["Accept", "Decline", "Open"],
  ]);
  let looks = 0;
  for (; Date.now() < end; looks += 1) {
    expect(await desktop.notifications(), `look ${looks}`).toEqual(seen);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  expect(looks).toBeGreaterThan(10);
  await terminal.next({ type: "invitation", state: "missed" });
  await expect((await app.panel()).locator(".history .end").first()).toHaveText("Missed");
  await desktop.waitForNoNotification();

  // That it was missed is told in the ordinary way, until the person has looked.
  const missed = await desktop.waitForNotification({ text: `Missed: ${CALLER.name}` });
  expect(missed.buttons.map(({ name }) => name)).toEqual(["Open"]);
  await picture("missed");
  await expect.poll(async () => (await app.app.tray())?.toolTip).toContain("1 missed invitation");
  await desktop.clickButton("Open", { text: "Missed" });
  await expect.poll(() => app.app.visibleWindows()).toEqual(["panel"]);
  const window = (await desktop.windows()).find(({ name, height }) => name === "Doorbell" && height > 300);
  await desktop.screen.focus(window?.id ?? "");
  await expect.poll(async () => (await app.app.tray())?.toolTip).toBe("Doorbell: Online");
  await desktop.waitForNoNotification();
});

/** Whether a program has written down what it has on the screen, without which no next start could know of it. */
function isWrittenDown(env: Readonly<Record<string, string | undefined>>): boolean {
  const folder = join(env["XDG_RUNTIME_DIR"] ?? "", "doorbell");
  return existsSync(folder) && readdirSync(folder).some((name) => name.endsWith(".json"));
}

test.describe("killed while it rings", () => {
  test("the app leaves a notification that its next start takes away", async ({
    desktop,
    server,
    bell: start,
    picture,
  }) => {
    const killed = await (await start()).online();
    await server.invite();
    await desktop.waitForNotification({ text: CALLER.name });
    await expect.poll(() => isWrittenDown(desktop.env)).toBe(true);
    await killed.app.kill();
    // This service never lets a critical one expire.
    expect(await desktop.notifications()).toHaveLength(1);
    await picture("left");
    await start();
    // It has to start, and to find the service, before it closes anything.
    await desktop.waitForNoNotification({ timeoutMs: 40_000 });
  });

  test("the terminal program leaves a notification that its next start takes away, and another's stays", async ({
    desktop,
    server,
    doorbell,
  }) => {
    const killed = doorbell({ notify: true });
    await killed.online();
    await server.invite({ subject: "First" });
    await desktop.waitForNotification({ text: "First" });
    await expect.poll(() => isWrittenDown(desktop.env)).toBe(true);
    await killed[Symbol.asyncDispose]();
    expect(await desktop.notifications()).toHaveLength(1);

    const second = doorbell({ notify: true });
    await second.online();
    await desktop.waitForNoNotification({ timeoutMs: 20_000 });
    await server.invite({ subject: "Second" });
    await desktop.waitForNotification({ text: "Second" });
    const third = doorbell({ notify: true });
    await third.online();
    expect((await desktop.notifications()).map(({ body }) => body)).toEqual([
      expect.stringContaining("Second"),
    ]);
    await desktop.clickButton("Decline", { text: "Second" });
    await second.next({ type: "invitation", state: "declined" });
    await desktop.waitForNoNotification();
  });
});
