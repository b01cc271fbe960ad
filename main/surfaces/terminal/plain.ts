import { texts } from "../../../locales/texts.ts";
import { titleLabel } from "../../conversations/conversation-labels.ts";
import type { AppState } from "../../core/app-state.ts";
import { calleeLabel, callingLabel } from "../../invitations/call-labels.ts";
import type { Invitation } from "../../invitations/invitation.ts";
import {
  answeringLabel,
  meetingLabel,
  messageLabel,
  requestLabel,
  routeLabel,
} from "../../invitations/invitation-labels.ts";
import { safeLine } from "../../ucwa/resources/safe-text.ts";
import { companyLabel, conversationFacts, failedMessages, liveConversations } from "./conversation-lines.ts";
import { same, sessionStyle, type Paint, type Style } from "./paint.ts";
import { columnsOf, truncate } from "./width.ts";
import { callerLabel, duration, sessionLabel } from "./terminal-labels.ts";

/** What the screen knows besides the state: who is signed in, and how invitations are named by a key. */
export interface PlainContext {
  readonly address: string;
  /** Key number of each ringing invitation, call and conversation; steady while it lasts. */
  readonly numbers: ReadonlyMap<string, number>;
  readonly selected: string | null;
  /** Whether a key can be pressed at all. */
  readonly keys: boolean;
  /** What to press while a text is being written, when keys are no commands; null while none is. */
  readonly hints: readonly string[] | null;
  /** Whether a text for the conversation is kept. */
  readonly keeps: (conversation: string) => boolean;
  readonly columns: number;
  readonly rows: number;
  readonly paint: Paint;
  /** What the terminal can show of a text: `shownIn`. */
  readonly shown: (text: string) => string;
}

const ELLIPSIS = "…";

/** Cuts a line to the width of the window. */
type Fit = (text: string, style?: Style) => string;

/**
 * The part of the screen that is drawn anew at every change and every second while something counts: who rings, what to
 * press, how the session is. At most `rows` lines of at most `columns` columns, without line feeds.
 */
export function liveLines(state: AppState, now: number, context: PlainContext): string[] {
  const { paint, columns, rows, keys, selected, shown } = context;
  const open = openInvitations(state);
  const fit: Fit = (text, style = same) => style(truncate(shown(text), columns, shown(ELLIPSIS)));

  const label = sessionLabel(state.session, now);
  const online = state.session.name === "online";
  const session = wrapped(
    shown(online ? texts.terminal.about(context.address, label) : label).split(" "),
    " ",
    columns,
  ).map(sessionStyle(state.session, paint));
  const pressed = keys ? wrapped(keyLabel(state, open, context), "   ", columns).map(paint.faint) : [];
  const blocks = open.map((invitation) => ringing(invitation, now, context, open.length > 1, fit));
  const talks = [...callLines(state, now, context, fit), ...talkLines(state, context)];

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
  const words = texts.terminal;
  const more = hidden === 0 ? [] : take([fit(words.more(hidden), paint.strong)]);
  const early = online ? [] : take(session);
  const body = seen.flatMap(([head = "", ...details]) => [head, ...take(details)]);
  const unseen = talks.length - Math.max(0, left - 1);
  const talking = take(
    talks.length <= left
      ? talks
      : [...talks.slice(0, -unseen), fit(words.moreConversations(unseen), paint.strong)],
  );
  return [...body, ...more, ...talking, ...early, ...(online ? take(session) : []), ...keyLines];
}

function ringing(
  invitation: Invitation,
  now: number,
  context: PlainContext,
  several: boolean,
  fit: Fit,
): string[] {
  const { paint } = context;
  const mark = markOf(invitation.id, several, context);
  const indent = " ".repeat(mark.length + 2);
  const { importance } = invitation;
  const rings = `${callerLabel(invitation.from)} ${requestLabel(invitation)}`;
  const head = `${mark}♪ ${importance === "Normal" ? rings : texts.terminal.about(texts.notifications.importance[importance], rings)}`;
  const lines = [counted(head, now - invitation.receivedAt, context)];
  for (const detail of details(invitation)) lines.push(fit(indent + detail));
  const answering = answeringLabel(invitation);
  if (answering !== null) lines.push(fit(indent + answering, paint.faint));
  if (invitation.answerProblem !== null)
    lines.push(fit(indent + safeLine(invitation.answerProblem), paint.bad));
  return lines;
}

/** With its number, where there are several of its kind. */
function markOf(id: string, several: boolean, { numbers, selected }: PlainContext): string {
  const number = numbers.get(id);
  return several && number !== undefined ? `${id === selected ? ">" : " "}${number} ` : "";
}

