import type { BrowserWindowConstructorOptions } from "electron";

import { texts } from "../../../locales/texts.ts";
import type { ToastState } from "../../../preload/contract.ts";
import type { Cancel } from "../../platform/ports.ts";
import type { Area } from "../window/area.ts";
import { HardenedWindow, type WindowParts } from "../window/hardened-window.electron.ts";
import type { Pointer } from "../window/pointer.electron.ts";
import { allScreens, onScreenChange } from "../window/screens.electron.ts";
import { toastBounds, toastScreen } from "./toast-bounds.ts";
import { toastShape } from "./toast-shape.ts";

/** A page that has not said its height by then is shown at this height for each toast, of which it shows no more than these. */
const PATIENCE_MS = 400;
const TYPICAL_HEIGHT = 180;
const MOST = 3;

/**
 * The small window on top of the others while something rings on it, on the screen where the person works. It never
 * takes the focus from what the person is typing into; whoever uses the keyboard finds the same in the panel and in the
 * tray.
 */
export class ToastWindow {
  /** Made when its page is first wanted: at the start others come first. */
  #hardened: HardenedWindow | null = null;
  readonly #parts: WindowParts;
  readonly #platform: NodeJS.Platform;
  readonly #pointer: Pointer;
  #count = 0;
  /** That the page needs; 0 as long as it has not said so. */
  #height = 0;
  /** That it was shown at last. */
  #shownHeight = 0;
  /** It has been given a place, and its corners. */
  #placed = false;
  /** The screen that it is shown on; null while it is hidden. */
  #screen: number | null = null;
  #impatience: Cancel | null = null;

  constructor(parts: WindowParts, platform: NodeJS.Platform, pointer: Pointer) {
    this.#parts = parts;
    this.#platform = platform;
    this.#pointer = pointer;
  }

  get contentsId(): number | null {
    return this.#hardened?.contentsId ?? null;
  }

  push(state: ToastState): void {
    this.#hardened?.push("toast.state", state);
    if (this.#count === 0 && state.invitations.length > 0) this.#lookForPointer();
    this.#count = state.invitations.length;
    if (this.#count > 0 || state.sound.loop !== null || state.sound.once !== null) this.revive();
    if (this.#count === 0) this.#hide();
    else if (this.#height === 0) this.#expectHeight();
  }

  /** The page says how much room it needs; nothing when it is empty. */
  fit(height: number): void {
    this.#height = height;
    if (height === 0 || this.#count === 0) return;
    this.#impatience?.();
    this.#impatience = null;
    this.#showAt(height);
  }

  /** Its page is loaded, unless it is there: at first, and again if it was given up. */
  revive(): void {
    this.#hardened ??= this.#made();
    this.#hardened.revive();
  }

  #lookForPointer(): void {
    if (allScreens().length < 2) return;
    this.#pointer.look(() => {
      // On a busy machine the page may have been drawn first.
      if (this.#screen === null) return;
      this.#screen = null;
      this.#showAt(this.#shownHeight);
    });
  }

  #expectHeight(): void {
    this.#impatience ??= this.#parts.clock.after(PATIENCE_MS, () => {
      this.#impatience = null;
      this.#showAt(Math.min(this.#count, MOST) * TYPICAL_HEIGHT);
    });
  }

  #showAt(height: number): void {
    // Without any screen there is nowhere to show it, until one comes.
    const screen = toastScreen(allScreens(), this.#screen, this.#pointer.point);
    const hardened = this.#hardened;
    if (hardened === null || hardened.window.isDestroyed() || screen === null) return;
    this.#screen = screen.id;
    this.#shownHeight = height;
    this.#placeAt(hardened, toastBounds(screen.workArea, height, this.#platform));
    if (!hardened.window.isVisible()) hardened.window.showInactive();
  }

  /** Most rings need the same room as the one before: then nothing is asked of the window system. */
  #placeAt(hardened: HardenedWindow, bounds: Area): void {
    const { window } = hardened;
    const before = window.getBounds();
    const moved = bounds.x !== before.x || bounds.y !== before.y;
    if (this.#placed && !moved && bounds.width === before.width && bounds.height === before.height) return;
    this.#placed = true;
    window.setBounds(bounds);
    // Windows and macOS draw the corners of a window themselves.
    if (this.#platform === "linux") window.setShape(toastShape(bounds));
    if (moved) hardened.placed();
  }

  #hide(): void {
    this.#impatience?.();
    this.#impatience = null;
    this.#height = 0;
    this.#screen = null;
    const window = this.#hardened?.window;
    if (window?.isDestroyed() === false) window.hide();
  }

  #made(): HardenedWindow {
    const first = toastScreen(allScreens(), null, this.#pointer.point);
    const hardened = new HardenedWindow("toast", this.#parts, {
      title: texts.program.windows.invitation,
      ...(first === null ? {} : toastBounds(first.workArea, TYPICAL_HEIGHT, this.#platform)),
      frame: false,
      resizable: false,
      movable: false,
      minimizable: false,
      maximizable: false,
      fullscreenable: false,
      skipTaskbar: true,
      alwaysOnTop: true,
      focusable: false,
      backgroundColor: "#ffffff",
      ...typeFor(this.#platform),
    });
    const { window, owned } = hardened;
    owned.add(() => this.#impatience?.());
    window.setAlwaysOnTop(true, "screen-saver");
    // On macOS a window of this type lies over full-screen programs by itself. What is skipped there would take the
    // program out of the Dock for good.
    window.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true, skipTransformProcessType: true });
    onScreenChange(owned, () => {
      if (this.#screen !== null) this.#showAt(this.#shownHeight);
    });
    return hardened;
  }
}

function typeFor(platform: NodeJS.Platform): Pick<BrowserWindowConstructorOptions, "type"> {
  if (platform === "linux") return { type: "notification" };
  return platform === "darwin" ? { type: "panel" } : {};
}
