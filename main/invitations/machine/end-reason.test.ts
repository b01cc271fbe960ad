import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { howItEnded } from "./end-reason.ts";
import type { EndEvidence } from "./end-reason.ts";
import type { EndState } from "../invitation.ts";
import { reason } from "../../testing/invitation-events.ts";

const FAILURE: EndEvidence = {
  direction: "incoming",
  cause: "completed",
  status: "Failure",
  reason: null,
  wireState: "Failed",
  acceptedByContact: false,
  answer: null,
  cancel: null,
  linksWithdrawn: false,
};
const OUR = {
  accept: { kind: "accept", arrival: "taken" },
  decline: { kind: "decline", arrival: "taken" },
} as const;

/** With the rule that it proves, if it is the one that does. */
type Row = readonly [string, EndState, Partial<EndEvidence>, ...rules: string[]];

const INCOMING: readonly Row[] = [
  ["completed Success", "accepted", { status: "Success", wireState: "Connected" }],
  ["Success although its links had gone", "accepted", { status: "Success", linksWithdrawn: true }],
  [
    "Connected with our accept taken",
    "accepted",
    { cause: "state", status: null, wireState: "Connected", answer: OUR.accept },
  ],
  [
    "Connected with our accept still under way",
    "accepted",
    { cause: "state", status: null, wireState: "Connected", answer: { kind: "accept", arrival: "underWay" } },
  ],
  ["Failure after our decline was taken", "declined", { answer: OUR.decline }],
  [
    "any Failure after our decline was taken",
    "declined",
    { answer: OUR.decline, reason: reason("Canceled") },
  ],
  [
    "Failure without a reason that overtakes the receipt of our decline",
    "declined",
    { answer: { kind: "decline", arrival: "underWay" } },
  ],
  ["ConnectedElsewhere", "answeredElsewhere", { reason: reason("ConnectedElsewhere") }, "end-elsewhere"],
  ["AutoAccepted", "answeredElsewhere", { reason: reason("AutoAccepted") }, "end-auto-accepted"],
  ["links withdrawn, then completed", "answeredElsewhere", { linksWithdrawn: true }],
  ["links withdrawn, then gone", "answeredElsewhere", { linksWithdrawn: true, cause: "gone", status: null }],
  [
    "links withdrawn after a refused accept",
    "answeredElsewhere",
    { linksWithdrawn: true, answer: { kind: "accept", arrival: "refused" } },
  ],
  ["Forwarded", "forwarded", { reason: reason("Forwarded") }, "end-forwarded"],
  ["Redirected", "forwarded", { reason: reason("Redirected") }, "end-forwarded"],
  ["Transferred", "forwarded", { reason: reason("Transferred") }, "end-forwarded"],
  ["state Forwarded", "forwarded", { wireState: "Forwarded" }],
  ["an acceptedByContact", "forwarded", { acceptedByContact: true }],
  ["Canceled", "cancelled", { reason: reason("Canceled") }, "end-canceled"],
  ["state Cancelled", "cancelled", { wireState: "Cancelled" }],
  ["Declined without an answer of ours", "declined", { reason: reason("Declined") }, "end-declined"],
  ["state Declined", "declined", { wireState: "Declined" }],
  ["Missed", "missed", { reason: reason("Missed") }, "end-missed"],
  ["Timeout", "missed", { reason: reason("Timeout") }, "end-missed"],
  ["Expired", "missed", { reason: reason("Expired") }, "end-missed"],
  ["Failure with no reason", "missed", {}, "end-without-reason"],
  [
    "conversation ended before an answer",
    "missed",
    { cause: "conversationEnded", status: null, wireState: null },
  ],
  ["gone before an answer", "missed", { cause: "gone", status: null, wireState: null }],
  ["silence while it rang", "missed", { cause: "silence", status: null, wireState: null }],
  ["application lost", "withdrawn", { cause: "sessionLost", status: null, wireState: "Connecting" }],
  [
    "application lost with our decline taken",
    "withdrawn",
    { cause: "sessionLost", status: null, wireState: null, answer: OUR.decline },
  ],
  ["Replaced", "failed", { reason: reason("Replaced") }, "end-replaced"],
  ["RepliedWithOtherModality", "failed", { reason: reason("RepliedWithOtherModality") }, "end-replaced"],
  ["an unknown subcode", "failed", { reason: reason("Ended") }, "end-unknown-subcode"],
  [
    "a reason without a subcode",
    "failed",
    { reason: { code: "ServiceFailure", subcode: null, message: null } },
  ],
  ["Declined after our accept", "failed", { reason: reason("Declined"), answer: OUR.accept }],
  [
    "conversation ended with our accept under way",
    "failed",
    { cause: "conversationEnded", status: null, wireState: null, answer: OUR.accept },
  ],
  [
    "gone after an accept that the server refused",
    "missed",
    { cause: "gone", status: null, wireState: null, answer: { kind: "accept", arrival: "refused" } },
  ],
  [
    "silence after a decline that never had an answer",
    "missed",
    { cause: "silence", status: null, wireState: null, answer: { kind: "decline", arrival: "underWay" } },
  ],
  [
    "gone after a decline that never had an answer",
    "declined",
    { cause: "gone", status: null, wireState: null, answer: { kind: "decline", arrival: "unclear" } },
  ],
  ["Cancelled, spelt as the state is", "cancelled", { reason: reason("Cancelled") }],
  [
    "gone when our accept came",
    "failed",
    { cause: "gone", status: null, wireState: null, answer: { kind: "accept", arrival: "gone" } },
  ],
  [
    "gone when our decline came",
    "missed",
    { cause: "gone", status: null, wireState: null, answer: { kind: "decline", arrival: "gone" } },
  ],
  ["silence after our accept was taken", "failed", { cause: "silence", status: null, answer: OUR.accept }],
  [
    "silence after our decline was taken",
    "declined",
    { cause: "silence", status: null, answer: OUR.decline },
  ],
];

