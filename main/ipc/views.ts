import type {
  CallerView,
  CallView,
  HistoryView,
  InvitationView,
  PanelState,
  CalleeView,
  SessionView,
  ToastState,
} from "../../preload/contract.ts";
import { silenceLabel } from "../core/quiet/quiet-label.ts";
import { addressLabel } from "../invitations/address-label.ts";
import { presentedLabel } from "../invitations/history/presented-label.ts";
import {
  canCallBack,
  isMissed,
  newsOf,
  type HistoryContent,
  type HistoryEntry,
} from "../invitations/history/history.ts";
import type { FoundPerson } from "../conversations/calling.ts";
import { calleeLabel, callEndLabel, callingLabel } from "../invitations/call-labels.ts";
import type { Invitation } from "../invitations/invitation.ts";
import {
  answeringLabel,
  capital,
  endLabel,
  isExternal,
  meetingLabel,
  messageLabel,
  requestLabel,
  routeLabel,
} from "../invitations/invitation-labels.ts";
import type { Person } from "../ucwa/resources/wire-invitation.ts";
import type { SessionState } from "../ucwa/session-port.ts";
import { safeLine } from "../ucwa/resources/safe-text.ts";

/** What the panel shows, before it is numbered. */
export type PanelContent = Omit<PanelState, "revision">;
export type ToastContent = Omit<ToastState, "revision">;

/** A subject can be as long as its sender likes; no window shows more. UTF-16 code units. */
const LONGEST = 400;

/** `wasOnline`: it has been online since the sign-in. */
export function sessionView(session: SessionState, wasOnline: boolean): SessionView {
  switch (session.name) {
    case "signedOut":
    case "discovering":
    case "authenticating":
    case "creating":
    case "online":
      return { name: session.name };
    case "reconnecting":
      return { name: session.name, ...words(session), retryAt: session.retryAt, wasOnline };
    case "attention":
      return {
        name: session.name,
        reason: session.reason,
        ...words(session),
        origin: session.origin ?? null,
      };
  }
}

function words({ detail, technical = "" }: Extract<SessionState, { readonly detail: string }>) {
  return { detail: line(detail), technical: line(technical) };
}

/** Where a page finds the photo of whoever has this address; null when there is none. */
export type PhotoOf = (uri: string) => string | null;

const NO_PHOTOS: PhotoOf = () => null;

/** What rings or is being answered, oldest first. */
export function ringing(invitations: readonly Invitation[]): readonly Invitation[] {
  return invitations.filter(({ direction, endedAt }) => direction === "incoming" && endedAt === null);
}

/** `announced`: the window that shows it tells a screen reader of it. `silence`: why it is not heard, or empty. */
export function invitationView(
  invitation: Invitation,
  announced: boolean,
  photoOf = NO_PHOTOS,
  silence = "",
): InvitationView {
  return {
    id: invitation.id,
    kind: invitation.kind,
    caller: callerView(invitation.from, photoOf),
    request: requestLabel(invitation),
    route: routeLabel(invitation).map(line),
    subject: line(invitation.subject),
    firstLine: firstLine(messageLabel(invitation)),
    meeting: meetingLabel(invitation) ?? "",
    urgent: invitation.importance !== "Normal",
    canAccept: invitation.canAccept,
    canDecline: invitation.canDecline,
    announced,
    answering: answeringLabel(invitation),
    problem: line(invitation.answerProblem ?? ""),
    silence,
    receivedAt: invitation.receivedAt,
  };
}

/** The person's own: those under way, and the last one that came to nothing, unless it was `closed`. */
export function callViews(
  invitations: readonly Invitation[],
  closed: ReadonlySet<string>,
  photoOf: PhotoOf = NO_PHOTOS,
): readonly CallView[] {
  const own = invitations.filter(({ direction }) => direction === "outgoing");
  const last = own.at(-1);
  return own
    .filter(
      (one) => one.endedAt === null || (one === last && one.state !== "accepted" && !closed.has(one.id)),
    )
    .map((one) => callView(one, photoOf));
}

function callView(invitation: Invitation, photoOf: PhotoOf): CallView {
  const { id, subject, canCancel, answerProblem, receivedAt, endedAt } = invitation;
  const name = line(calleeLabel(invitation));
  const uri = invitation.callee?.uri ?? "";
  return {
    id,
    callee: { name, address: address(uri), anonymous: false, external: false, photo: photoOf(uri) },
    subject: line(subject),
    words: capital(line(endedAt === null ? callingLabel(invitation) : callEndLabel(invitation))),
    canCancel,
    problem: line(answerProblem ?? ""),
    since: receivedAt,
    endedAt,
  };
}

/** Somebody who can be called. */
export function calleeView({ name, uri, title, department }: FoundPerson): CalleeView {
  const about = [title, department].filter((part) => part !== "").join(", ");
  return { name: line(name), address: address(uri), about: line(about) };
}

export function historyViews(content: HistoryContent, photoOf = NO_PHOTOS): readonly HistoryView[] {
  const news = new Set(newsOf(content));
  return content.entries.map((entry) => historyView(entry, news.has(entry), photoOf));
}

function historyView(entry: HistoryEntry, news: boolean, photoOf: PhotoOf): HistoryView {
  const { id, kind, name, uri, anonymous, external, subject, end, detail, receivedAt, endedAt } = entry;
  const { presented, quietUntil } = entry;
  return {
    id,
    kind,
    caller: {
      name: line(name),
      address: anonymous ? "" : address(uri),
      anonymous,
      external,
      photo: anonymous ? null : photoOf(uri),
    },
    canCall: canCallBack(entry),
    subject: line(subject),
    missed: isMissed(entry),
    words: line(endLabel(end, detail, entry.direction)),
    silence: line(silenceLabel(presented, quietUntil, endedAt)),
    shown: presentedLabel(presented),
    receivedAt,
    endedAt,
    news,
  };
}

export function callerView({ name, uri, network, anonymous }: Person, photoOf: PhotoOf): CallerView {
  return {
    name: line(name),
    address: anonymous ? "" : address(uri),
    anonymous,
    external: isExternal(network),
    photo: anonymous ? null : photoOf(uri),
  };
}

function address(uri: string): string {
  return line(addressLabel(uri));
}

function firstLine(text: string): string {
  const lines = text.slice(0, 50 * LONGEST).split(/[\n\r\u2028\u2029]/);
  return line(lines.find((candidate) => safeLine(candidate) !== "") ?? "");
}

/** One harmless line, and no longer than a window shows. */
export function line(text: string): string {
  return safeLine(text.slice(0, 4 * LONGEST))
    .slice(0, LONGEST)
    .toWellFormed();
}
