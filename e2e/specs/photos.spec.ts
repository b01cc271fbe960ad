import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";

import { CALLER, expect, test } from "./support/test.ts";

/** Whether the caller's photo is drawn, and not only asked for. */
async function isDrawn(page: Page, list: string): Promise<boolean> {
  return await page
    .locator(`${list} .avatar img`)
    .first()
    .evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 0);
}

test("a call rings without its caller's photo, which comes into what rings, and the next one has it at once", async ({
  desktop,
  server,
  bell: start,
  picture,
}) => {
  const bell = await (await start()).online();
  const panel = await bell.panel();
  await server.control("PUT", "switches", { photos: "shown" });
  await server.control("POST", "faults", { endpoint: "contactPhoto", stall: "beforeHeaders", forMs: 3_000 });
  await server.invite({ subject: "Budget" });
  const { frame, buttons } = await desktop.waitForNotification({ text: CALLER.name });
  const where = { x: frame.x, y: frame.y, width: 64, height: frame.height };
  await desktop.screen.movePointer(20, 780);
  const before = await desktop.screen.pixels(where);
  await picture("without");
  expect(await panel.locator(".invitations .avatar img").count()).toBe(0);

  await expect.poll(() => desktop.screen.pixels(where)).not.toBe(before);
  await picture("with");
  const [only, ...others] = await desktop.notifications();
  expect(others).toEqual([]);
  expect(only?.buttons).toEqual(buttons);
  await expect.poll(() => isDrawn(panel, ".invitations")).toBe(true);
  const folder = join(desktop.env["XDG_RUNTIME_DIR"] ?? "", "doorbell");
  const photos = readdirSync(folder).find((name) => name.startsWith("photos-")) ?? "";
  expect(readdirSync(join(folder, photos))).toHaveLength(1);
  expect(statSync(join(folder, photos)).mode & 0o077).toBe(0);

  await desktop.clickButton("Decline", { text: CALLER.name });
  await desktop.waitForNoNotification();
  await expect.poll(() => isDrawn(panel, ".history")).toBe(true);

  await test.step("on the toast, where it is at once", async () => {
    await bell.setNotifications(false);
    await server.invite({ subject: "Again" });
    const toast = await bell.toast();
    await expect(toast.getByRole("article")).toHaveCount(1);
    await expect.poll(() => isDrawn(toast, ".invitations")).toBe(true);
    await picture("toast");
  });

  await test.step("and one that has gone before a page asks for it is no error", async () => {
    const failed = await panel.evaluate(
      () =>
        new Promise((resolve) => {
          const image = new Image();
          image.addEventListener("error", () => resolve(true));
          image.addEventListener("load", () => resolve(false));
          image.src = "photos/99";
        }),
    );
    expect(failed).toBe(true);
  });

  const asked = (await server.state()).requests.filter(({ endpoint }) => endpoint === "contactPhoto");
  expect(asked).toHaveLength(1);
  await bell.app.close();
  expect(readdirSync(folder).filter((name) => name.startsWith("photos-"))).toEqual([]);
});
