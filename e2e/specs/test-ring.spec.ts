import type { Locator, Page } from "@playwright/test";
import type { PanelBridge } from "../../preload/contract.ts";
import { breachesOfAccessibility } from "./support/axe.ts";
import { CALLER, expect, test, type Bell } from "./support/test.ts";

const TEST = "Test ring";
const RINGING = "The test ring is ringing now.";
const LOOKS = "This is what an invitation looks like";

/** Clicks until something comes of it: what has moved takes no click for a moment. */
async function press(button: Locator, seen: Locator, text: string | RegExp): Promise<void> {
  await expect(async () => {
    await button.click();
    await expect(seen).toHaveText(text, { timeout: 1_000 });
  }).toPass({ timeout: 15_000 });
}

async function inSettings(bell: Bell): Promise<Page> {
  const panel = await bell.panel();
  await panel.getByRole("button", { name: "Settings" }).click();
  return panel;
}

test("a test ring goes the way of an invitation, and the settings say how it was shown and how it ended", async ({
  desktop,
  server,
  bell: start,
  picture,
}) => {
  test.setTimeout(120_000);
  const bell = await (await start()).online();
  const panel = await inSettings(bell);
  const ring = panel.getByRole("button", { name: TEST, exact: true });
  const words = panel.getByRole("region", { name: "This computer" }).getByRole("status");
  await expect(words).toHaveText("Rings on this computer as an invitation would. Nobody else learns of it.");

  await test.step("as a notification of the real service, accepted there", async () => {
    await press(ring, words, RINGING);
    const drawn = await desktop.waitForNotification({ text: TEST });
    expect(drawn.body).toContain(LOOKS);
    expect(drawn.buttons.map(({ name }) => name)).toEqual(["Accept", "Decline", "Open"]);
    await expect.poll(async () => (await bell.app.tray())?.toolTip).toBe("Doorbell: Test ring is ringing");
    await picture("notification");
    await desktop.clickButton("Accept", { text: TEST });
    await expect(words).toHaveText(/^Shown as a notification by Xfce Notify Daemon.*\. You accepted it\.$/);
    await desktop.waitForNoNotification({ text: TEST });
    await expect.poll(async () => (await bell.app.tray())?.toolTip).toBe("Doorbell: Online");
    expect(await bell.app.visibleWindows()).toEqual(["panel"]);
    await words.scrollIntoViewIfNeeded();
    await picture("said");
    expect(await breachesOfAccessibility(panel)).toEqual([]);
  });

  await test.step("from the keyboard, in the tray, declined there", async () => {
    await ring.focus();
    await panel.keyboard.press("Enter");
    await bell.chooseInTray("decline");
    await expect(words).toHaveText(/You declined it\.$/);
    await desktop.waitForNoNotification({ text: TEST });
    await expect(ring).toBeFocused();
  });

  await test.step("a real invitation takes its place at once", async () => {
    await press(ring, words, RINGING);
    await desktop.waitForNotification({ text: TEST });
    await server.invite();
    await desktop.waitForNotification({ text: CALLER.name });
    await desktop.waitForNoNotification({ text: TEST });
    await expect(words).toHaveText(/It ended because a real invitation came\.$/);
    await press(ring, panel.locator(".message.error"), "Something is ringing already.");
    await desktop.clickButton("Decline", { text: CALLER.name });
    await desktop.waitForNoNotification();
  });

  await test.step("on the toast where notifications are off", async () => {
    await panel.getByLabel("Use system notifications").setChecked(false);
    const toast = await bell.toast();
    await press(ring, words, RINGING);
    await expect(toast.getByRole("article")).toContainText(LOOKS);
    await expect.poll(() => bell.app.visibleWindows()).toEqual(["panel", "toast"]);
    await picture("toast");
    await press(
      toast.getByRole("button", { name: `Accept ${TEST}` }),
      words,
      "Shown in Doorbell's own pop-up, because system notifications are off. You accepted it.",
    );
    await expect.poll(() => bell.app.visibleWindows()).toEqual(["panel"]);
  });

  await test.step("not in front of anybody who is not to be disturbed", async () => {
    await panel.evaluate(() =>
      (globalThis as unknown as { doorbell: PanelBridge }).doorbell.setQuiet("untilTurnedOff"),
    );
    await press(ring, words, RINGING);
    await press(
      panel.getByRole("button", { name: `Decline ${TEST}` }),
      words,
      "Silent: do not disturb. You declined it.",
    );
    expect(await bell.app.visibleWindows()).toEqual(["panel"]);
    await expect.poll(async () => (await bell.app.tray())?.image).toMatch(/^quiet-/);
  });

  // Nobody but this desktop knows of any of it.
  const { invitations, requests } = await server.state();
  expect(invitations).toHaveLength(1);
  expect(requests.filter(({ address }) => /\/(?:accept|decline)$/.test(address))).toHaveLength(1);
  await panel.getByRole("button", { name: "Back" }).click();
  await expect(panel.locator(".history .end")).toHaveText(["Declined"]);
});
