import { texts } from "../../../locales/texts.ts";
import type { AppState } from "../../core/app-state.ts";
import { calleeLabel, callEndLabel } from "../../invitations/call-labels.ts";
import type { Invitation } from "../../invitations/invitation.ts";
import { answeringLabel, requestLabel } from "../../invitations/invitation-labels.ts";
import { LONGEST_TEXT, safeLine } from "../../ucwa/resources/safe-text.ts";
import type { SessionState } from "../../ucwa/session-port.ts";
import { talkHappenings } from "./conversation-lines.ts";
import { same, sessionStyle, type Paint, type Style } from "./paint.ts";
import { details, type PlainContext } from "./plain.ts";
import { callerLabel, duration, endLabel, sessionLabel } from "./terminal-labels.ts";

/**
 * What stays on the screen, one line for each thing that happened between two states. With `everything`, for an output
 * that cannot be drawn over, the beginnings too: who rings, how the session changes.
 */
export function happenings(
  previous: AppState,
  state: AppState,
  now: number,
  { address, paint, everything }: Pick<PlainContext, "address" | "paint"> & { readonly everything: boolean },
): string[] {
  const { about, calling, ended, somebody } = texts.terminal;
  const lines: string[] = [];
  const say = (text: string, style: Style = same): void =>
    void lines.push(`${paint.faint(clockTime(now))} ${style(text)}`);
  const before = new Map(previous.invitations.map((invitation) => [invitation.id, invitation]));
  for (const invitation of state.invitations) {
    const was = before.get(invitation.id);
    if (invitation.direction === "outgoing") {
      const whom = calleeLabel(invitation) || somebody;
      if (everything && was === undefined && invitation.endedAt === null) say(calling(whom));
      if (everything && invitation.answerProblem !== null && invitation.answerProblem !== was?.answerProblem)
        say(about(whom, safeLine(invitation.answerProblem)), paint.bad);
      if (invitation.endedAt !== null && (was?.endedAt ?? null) === null)
        say(`${about(whom, callEndLabel(invitation))}.`, endStyle(invitation, paint));
      continue;
    }
    const who = callerLabel(invitation.from);
    if (everything && was === undefined && invitation.endedAt === null)
      say([`${who} ${requestLabel(invitation)}.`, ...details(invitation)].join(" "), paint.strong);
    if (everything && invitation.answerProblem !== null && invitation.answerProblem !== was?.answerProblem)
      say(about(who, safeLine(invitation.answerProblem)), paint.bad);
    if (everything && invitation.inLobby && was?.inLobby !== true)
      say(about(who, answeringLabel(invitation) ?? ""), paint.faint);
    const end = endLabel(invitation);
    if (end !== null && (was === undefined || was.endedAt === null))
      say(
        ended(who, end, duration((invitation.endedAt ?? now) - invitation.receivedAt)),
        endStyle(invitation, paint),
      );
  }
  for (const { text, style } of talkHappenings(previous, state)) {
    const [first = "", ...more] = everything ? [safeLine(text, LONGEST_TEXT)] : text.split("\n");
    const painted = style === "plain" ? same : paint[style];
    say(first, painted);
    lines.push(...more.map((line) => `  ${painted(line)}`));
  }
  if (everything && sessionChanged(previous.session, state.session)) {
    const words = sessionLabel(state.session, now);
    const online = state.session.name === "online";
    say(online ? about(address, words) : words, sessionStyle(state.session, paint));
  }
  return lines;
}

function sessionChanged(before: SessionState, after: SessionState): boolean {
  if (before.name !== after.name) return true;
  // A new attempt is no news; a new reason is.
  if (before.name === "reconnecting" && after.name === "reconnecting") return before.detail !== after.detail;
  if (before.name === "attention" && after.name === "attention") return before.detail !== after.detail;
  return false;
}

function endStyle({ state }: Invitation, paint: Paint): Style {
  if (state === "accepted") return paint.good;
  return state === "missed" || state === "failed" || state === "withdrawn" ? paint.bad : same;
}

/** Hours, minutes and seconds of the wall clock, in the time zone of the machine: alike everywhere, so that they stand in a column. */
function clockTime(epochMs: number): string {
  return new Date(epochMs).toTimeString().slice(0, 8);
}
