import { readFileSync } from "node:fs";
import { join } from "node:path";

import { poll } from "./processes/poll.ts";
import { workProgram } from "./required-programs.ts";
import type { DrawnWindow, Screen } from "./screen.ts";
import type { SessionProcess, SessionProcesses } from "./processes/session-processes.ts";

const TITLE = "Somebody at work";

/** The window of another program, that a person types into: a terminal which keeps what it is given, line by line. */
export class WorkWindow implements AsyncDisposable {
  readonly #process: SessionProcess;
  readonly #screen: Screen;
  readonly #file: string;

  private constructor(process: SessionProcess, screen: Screen, file: string) {
    this.#process = process;
    this.#screen = screen;
    this.#file = file;
  }

  /** Resolves when it is drawn and has the keyboard. A window manager has to be there. */
  static async open(
    processes: SessionProcesses,
    screen: Screen,
    { folder, fullScreen }: { readonly folder: string; readonly fullScreen: boolean },
  ): Promise<WorkWindow> {
    const file = join(folder, "typed.txt");
    const look = fullScreen ? ["-fullscreen"] : ["-geometry", "58x12+60+90"];
    const program = ["-e", "/bin/sh", "-c", `printf 'Dear all,\\n' && exec cat > '${file}'`];
    const font = ["-fa", "DejaVu Sans Mono", "-fs", "11"];
    const work = new WorkWindow(
      await processes.start(workProgram(), ["-T", TITLE, ...font, ...look, ...program]),
      screen,
      file,
    );
    const window = await poll("The window to type into did not come up", () => work.#drawn());
    await screen.click(window.x + window.width / 3, window.y + window.height / 2);
    return work;
  }

  /** Every whole line that was typed into it. */
  typed(): string {
    return readFileSync(this.#file, "utf8");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process.kill();
  }

  async #drawn(): Promise<DrawnWindow | undefined> {
    return (await this.#screen.programWindows(TITLE))[0];
  }
}
