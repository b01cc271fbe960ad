import { texts, type Texts } from "../../locales/texts.ts";
import type { UcwaReason } from "../ucwa/resources/resource.ts";
import { safeLine } from "../ucwa/resources/safe-text.ts";
import type { Invitation, Named } from "./invitation.ts";
import { addressLabel } from "./address-label.ts";

/**
 * The words for a call of the person's own, one short phrase each, without a capital letter and without a full stop:
 * they stand alone or after "You called".
 */

/** Whom an outgoing invitation calls, in one line; empty when nothing is known of them. */
export function calleeLabel({ callee, to }: Pick<Invitation, "callee" | "to">): string {
  return safeLine(callee?.name ?? "") || addressLabel(callee?.uri || to || "");
}

/** How it stands while it is under way. */
export function callingLabel({ answering, canCancel }: Invitation): string {
  const { calls } = texts.conversations;
  if (answering === "cancel") return calls.cancelling;
  return canCancel ? calls.ringing : calls.calling;
}

/** How an outgoing invitation ended; empty while it is under way. */
export function callEndLabel(invitation: Invitation): string {
  const { state, acceptedBy, reason, receivedAt, endedAt } = invitation;
  const { calls } = texts.conversations;
  const taker = takerLabel(invitation);
  switch (state) {
    case "accepted":
      return taker === null ? calls.answered : calls.answeredBy(taker);
    case "declined":
      return calls.declined;
    case "missed":
      return calls.missed;
    case "cancelled":
      return endedAt === null
        ? calls.cancelled
        : calls.cancelledAfter(Math.round((endedAt - receivedAt) / 1000));
    case "forwarded": {
      const name = safeLine(acceptedBy?.name ?? "") || addressLabel(acceptedBy?.uri ?? "");
      return name === "" ? calls.passedOn : calls.passedOnTo(name);
    }
    case "failed":
      return failureLabel(reason);
    case "withdrawn":
      return calls.withdrawn;
    case "answeredElsewhere":
    case "ringing":
    case "answering":
    case "inviting":
      return "";
  }
}

/** Who took it, where that is not the one who was called. Reference: acceptedByParticipant. */
function takerLabel({ acceptedBy, callee }: Invitation): string | null {
  if (acceptedBy === null || callee === null || isSame(acceptedBy, callee)) return null;
  return safeLine(acceptedBy.name) || addressLabel(acceptedBy.uri) || null;
}

/** By address; by name where one of them has none. */
function isSame(one: Named, other: Named): boolean {
  if (one.uri !== "" && other.uri !== "")
    return addressLabel(one.uri).toLowerCase() === addressLabel(other.uri).toLowerCase();
  return one.name === "" || other.name === "" || one.name === other.name;
}

/** Why a call came to nothing: by its subcode, or as the server says it. Reference: ErrorSubcode. */
export function failureLabel(reason: UcwaReason | null): string {
  const { failures, unknownFailure } = texts.conversations;
  const subcode = reason?.subcode?.toLowerCase() ?? "";
  if (isKnown(subcode)) return failures[subcode];
  return safeLine(reason?.message ?? "").replace(/\.$/, "") || unknownFailure;
}

function isKnown(subcode: string): subcode is keyof Texts["conversations"]["failures"] {
  return Object.hasOwn(texts.conversations.failures, subcode);
}
