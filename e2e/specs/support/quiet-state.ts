import { expect, type Page } from "@playwright/test";

import type { HistoryView, PanelBridge, PanelState } from "../../../preload/contract.ts";
import type { Bell } from "./bell.ts";

/** Waits until the tooltip of the icon says why it is quiet. */
export async function toldWhy(bell: Bell, why: RegExp): Promise<void> {
  await expect.poll(async () => (await bell.app.tray())?.toolTip, { timeout: 15_000 }).toMatch(why);
}

/** The icon shows it, too, which it does unless there is news. */
export async function quiet(bell: Bell, why: RegExp): Promise<void> {
  await toldWhy(bell, why);
  await expect.poll(async () => (await bell.app.tray())?.image).toMatch(/^quiet-/);
}

/** It is in the panel, and nowhere else that a person would notice. `drawn`: what the notification service draws. */
export async function silent(bell: Bell, drawn: () => Promise<readonly unknown[]>): Promise<void> {
  const panel = await bell.panel();
  await expect(panel.getByRole("article")).toHaveCount(1);
  await expect((await bell.toast()).getByRole("article")).toHaveCount(0);
  expect(await bell.app.visibleWindows()).toEqual(["panel"]);
  expect(await drawn()).toEqual([]);
}

/** What the panel is told of the newest call that is over. */
export async function newest(panel: Page): Promise<HistoryView | undefined> {
  return await panel.evaluate(
    () =>
      new Promise<PanelState["history"][number] | undefined>((resolve) => {
        const { doorbell } = globalThis as unknown as { readonly doorbell: PanelBridge };
        const stop = doorbell.subscribe(({ history }) => {
          resolve(history[0]);
          setTimeout(() => stop());
        });
      }),
  );
}
