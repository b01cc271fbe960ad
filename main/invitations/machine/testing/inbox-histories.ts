import fc from "fast-check";
import {
  CONVERSATION,
  INVITATION,
  reason,
  snapshot,
  UNANSWERABLE,
} from "../../../testing/invitation-events.ts";
import type { InboxEvent, OwnCall } from "../inbox-event.ts";
import { OTHER_HREF } from "./run-inbox.ts";

const keys = fc.record({ generation: fc.constantFrom(1, 2), href: fc.constantFrom(INVITATION, OTHER_HREF) });
const states = fc.constantFrom(
  "Connecting",
  "Connecting",
  "Connected",
  "Failed",
  "Declined",
  "Cancelled",
  "Forwarded",
  null,
);
const snapshots = fc
  .tuple(
    states,
    fc.boolean(),
    fc.constantFrom("Incoming", "Incoming", "Incoming", "Outgoing", null),
    fc.boolean(),
    fc.constantFrom(null, null, "own"),
  )
  .map(([state, answerable, direction, named, operationId]) =>
    snapshot({
      state,
      operationId,
      direction,
      from: named ? { name: "Ada", uri: "", network: "Unknown", anonymous: false } : null,
      links: answerable ? {} : UNANSWERABLE,
    }),
  );
const word = fc.record({ snapshot: fc.option(snapshots) });
const reasons = fc.option(
  fc
    .constantFrom("Canceled", "Declined", "Timeout", "ConnectedElsewhere", "Odd")
    .map((subcode) => reason(subcode)),
);
const ids = fc.constantFrom("i1", "i2", "i3");

/** What the channel may tell, of two invitations and their conversation. */
export const wireEvents: fc.Arbitrary<InboxEvent> = fc.oneof(
  fc
    .tuple(keys, word, fc.constantFrom("started", "updated"))
    .map(([key, said, type]) => ({ type, ...key, ...said, kind: "messaging" as const })),
  fc
    .tuple(keys, word, fc.constantFrom("Success", "Failure", null), reasons)
    .map(([key, said, status, why]) => ({
      type: "completed" as const,
      ...key,
      ...said,
      kind: "messaging" as const,
      status,
      reason: why,
    })),
  keys.map((key) => ({ type: "removed" as const, ...key })),
  fc
    .constantFrom("Incoming", "Connected", "Disconnected", null)
    .map((state) => ({ type: "conversationChanged" as const, generation: 1, href: CONVERSATION, state })),
  fc.constant<InboxEvent>({ type: "conversationDeleted", generation: 1, href: CONVERSATION }),
  fc.constant<InboxEvent>({
    type: "participantNamed",
    generation: 1,
    conversation: CONVERSATION,
    participant: `${CONVERSATION}/participants/1`,
    name: "Ada",
  }),
);

const OWN_CALL: OwnCall = {
  operationId: "own",
  callee: { name: "Eve", uri: "" },
  subject: "",
  message: null,
  importance: "Normal",
};

const localEvents: fc.Arbitrary<InboxEvent> = fc.oneof(
  keys.map((key) => ({ type: "lookUpStarted" as const, ...key })),
  fc
    .tuple(
      keys,
      fc.oneof(
        snapshots.map((invitation) => ({ outcome: "found" as const, invitation })),
        fc.constant({ outcome: "gone" as const, reason: null }),
        fc.constant({ outcome: "unreachable" as const, detail: "" }),
        fc.constant({ outcome: "refused" as const, status: 403 as const, reason: null }),
        fc.constant({ outcome: "superseded" as const }),
      ),
    )
    .map(([key, result]) => ({ type: "lookedUp" as const, ...key, result })),
  keys.map((key) => ({ type: "timeUp" as const, ...key })),
  fc
    .tuple(ids, fc.constantFrom("accept", "decline"), fc.constantFrom("Global", "Local"))
    .map(([id, answer, scope]) => ({ type: "answerSent" as const, id, answer, scope })),
  fc
    .tuple(keys, fc.constantFrom("Connected", "Incoming", null))
    .map(([key, state]) => ({ type: "conversationFound" as const, ...key, state })),
  ids.map((id) => ({ type: "answerTaken" as const, id })),
  fc
    .tuple(ids, fc.constantFrom("unclear", "refused", "gone"))
    .map(([id, arrival]) => ({ type: "answerNotTaken" as const, id, arrival, problem: "No.", reason: null })),
  fc.constant<InboxEvent>({ type: "channelInterrupted", generation: 1 }),
  fc.constant<InboxEvent>({ type: "callSent", call: OWN_CALL }),
  keys.map((key) => ({ type: "invited" as const, ...key, call: OWN_CALL })),
);

const endingEvents: fc.Arbitrary<InboxEvent> = fc.oneof(
  fc.constantFrom(1, 2).map((generation) => ({ type: "generationEnded" as const, generation })),
  fc.constant<InboxEvent>({ type: "signedOut", leaving: null }),
  fc.constant<InboxEvent>({ type: "sessionReplaced" }),
);

/** Events of all kinds, each with the milliseconds that pass before it. */
export const histories = fc.array(
  fc.tuple(
    fc.oneof(
      { weight: 6, arbitrary: wireEvents },
      { weight: 8, arbitrary: localEvents },
      { weight: 1, arbitrary: endingEvents },
    ),
    fc.constantFrom(0, 0, 100, 1500, 5000, 30_000),
  ),
  { maxLength: 40 },
);
