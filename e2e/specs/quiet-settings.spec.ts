import type { Page } from "@playwright/test";

import { breachesOfAccessibility } from "./support/axe.ts";
import { CALLER, expect, test, type Bell } from "./support/test.ts";

const row = (panel: Page) => panel.getByRole("region", { name: "Quiet" });
const trayImage = async (bell: Bell) => (await bell.app.tray())?.image;

/** What has just come takes no key. */
async function pressed(panel: Page, name: string, done: () => Promise<unknown>): Promise<void> {
  const button = panel.getByRole("button", { name });
  await button.focus();
  await expect(async () => {
    if (await button.isVisible()) await panel.keyboard.press("Enter");
    await done();
  }).toPass();
}

test("Do not disturb is turned on and off by keys, and what comes meanwhile is in the panel alone", async ({
  desktop,
  server,
  bell: start,
  picture,
}) => {
  const bell = await (await start()).online();
  const panel = await bell.panel();
  const items = panel.getByRole("menuitem");

  await pressed(panel, "Do not disturb", () => expect(items.first()).toBeFocused({ timeout: 500 }));
  expect(await breachesOfAccessibility(panel)).toEqual([]);
  await expect(items).toHaveText(["For 15 minutes", "For 1 hour", "Until tomorrow", "Until I turn it off"]);
  await panel.keyboard.press("Escape");
  await expect(items.first()).toBeHidden();
  await expect(panel.getByRole("button", { name: "Do not disturb" })).toBeFocused();
  await panel.keyboard.press("ArrowUp");
  await expect(items.last()).toBeFocused();
  await panel.keyboard.press("ArrowDown");
  await expect(items.first()).toBeFocused();
  await panel.keyboard.press("ArrowDown");
  await panel.keyboard.press("Enter");
  await expect(row(panel).getByRole("status")).toHaveText(/^Do not disturb until /);
  await expect(panel.getByRole("heading", { name: "Online" })).toBeFocused();
  await expect.poll(() => trayImage(bell)).toMatch(/^quiet-/);

  await server.invite();
  const card = panel.getByRole("article");
  await expect(card).toContainText("Silent: do not disturb until ");
  await picture("silent");
  expect(await breachesOfAccessibility(panel)).toEqual([]);
  expect(await desktop.notifications()).toEqual([]);
  expect(await bell.app.visibleWindows()).toEqual(["panel"]);

  await pressed(panel, "Turn off", () =>
    // The button that was pressed is called "Turn off do not disturb".
    expect(panel.getByRole("button", { name: "Do not disturb", exact: true })).toBeVisible({ timeout: 500 }),
  );
  await desktop.waitForNotification({ text: CALLER.name });
  await expect(card).not.toContainText("Silent");
  await card.getByRole("button", { name: `Decline ${CALLER.name}` }).click();
  await desktop.waitForNoNotification({ text: CALLER.name });
});

test("quiet hours are set for each day by keys; half a time is not taken and is said", async ({
  bell: start,
  picture,
}) => {
  const bell = await (await start()).online();
  const panel = await bell.panel();
  const settings = async () => {
    await panel.getByRole("button", { name: "Settings" }).click();
    return panel.getByRole("region", { name: "Quiet" });
  };
  let quiet = await settings();
  await quiet.getByLabel("Quiet hours").focus();
  await panel.keyboard.press("Space");
  await expect(quiet.getByRole("listitem")).toHaveCount(7);
  await expect(quiet.getByRole("listitem").first()).toHaveText(/^Monday/);
  expect(await breachesOfAccessibility(panel)).toEqual([]);

  const from = quiet.getByLabel("Monday, quiet from");
  await from.focus();
  await panel.keyboard.press("Delete");
  await panel.keyboard.press("Tab");
  await panel.keyboard.press("Tab");
  await panel.keyboard.press("Tab");
  const problem = quiet.getByRole("alert");
  await expect(problem).toHaveText("Enter both times. Until then, the last ones count.");
  await expect(from).toHaveAccessibleDescription(/Enter both times/);
  expect(await breachesOfAccessibility(panel)).toEqual([]);
  await problem.scrollIntoViewIfNeeded();
  await picture("half-a-time");

  await from.fill("19:30");
  await panel.keyboard.press("Enter");
  await expect(problem).toHaveCount(0);
  await quiet.getByLabel("Sunday", { exact: true }).uncheck();
  await quiet.getByLabel("Follow my presence").uncheck();

  // The page comes back with what main has kept.
  await bell.app.reloadRenderer("panel");
  quiet = await settings();
  await expect(quiet.getByLabel("Monday, quiet from")).toHaveValue("19:30");
  await expect(quiet.getByLabel("Monday, quiet until")).toHaveValue("08:00");
  await expect(quiet.getByLabel("Sunday", { exact: true })).not.toBeChecked();
  await expect(quiet.getByLabel("Sunday, quiet from")).toBeDisabled();
  await expect(quiet.getByLabel("Follow my presence")).not.toBeChecked();
  await expect(quiet.getByLabel("Follow my system's Do not disturb")).toBeChecked();
});
