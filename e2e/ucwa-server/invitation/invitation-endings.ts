import type { InvitationState } from "./invitation-content.ts";
import type { Person } from "../people/person.ts";
import type { Reason } from "../resources/served-resource.ts";

/** How an endpoint's copy of an invitation ends without having been connected there. */
export interface Ending {
  readonly state: InvitationState;
  /** `null`: without a word about the cause. */
  readonly reason: Reason | null;
  /** The user has missed something, and is told so. */
  readonly missed: boolean;
  /** Who took it instead. Reference: acceptedByContact */
  readonly acceptedBy: Person | null;
  /** It goes on in another conversation, which is linked. Reference: derivedMessaging */
  readonly derived: boolean;
}

type Kind = readonly [code: string, state: InvitationState, message: string];

const elsewhere = "The invitation was answered on another endpoint.";
const moved = "The invitation was forwarded.";
const missed = "The invitation was not answered.";
const meeting = "The meeting cannot be joined.";
const unreachable = "The invitation could not be delivered.";

/**
 * The subcodes that matter for an invitation, each with the code and state that go with it here. Only RemoteFailure
 * with Declined is recorded; every other pair is INFERRED, for no page pairs them. Texts are our own.
 * Reference: ErrorSubcode, ErrorCode
 */
const kinds: Readonly<Record<string, Kind>> = {
  Canceled: ["RemoteFailure", "Cancelled", "The invitation was canceled."],
  Missed: ["LocalFailure", "Failed", missed],
  Timeout: ["Timeout", "Failed", missed],
  Expired: ["LocalFailure", "Failed", missed],
  ConnectedElsewhere: ["RemoteFailure", "Failed", elsewhere],
  AutoAccepted: ["RemoteFailure", "Failed", "The invitation was accepted automatically."],
  Forwarded: ["RemoteFailure", "Forwarded", moved],
  Redirected: ["RemoteFailure", "Forwarded", moved],
  Transferred: ["RemoteFailure", "Forwarded", "The invitation was transferred."],
  Declined: ["RemoteFailure", "Declined", "Your invitation was declined."],
  Replaced: ["RemoteFailure", "Failed", "The invitation was replaced by another one."],
  RepliedWithOtherModality: ["RemoteFailure", "Failed", "The invitation was answered in another way."],
  DoNotDisturb: ["RemoteFailure", "Failed", "The person does not want to be disturbed."],
  Busy: ["RemoteFailure", "Failed", "The person is busy."],
  NotAllowed: ["Forbidden", "Failed", unreachable],
  Unreachable: ["RemoteFailure", "Failed", unreachable],
  DestinationNotFound: ["NotFound", "Failed", unreachable],
  FederationRequired: ["Forbidden", "Failed", unreachable],
  ModalityNotSupported: ["RemoteFailure", "Failed", unreachable],
  Ended: ["RemoteFailure", "Failed", "The meeting has ended."],
  Ejected: ["RemoteFailure", "Failed", meeting],
  Denied: ["RemoteFailure", "Failed", meeting],
  Removed: ["RemoteFailure", "Failed", meeting],
  Demoted: ["RemoteFailure", "Failed", meeting],
  InviteesOnly: ["Forbidden", "Failed", meeting],
  TooManyParticipants: ["Forbidden", "Failed", meeting],
  TooManyLobbyParticipants: ["Forbidden", "Failed", meeting],
};

/** Every subcode with an ending of its own; the list of a deployment is open-ended. */
export const endingSubcodes: readonly string[] = Object.keys(kinds);

/** The ending with a subcode, also with one that no page names. `null`: without a reason. */
export function endingOf(subcode: string | null, more: Partial<Ending> = {}): Ending {
  const [code, state, message] = (subcode === null ? undefined : kinds[subcode]) ?? [
    "RemoteFailure",
    "Failed",
    "The invitation has ended.",
  ];
  return {
    state,
    reason: subcode === null ? null : { code, subcode, message },
    missed: subcode !== null && ["Missed", "Timeout", "Expired"].includes(subcode),
    acceptedBy: null,
    derived: false,
    ...more,
  };
}
