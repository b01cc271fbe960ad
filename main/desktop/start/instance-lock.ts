import { mkdtempSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { errorCode } from "../../platform/fault.ts";

/**
 * Why a start did not get the lock of the one instance, which Electron tells in one word for all of them.
 * - `running`: another one runs, and has been told of this start.
 * - `elsewhere`: the lock names another computer that shares the folder, or this one under the name it had before.
 *   Electron 33.2.1 on Linux takes such a lock over, and never comes here; no other version was asked.
 * - `unwritable`: the lock cannot be written; `code` says why, as Node names it.
 */
export type LockRefusal =
  | { readonly kind: "running" }
  | { readonly kind: "elsewhere"; readonly host: string; readonly lock: string }
  | { readonly kind: "unwritable"; readonly code: string };

export interface ThisComputer {
  readonly platform: NodeJS.Platform;
  readonly host: string;
  /** Whether a process of this id runs here, whoever owns it. */
  readonly isAlive: (pid: number) => boolean;
}

/**
 * Looks at what Chromium left in the folder of the user's data: a symbolic link that names host and process
 * (chrome/browser/process_singleton_posix.cc). A name for the lock that cannot be read is no reason to doubt Chromium.
 */
export function lockRefusal(directory: string, { platform, host, isAlive }: ThisComputer): LockRefusal {
  // There it is no file: only another one that runs can have it.
  if (platform === "win32") return { kind: "running" };
  const lock = join(directory, "SingletonLock");
  const holder = readHolder(lock);
  if (holder !== null) {
    // Under another name of the computer, too: it may have been renamed since.
    if (isAlive(holder.pid)) return { kind: "running" };
    if (holder.host !== host) return { kind: "elsewhere", host: holder.host, lock };
  }
  const code = whyUnwritable(directory);
  return code === null ? { kind: "running" } : { kind: "unwritable", code };
}

/** Whether a process of this id runs here; one of somebody else's counts. */
export function isProcessAlive(pid: number): boolean {
  // 0 would ask after one's own process group.
  if (pid === 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
}

function readHolder(lock: string): { readonly host: string; readonly pid: number } | null {
  try {
    const [, host, pid] = /^(.+)-(\d+)$/.exec(readlinkSync(lock)) ?? [];
    return host === undefined || pid === undefined ? null : { host, pid: Number(pid) };
  } catch {
    return null;
  }
}

/** By trying: what the folder's mode says is no word about a disk that is full or read-only. */
function whyUnwritable(directory: string): string | null {
  try {
    const probe = mkdtempSync(join(directory, "probe-"));
    try {
      writeFileSync(join(probe, "byte"), "1");
    } finally {
      rmSync(probe, { recursive: true, force: true });
    }
    return null;
  } catch (error) {
    return errorCode(error);
  }
}
