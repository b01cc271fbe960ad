import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { breachesOfAccessibility } from "./support/axe.ts";
import { CALLER, expect, test } from "./support/test.ts";

const HOUR_MS = 60 * 60_000;

/** A history as an earlier run has left it: so many missed invitations, one every five hours, none of them seen. */
function missed(count: number): string {
  const entries = Array.from({ length: count }, (_, index) => ({
    id: `h${index}`,
    kind: "messaging",
    name: `Caller ${index}`,
    uri: `sip:caller${index}@contoso.example`,
    anonymous: false,
    external: false,
    subject: "Figures",
    end: "missed",
    detail: "",
    presented: "silent: quietHours",
    receivedAt: Date.now() - index * 5 * HOUR_MS - 25_000,
    endedAt: Date.now() - index * 5 * HOUR_MS,
  }));
  return JSON.stringify({ entries, unseen: count });
}

test("what is over is told in full, its address is copied, and it is thrown away only by a second press, all by keys", async ({
  desktop,
  server,
  bell: start,
  picture,
}) => {
  const bell = await (await start()).online();
  const panel = await bell.panel();
  const id = await server.invite({ subject: "Lunch?" });
  await desktop.waitForNotification({ text: CALLER.name });
  await server.control("POST", `invitations/${id}/cancel`);
  const entry = panel.locator(".history li");
  await expect(entry).toHaveCount(1);
  await expect(panel.getByRole("heading", { name: "Today" })).toBeVisible();
  await expect(entry).toContainText(/Rang for \d+ seconds?\./);

  const summary = entry.locator("summary");
  await summary.focus();
  await panel.keyboard.press("Enter");
  const detail = entry.getByRole("definition");
  await expect(detail.filter({ hasText: "As a system notification" })).toBeVisible();
  await expect(detail.filter({ hasText: CALLER.uri.replace("sip:", "") })).toBeVisible();
  await expect(detail.filter({ hasText: "Lunch?" })).toBeVisible();
  expect(await breachesOfAccessibility(panel)).toEqual([]);
  await picture("detail");

  const copy = entry.getByRole("button", { name: "Copy address" });
  await copy.focus();
  await expect(async () => {
    await panel.keyboard.press("Enter");
    await expect(entry.getByRole("status")).toHaveText("Address copied.", { timeout: 500 });
  }).toPass();
  expect(await bell.app.program.evaluate(({ clipboard }) => clipboard.readText())).toBe(
    CALLER.uri.replace("sip:", ""),
  );

  await entry.getByRole("button", { name: "Call back", exact: true }).click();
  await expect(panel.getByRole("combobox", { name: "Person" })).toHaveValue(CALLER.uri.replace("sip:", ""));
  await panel.getByRole("button", { name: "Back" }).click();

  const clear = panel.getByRole("button", { name: "Clear", exact: true });
  const sure = panel.getByRole("button", { name: "Clear everything?" });
  await clear.focus();
  await expect(async () => {
    if (await clear.isVisible()) await panel.keyboard.press("Enter");
    await expect(sure).toBeVisible({ timeout: 500 });
  }).toPass();
  expect(await breachesOfAccessibility(panel)).toEqual([]);
  await panel.keyboard.press("Escape");
  await expect(clear).toBeFocused();
  await expect(entry).toHaveCount(1);
  await panel.keyboard.press("Enter");
  await expect(sure).toBeFocused();
  await expect(async () => {
    await panel.keyboard.press("Enter");
    await expect(entry).toHaveCount(0, { timeout: 500 });
  }).toPass();
});

test("missed ones stay marked while they are out of sight, and are no news once all have been looked at", async ({
  desktop,
  bell: start,
  picture,
}) => {
  test.setTimeout(60_000);
  const userData = mkdtempSync(join(tmpdir(), "doorbell-history-"));
  try {
    writeFileSync(join(userData, "history.json"), missed(20));
    const bell = await (await start({ userData })).online();
    const panel = await bell.panel();
    const window = (await desktop.windows()).find(({ name }) => name === "Doorbell");
    await desktop.screen.focus(window?.id ?? "");
    const marked = panel.locator(".history .news");
    await expect(marked).toHaveCount(20);
    expect(await breachesOfAccessibility(panel)).toEqual([]);
    await picture("several-days");
    // Longer than one has to look.
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    await expect(marked).toHaveCount(20);
    await expect.poll(async () => (await bell.app.tray())?.image).toMatch(/^missedMany-/);
    await panel.locator(".history li").last().scrollIntoViewIfNeeded();
    await expect(marked).toHaveCount(0);
    await expect.poll(async () => (await bell.app.tray())?.image).toMatch(/^available-/);
    await bell.app.close();
  } finally {
    rmSync(userData, { recursive: true });
  }
});

test("whoever was missed last is called back from the tray, by a form that is filled in", async ({
  desktop,
  server,
  bell: start,
}) => {
  const bell = await (await start()).online();
  await bell.app.closeWindow("panel");
  const id = await server.invite({ subject: "Lunch?" });
  await desktop.waitForNotification({ text: "Lunch?" });
  await server.control("POST", `invitations/${id}/cancel`);
  const callBack = async () =>
    (await bell.app.tray())?.entries.find(({ label }) => label === `Call ${CALLER.name} back…`);
  await expect.poll(callBack).toBeTruthy();
  await bell.app.clickTray((await callBack())?.id ?? "");
  const panel = await bell.panel();
  await expect(panel.getByLabel("Person", { exact: true })).toHaveValue(CALLER.uri.replace("sip:", ""));
  await expect(panel.getByLabel("Subject")).toHaveValue("Lunch?");
  expect((await server.state()).invitations).toHaveLength(1);
});
