import { dateFormat } from "../../../locales/format.ts";
import { texts } from "../../../locales/texts.ts";
import type { Importance } from "../../ucwa/resources/wire-invitation.ts";
import { type Quiet, type QuietCause, quietFor } from "./quiet.ts";

/** Who wants quiet and until when, such as `Quiet hours until Mon 08:00`. Pure. */
export function quietLabel(cause: QuietCause, until: number | null, now: number): string {
  const words = texts.quiet[cause];
  return until === null ? words.label : words.until(momentLabel(until, now));
}

/** The time, with its day where that is another one than today. */
function momentLabel(at: number, now: number): string {
  const sameDay = new Date(at).toDateString() === new Date(now).toDateString();
  return dateFormat({
    hour: "2-digit",
    minute: "2-digit",
    ...(!sameDay && { weekday: "short" }),
  }).format(at);
}

/** Why nobody heard an invitation, from how it was presented; empty when it was heard, or that is not known. Pure. */
export function silenceLabel(how: string, until: number | null, endedAt: number): string {
  const reason = /^silent: (?<cause>\w+)$/.exec(how)?.groups?.["cause"] ?? "";
  if (!isCause(reason)) return "";
  const words = texts.quiet[reason];
  return until === null ? words.silent : words.silentUntil(momentLabel(until, endedAt));
}

/** Why one of this importance is not heard now; empty when it is. Pure. */
export function silenceNow(importance: Importance, causes: readonly Quiet[], now: number): string {
  const quiet = quietFor(importance, causes);
  return quiet === null ? "" : silenceLabel(`silent: ${quiet.cause}`, quiet.until, now);
}

function isCause(reason: string): reason is QuietCause {
  return Object.hasOwn(texts.quiet, reason);
}
