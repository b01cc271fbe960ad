import { texts } from "../../../locales/texts.ts";
import { graphemes } from "../../platform/graphemes.ts";
import type { Invitation } from "../../invitations/invitation.ts";
import { addressLabel } from "../../invitations/address-label.ts";
import {
  answeringLabel,
  capital,
  isExternal,
  meetingLabel,
  messageLabel,
  nameLabel,
  requestLabel,
  routeLabel,
} from "../../invitations/invitation-labels.ts";
import type { InvitationKind } from "../../ucwa/resources/wire-invitation.ts";
import { safeLine } from "../../ucwa/resources/safe-text.ts";
import { columnsOf } from "../terminal/width.ts";
import type { NotificationRequest } from "./notification-service.ts";

/** Keys of the buttons. */
export const ACCEPT = "accept";
export const DECLINE = "decline";

export interface RingText {
  /** Why an answer given here did not arrive, one sentence; null when there is nothing to say. */
  readonly problem: string | null;
  /** A click beside the buttons leads somewhere. */
  readonly canOpen: boolean;
  /** As in `NotificationRequest`. */
  readonly picture?: string | null;
}

/**
 * Columns, of which some characters take two. What is longer, a service cuts wherever it likes, or lets it push its
 * buttons off the screen; the narrowest cuts a summary after forty.
 */
const LONGEST = { summary: 36, address: 48, name: 36, subject: 80, message: 120, problem: 120 } as const;

/** What the notification of an incoming invitation says and offers. Pure. */
export function notificationRequest(
  invitation: Invitation,
  { problem, canOpen, picture = null }: RingText,
): NotificationRequest {
  const answering = invitation.state === "answering";
  const actions = [
    ...(invitation.canAccept && !answering ? [{ key: ACCEPT, label: texts.notifications.accept }] : []),
    ...(invitation.canDecline && !answering ? [{ key: DECLINE, label: texts.notifications.decline }] : []),
  ];
  const request: NotificationRequest = {
    summary: summary(invitation),
    body: body(invitation, answering ? null : (invitation.answerProblem ?? problem)),
    // What rings is critical, whatever its importance: services take the buttons of an ordinary notification away after
    // some seconds, or hold it back while a window is full screen. In the lobby nobody is asked anything any more.
    urgency: invitation.inLobby ? "normal" : "critical",
    category: CATEGORY[invitation.kind],
    actions,
  };
  return {
    ...request,
    ...(canOpen && { openLabel: texts.notifications.open }),
    ...(picture !== null && { picture }),
  };
}

/** Categories of the Desktop Notifications Specification. */
const CATEGORY: Record<InvitationKind, string> = {
  messaging: "im.received",
  phoneAudio: "call.incoming",
  audioVideo: "call.incoming",
  onlineMeeting: "im",
  participant: "im",
  other: "im",
};

/** Tells apart what services would otherwise take for one and the same; unchanged for the first. */
export function numbered(request: NotificationRequest, number: number): NotificationRequest {
  if (number === 1) return request;
  return { ...request, body: `${request.body}\n${texts.notifications.repeated(number)}` };
}

/** Who, and whether from outside: what is never cut away comes after a name that has been cut for it. */
function summary({ from }: Invitation): string {
  const { external } = texts.notifications;
  const name = nameLabel(from.anonymous ? { ...from, name: "" } : from);
  return isExternal(from.network) && !from.anonymous
    ? external(isolate(truncate(name, LONGEST.summary - external("").length)))
    : truncate(name, LONGEST.summary);
}

/**
 * The address beside a name, which anybody may give himself. Its end is kept, for it says where it belongs. It may be
 * broken before its host alone: elsewhere services cut it off, or put a hyphen into it.
 */
function address({ from }: Invitation): string {
  if (from.anonymous || safeLine(from.name) === "") return "";
  const characters = [...addressLabel(from.uri)];
  const kept =
    characters.length <= LONGEST.address ? characters : ["…", ...characters.slice(1 - LONGEST.address)];
  return kept.join("").replaceAll("@", "\u200B@");
}

function body(invitation: Invitation, problem: string | null): string {
  const message = firstLine(messageLabel(invitation));
  const route = routeLabel(invitation, (name) => isolate(truncate(safeLine(name), LONGEST.name)));
  // The service can no longer show it: everything that rings is critical to it.
  const importance =
    invitation.importance === "Normal" ? [] : [texts.notifications.importance[invitation.importance]];
  return [
    truncate(safeLine(problem ?? ""), LONGEST.problem),
    answeringLabel(invitation) ?? "",
    capital([...importance, ...route].join(", ")),
    address(invitation),
    headline(invitation, message === ""),
    // A caller's first words are often repeated as the subject.
    message === safeLine(invitation.subject) ? "" : truncate(message, LONGEST.message),
    meetingLabel(invitation) ?? "",
  ]
    .filter((line) => line !== "")
    .join("\n");
}

/** What it is about: of a conversation the subject alone, of a call or a meeting also that it is one. */
function headline(invitation: Invitation, bare: boolean): string {
  const subject = truncate(safeLine(invitation.subject), LONGEST.subject);
  const request = capital(requestLabel(invitation));
  if (subject === "") return bare || invitation.kind !== "messaging" ? request : "";
  return invitation.kind === "messaging" ? subject : texts.notifications.about(request, subject);
}

/** The first line that says something. */
export function firstLine(text: string): string {
  return (
    text
      .split(/[\n\r\u2028\u2029]/, 50)
      .map((line) => safeLine(line))
      .find((line) => line !== "") ?? ""
  );
}

/** Code units a column may have on average: an emoji of a family has eleven in two, a stack of accents hundreds. */
const CODE_UNITS_PER_COLUMN = 12;

/** At most `longest` columns, never half a grapheme; what was cut is told by an ellipsis. */
export function truncate(text: string, longest: number): string {
  // Cut roughly first: the text may be a megabyte long.
  const rough = text.slice(0, longest * CODE_UNITS_PER_COLUMN);
  const kept: string[] = [];
  let length = 0;
  let columns = 0;
  for (const { segment } of graphemes(rough)) {
    columns += columnsOf(segment);
    if (columns > longest) break;
    kept.push(segment);
    length += segment.length;
  }
  if (length === text.length) return text;
  // The last one makes room for the ellipsis, or may have been cut in half.
  if (columns <= longest || columnsOf(kept.join("")) === longest) kept.pop();
  return `${kept.join("").trimEnd()}…`;
}

/** A name written from right to left would otherwise carry its neighbours along. */
function isolate(text: string): string {
  return /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(text)
    ? `\u2068${text}\u2069`
    : text;
}
