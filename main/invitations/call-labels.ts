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
  if (answering === "cancel") return "cancelling…";
  return canCancel ? "ringing…" : "calling…";
}

/** How an outgoing invitation ended; empty while it is under way. */
export function callEndLabel(invitation: Invitation): string {
  const { state, acceptedBy, reason, receivedAt, endedAt } = invitation;
  const taker = takerLabel(invitation);
  switch (state) {
    case "accepted":
      return taker === null ? "answered" : `answered by ${taker}`;
    case "declined":
      return "declined";
    case "missed":
      return "no answer";
    case "cancelled":
      return endedAt === null
        ? "cancelled"
        : `cancelled after ${Math.round((endedAt - receivedAt) / 1000)} s`;
    case "forwarded": {
      const name = safeLine(acceptedBy?.name ?? "") || addressLabel(acceptedBy?.uri ?? "");
      return name === "" ? "passed on to someone else" : `passed on to ${name}`;
    }
    case "failed":
      return failureLabel(reason);
    case "withdrawn":
      return "connection lost";
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
  const known = FAILURES.get(reason?.subcode?.toLowerCase() ?? "");
  return known ?? (safeLine(reason?.message ?? "").replace(/\.$/, "") || "it didn't get through");
}

const FAILURES: ReadonlyMap<string, string> = new Map([
  ["donotdisturb", "they don't want to be disturbed"],
  ["busy", "they are busy"],
  ["unreachable", "they can't be reached now"],
  ["destinationnotfound", "nobody has this address"],
  ["federationrequired", "your organisation isn't connected with theirs"],
  ["modalitynotsupported", "they can't receive messages"],
  ["notallowed", "you aren't allowed to call them"],
  ["anonymousnotallowed", "you aren't allowed to call them"],
  ["replaced", "another conversation took its place"],
  ["repliedwithothermodality", "they answered in another way"],
  ["toomanyconversations", "you have too many conversations open"],
  ["anotheroperationpending", "the server is still busy with your last call"],
  ["threadidalreadyexists", "you have this conversation open already"],
]);
