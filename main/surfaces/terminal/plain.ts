import type { AppState } from "../../core/app-state.ts";
import type { Invitation } from "../../invitations/invitation.ts";
import {
  answeringLabel,
  meetingLabel,
  messageLabel,
  requestLabel,
  routeLabel,
} from "../../invitations/invitation-labels.ts";
import type { SessionState } from "../../ucwa/session-port.ts";
import { safeLine } from "../../ucwa/resources/safe-text.ts";
import { columnsOf, truncate } from "./width.ts";
import { callerLabel, duration, endLabel, sessionLabel } from "./terminal-labels.ts";

/** Returns the text, decorated or as it is. */
export type Style = (text: string) => string;

/** The colours and weights that the form for people uses. */
export type Paint = Readonly<Record<"strong" | "faint" | "good" | "bad", Style>>;

export const UNPAINTED: Paint = { strong: same, faint: same, good: same, bad: same };

function same(text: string): string {
  return text;
}

/** What the screen knows besides the state: who is signed in, and how invitations are named by a key. */
export interface PlainContext {
  readonly address: string;
  /** Key number of each ringing invitation; steady while it rings. */
  readonly numbers: ReadonlyMap<string, number>;
  readonly selected: string | null;
  /** Whether a key can be pressed at all. */
  readonly keys: boolean;
  readonly columns: number;
  readonly rows: number;
  readonly paint: Paint;
  /** What the terminal can show of a text: `shownIn`. */
  readonly shown: (text: string) => string;
}

const ELLIPSIS = "…";

/**
 * The part of the screen that is drawn anew at every change and every second while something counts: who rings, what to
 * press, how the session is. At most `rows` lines of at most `columns` columns, without line feeds.
 */
export function liveLines(state: AppState, now: number, context: PlainContext): string[] {
  const { paint, columns, rows, keys, selected, shown } = context;
  const open = openInvitations(state);
  const fit = (text: string, style: Style = same): string =>
    style(truncate(shown(text), columns, shown(ELLIPSIS)));

  const label = sessionLabel(state.session, now);
  const online = state.session.name === "online";
  const session = wrapped(
    shown(online ? `${context.address}: ${label}` : label).split(" "),
    " ",
    columns,
  ).map(sessionStyle(state.session, paint));
  const pressed = keys ? wrapped(keyLabel(state, open), "   ", columns).map(paint.faint) : [];
  const blocks = open.map((invitation) => ringing(invitation, now, context, open.length > 1, fit));

  // Where there is little room, whoever rings comes first, then what to press, then all that is known of them, then how
  // the session is; that comes before where it needs somebody.
  let left = Math.max(1, rows);
  const take = (lines: readonly string[], keep = 0): string[] => {
    const taken = lines.slice(0, Math.max(0, left - keep));
    left -= taken.length;
    return taken;
  };
  const keyLines = take(pressed, 1);
  const count = blocks.length <= left || left === 1 ? left : left - 1;
  const seen = blocks.slice(0, count);
  const chosen = blocks[open.findIndex(({ id }) => id === selected)];
  if (chosen !== undefined && !seen.includes(chosen)) seen.splice(-1, 1, chosen);
  left -= seen.length;
  const hidden = blocks.length - seen.length;
  const more = hidden === 0 ? [] : take([fit(`${ELLIPSIS} and ${hidden} more`, paint.strong)]);
  const early = online ? [] : take(session);
  const body = seen.flatMap(([head = "", ...details]) => [head, ...take(details)]);
  return [...body, ...more, ...early, ...(online ? take(session) : []), ...keyLines];
}

function ringing(
  invitation: Invitation,
  now: number,
  { numbers, selected, columns, paint, shown }: PlainContext,
  several: boolean,
  fit: (text: string, style?: Style) => string,
): string[] {
  const number = numbers.get(invitation.id);
  const mark = several && number !== undefined ? `${invitation.id === selected ? ">" : " "}${number} ` : "";
  const indent = " ".repeat(mark.length + 2);
  const since = ` ${duration(now - invitation.receivedAt)}`;
  const urgent = invitation.importance === "Normal" ? "" : `${invitation.importance}: `;
  const head = shown(`${mark}♪ ${urgent}${callerLabel(invitation.from)} ${requestLabel(invitation)}`);
  // The seconds stay in sight however long a name somebody has chosen.
  const lines = [
    paint.strong(truncate(head, Math.max(1, columns - columnsOf(since)), shown(ELLIPSIS))) +
      paint.faint(truncate(since, columns - 1)),
  ];
  for (const detail of details(invitation)) lines.push(fit(indent + detail));
  const answering = answeringLabel(invitation);
  if (answering !== null) lines.push(fit(indent + answering, paint.faint));
  if (invitation.answerProblem !== null)
    lines.push(fit(indent + safeLine(invitation.answerProblem), paint.bad));
  return lines;
}

