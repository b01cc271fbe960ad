import type { Programs } from "./required-programs.ts";
import type { SessionProcesses } from "./processes/session-processes.ts";

/** A window as X sees it. Pixels of the screen. */
export interface DrawnWindow {
  readonly id: string;
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Area = Readonly<Record<"x" | "y" | "width" | "height", number>>;

/** The virtual display: its pointer, its windows, its picture. */
export class Screen {
  readonly #programs: Programs;
  readonly #processes: SessionProcesses;

  constructor(programs: Programs, processes: SessionProcesses) {
    this.#programs = programs;
    this.#processes = processes;
  }

  /** Moves the pointer to a point of the screen and presses the first mouse button. */
  async click(x: number, y: number): Promise<void> {
    await this.#pointer("mousemove", ...point(x, y), "click", "1");
  }

  /** The same with the second button, which opens a menu. */
  async clickSecond(x: number, y: number): Promise<void> {
    await this.#pointer("mousemove", ...point(x, y), "click", "3");
  }

  /** The same with the third button, the middle one. */
  async clickMiddle(x: number, y: number): Promise<void> {
    await this.#pointer("mousemove", ...point(x, y), "click", "2");
  }

  /** The first button again and again at one place, `everyMs` apart: twice is a double click. */
  async clickAgain(x: number, y: number, times: number, everyMs: number): Promise<void> {
    const repeat = ["click", "--repeat", String(times), "--delay", String(everyMs), "1"];
    await this.#pointer("mousemove", ...point(x, y), ...repeat);
  }

  async movePointer(x: number, y: number): Promise<void> {
    await this.#pointer("mousemove", ...point(x, y));
  }

  /** Presses keys one after the other, each by its X name with its modifiers, such as `ctrl+shift+i`. */
  async pressKeys(...keys: readonly string[]): Promise<void> {
    await this.#pointer("key", "--clearmodifiers", ...keys);
  }

  /** Gives a window the keyboard, as a window manager does. */
  async focus(windowId: string): Promise<void> {
    await this.#pointer("windowfocus", "--sync", windowId);
  }

  /** Types into whatever has the keyboard, as a person does. */
  async type(text: string): Promise<void> {
    await this.#pointer("type", "--delay", "20", text);
  }

  /** The top-level windows on the screen that have a name; the root window has none. */
  async windows(): Promise<readonly DrawnWindow[]> {
    const found = await this.#search("--maxdepth", "1", "--name", "");
    return await this.#namedOf(found);
  }

  /** The windows with exactly this name, also within the frames of a window manager. */
  async programWindows(name: string): Promise<readonly DrawnWindow[]> {
    return await this.#namedOf(await this.#search("--name", `^${name}$`));
  }

  /** The message box that a program has opened. Null when there is none. */
  async messageBox(): Promise<DrawnWindow | null> {
    const found = await this.#search("--maxdepth", "1", "--name", "^(Doorbell)?$");
    const windows = await Promise.all(found.map((id) => this.#geometry(id)));
    // The root window and the panel are higher, and toolkits keep small windows that show nothing.
    const isBox = (window: DrawnWindow | null): window is DrawnWindow =>
      window !== null && window.width > 100 && window.height > 50 && window.height < 400;
    return windows.find(isBox) ?? null;
  }

  /** Writes a picture of the whole screen; the ending of `path` says which format. */
  async screenshot(path: string): Promise<void> {
    await this.#processes.run(this.#programs.screenshot, ["-silent", "-window", "root", path]);
  }

  /** A hash over the colours of a part of the screen: equal where it looks the same. */
  async pixels({ x, y, width, height }: Area): Promise<string> {
    const part = ["-crop", `${width}x${height}+${x}+${y}`, "+repage", "-format", "%#", "info:-"];
    return await this.#processes.run(this.#programs.screenshot, ["-silent", "-window", "root", ...part]);
  }

  /** The smallest area that holds all that looks otherwise within a part of the screen than in an earlier picture; null when nothing does. */
  async changedSince(picture: string, { x, y, width, height }: Area): Promise<Area | null> {
    const part = ["-crop", `${width}x${height}+${x}+${y}`, "+repage"];
    const now = `${picture}.now.png`;
    await this.screenshot(now);
    const both = ["(", picture, ...part, ")", "(", now, ...part, ")"];
    const difference = [
      "-compose",
      "difference",
      "-composite",
      "-threshold",
      "5%",
      "-format",
      "%[max] %@",
      "info:-",
    ];
    const told = await this.#processes.run(this.#programs.comparison, [...both, ...difference]);
    const [most, wide, high, left, top] = told.split(/[ x+]/).map(Number);
    if (most === 0 || wide === undefined || high === undefined || left === undefined || top === undefined)
      return null;
    return { x: x + left, y: y + top, width: wide, height: high };
  }

  /** Cuts an area out of a picture and writes it elsewhere. */
  async cutOut(picture: string, { x, y, width, height }: Area, path: string): Promise<void> {
    const part = ["-crop", `${width}x${height}+${x}+${y}`, "+repage"];
    await this.#processes.run(this.#programs.comparison, [picture, ...part, path]);
  }

  /** The ids of the windows that can be seen and are like this. */
  async #search(...like: readonly string[]): Promise<readonly string[]> {
    const search = ["search", "--onlyvisible", ...like];
    // xdotool fails when it finds none.
    const ids = await this.#processes.run(this.#programs.pointer, search).catch(() => "");
    return ids.split("\n").filter((id) => id !== "");
  }

  async #namedOf(ids: readonly string[]): Promise<readonly DrawnWindow[]> {
    const windows = await Promise.all(ids.map((id) => this.#window(id)));
    return windows.filter((window) => window !== null);
  }

  async drawBackground(width: number, height: number): Promise<void> {
    const size = `${width}x${height}`;
    // It ends with 1 also when it has drawn; a bare background is no reason to fail.
    await this.#processes
      .run(this.#programs.background, ["-window", "root", "-size", size, "gradient:#274b63-#4f7f96"])
      .catch(() => "");
  }

  async #pointer(...args: readonly string[]): Promise<void> {
    await this.#processes.run(this.#programs.pointer, args);
  }

  async #window(id: string): Promise<DrawnWindow | null> {
    const window = await this.#geometry(id);
    return window?.name === "" ? null : window;
  }

  /** Null when it closed while being asked. */
  async #geometry(id: string): Promise<DrawnWindow | null> {
    const text = await this.#processes
      .run(this.#programs.pointer, ["getwindowgeometry", "--shell", id, "getwindowname", id])
      .catch(() => "");
    if (!text.includes("SCREEN=")) return null;
    const name = /^SCREEN=.*\n(.+)$/m.exec(text)?.[1] ?? "";
    const number = (key: string) => Number(new RegExp(`^${key}=(-?\\d+)$`, "m").exec(text)?.[1]);
    return { id, name, x: number("X"), y: number("Y"), width: number("WIDTH"), height: number("HEIGHT") };
  }
}

function point(x: number, y: number): readonly [string, string] {
  return [String(Math.round(x)), String(Math.round(y))];
}
