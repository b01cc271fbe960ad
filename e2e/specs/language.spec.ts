import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { PanelBridge } from "../../preload/contract.ts";
import { toldWhy } from "./support/quiet-state.ts";
import { CALLER, expect, test, type Bell } from "./support/test.ts";

const labels = async (bell: Bell) => (await bell.app.tray())?.entries.map(({ label }) => label) ?? [];

test("whoever has chosen German is rung, told and asked in German, and in English from the start after they chose that", async ({
  desktop,
  server,
  bell: start,
  picture,
}) => {
  const userData = join(desktop.home, "language");
  const file = join(userData, "config.json");
  const kept = () => JSON.parse(readFileSync(file, "utf8")) as object;
  mkdirSync(userData);
  const first = await (await start({ userData })).online();
  await first.app.close();
  writeFileSync(file, JSON.stringify({ ...kept(), language: "de" }));

  // The password is in the keyring.
  const bell = await start({ userData });
  await toldWhy(bell, /^Doorbell: Online$/);
  const panel = await bell.panel();
  expect(await panel.evaluate(() => document.documentElement.lang)).toBe("de");
  expect(await labels(bell)).toEqual(
    expect.arrayContaining(["Nicht stören", "Neue Unterhaltung …", "Doorbell öffnen", "Einstellungen"]),
  );

  const id = await server.invite({ subject: "Mittagessen" });
  const drawn = await desktop.waitForNotification({ text: "Mittagessen" });
  expect(drawn.buttons.map(({ name }) => name)).toEqual(["Annehmen", "Ablehnen", "Öffnen"]);
  await toldWhy(bell, new RegExp(`^Doorbell: ${CALLER.name} klingelt$`));
  expect(await labels(bell)).toEqual(
    expect.arrayContaining([`${CALLER.name} annehmen`, `${CALLER.name} ablehnen`]),
  );
  await picture("ringing");
  await desktop.clickButton("Ablehnen", { text: "Mittagessen" });
  await desktop.waitForNoNotification({ text: "Mittagessen" });
  expect((await server.state()).invitations).toMatchObject([{ id, state: "declined" }]);

  await bell.app.clickTray("quiet:untilTurnedOff");
  await toldWhy(bell, /^Doorbell: Online, Nicht stören$/);
  await bell.app.clickTray("quiet:off");
  await bell.app.clickTray("settings");
  const language = panel.getByLabel("Sprache");
  await expect(language).toHaveValue("de");
  await expect(panel.getByLabel("Symbol in der Leiste")).toBeVisible();
  await picture("settings");
  // What main cannot be asked any more, main has said before.
  await bell.app.program.evaluate(({ ipcMain }) => ipcMain.removeHandler("history.clear"));
  const unanswered = await panel.evaluate(() =>
    (globalThis as unknown as { doorbell: PanelBridge }).doorbell.clearHistory(),
  );
  expect(unanswered).toMatchObject({ error: { message: "Doorbell hat nicht geantwortet." } });

  await language.selectOption("English");
  await expect.poll(kept).toMatchObject({ language: "en" });
  // What is open is not taken down for it.
  await expect(language).toBeVisible();
  await bell.app.close();

  const again = await start({ userData });
  await toldWhy(again, /^Doorbell: Online$/);
  expect(await labels(again)).toEqual(expect.arrayContaining(["Open Doorbell", "Settings"]));
  const page = await again.panel();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe("en");
  await again.app.clickTray("settings");
  await expect(page.getByLabel("Language")).toHaveValue("en");
});
