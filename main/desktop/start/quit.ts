import type { Clock } from "../../platform/ports.ts";

/** Signing out has a limit of its own; this one holds when that fails. Milliseconds. */
const LIMIT_MS = 4_000;

/**
 * Ends the program once what has to be done before is done, or after four seconds. Further calls change nothing.
 * Failures of the work are the work's own affair.
 */
export function quitOnce(clock: Clock, work: () => Promise<unknown>, exit: () => void): () => void {
  let quitting = false;
  return () => {
    if (quitting) return;
    quitting = true;
    let left = false;
    const leave = (): void => {
      if (!left) exit();
      left = true;
    };
    const cancel = clock.after(LIMIT_MS, leave);
    void Promise.resolve()
      .then(work)
      .catch(() => undefined)
      .then(() => {
        cancel();
        leave();
      });
  };
}
