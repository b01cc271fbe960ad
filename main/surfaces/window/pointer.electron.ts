import { screen, type Screen } from "electron";

import { askX11Pointer, type ScreenPoint } from "../../platform/x11-pointer.ts";
import type { Point } from "./area.ts";
import { pointerPoint } from "./screens.electron.ts";

/** What takes longer on this machine comes too late: what has been shown for so long may be clicked at any moment. */
const ANSWER_MS = 500;

export interface PointerFacts {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Where the pointer is, for what is to come up where the person works. Under X11 the X server is asked, which
 * takes some 5 ms; nothing waits for the answer. Under Wayland nobody may know it.
 */
export class Pointer {
  readonly #facts: PointerFacts;
  #asked: Point | null = null;

  constructor(facts: PointerFacts) {
    this.#facts = facts;
  }

  /** To be called as soon as something is going to be shown; `answered` is told when the point is known anew. */
  look(answered: () => void): void {
    const { platform, env } = this.#facts;
    this.#asked = null;
    if (platform !== "linux" || env["WAYLAND_DISPLAY"]) return;
    void askX11Pointer(env, ANSWER_MS).then((point) => {
      if (point === null) return;
      this.#asked = inDips(point);
      answered();
    });
  }

  /** In device-independent pixels; null where it is not known, or not yet. */
  get point(): Point | null {
    return this.#facts.platform === "linux" ? this.#asked : pointerPoint();
  }
}

/** Electron 33 cannot convert it on Linux; there all screens have one scale, unless somebody has gone to great lengths. */
function inDips(point: ScreenPoint): Point {
  if ("screenToDipPoint" in screen) return screen.screenToDipPoint(point);
  const { scaleFactor } = (screen as Screen).getPrimaryDisplay();
  return { x: point.x / scaleFactor, y: point.y / scaleFactor };
}
