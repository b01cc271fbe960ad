import { BrowserWindow, powerMonitor } from "electron";
import { Owned } from "../platform/owned.ts";
import type { Unsubscribe } from "../platform/ports.ts";

/** Nobody touched the machine for so long: nobody is there. Seconds. */
const ABSENT_AFTER_S = 300;

/** Calls `woke` whenever what was open before can no longer be relied on, until the returned function is called. */
export function watchPower(woke: () => void): Unsubscribe {
  const owned = new Owned();
  owned.listen(powerMonitor, "resume", woke);
  owned.listen(powerMonitor, "unlock-screen", woke);
  return () => owned.dispose();
}

/** Whether somebody is at the machine; where the system cannot tell, somebody is. */
export function isSomebodyThere(): boolean {
  const state = powerMonitor.getSystemIdleState(ABSENT_AFTER_S);
  return state === "active" || state === "unknown";
}

/** Calls `end` when the system shuts down or the person logs off. The windows of the program have to be there. */
export function watchSessionEnd(end: () => void): void {
  powerMonitor.on("shutdown", (event?: Electron.Event) => {
    // The system waits a moment for us.
    event?.preventDefault();
    end();
  });
  // Windows tells the windows instead, and does not wait.
  for (const window of BrowserWindow.getAllWindows()) window.on("session-end", end);
}