/** The seconds stay in sight however long a name somebody has chosen. */
function counted(head: string, ms: number, { columns, paint, shown }: PlainContext): string {
  const since = ` ${duration(ms)}`;
  return (
    paint.strong(truncate(shown(head), Math.max(1, columns - columnsOf(since)), shown(ELLIPSIS))) +
    paint.faint(truncate(since, columns - 1))
  );
}

/** Our own invitations that have no end yet. */
function callLines(state: AppState, now: number, context: PlainContext, fit: Fit): string[] {
  const calls = openCalls(state);
  return calls.flatMap((call) => {
    const { about, somebody } = texts.terminal;
    const head = `${markOf(call.id, calls.length > 1, context)}→ ${about(calleeLabel(call) || somebody, callingLabel(call))}`;
    return [
      counted(head, now - call.receivedAt, context),
      ...(call.answerProblem === null ? [] : [fit(`  ${safeLine(call.answerProblem)}`, context.paint.bad)]),
    ];
  });
}

/** What wants the person is strong. What there is to know stays in sight however long a name somebody has chosen. */
function talkLines(state: AppState, context: PlainContext): string[] {
  const { columns, paint, shown, keeps } = context;
  const talks = liveConversations(state);
  return talks.map((talk) => {
    const mark = markOf(talk.id, talks.length > 1, context);
    const facts = truncate(
      shown(`: ${conversationFacts(talk, keeps(talk.id))}`),
      Math.max(1, columns - LEAST_NAME),
      shown(ELLIPSIS),
    );
    const room = columns - columnsOf(facts);
    const whole = shown(mark + companyLabel(talk));
    const who = columnsOf(whole) <= room ? whole : shown(mark + titleLabel(talk));
    const style = failedMessages(talk).length > 0 ? paint.bad : talk.unread > 0 ? paint.strong : same;
    return style(truncate(who, room, shown(ELLIPSIS)) + facts);
  });
}

/** So much of a name is shown in the narrowest window, with its number. Columns. */
const LEAST_NAME = 8;

/** What more is known of who rings, each a line. */
export function details(invitation: Invitation): string[] {
  const subject = safeLine(invitation.subject);
  const text = safeLine(messageLabel(invitation));
  const route = routeLabel(invitation);
  const meeting = meetingLabel(invitation);
  return [
    ...(route.length === 0 ? [] : [route.join(", ")]),
    ...(subject === "" ? [] : [texts.terminal.quoted(subject)]),
    ...(text === "" || text === subject ? [] : [text]),
    ...(meeting === null ? [] : [meeting]),
  ];
}

/** What can be pressed now, and nothing else; of what can wait nothing while somebody rings. */
function keyLabel(state: AppState, open: readonly Invitation[], { hints }: PlainContext): string[] {
  const { does, keys: names, afterEscape } = texts.terminal;
  const answers = [
    ...(open.some((invitation) => invitation.canAccept) ? [keyHint("a", does.accept)] : []),
    ...(open.some((invitation) => invitation.canDecline) ? [keyHint("d", does.decline)] : []),
  ];
  if (hints !== null) return [...hints, ...(answers.length === 0 ? [] : [afterEscape, ...answers])];
  const talks = liveConversations(state);
  const calls = openCalls(state);
  const keys: string[] = [];
  if (open.length > 1 || talks.length > 1 || calls.length > 1) keys.push(keyHint(names.number, does.choose));
  keys.push(...answers);
  if (calls.some(({ canCancel }) => canCancel)) keys.push(keyHint("x", does.cancel));
  if (talks.length > 0) keys.push(keyHint(names.enter, does.write));
  if (open.length === 0) {
    if (talks.some((talk) => failedMessages(talk).length > 0)) keys.push(keyHint("s", does.sendAgain));
    if (talks.length > 0) keys.push(keyHint("l", does.leave));
    if (state.session.name === "online") keys.push(keyHint("c", does.call));
  }
  if (state.session.name === "reconnecting" || state.session.name === "attention")
    keys.push(keyHint("r", does.tryNow));
  keys.push(keyHint("q", does.quit));
  return keys;
}

/** A key, and what it does. */
export function keyHint(key: string, does: string): string {
  return `${key} = ${does}`;
}

/** Incoming and not over, oldest first. */
export function openInvitations(state: AppState): Invitation[] {
  return state.invitations.filter(({ direction, endedAt }) => direction === "incoming" && endedAt === null);
}

/** Our own and not over, oldest first. */
export function openCalls(state: AppState): Invitation[] {
  return state.invitations.filter(({ direction, endedAt }) => direction === "outgoing" && endedAt === null);
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
