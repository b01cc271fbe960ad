import type { Area } from "../window/area.ts";

const RADIUS = 12;

/**
 * What is left of a window of this size when its corners are rounded: areas that together make it up, in
 * device-independent pixels. For where a corner can be cut off and cannot be seen through, as under X11 without a
 * compositing manager. Pure.
 */
export function toastShape({ width, height }: Pick<Area, "width" | "height">): Area[] {
  const radius = Math.min(RADIUS, Math.floor(Math.min(width, height) / 2));
  const rows = Array.from({ length: radius }, (_, y) => {
    const inset = Math.round(radius - Math.sqrt(radius ** 2 - (radius - y - 0.5) ** 2));
    return { x: inset, y, width: width - 2 * inset, height: 1 };
  });
  const middle = { x: 0, y: radius, width, height: height - 2 * radius };
  return [...rows, middle, ...rows.map((row) => ({ ...row, y: height - 1 - row.y }))];
}
