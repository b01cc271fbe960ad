import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { electronFolder } from "../driver/launch.ts";
import { UcwaServer } from "../specs/support/ucwa-server.ts";
import { ElectronDesk } from "./programs/electron-desk.ts";
import { electronMemory } from "./measures/electron-memory.ts";
import { electronPackage } from "./measures/electron-package.ts";
import { electronParked } from "./measures/electron-parked.ts";
import { electronNotification, electronToast } from "./measures/electron-ring.ts";
import { electronStart } from "./measures/electron-start.ts";
import type { Effort } from "./options.ts";
import type { ElectronLine, ElectronResults } from "./table/results.ts";
import { Server } from "./server.ts";
import { compare, type Round } from "./table/statistics.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const BUNDLE_LIMIT_MS = 120_000;

/** `step` is told what is measured next. */
export async function measureElectron(
  { mode, electron: effort }: Effort,
  step: (what: string) => void,
): Promise<ElectronResults> {
  step("bundle");
  await promisify(execFile)(process.execPath, ["build/bundle.mjs"], { cwd: ROOT, timeout: BUNDLE_LIMIT_MS });
  // First: a list of the package that is not what was bundled is told before ten minutes of measuring.
  const packed = electronPackage();
  const lines: ElectronLine[] = [];
  await using desk = await ElectronDesk.start();
  {
    await using server = await UcwaServer.start();
    step("start to first window, on Electron");
    lines.push(line("start", await electronStart(desk, server, effort.rounds)));
    step("memory, on Electron");
    lines.push(line("memory", await electronMemory(desk, server, effort.rounds)));
    step(`parked for ${effort.parkedSeconds} s, on Electron`);
    const { cpu, wakeUps } = await electronParked(desk, server, {
      rounds: effort.rounds,
      seconds: effort.parkedSeconds,
    });
    lines.push(line("cpu", cpu), line("wakeUps", wakeUps));
  }
  const server = await Server.start();
  try {
    step("event to toast, on Electron");
    lines.push(line("toast", await electronToast(desk, server, effort)));
    step("event to notification service, on Electron");
    lines.push(line("notify", await electronNotification(desk, server, effort)));
  } finally {
    server.close();
  }
  const { node } = process.versions;
  return {
    mode,
    machine: { cores: availableParallelism(), node, platform: process.platform },
    version: readFileSync(join(electronFolder(), "version"), "utf8").trim(),
    parkedSeconds: effort.parkedSeconds,
    lines,
    packed,
  };
}

function line(id: ElectronLine["id"], rounds: readonly Round[]): ElectronLine {
  return { id, ...compare(rounds) };
}
