import { app } from "./app.ts";
import { preventable, StandInEmitter } from "./strict.ts";

type Implemented =
  | "isDestroyed"
  | "setAlwaysOnTop"
  | "isAlwaysOnTop"
  | "moveTop"
  | "flashFrame"
  | "setBounds"
  | "getBounds"
  | "setContentBounds"
  | "getContentBounds"
  | "setSize"
  | "getSize"
  | "setContentSize"
  | "getContentSize"
  | "setMinimumSize"
  | "getMinimumSize"
  | "setPosition"
  | "getPosition"
  | "center"
  | "setTitle"
  | "getTitle"
  | "setMenu"
  | "removeMenu"
  | "setMenuBarVisibility"
  | "setAutoHideMenuBar"
  | "setSkipTaskbar"
  | "setResizable"
  | "setVisibleOnAllWorkspaces"
  | "setFocusable"
  | "setIcon"
  | "setBackgroundColor"
  | "setOpacity"
  | "setContentProtection"
  | "setProgressBar";

/**
 * What a window is besides its page: where it stands, in points of the screen, what it is called, and what the window
 * manager is asked for. The latter is taken and not drawn.
 */
export abstract class PlacedWindow
  extends StandInEmitter
  implements Pick<Electron.BrowserWindow, Implemented>
{
  #bounds: Electron.Rectangle;
  #minimum: readonly [number, number];
  #onTop: boolean;
  #title: string;
  /** For the driver: what a person would notice. */
  readonly drawn: { flashing: boolean; skipTaskbar: boolean };

  constructor(
    options: Electron.BrowserWindowConstructorOptions,
    emitted: readonly string[],
    never: readonly string[],
  ) {
    super([...emitted, "always-on-top-changed", "move", "resize"], [...never, "moved", "resized"]);
    const { x = 0, y = 0, width = 800, height = 600, minWidth = 0, minHeight = 0 } = options;
    this.#bounds = { x, y, width, height };
    this.#minimum = [minWidth, minHeight];
    this.#onTop = options.alwaysOnTop ?? false;
    this.#title = options.title ?? app.getName();
    this.drawn = { flashing: false, skipTaskbar: options.skipTaskbar ?? false };
  }

  abstract isDestroyed(): boolean;

  /** The page is to follow. */
  protected abstract placePage(): void;

  /** Throws as Electron's objects do when they are gone. */
  protected alive(): void {
    if (this.isDestroyed()) throw new TypeError("Object has been destroyed");
  }

  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.alive();
    const before = this.#bounds;
    const wanted = { ...before, ...bounds };
    for (const [name, value] of Object.entries(wanted))
      if (!Number.isInteger(value))
        throw new TypeError(`Error processing argument: ${name} is not a whole number`);
    const [width, height] = this.#minimum;
    this.#bounds = {
      ...wanted,
      width: Math.max(wanted.width, width),
      height: Math.max(wanted.height, height),
    };
    const { x, y, width: wide, height: high } = this.#bounds;
    if (before.x !== x || before.y !== y) this.emit("move");
    if (before.width !== wide || before.height !== high) this.emit("resize");
    this.placePage();
  }

  getBounds(): Electron.Rectangle {
    this.alive();
    return { ...this.#bounds };
  }

  setContentBounds(bounds: Electron.Rectangle): void {
    this.setBounds(bounds);
  }

  getContentBounds(): Electron.Rectangle {
    return this.getBounds();
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  getSize(): number[] {
    const { width, height } = this.getBounds();
    return [width, height];
  }

  setContentSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  getContentSize(): number[] {
    return this.getSize();
  }

  setMinimumSize(width: number, height: number): void {
    this.alive();
    this.#minimum = [width, height];
  }

  getMinimumSize(): number[] {
    return [...this.#minimum];
  }

  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }

  getPosition(): number[] {
    const { x, y } = this.getBounds();
    return [x, y];
  }

  center(): void {
    this.alive();
  }

  setTitle(title: string): void {
    this.alive();
    this.#title = title;
  }

  getTitle(): string {
    return this.#title;
  }

  setAlwaysOnTop(flag: boolean): void {
    this.alive();
    const changed = this.#onTop !== flag;
    this.#onTop = flag;
    if (changed) this.emit("always-on-top-changed", preventable({}), flag);
  }

  isAlwaysOnTop(): boolean {
    return this.#onTop;
  }

  moveTop(): void {
    this.alive();
  }

  flashFrame(flag: boolean): void {
    this.alive();
    this.drawn.flashing = flag;
  }

  setSkipTaskbar(skip: boolean): void {
    this.alive();
    this.drawn.skipTaskbar = skip;
  }

  setMenu(): void {}
  removeMenu(): void {}
  setMenuBarVisibility(): void {}
  setAutoHideMenuBar(): void {}
  setResizable(): void {}
  setVisibleOnAllWorkspaces(): void {}
  setFocusable(): void {}
  setIcon(): void {}
  setBackgroundColor(): void {}
  setOpacity(): void {}
  setContentProtection(): void {}
  setProgressBar(): void {}
}
