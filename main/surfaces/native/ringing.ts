import type { Cancel } from "../../platform/ports.ts";
import type { Presentation } from "../presentation.ts";
import type { NotificationProblem } from "./notification-problem.ts";
import type { NotificationHandle } from "./notification-service.ts";

/** What is known of one live invitation beyond the state that all share. */
export interface Ringing {
  handle: NotificationHandle | null;
  /** Which `show` the handle is of; events of an earlier one are stale. */
  round: number;
  drawn: string;
  shownAt: number | null;
  dismissedByUser: boolean;
  /** An answer was given here and its outcome is not known yet. */
  awaiting: boolean;
  sawAnswering: boolean;
  problem: string | null;
  trouble: NotificationProblem | null;
  losses: number;
  retry: Cancel | null;
  /** What was decided last. */
  presentation: Presentation | null;
}

/** An invitation that has just begun to ring. */
export function newRinging(): Ringing {
  return {
    handle: null,
    round: 0,
    drawn: "",
    shownAt: null,
    dismissedByUser: false,
    awaiting: false,
    sawAnswering: false,
    problem: null,
    trouble: null,
    losses: 0,
    retry: null,
    presentation: null,
  };
}
