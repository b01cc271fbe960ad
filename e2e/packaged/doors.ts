import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What a foreign script that was run leaves behind. */
const mark = (folder: string) => join(folder, "somebody-came-in");

/**
 * Everything by which a program on Electron lets a stranger in who may only set its arguments and its environment. An
 * installed Doorbell is started with all of it, and nothing may come of it.
 */
export interface Doors {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Whether a stranger's script has run. */
  wereOpen(): boolean;
}

/** `folder`: one that the program can read and write. */
export function openAllDoors(folder: string): Doors {
  const script = join(folder, "stranger.cjs");
  writeFileSync(script, scriptLeaving(mark(folder)));
  return {
    // The two ports are chosen by the system. `-r` is how the tests come into the unpacked program.
    args: [
      "--inspect=0",
      "--remote-debugging-port=0",
      "--remote-debugging-pipe",
      "-r",
      script,
      `--require=${script}`,
    ],
    env: { ELECTRON_RUN_AS_NODE: "1", NODE_OPTIONS: `--require=${script}` },
    wereOpen: () => existsSync(mark(folder)),
  };
}

/** Puts an app of a stranger's in the place of the program's archive. `folder` is as above. */
export function replaceArchive(resources: string, folder: string): void {
  renameSync(join(resources, "app.asar"), join(resources, "taken-away.asar"));
  const app = join(resources, "app");
  mkdirSync(app);
  writeFileSync(join(app, "package.json"), JSON.stringify({ name: "stranger", main: "main.cjs" }));
  writeFileSync(join(app, "main.cjs"), scriptLeaving(mark(folder)));
}

function scriptLeaving(path: string): string {
  return `require("node:fs").writeFileSync(${JSON.stringify(path)}, "");\n`;
}
