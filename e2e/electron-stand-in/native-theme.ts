import { StandInEmitter } from "./strict.ts";

type Implemented =
  | "shouldUseDarkColors"
  | "themeSource"
  | "shouldUseHighContrastColors"
  | "prefersReducedTransparency";

/** Light, unless the program asks otherwise or the driver changes what the system prefers. */
export class NativeTheme extends StandInEmitter implements Pick<Electron.NativeTheme, Implemented> {
  #source: Electron.NativeTheme["themeSource"] = "system";
  #systemIsDark = process.env["DOORBELL_STAND_IN_DARK"] === "1";
  readonly shouldUseHighContrastColors = false;
  readonly prefersReducedTransparency = false;

  constructor() {
    super(["updated"]);
    // Every window listens.
    this.setMaxListeners(0);
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === "dark" || (this.#source === "system" && this.#systemIsDark);
  }

  get themeSource(): Electron.NativeTheme["themeSource"] {
    return this.#source;
  }

  set themeSource(source: Electron.NativeTheme["themeSource"]) {
    if (!["system", "light", "dark"].includes(source)) throw new TypeError("Invalid theme source");
    const before = this.shouldUseDarkColors;
    this.#source = source;
    if (before !== this.shouldUseDarkColors) this.emit("updated");
  }

  /** For the driver: the system's preference changes. */
  systemPrefers(dark: boolean): void {
    const before = this.shouldUseDarkColors;
    this.#systemIsDark = dark;
    if (before !== this.shouldUseDarkColors) this.emit("updated");
  }
}

export const nativeTheme = new NativeTheme();
