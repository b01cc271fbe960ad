import type { DoNotDisturb, QuietHours } from "../../platform/settings/quiet-settings.ts";
import type { Importance } from "../../ucwa/resources/wire-invitation.ts";
import { quietFrom, quietUntil } from "./quiet-hours.ts";

/**
 * Who wants quiet: the person by a switch, the person's schedule, the system (its "do not disturb" or focus), or what
 * the person's presence says of them. Reference: presence.
 */
export type QuietCause = (typeof QUIET_CAUSES)[number];

/** What lets the least through comes first. */
export const QUIET_CAUSES = ["doNotDisturb", "systemFocus", "quietHours", "presence"] as const;

/** Nothing is heard and nothing pops up; what comes is in the panel, in the history and in the count. */
export interface Quiet {
  readonly cause: QuietCause;
  /** Epoch milliseconds; null when nobody knows. */
  readonly until: number | null;
}

export interface QuietFacts {
  readonly doNotDisturb: DoNotDisturb | null;
  readonly quietHours: QuietHours;
  /** False where the system does not tell, or the person does not want to go by it. */
  readonly systemFocus: boolean;
  /** Availability of the person as the server tells it; null where it is not known, or not to be gone by. */
  readonly presence: string | null;
}

/** Presenting comes as this, too. Reference: presence. */
const DISTURBED_BY_NOTHING = new Set(["DoNotDisturb"]);

/** Every cause that holds now, the one that lets the least through first. Pure. */
export function quietCauses(facts: QuietFacts, now: number): readonly Quiet[] {
  const { doNotDisturb, quietHours, systemFocus, presence } = facts;
  const causes: Quiet[] = [];
  if (doNotDisturb && (doNotDisturb.until === null || now < doNotDisturb.until))
    causes.push({ cause: "doNotDisturb", until: doNotDisturb.until });
  if (systemFocus) causes.push({ cause: "systemFocus", until: null });
  const until = quietUntil(quietHours, now);
  if (until !== null) causes.push({ cause: "quietHours", until: until === Infinity ? null : until });
  if (presence !== null && DISTURBED_BY_NOTHING.has(presence))
    causes.push({ cause: "presence", until: null });
  return causes;
}

/** When time alone will change that, in epoch milliseconds; null when it will not. Pure. */
export function quietChangesAt(facts: QuietFacts, now: number): number | null {
  const times = [
    facts.doNotDisturb?.until ?? null,
    quietUntil(facts.quietHours, now),
    quietFrom(facts.quietHours, now),
  ].filter((at) => at !== null && at > now && at !== Infinity);
  return times.length === 0 ? null : Math.min(...times.map(Number));
}

/** What gets through: an emergency always does; what is urgent does not where the person, or the system for them, said no just now. */
const PASSES: Readonly<Record<Importance, ReadonlySet<QuietCause>>> = {
  Normal: new Set(),
  Urgent: new Set(["quietHours", "presence"]),
  Emergency: new Set(["doNotDisturb", "quietHours", "systemFocus", "presence"]),
};

/** Why one of this importance is not heard now; null when it is. Pure. */
export function quietFor(importance: Importance, causes: readonly Quiet[]): Quiet | null {
  return causes.find(({ cause }) => !PASSES[importance].has(cause)) ?? null;
}

/** For how long the person wants quiet. */
export type QuietFor = "15min" | "1h" | "tomorrow" | "untilTurnedOff";

/** When a working day has begun. */
const MORNING = 8;

/** Pure. `tomorrow` is eight in the morning of the next day, by the clock on the wall. */
export function doNotDisturbFor(wanted: QuietFor, now: number): DoNotDisturb {
  switch (wanted) {
    case "15min":
      return { until: now + 15 * 60_000 };
    case "1h":
      return { until: now + 60 * 60_000 };
    case "tomorrow": {
      const today = new Date(now);
      const next = new Date(today.getFullYear(), today.getMonth(), today.getDate() + 1, MORNING);
      return { until: next.getTime() };
    }
    case "untilTurnedOff":
      return { until: null };
  }
}
