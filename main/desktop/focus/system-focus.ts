import type { Unsubscribe } from "../../platform/ports.ts";

/** Whether the person has asked the system itself for quiet: its "do not disturb", or a focus. */
export interface SystemFocus {
  /** False where nobody tells. */
  readonly on: boolean;
  /** At every change from now on. */
  subscribe(listener: (on: boolean) => void): Unsubscribe;
  /** Nothing is told after it. */
  dispose(): void;
}
