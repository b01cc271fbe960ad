import { screen } from "electron";

import type { Owned } from "../../platform/owned.ts";
import type { Point, ScreenView } from "./area.ts";

/** The screens that there are now, the primary one first. */
export function allScreens(): readonly ScreenView[] {
  const primary = screen.getPrimaryDisplay().id;
  return screen.getAllDisplays().toSorted((a, b) => Number(b.id === primary) - Number(a.id === primary));
}

/**
 * Where the pointer is; null where Electron does not know. On Linux it tells where the pointer was over a window of
 * ours the last time, under Wayland nothing at all, and it ended the program there when there was no window yet
 * (electron/electron#42519, #51153, #50092). `Pointer` asks the X server there.
 */
export function pointerPoint(): Point | null {
  return process.platform === "linux" ? null : screen.getCursorScreenPoint();
}

/** Tells of every screen that comes, goes, or changes its size, scale or free area, until `owned` ends. */
export function onScreenChange(owned: Owned, changed: () => void): void {
  owned.listen(screen, "display-added", changed);
  owned.listen(screen, "display-removed", changed);
  owned.listen(screen, "display-metrics-changed", changed);
}
