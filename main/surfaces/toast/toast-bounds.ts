import { clamped, screenAt, type Area, type Point, type ScreenView } from "../window/area.ts";

const WIDTH = 380;
const GAP = 12;
const LEAST_HEIGHT = 60;

/**
 * Where the toast lies in the free area of a screen: in the corner where the system shows its own notifications, never
 * outside it. In device-independent pixels. Pure.
 */
export function toastBounds(area: Area, height: number, platform: NodeJS.Platform): Area {
  const fitting = Math.max(LEAST_HEIGHT, Math.min(Math.ceil(height), area.height - 2 * GAP));
  const top = platform !== "win32";
  const wished = {
    x: area.x + area.width - WIDTH - GAP,
    y: top ? area.y + GAP : area.y + area.height - fitting - GAP,
    width: WIDTH,
    height: fitting,
  };
  return clamped(wished, area);
}

/**
 * The screen of the toast: the one that it is on already, as long as that is there, because what moves cannot be
 * clicked; else the one with the pointer, where the person works, or the first one where nobody knows the pointer. Null
 * when there is no screen. Pure.
 */
export function toastScreen(
  screens: readonly ScreenView[],
  shownOn: number | null,
  pointer: Point | null,
): ScreenView | null {
  return screens.find(({ id }) => id === shownOn) ?? screenAt(screens, pointer);
}
