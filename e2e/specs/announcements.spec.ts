import type { Page } from "@playwright/test";

import { CALLER, expect, test } from "./support/test.ts";

const SECOND = { name: "Sara Davis", uri: "sip:sara@contoso.example" };

test("one window tells a screen reader of a call", async ({ server, bell: start }) => {
  const bell = await (await start()).online();
  await bell.setNotifications(false);
  const [panel, toast] = [await bell.panel(), await bell.toast()];
  const told = (page: Page) => page.getByRole("alert").getByRole("paragraph");
  await server.invite();
  await expect(toast.getByRole("article")).toHaveCount(1);
  await expect(told(panel)).toHaveText([new RegExp(CALLER.name)]);
  await expect(told(toast)).toHaveCount(0);
  await bell.app.closeWindow("panel");
  await expect.poll(() => bell.app.visibleWindows()).toEqual(["toast"]);
  await server.invite({ from: SECOND });
  await expect(toast.getByRole("article")).toHaveCount(2);
  await expect(told(toast)).toHaveText([new RegExp(SECOND.name)]);
  await expect(told(panel)).toHaveText([new RegExp(CALLER.name)]);
});
