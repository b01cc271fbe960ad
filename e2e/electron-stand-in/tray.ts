import type { Menu } from "./menu.ts";
import { imageOf, type NativeImage } from "./native-image.ts";
import { StandInEmitter } from "./strict.ts";

const EMITTED = ["click", "right-click", "double-click", "middle-click"];
const NEVER = ["mouse-enter", "mouse-leave", "mouse-move", "mouse-up", "mouse-down", "balloon-click", "drop"];
type Implemented =
  | "setToolTip"
  | "setTitle"
  | "getTitle"
  | "destroy"
  | "isDestroyed"
  | "setIgnoreDoubleClickEvents"
  | "getBounds";

const trays = new Set<Tray>();

/** An icon in the tray, kept for whoever looks: nothing is drawn. */
export class Tray extends StandInEmitter implements Pick<Electron.Tray, Implemented> {
  #image: NativeImage;
  #toolTip = "";
  #title = "";
  #menu: Menu | null = null;
  #destroyed = false;

  constructor(image: NativeImage | string, guid?: string) {
    super(EMITTED, NEVER);
    // Electron's own check lets undefined through only when the argument was left out.
    if (guid === undefined && arguments.length > 1) throw new TypeError("Invalid GUID format");
    this.#image = imageOf(image);
    trays.add(this);
  }

  setImage(image: NativeImage | string): void {
    this.#alive();
    this.#image = imageOf(image);
  }

  setPressedImage(): void {
    this.#alive();
  }

  setToolTip(toolTip: string): void {
    this.#alive();
    this.#toolTip = toolTip;
  }

  setTitle(title: string): void {
    this.#alive();
    this.#title = title;
  }

  getTitle(): string {
    return this.#title;
  }

  setContextMenu(menu: Menu | null): void {
    this.#alive();
    this.#menu = menu;
  }

  setIgnoreDoubleClickEvents(): void {
    this.#alive();
  }

  getBounds(): Electron.Rectangle {
    return { x: 0, y: 0, width: 0, height: 0 };
  }

  destroy(): void {
    this.#destroyed = true;
    trays.delete(this);
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  /** For the driver: what a person would see. */
  get drawn(): {
    readonly image: NativeImage;
    readonly toolTip: string;
    readonly title: string;
    readonly menu: Menu | null;
  } {
    return { image: this.#image, toolTip: this.#toolTip, title: this.#title, menu: this.#menu };
  }

  #alive(): void {
    if (this.#destroyed) throw new TypeError("Object has been destroyed");
  }
}

/** For the driver: every icon that is in the tray now. */
export const shownTrays = (): readonly Tray[] => [...trays];
