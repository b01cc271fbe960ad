import type { Clock } from "./ports.ts";

/** What this process can end by. */
export interface ProcessEndings {
  /** Names of what is still under way, as `process.getActiveResourcesInfo` tells them. */
  underWay(): readonly string[];
  /** In good order: exit handlers run, and threads at work are waited for. */
  exit(): void;
  /** At once, with that status; null where the system or the runtime knows no way. May throw. */
  readonly exitAtOnce: (() => void) | null;
  /** At once, whatever holds the process up. */
  kill(): void;
}

/** Work on a thread of libuv that cannot be cancelled: the name server's and the file system's answers. */
const ON_A_THREAD = /^(?:GetAddrInfoReq|GetNameInfoReq|FSReq)/;

/** For what such a thread does in the ordinary way, and for an ordinary exit that does not end the process. */
const GRACE_MS = 400;

/**
 * Ends the process within a second. An ordinary exit waits for every thread that is at work, and one that waits for a silent name
 * server or a file system that hangs keeps it for minutes or for ever; where there is such a one, the process ends
 * without waiting, with its status if there is a way. The last resort of each program, and the only one.
 */
export function endProcess(endings: ProcessEndings, clock: Clock): void {
  const isHeldUp = (): boolean => endings.underWay().some((name) => ON_A_THREAD.test(name));
  const exit = (): void => {
    clock.after(GRACE_MS, () => endings.kill());
    endings.exit();
  };
  if (!isHeldUp()) return exit();
  clock.after(GRACE_MS, () => {
    if (!isHeldUp()) return exit();
    try {
      endings.exitAtOnce?.();
    } catch {
      // Not this way, then.
    }
    endings.kill();
  });
}

/** A process that ends in an order of its own, such as Electron's; `exit` is its ordinary end. */
export function ownEndings(exit: () => void): ProcessEndings {
  return {
    underWay: () => process.getActiveResourcesInfo(),
    exit,
    exitAtOnce: null,
    kill: () => process.kill(process.pid, "SIGKILL"),
  };
}

/**
 * A process of Node's own, with a status. In the background of a terminal it ends at once: an ordinary exit sets the
 * terminal back to what it was, and whoever does that there is stopped.
 */
export function nodeEndings(
  status: number,
  { platform, inBackground }: { readonly platform: NodeJS.Platform; readonly inBackground: () => boolean },
): ProcessEndings {
  // Replacing the program ends its threads, and leaves its last status to the new one. Node 22.15 knows how.
  const replace: unknown = Reflect.get(process, "execve");
  const exitAtOnce =
    platform !== "win32" && typeof replace === "function"
      ? () => {
          Reflect.apply(replace, process, ["/bin/sh", ["sh", "-c", `exit ${status}`], {}]);
        }
      : null;
  const exit = (): void => {
    try {
      if (inBackground()) exitAtOnce?.();
    } finally {
      process.exit(status);
    }
  };
  return { ...ownEndings(exit), exitAtOnce };
}