const OUTGOING: readonly Row[] = [
  ["completed Success", "accepted", { status: "Success", wireState: "Connected" }],
  ["Connected without the event", "accepted", { cause: "state", status: null, wireState: "Connected" }],
  [
    "Declined by the other side",
    "declined",
    { reason: reason("Declined", "RemoteFailure") },
    "end-remote-failure",
  ],
  ["state Declined", "declined", { wireState: "Declined" }],
  ["Canceled", "cancelled", { reason: reason("Canceled") }],
  ["Timeout", "missed", { reason: reason("Timeout") }],
  ["Missed", "missed", { reason: reason("Missed") }],
  ["Expired", "missed", { reason: reason("Expired") }],
  ["Forwarded", "forwarded", { reason: reason("Forwarded") }],
  ["state Forwarded", "forwarded", { wireState: "Forwarded" }],
  ["state Cancelled", "cancelled", { wireState: "Cancelled" }],
  ["Failure although Connected", "failed", { wireState: "Connected" }],
  ["gone without a word", "failed", { cause: "gone", status: null, wireState: "Connecting" }],
  ["application lost", "withdrawn", { cause: "sessionLost", status: null }],
  ["Busy", "failed", { reason: reason("Busy") }],
  ["Failure with no reason", "failed", {}],
  ["our cancel taken, then Failure with no reason", "cancelled", { cancel: "taken" }],
  ["Failure with no reason before the receipt of our cancel", "cancelled", { cancel: "underWay" }],
  ["our cancel taken, then nobody answered", "cancelled", { cancel: "taken", reason: reason("Timeout") }],
  ["our cancel taken, then not a word", "cancelled", { cancel: "taken", cause: "silence", status: null }],
  [
    "our cancel taken, then the session lost",
    "cancelled",
    { cancel: "taken", cause: "sessionLost", status: null },
  ],
  ["our cancel too late", "accepted", { cancel: "taken", status: "Success" }],
  ["our cancel taken, but declined before", "declined", { cancel: "taken", reason: reason("Declined") }],
  ["our cancel refused", "failed", { cancel: "refused" }],
  ["our cancel unclear, then Busy", "failed", { cancel: "unclear", reason: reason("Busy") }],
  [
    "nobody knows of our cancel, nor anything else",
    "failed",
    { cancel: "unclear", cause: "silence", status: null },
  ],
];

describe.each([
  ["incoming", INCOMING],
  ["outgoing", OUTGOING],
] as const)("an %s invitation", (direction, rows) => {
  for (const [name, state, evidence, ...tags] of rows) {
    it(`${name} → ${state}`, { tags }, () => {
      expect(howItEnded({ ...FAILURE, direction, ...evidence })).toBe(state);
    });
  }
});

describe("any invitation", () => {
  const evidence: fc.Arbitrary<EndEvidence> = fc.record({
    direction: fc.constantFrom("incoming", "outgoing"),
    cause: fc.constantFrom(
      "completed",
      "state",
      "linksWithdrawn",
      "gone",
      "conversationEnded",
      "sessionLost",
      "silence",
    ),
    status: fc.constantFrom("Success", "Failure", null),
    reason: fc.option(
      fc.constantFrom("Canceled", "Declined", "Timeout", "Busy", "Forwarded").map((s) => reason(s)),
    ),
    wireState: fc.constantFrom(
      null,
      "Connecting",
      "Connected",
      "Failed",
      "Declined",
      "Cancelled",
      "Forwarded",
    ),
    acceptedByContact: fc.boolean(),
    answer: fc.option(
      fc.record({
        kind: fc.constantFrom("accept", "decline"),
        arrival: fc.constantFrom("underWay", "taken", "unclear", "refused", "gone"),
      }),
    ),
    cancel: fc.option(fc.constantFrom("underWay", "taken", "unclear", "refused", "gone")),
    linksWithdrawn: fc.boolean(),
  });

  it("is accepted whenever the server says Success", () => {
    fc.assert(fc.property(evidence, (seen) => howItEnded({ ...seen, status: "Success" }) === "accepted"));
  });

  it("is withdrawn only when the session is lost", () => {
    fc.assert(
      fc.property(evidence, (seen) => howItEnded(seen) !== "withdrawn" || seen.cause === "sessionLost"),
    );
  });

  it("reads a subcode in any case", () => {
    fc.assert(
      fc.property(evidence, (seen) => {
        const { reason: sent } = seen;
        if (!sent?.subcode) return;
        const shouted = { ...sent, subcode: sent.subcode.toUpperCase() };
        expect(howItEnded({ ...seen, reason: shouted })).toBe(howItEnded(seen));
      }),
    );
  });

  it("does not fail for a user who has neither answered nor been given a reason", () => {
    fc.assert(
      fc.property(
        evidence,
        (seen) => howItEnded({ ...seen, direction: "incoming", answer: null, reason: null }) !== "failed",
      ),
    );
  });
});
