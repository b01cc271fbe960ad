/** A point of the desktop that all screens make up, in device-independent pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle there. */
export interface Area extends Point {
  readonly width: number;
  readonly height: number;
}

/** A screen, as far as windows are placed on it. */
export interface ScreenView {
  readonly id: number;
  /** What the panels of the desktop leave free. */
  readonly workArea: Area;
}

/** Whether all of `inner` lies within `outer`. Pure. */
export function contains(outer: Area, inner: Area): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

/** The part of an area that is nearest to what was wished: moved as little as possible, made smaller where needed. Pure. */
export function clamped(wished: Area, outer: Area): Area {
  const width = Math.min(wished.width, outer.width);
  const height = Math.min(wished.height, outer.height);
  return {
    x: Math.min(Math.max(wished.x, outer.x), outer.x + outer.width - width),
    y: Math.min(Math.max(wished.y, outer.y), outer.y + outer.height - height),
    width,
    height,
  };
}

/**
 * The screen that a point is on, or the nearest to it; the first one when the point is not known, and null when there is
 * no screen at all. Pure.
 */
export function screenAt<Screen extends ScreenView>(
  screens: readonly Screen[],
  point: Point | null,
): Screen | null {
  return best(screens, ({ workArea }) => (point === null ? 0 : -distance(workArea, point)));
}

/** The screen with the largest part of an area; without any part of it, the nearest one. Pure. */
export function screenOf<Screen extends ScreenView>(screens: readonly Screen[], area: Area): Screen | null {
  const middle = { x: area.x + area.width / 2, y: area.y + area.height / 2 };
  return best(screens, ({ workArea }) => overlap(workArea, area) || -distance(workArea, middle));
}

function best<Screen>(screens: readonly Screen[], valueOf: (screen: Screen) => number): Screen | null {
  let found: Screen | null = null;
  let most = -Infinity;
  for (const screen of screens) {
    const value = valueOf(screen);
    if (value <= most) continue;
    found = screen;
    most = value;
  }
  return found;
}

function overlap(one: Area, other: Area): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return Math.max(0, width) * Math.max(0, height);
}

function distance({ x, y, width, height }: Area, point: Point): number {
  const dx = Math.max(x - point.x, 0, point.x - (x + width - 1));
  const dy = Math.max(y - point.y, 0, point.y - (y + height - 1));
  return Math.hypot(dx, dy);
}
