import type { Invitation } from "../../invitations/invitation.ts";
import type { InvitationKind } from "../../ucwa/invitation.ts";
import type { NotificationRequest } from "./service.ts";

/** Keys of the buttons. */
export const ACCEPT = "accept";
export const DECLINE = "decline";

export interface RingText {
  /** Why an answer given here did not arrive, one sentence; null when there is nothing to say. */
  readonly problem: string | null;
  /** A click beside the buttons leads somewhere. */
  readonly canOpen: boolean;
}

/** Graphemes; a notification service cuts what is longer wherever it likes. */
const LONGEST = { summary: 80, subject: 120, message: 200, problem: 200 } as const;

/** What the notification of an incoming invitation says and offers. Pure. */
export function notificationRequest(
  invitation: Invitation,
  { problem, canOpen }: RingText,
): NotificationRequest {
  const answering = invitation.state === "answering";
  const actions = [
    ...(invitation.canAccept && !answering ? [{ key: ACCEPT, label: "Accept" }] : []),
    ...(invitation.canDecline && !answering ? [{ key: DECLINE, label: "Decline" }] : []),
  ];
  const request: NotificationRequest = {
    summary: summary(invitation),
    body: body(invitation, answering ? null : (invitation.answerProblem ?? problem)),
    urgency: invitation.importance === "Normal" ? "normal" : "critical",
    category: CATEGORY[invitation.kind],
    actions,
  };
  return canOpen ? { ...request, openLabel: "Open" } : request;
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

/** Said when the caller gave neither a subject nor a message. */
const INVITES_TO: Record<InvitationKind, string> = {
  messaging: "Invites you to a conversation",
  phoneAudio: "Calls you",
  audioVideo: "Calls you",
  onlineMeeting: "Invites you to a meeting",
  participant: "Invites you to a conversation",
  other: "Invites you to a conversation",
};

function summary({ from }: Invitation): string {
  if (from.anonymous) return "Anonymous caller";
  const name = oneLine(from.name) || oneLine(from.uri.replace(/^sips?:/i, "")) || "Unknown caller";
  return from.network === "SameEnterprise" || from.network === "Unknown"
    ? truncate(name, LONGEST.summary)
    : `${isolate(truncate(name, LONGEST.summary))} (external)`;
}

function body(invitation: Invitation, problem: string | null): string {
  const subject = truncate(oneLine(invitation.subject), LONGEST.subject);
  const message = truncate(firstLine(invitation.message?.text ?? ""), LONGEST.message);
  const onBehalfOf = truncate(oneLine(invitation.onBehalfOf ?? ""), LONGEST.summary);
  return [
    truncate(oneLine(problem ?? ""), LONGEST.problem),
    invitation.state === "answering" ? ANSWERING[invitation.answering ?? "unknown"] : "",
    onBehalfOf && `for ${isolate(onBehalfOf)}`,
    subject,
    // A caller's first words are often repeated as the subject.
    message === subject ? "" : message,
    subject || message ? "" : INVITES_TO[invitation.kind],
  ]
    .filter((line) => line !== "")
    .join("\n");
}

const ANSWERING = { accept: "Accepting…", decline: "Declining…", unknown: "Answering…" } as const;

function firstLine(text: string): string {
  return (
    text
      .split(/[\n\r\u2028\u2029]/, 50)
      .map(oneLine)
      .find((line) => line !== "") ?? ""
  );
}

/** One harmless line: no line breaks, no control characters, nothing that turns the direction of what stands beside. */
export function oneLine(text: string): string {
  return (
    text
      .toWellFormed()
      // oxlint-disable-next-line no-control-regex -- removing them is the purpose
      .replaceAll(/[\u0000-\u001F\u007F-\u009F\u2028\u2029\s]+/g, " ")
      // Marks, embeddings, overrides and isolates of the Unicode Bidirectional Algorithm, and the byte order mark.
      .replaceAll(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g, "")
      .trim()
  );
}

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
/** Code units a shown character may have on average: an emoji of a family has eleven, a stack of accents hundreds. */
const CODE_UNITS_PER_GRAPHEME = 12;

/** At most `longest` graphemes, never half a one; what was cut is told by an ellipsis. */
export function truncate(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const units = longest * CODE_UNITS_PER_GRAPHEME;
  const kept: string[] = [];
  let length = 0;
  // Cut roughly first: the text may be a megabyte long.
  for (const { segment } of graphemes.segment(text.slice(0, units))) {
    if (kept.length === longest) break;
    kept.push(segment);
    length += segment.length;
  }
  // The last one makes room for the ellipsis, and may have been cut in half.
  return length === text.length ? text : `${kept.slice(0, -1).join("").trimEnd()}…`;
}

/** A name written from right to left would otherwise carry its neighbours along. */
function isolate(text: string): string {
  return /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(text)
    ? `\u2068${text}\u2069`
    : text;
}
