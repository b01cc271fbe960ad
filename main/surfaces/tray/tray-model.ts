import { dateFormat } from "../../../locales/format.ts";
import { texts, type Texts } from "../../../locales/texts.ts";
import { bellState, type AppState, type BellState } from "../../core/app-state.ts";
import { quietFor, type Quiet, type QuietFor } from "../../core/quiet/quiet.ts";
import {
  canCallBack,
  isMissed,
  newsOf,
  type HistoryContent,
  type HistoryEntry,
} from "../../invitations/history/history.ts";
import type { EndState, Invitation } from "../../invitations/invitation.ts";
import { answeringLabel, nameLabel, requestLabel } from "../../invitations/invitation-labels.ts";
import { safeLine } from "../../ucwa/resources/safe-text.ts";
import type { SessionState } from "../../ucwa/session-port.ts";
import { attentionLabel } from "../attention-label.ts";

/** What an item of the menu does; the ids are stable, so that a test can choose an item by them. */
export type TrayCommand =
  | { readonly type: "accept" | "decline"; readonly invitationId: string }
  | { readonly type: "quiet"; readonly for: QuietFor | "off" }
  | { readonly type: "open"; readonly entry?: string }
  /** Fills in the form for whoever was missed last; the person presses Call. */
  | { readonly type: "callBack"; readonly entry: string }
  | { readonly type: "tryNow" | "call" | "conversations" | "settings" | "quit" };

export type TrayItem =
  /** Says something and does nothing. */
  | { readonly type: "text"; readonly id: string; readonly label: string }
  | {
      readonly type: "command";
      readonly id: string;
      readonly label: string;
      readonly command: TrayCommand;
    }
  | {
      readonly type: "menu";
      readonly id: string;
      readonly label: string;
      readonly items: readonly TrayItem[];
    }
  | { readonly type: "separator" };

/** Who wants quiet, and in words, which are empty for nobody; and whether the person's own switch is on. */
export interface QuietState {
  readonly causes: readonly Quiet[];
  readonly label: string;
  readonly doNotDisturb: boolean;
}

export const NOT_QUIET: QuietState = { causes: [], label: "", doNotDisturb: false };

/** A picture in `build/icons/tray`, by the beginning of its name; of what was missed from 1 to 9. */
export type TrayImage = Exclude<BellState, "missed"> | "ringing2" | `missed${number}` | "missedMany";

export interface TrayModel {
  readonly bell: BellState;
  /** What the icon shows; of several, one after the other for as long as it rings. */
  readonly frames: readonly [TrayImage, ...TrayImage[]];
  readonly tooltip: string;
  readonly menu: readonly TrayItem[];
}

/** UTF-16 code units; menus and tooltips are no place to read. Windows cuts tooltips at 127. */
const LONGEST_NAME = 40;
const LONGEST_LABEL = 70;
/** More than these are answered in the panel. */
const MOST_RINGING = 5;
/** Earlier ones are in the panel. */
const MOST_RECENT = 3;

/**
 * Icon, tooltip and menu for a state, always in agreement. Pure, and without the time of day: a menu that changed by
 * itself would close while it is read. Signing out is not among the entries: it forgets the password, and one that
 * slipped by a line from Quit would have done it unasked.
 */
export function trayModel(
  state: AppState,
  history: HistoryContent,
  quiet: QuietState = NOT_QUIET,
): TrayModel {
  const missed = newsOf(history).length;
  const bell = bellState(state, missed, quiet.label !== "");
  const live = state.invitations.filter(
    ({ direction, endedAt }) => direction === "incoming" && endedAt === null,
  );
  const ringing = live.filter((invitation) => invitation.state === "ringing");
  const status = bell === "ringing" ? ringingLabel(ringing) : sessionLabel(state.session);
  const talks = state.conversations.filter((one) => one.state !== "ended" || one.unread > 0);
  const unread = talks.reduce((sum, one) => sum + one.unread, 0);
  const { tray } = texts;
  const news = tray.missed(missed);
  const moves = ringing.some(({ importance }) => quietFor(importance, quiet.causes) === null);
  // The panel shows none of it either while nobody is signed in.
  const recent = state.session.name === "signedOut" ? [] : history.entries.slice(0, MOST_RECENT);
  return {
    bell,
    frames: framesOf(bell, missed, moves),
    tooltip: tooltipOf(status, missed > 0 && bell !== "ringing" ? news : "", quiet.label),
    menu: [
      ...live.slice(0, MOST_RINGING).flatMap(invitationItems),
      { type: "text", id: "status", label: status },
      ...(quiet.label === "" ? [] : [{ type: "text", id: "quiet", label: quiet.label } as const]),
      ...(state.session.name === "reconnecting" ? [command(tray.reconnectNow, { type: "tryNow" })] : []),
      quiet.doNotDisturb
        ? command(tray.turnOffDoNotDisturb, { type: "quiet", for: "off" })
        : { type: "menu", id: "quietFor", label: tray.doNotDisturb, items: quietItems() },
      { type: "separator" },
      ...(missed > 0
        ? [{ type: "command", id: "missed", label: news, command: { type: "open" } } as const]
        : []),
      ...(recent.length > 0 ? callBackItems(newsOf(history)[0]) : []),
      ...recent.map((entry) => command(recentLabel(entry), { type: "open", entry: entry.id })),
      ...(missed + recent.length > 0 ? [{ type: "separator" } as const] : []),
      ...(talks.length > 0 ? [command(talksLabel(talks.length, unread), { type: "conversations" })] : []),
      command(tray.newConversation, { type: "call" }),
      command(tray.open, { type: "open" }),
      ...(hasSettings(state.session) ? [command(tray.settings, { type: "settings" })] : []),
      command(tray.quit, { type: "quit" }),
    ],
  };
}

