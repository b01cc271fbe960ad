import type { Cancel, Clock } from "../platform/ports.ts";

/** Short enough to be back before anybody wonders; it asks the system, not the network. Milliseconds. */
const LOOK_EVERY_MS = 5_000;

/**
 * Calls `back` when the network has come back. Electron's main process is told nothing of it, so it looks from time to
 * time. A machine that slept has no say here: that is the power monitor's.
 */
export function watchNetwork(clock: Clock, isOnline: () => boolean, back: () => void): Cancel {
  let was = isOnline();
  let cancel: Cancel = () => undefined;
  const look = (): void => {
    const is = isOnline();
    const returned = is && !was;
    was = is;
    cancel = clock.after(LOOK_EVERY_MS, look);
    if (returned) back();
  };
  cancel = clock.after(LOOK_EVERY_MS, look);
  return () => cancel();
}
