import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { replaceArchive } from "./doors.ts";
import { PackedProgram } from "./packed-program.ts";
import { kindOf, listeningPorts } from "./processes.ts";
import { CHANGE_MS, START_MS, type Scene } from "./scene.ts";
import { until } from "./until.ts";

/** The checks that an installed program is closed. What each finds out is the text of the finding; it throws what is wrong. */

const NO_TOOLS_MS = 2_000;
const TOOL_KEYS = ["ctrl+shift+i", "ctrl+shift+j", "ctrl+shift+c", "F12"];

/** By this the program decides that it has no developer tools, and takes no debugger in. */
export async function knowsItIsPackaged({ settings }: Scene): Promise<string> {
  const log = join(settings, "logs/doorbell.log");
  const start = await until("The log tells of no start", CHANGE_MS, () =>
    existsSync(log) ? (/ start (.*)/.exec(readFileSync(log, "utf8"))?.[1] ?? null) : null,
  );
  if (!/\bpackaged=true\b/.test(start)) throw new Error(`The log says of the start: ${start}`);
  return `the log says ${start}`;
}

/** A page that was taken over can reach nothing but its window. */
export async function isSandboxed({ program }: Scene): Promise<string> {
  const pages = program.ownProcesses().filter((one) => kindOf(one) === "renderer");
  if (pages.length === 0) throw new Error("No process draws a page.");
  const open = pages.filter(({ seccomp }) => seccomp !== 2);
  if (open.length > 0) throw new Error(`${open.length} of ${pages.length} pages have no sandbox.`);
  return `renderer processes: ${pages.length}, with system calls filtered`;
}

/** It was started with all of `openAllDoors`. */
export async function nobodyCameIn({ program, doors }: Scene): Promise<string> {
  if (doors.wereOpen()) throw new Error("A script that was named from outside has run.");
  const ports = listeningPorts(program.ownProcesses());
  if (ports.length > 0) throw new Error(`It can be reached at port ${ports.join(", ")}.`);
  if (/listening on ws:/i.test(program.output)) throw new Error("It offers a debugger.");
  return `${doors.args
    .map((word) => word.replace(/=.*|^\/.*/, ""))
    .filter(Boolean)
    .join(" ")}, ${Object.keys(doors.env).join(" ")} let nobody in`;
}

/** Neither by the keys of Electron's default menu nor by those of a browser. */
export async function opensNoTools({ desktop, program, panel }: Scene): Promise<string> {
  const pages = () => program.ownProcesses().filter((one) => kindOf(one) === "renderer").length;
  const before = { pages: pages(), windows: (await desktop.windows()).length };
  await panel.focus();
  await desktop.screen.pressKeys(...TOOL_KEYS);
  for (const deadline = Date.now() + NO_TOOLS_MS; Date.now() < deadline;) {
    const now = { pages: pages(), windows: (await desktop.windows()).length };
    const named = (await panel.elements()).some(({ name }) => /devtools|developer tools/i.test(name));
    if (now.pages > before.pages || now.windows > before.windows || named)
      throw new Error("A key has opened the developer tools.");
  }
  return `${TOOL_KEYS.join(", ")} open nothing`;
}

/** What lies where its archive should be is another program, under our name and with our keyring. */
export async function runsNothingElse({ desktop, doors, packed, env }: Scene): Promise<string | null> {
  if (packed.resources === null) return null;
  replaceArchive(packed.resources, desktop.home);
  await using program = new PackedProgram({ command: packed.command(desktop), args: [], env });
  await until("Without its archive it did not end", START_MS, () =>
    program.processes().length === 0 || doors.wereOpen() ? true : null,
  );
  if (doors.wereOpen()) throw new Error("It has run what lay in the place of its archive.");
  return "what lies in its place is not run";
}
