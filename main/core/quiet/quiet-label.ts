import type { Importance } from "../../ucwa/resources/wire-invitation.ts";
import { type Quiet, type QuietCause, quietFor } from "./quiet.ts";

const CAUSE: Readonly<Record<QuietCause, string>> = {
  doNotDisturb: "Do not disturb",
  systemFocus: "Do not disturb is on in your system",
  quietHours: "Quiet hours",
  presence: "Your presence is Do not disturb",
};

/** Who wants quiet and until when, such as `Quiet hours until Mon 08:00`. Pure. */
export function quietLabel(cause: QuietCause, until: number | null, now: number): string {
  return until === null ? CAUSE[cause] : `${CAUSE[cause]} until ${momentLabel(until, now)}`;
}

/** The time, with its day where that is another one than today. */
function momentLabel(at: number, now: number): string {
  const sameDay = new Date(at).toDateString() === new Date(now).toDateString();
  return new Intl.DateTimeFormat(undefined, {
    hour: "2-digit",
    minute: "2-digit",
    ...(!sameDay && { weekday: "short" }),
  }).format(at);
}

/** Why nobody heard an invitation, from how it was presented; empty when it was heard, or that is not known. Pure. */
export function silenceLabel(how: string, until: number | null, endedAt: number): string {
  const reason = /^silent: (?<cause>\w+)$/.exec(how)?.groups?.["cause"] ?? "";
  return isCause(reason) ? `Silent: ${lower(quietLabel(reason, until, endedAt))}` : "";
}

/** Why one of this importance is not heard now; empty when it is. Pure. */
export function silenceNow(importance: Importance, causes: readonly Quiet[], now: number): string {
  const quiet = quietFor(importance, causes);
  return quiet === null ? "" : silenceLabel(`silent: ${quiet.cause}`, quiet.until, now);
}

function isCause(reason: string): reason is QuietCause {
  return Object.hasOwn(CAUSE, reason);
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
