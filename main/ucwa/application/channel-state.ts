import type { Transitions } from "../../platform/transition-table.ts";
import type { SessionProblem } from "../session-problem.ts";
import type { ChannelLoss } from "./event-outcome.ts";

/** The event channel. Reference: EventChannelDetails. */
export type ChannelState =
  | { readonly name: "idle" }
  /** `probing`: the way back is still to be proven, by a short request beside it and by being held. */
  | { readonly name: "parked"; readonly probing: boolean }
  | {
      readonly name: "waiting";
      readonly attempt: number;
      readonly until: number;
      readonly problem: SessionProblem;
    }
  | { readonly name: "lost"; readonly loss: ChannelLoss };

/** `probing` is parked with the way back still to be proven. */
type Stage = ChannelState["name"] | "probing";

const GIVEN_UP = { lost: ["the application or the way on is gone", "end"] } as const;
const FAILURE = { waiting: ["a failure that time can mend"], ...GIVEN_UP } as const;

/** How the channel goes on. */
export const CHANNEL_TRANSITIONS: Transitions<Stage, string> = {
  idle: { parked: ["run"], probing: ["run after a failure"] },
  // The next request leaves before the events of a package are worked through.
  parked: {
    parked: ["a package", "nothing new"],
    probing: ["try now", "held too long", "cut by an impatient proxy", "nothing new ten times at once"],
    ...FAILURE,
  },
  probing: {
    parked: ["the application answers, and the request is held for two seconds", "a package"],
    probing: ["try now", "nothing new"],
    ...FAILURE,
  },
  waiting: { probing: ["time", "try now"], ...GIVEN_UP },
  // The application was asked for its `events` link again.
  lost: { probing: ["run after a failure"] },
};

/** What the transitions are of. */
export function stageOf(state: ChannelState): Stage {
  return state.name === "parked" && state.probing ? "probing" : state.name;
}
