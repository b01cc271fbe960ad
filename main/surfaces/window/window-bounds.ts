import { clamped, contains, screenAt, screenOf, type Area, type Point, type ScreenView } from "./area.ts";

/** In device-independent pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A window's first place, as Electron takes it. */
export interface FirstPlace extends Area {
  readonly minWidth: number;
  readonly minHeight: number;
}

/** What a window manager may need above a window for its title; bounds do not count it. */
const TITLE_BAR = 40;

/**
 * In the middle of the screen with the pointer, or of the first screen, and no larger than its free area, whatever size is wished and whatever
 * is the least that a person may choose later. Undefined when there is no screen. Pure.
 */
export function firstPlace(
  screens: readonly ScreenView[],
  pointer: Point | null,
  wished: Size,
  least: Size,
): FirstPlace | undefined {
  const screen = screenAt(screens, pointer);
  if (screen === null) return undefined;
  const area = belowTitle(screen.workArea);
  const width = Math.min(wished.width, area.width);
  const height = Math.min(wished.height, area.height);
  return {
    x: area.x + Math.floor((area.width - width) / 2),
    y: area.y + Math.floor((area.height - height) / 2),
    width,
    height,
    minWidth: Math.min(least.width, width),
    minHeight: Math.min(least.height, height),
  };
}

/**
 * Where a window has to go so that a person sees all of it: null when it can stay, or when there is no screen. It goes
 * to the screen that shows most of it, and is made smaller only where it is larger than that. Pure.
 */
export function boundsOnScreen(screens: readonly ScreenView[], bounds: Area): Area | null {
  if (screens.some(({ workArea }) => contains(workArea, bounds))) return null;
  const screen = screenOf(screens, bounds);
  return screen === null ? null : clamped(bounds, belowTitle(screen.workArea));
}

function belowTitle({ x, y, width, height }: Area): Area {
  const title = Math.min(TITLE_BAR, height - 1);
  return { x, y: y + title, width, height: height - title };
}