function details(invitation: Invitation): string[] {
  const subject = safeLine(invitation.subject);
  const text = safeLine(messageLabel(invitation));
  const route = routeLabel(invitation);
  const meeting = meetingLabel(invitation);
  return [
    ...(route.length === 0 ? [] : [route.join(", ")]),
    ...(subject === "" ? [] : [`“${subject}”`]),
    ...(text === "" || text === subject ? [] : [text]),
    ...(meeting === null ? [] : [meeting]),
  ];
}

/** What can be pressed now, and nothing else. */
function keyLabel(state: AppState, open: readonly Invitation[]): string[] {
  const keys: string[] = [];
  if (open.length > 1) keys.push("number = choose");
  if (open.some((invitation) => invitation.canAccept)) keys.push("a = accept");
  if (open.some((invitation) => invitation.canDecline)) keys.push("d = decline");
  if (state.session.name === "reconnecting" || state.session.name === "attention")
    keys.push("r = try again now");
  keys.push("q = quit");
  return keys;
}

/** Incoming and not over, oldest first. */
export function openInvitations(state: AppState): Invitation[] {
  return state.invitations.filter(({ direction, endedAt }) => direction === "incoming" && endedAt === null);
}

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
  const lines: string[] = [];
  const say = (text: string, style: Style = same): void =>
    void lines.push(`${paint.faint(clockTime(now))} ${style(text)}`);
  const before = new Map(previous.invitations.map((invitation) => [invitation.id, invitation]));
  for (const invitation of state.invitations) {
    if (invitation.direction !== "incoming") continue;
    const was = before.get(invitation.id);
    const who = callerLabel(invitation.from);
    if (everything && was === undefined && invitation.endedAt === null)
      say([`${who} ${requestLabel(invitation)}.`, ...details(invitation)].join(" "), paint.strong);
    if (everything && invitation.answerProblem !== null && invitation.answerProblem !== was?.answerProblem)
      say(`${who}: ${safeLine(invitation.answerProblem)}`, paint.bad);
    if (everything && invitation.inLobby && was?.inLobby !== true)
      say(`${who}: ${answeringLabel(invitation) ?? ""}`, paint.faint);
    const end = endLabel(invitation);
    if (end !== null && (was === undefined || was.endedAt === null))
      say(
        `${who}: ${end} after ${duration((invitation.endedAt ?? now) - invitation.receivedAt)}.`,
        endStyle(invitation, paint),
      );
  }
  if (everything && sessionChanged(previous.session, state.session)) {
    const words = sessionLabel(state.session, now);
    const online = state.session.name === "online";
    say(online ? `${address}: ${words}` : words, sessionStyle(state.session, paint));
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

function sessionStyle(session: SessionState, paint: Paint): Style {
  switch (session.name) {
    case "online":
      return paint.good;
    case "attention":
    case "reconnecting":
      return paint.bad;
    case "signedOut":
    case "discovering":
    case "authenticating":
    case "creating":
      return paint.faint;
  }
}

function endStyle({ state }: Invitation, paint: Paint): Style {
  if (state === "accepted") return paint.good;
  return state === "missed" || state === "failed" || state === "withdrawn" ? paint.bad : same;
}

/** Breaks between parts, for what must not be cut: it says what to do. */
function wrapped(parts: readonly string[], separator: string, columns: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const longer = `${lines.at(-1) ?? ""}${separator}${part}`;
    if (lines.length > 0 && columnsOf(longer) <= columns) lines.splice(-1, 1, longer);
    else lines.push(part);
  }
  return lines.map((line) => truncate(line, columns));
}

/** Hours, minutes and seconds of the wall clock, in the time zone of the machine. */
function clockTime(epochMs: number): string {
  return new Date(epochMs).toTimeString().slice(0, 8);
}
