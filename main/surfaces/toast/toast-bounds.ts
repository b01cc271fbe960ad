export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const WIDTH = 380;
const GAP = 12;
const LEAST_HEIGHT = 60;

/**
 * Where the toast lies in the free area of a screen: in the corner where the system shows its own notifications, never
 * higher than the screen. In device-independent pixels. Pure.
 */
export function toastBounds(area: Area, height: number, platform: NodeJS.Platform): Area {
  const width = Math.min(WIDTH, area.width);
  const fitting = Math.max(LEAST_HEIGHT, Math.min(Math.ceil(height), area.height - 2 * GAP));
  const top = platform !== "win32";
  return {
    x: Math.max(area.x, area.x + area.width - width - GAP),
    y: top ? area.y + GAP : area.y + area.height - fitting - GAP,
    width,
    height: fitting,
  };
}
