import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { newest, quiet, silent, toldWhy } from "./support/quiet-state.ts";
import { CALLER, expect, test, USER } from "./support/test.ts";

const PRESENCE = `people/${USER}/presence`;

test("a call is silent while the person's presence is Do not disturb, unless it is urgent, and rings when that ends", async ({
  desktop,
  server,
  bell: start,
  picture,
}) => {
  const bell = await (await start()).online();
  const panel = await bell.panel();
  const drawn = () => desktop.notifications();
  await server.control("PUT", PRESENCE, { availability: "DoNotDisturb" });
  await quiet(bell, /^Doorbell: Online, Your presence is Do not disturb$/);

  const first = await server.invite({ subject: "Lunch" });
  await silent(bell, drawn);
  await picture("silent");
  await server.control("POST", `invitations/${first}/cancel`);
  await expect(panel.getByRole("article")).toHaveCount(0);
  await expect
    .poll(async () => (await newest(panel))?.silence)
    .toBe("Silent: your presence is Do not disturb");

  const second = await server.invite({ subject: "Coffee" });
  await silent(bell, drawn);
  const urgent = await server.invite({ subject: "Fire", importance: "Urgent" });
  await desktop.waitForNotification({ text: "Fire" });
  expect(await drawn()).toHaveLength(1);
  await server.control("POST", `invitations/${urgent}/cancel`);
  await desktop.waitForNoNotification({ text: "Fire" });

  await server.control("PUT", PRESENCE, { availability: "Online" });
  await desktop.waitForNotification({ text: "Coffee", timeoutMs: 15_000 });
  await expect.poll(async () => (await bell.app.tray())?.toolTip).toBe(`Doorbell: ${CALLER.name} is ringing`);
  await server.control("POST", `invitations/${second}/cancel`);
  await desktop.waitForNoNotification({ text: "Coffee" });
  await expect.poll(async () => (await newest(panel))?.silence).toBe("");
});

test("do not disturb is turned on and off in the tray and outlasts a restart; quiet hours let through what is urgent", async ({
  desktop,
  server,
  bell: start,
}) => {
  const userData = join(desktop.home, "quiet");
  const drawn = () => desktop.notifications();
  const ends = async (id: string, text: string) => {
    await server.control("POST", `invitations/${id}/cancel`);
    await desktop.waitForNoNotification({ text });
  };
  mkdirSync(userData);
  const first = await (await start({ userData })).online();
  await first.app.clickTray("quiet:15min");
  await quiet(first, /^Doorbell: Online, Do not disturb until .*\d/);
  const lunch = await server.invite({ subject: "Lunch" });
  await silent(first, drawn);
  await first.app.clickTray("quiet:off");
  await desktop.waitForNotification({ text: "Lunch" });
  await ends(lunch, "Lunch");
  await first.app.clickTray("quiet:untilTurnedOff");
  await toldWhy(first, /^Doorbell: Online, .*Do not disturb$/);
  await first.app.close();

  const file = join(userData, "config.json");
  const days = Array.from({ length: 7 }, () => ({ on: true, from: "00:00", to: "00:00" }));
  const settings = JSON.parse(readFileSync(file, "utf8")) as object;
  writeFileSync(file, JSON.stringify({ ...settings, quietHours: { on: true, days } }));

  // The password is in the keyring.
  const second = await start({ userData });
  await toldWhy(second, /^Doorbell: Online, .*Do not disturb$/);
  const soon = await server.invite({ subject: "Soon", importance: "Urgent" });
  await silent(second, drawn);
  const fire = await server.invite({ subject: "Fire", importance: "Emergency" });
  await desktop.waitForNotification({ text: "Fire" });
  expect(await drawn()).toHaveLength(1);
  await ends(fire, "Fire");
  await second.app.clickTray("quiet:off");
  await desktop.waitForNotification({ text: "Soon" });
  await ends(soon, "Soon");

  await toldWhy(second, /Quiet hours$/);
  const coffee = await server.invite({ subject: "Coffee" });
  await silent(second, drawn);
  const late = await server.invite({ subject: "Fire", importance: "Emergency" });
  await desktop.waitForNotification({ text: "Fire" });
  await ends(late, "Fire");
  await server.control("POST", `invitations/${coffee}/cancel`);
  await expect((await second.panel()).getByRole("article")).toHaveCount(0);
  await expect.poll(async () => (await newest(await second.panel()))?.silence).toBe("Silent: quiet hours");
});
