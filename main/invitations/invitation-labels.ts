import { texts } from "../../locales/texts.ts";
import type { Person, SourceNetwork } from "../ucwa/resources/wire-invitation.ts";
import { safeLine } from "../ucwa/resources/safe-text.ts";
import { addressLabel } from "./address-label.ts";
import { callEndLabel } from "./call-labels.ts";
import type { EndState, Invitation } from "./invitation.ts";

/**
 * The words for an invitation, in one place for every surface, each an own harmless line. Surfaces decide only what
 * they have room for. Windows of the app cannot import this: they are sent the finished words.
 */

/** Puts a name into a sentence, as a surface needs it for names that are written from right to left. */
export type Quote = (name: string) => string;

/** Who it is, in one short line that is never empty. */
export function nameLabel({ name, uri, anonymous }: Pick<Person, "name" | "uri" | "anonymous">): string {
  const { anonymousCaller, unknownCaller } = texts.invitations;
  return safeLine(name) || (anonymous ? anonymousCaller : addressLabel(uri) || unknownCaller);
}

/** Whether a caller comes from outside the user's organisation, as far as the server says. */
export function isExternal(network: SourceNetwork): boolean {
  return network !== "SameEnterprise" && network !== "Unknown";
}

/** What is asked for, to follow the caller's name. */
export function requestLabel({ kind, inKnownConversation }: Invitation): string {
  const { requests } = texts.invitations;
  return requests[kind === "messaging" && inKnownConversation ? "inKnownConversation" : kind];
}

/** How it came here: whom it is for, who passed it on. Reference: delegator, onBehalfOf, forwardedBy, transferredBy. */
export function routeLabel(invitation: Invitation, quote: Quote = (name) => name): readonly string[] {
  const { delegator, onBehalfOf, forwardedBy, transferredBy, privateLine } = invitation;
  const { route } = texts.invitations;
  const via = (words: (name: string) => string, person: string | null): readonly string[] => {
    const name = personLabel(person);
    return name === "" ? [] : [words(quote(name))];
  };
  return [
    ...via(route.delegator, delegator),
    ...(privateLine ? [route.privateLine] : []),
    ...via(route.onBehalfOf, onBehalfOf),
    ...via(route.forwardedBy, forwardedBy),
    ...via(route.transferredBy, transferredBy),
  ];
}

/** Somebody known by a name or by an address. */
function personLabel(person: string | null): string {
  const line = safeLine(person ?? "");
  return /^(?:sips?|tel):/i.test(line) ? addressLabel(line) : line;
}

/**
 * The first message; one that is not text, and what else the caller has sent, is told of all the same. Empty when there
 * is nothing. May hold several lines. Reference: message, customContent.
 */
export function messageLabel({ message, otherMessageType, customContentType }: Invitation): string {
  const { newMessage, notShown } = texts.invitations;
  const text = message?.text ?? (otherMessageType === null ? "" : newMessage);
  const other = customContentType === null ? "" : notShown(safeLine(customContentType, 60));
  return [text, other].filter((line) => line !== "").join("\n");
}

/** Of a meeting in which there is nothing that Doorbell could take part in; null of any other. */
export function meetingLabel({ meeting }: Invitation): string | null {
  if (meeting === null || meeting.modalities.length === 0 || meeting.modalities.includes("Messaging"))
    return null;
  const { joinElsewhere, modalities } = texts.invitations;
  const offered = new Set(meeting.modalities.map((modality) => modalities[modality]));
  return capital(joinElsewhere([...offered]));
}

/** What an answer of ours is waiting for; null when none is on its way. */
export function answeringLabel({ state, answering, inLobby }: Invitation): string | null {
  if (state !== "answering") return null;
  const words = texts.invitations.answering;
  if (answering === "accept") return inLobby ? words.inLobby : words.accept;
  return answering === "decline" ? words.decline : words.unknown;
}

/** What more is known of how it ended: who took it, where it was declined, when or why. Empty when nothing is. */
export function endDetail(invitation: Invitation): string {
  const { state, direction, acceptedBy, declineScope, reason, receivedAt, endedAt } = invitation;
  if (direction === "outgoing") return callEndLabel(invitation);
  const { endDetails } = texts.invitations;
  const taker = safeLine(acceptedBy?.name ?? "") || addressLabel(acceptedBy?.uri ?? "");
  switch (state) {
    case "forwarded":
      return taker === "" ? "" : endDetails.takenBy(taker);
    case "answeredElsewhere":
      return taker === "" ? "" : endDetails.answeredBy(taker);
    case "declined":
      if (declineScope === "Global") return "";
      return declineScope === "Local" ? endDetails.onThisDevice : endDetails.onAnotherDevice;
    case "cancelled":
      return endedAt === null ? "" : endDetails.after(Math.round((endedAt - receivedAt) / 1000));
    // A code is no word for a person.
    case "failed":
    case "withdrawn":
      return safeLine(reason?.message ?? "");
    case "ringing":
    case "answering":
    case "inviting":
    case "accepted":
    case "missed":
      return "";
  }
}

/** How it ended, in one short sentence without its full stop; `detail` is what `endDetail` has told. */
export function endLabel(
  state: EndState,
  detail: string,
  direction: Invitation["direction"] = "incoming",
): string {
  const { ends } = texts.invitations;
  if (direction === "outgoing") return ends.called(detail);
  switch (state) {
    case "accepted":
      return ends.accepted;
    case "declined":
      return detail === "" ? ends.declined : ends.declinedWhere(detail);
    case "missed":
      return ends.missed;
    case "cancelled":
      return detail === "" ? ends.hungUp : ends.hungUpAfter(detail);
    case "answeredElsewhere":
      return detail === "" ? ends.answeredElsewhere : capital(detail);
    case "forwarded":
      return detail === "" ? ends.forwarded : ends.forwardedTo(detail);
    case "failed":
      return detail === "" ? ends.failed : ends.failedBecause(detail);
    case "withdrawn":
      return detail === "" ? ends.withdrawn : detail;
  }
}

/** With a capital letter, where it stands alone; the other way, a noun of German would lose its own. */
export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