function quietItems(): readonly TrayItem[] {
  return QUIET_FOR.map((wanted) => command(texts.tray.quietFor[wanted], { type: "quiet", for: wanted }));
}

const QUIET_FOR = ["15min", "1h", "tomorrow", "untilTurnedOff"] as const satisfies readonly QuietFor[];

function framesOf(bell: BellState, missed: number, moves: boolean): TrayModel["frames"] {
  if (bell === "ringing") return moves ? ["ringing", "ringing2"] : ["ringing"];
  if (bell !== "missed") return [bell];
  return [missed > 9 ? "missedMany" : `missed${missed}`];
}

/** Whoever has to sign in first finds no settings in the panel. */
function hasSettings({ name }: SessionState): boolean {
  return name !== "signedOut" && name !== "attention";
}

function tooltipOf(status: string, news: string, quiet: string): string {
  return texts.tray.tooltip([status, news, quiet].filter((part) => part !== ""));
}

function invitationItems(invitation: Invitation): readonly TrayItem[] {
  const { id, canAccept, canDecline } = invitation;
  const name = callerName(invitation);
  const label = labelOf(invitation, name);
  return [
    { type: "text", id: `ringing:${id}`, label: cut(label, LONGEST_LABEL) },
    ...(canAccept ? [command(texts.tray.accept(name), { type: "accept", invitationId: id })] : []),
    ...(canDecline ? [command(texts.tray.decline(name), { type: "decline", invitationId: id })] : []),
    { type: "separator" },
  ];
}

function callBackItems(missedLast: HistoryEntry | undefined): readonly TrayItem[] {
  if (missedLast === undefined || !canCallBack(missedLast)) return [];
  const label = texts.tray.callBack(cut(nameLabel(missedLast), LONGEST_NAME));
  return [command(label, { type: "callBack", entry: missedLast.id })];
}

/** How it ended, who it was and when, with the day, because the label stands there for as long as nothing happens. */
function recentLabel(entry: HistoryEntry): string {
  const { ends, recent } = texts.tray;
  const end =
    entry.direction === "outgoing" ? ends.called : isMissed(entry) ? ends.missed : ends[shownEnd(entry.end)];
  return recent(end, cut(nameLabel(entry), LONGEST_NAME), dateFormat(MOMENT).format(entry.receivedAt));
}

function shownEnd(end: EndState): keyof Texts["tray"]["ends"] {
  return end === "cancelled" || end === "withdrawn" || end === "failed" ? "missed" : end;
}

const MOMENT = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" } as const;

/** What it is about: of a conversation the subject, of a call or a meeting first that it is one. */
function labelOf(invitation: Invitation, name: string): string {
  const answering = answeringLabel(invitation);
  if (answering !== null) return texts.tray.about(name, answering);
  const about = safeLine(invitation.subject);
  const who = invitation.kind === "messaging" ? name : texts.tray.request(name, requestLabel(invitation));
  return about === "" ? who : texts.tray.about(who, about);
}

function ringingLabel(ringing: readonly Invitation[]): string {
  const [first] = ringing;
  return ringing.length === 1 && first
    ? texts.tray.ringing(callerName(first))
    : texts.tray.severalRinging(ringing.length);
}

function talksLabel(count: number, unread: number): string {
  const talks = texts.tray.talks(count);
  return unread === 0 ? talks : texts.tray.talksWithNews(talks, unread);
}

function sessionLabel(session: SessionState): string {
  switch (session.name) {
    case "attention":
      return attentionLabel(session.reason);
    case "reconnecting":
      return texts.tray.offline;
    case "signedOut":
      return texts.tray.signedOut;
    case "discovering":
    case "authenticating":
    case "creating":
      return texts.tray.connecting;
    case "online":
      return texts.tray.online;
  }
}

function callerName({ from }: Invitation): string {
  return cut(nameLabel(from), LONGEST_NAME);
}

function command(label: string, what: TrayCommand): TrayItem {
  const { type, ...about } = what;
  const id = [type, ...Object.values(about)].join(":");
  return { type: "command", id, label, command: what };
}

function cut(text: string, longest: number): string {
  return text.length <= longest
    ? text
    : `${text
        .slice(0, longest - 1)
        .toWellFormed()
        .trimEnd()}…`;
}
