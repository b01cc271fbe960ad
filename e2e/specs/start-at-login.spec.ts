import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { breachesOfAccessibility } from "./support/axe.ts";
import { expect, test } from "./support/test.ts";

// What starts with the desktop belongs to it.
test.use({ ownDesktop: true });

test("the start with the desktop is offered once, and the settings show and change what the desktop does", async ({
  desktop,
  bell: start,
  picture,
}) => {
  test.setTimeout(120_000);
  const folder = join(desktop.env["XDG_CONFIG_HOME"] ?? "", "autostart");
  const path = join(folder, "doorbell.desktop");
  const files = () => {
    try {
      return readdirSync(folder);
    } catch {
      return [];
    }
  };
  const bell = await (await start({ args: ["--offer-start-at-login"] })).online();
  const panel = await bell.panel();
  const offer = panel.getByRole("heading", { name: "Start Doorbell when you sign in to this computer?" });

  await expect(offer).toBeVisible();
  await picture("offer");
  expect(await breachesOfAccessibility(panel)).toEqual([]);
  expect(files()).toEqual([]);
  await panel.getByRole("button", { name: "Yes" }).click();
  await expect(offer).toHaveCount(0);
  expect(files()).toEqual(["doorbell.desktop"]);
  const program = await bell.app.program.evaluate(({ app }) => [process.execPath, app.getAppPath()]);
  expect(readFileSync(path, "utf8")).toContain(`\nExec=${program.join(" ")} --hidden\n`);

  await panel.getByRole("button", { name: "Settings" }).click();
  const box = panel.getByLabel("Start Doorbell when I sign in to this computer");
  await expect(box).toBeChecked();
  await box.focus();
  await panel.keyboard.press("Space");
  await expect.poll(files).toEqual([]);
  await expect(box).not.toBeChecked();
  await box.scrollIntoViewIfNeeded();
  await picture("settings");

  await test.step("a file that somebody has removed or switched off", async () => {
    for (const meddle of [
      () => rmSync(path),
      () => writeFileSync(path, `${readFileSync(path, "utf8")}Hidden=true\n`),
    ]) {
      await box.click();
      await expect.poll(files).toEqual(["doorbell.desktop"]);
      meddle();
      await panel.getByRole("button", { name: "Back" }).click();
      await expect(offer).toHaveCount(0);
      await panel.getByRole("button", { name: "Settings" }).click();
      await expect(box).not.toBeChecked();
    }
  });

  await test.step("a folder that cannot be written", async () => {
    rmSync(folder, { recursive: true });
    writeFileSync(folder, "");
    await box.click();
    await expect(panel.locator(".message.error")).toHaveText(
      `Doorbell won't start by itself: it can't write to ${folder}.`,
    );
    await expect(box).not.toBeChecked();
    rmSync(folder);
    mkdirSync(folder);
    await box.click();
    await expect.poll(files).toEqual(["doorbell.desktop"]);
    await expect(panel.locator(".message.error")).toHaveCount(0);
  });
});
