import { describe, expect, it } from "vitest";
import { presentation, type PresentationFacts } from "./presentation.ts";
import { invitation } from "./native/testing/ringing-invitation.ts";

const capabilities = { name: "Stage", actions: true, body: true, bodyMarkup: true };
const FACTS: PresentationFacts = {
  capability: { available: true, capabilities },
  dismissedByUser: false,
  alreadyUp: false,
  toast: true,
};
const gone = { available: false, reason: "noService", detail: "" } as const;
const noActions = { available: true, capabilities: { ...capabilities, actions: false } } as const;

describe("which way an invitation is shown", () => {
  it.each([
    ["by the service", {}, {}, "native", "shown"],
    ["by the service, before it has answered", {}, { capability: null }, "native", "waitingForService"],
    ["by a toast without a service", {}, { capability: gone }, "toast", "noService"],
    ["by a toast where there are no buttons", {}, { capability: noActions }, "toast", "noActions"],
    [
      "by the service all the same in a terminal",
      {},
      { capability: noActions, toast: false },
      "native",
      "noActions",
    ],
    ["again and again in a terminal", {}, { capability: gone, toast: false }, "native", "noService"],
    ["not when dismissed", {}, { dismissedByUser: true }, "none", "dismissedByUser"],
    ["not when it went out", { direction: "outgoing", state: "inviting" }, {}, "none", "outgoing"],
    ["not when it has ended", { state: "missed", endedAt: 1 }, {}, "none", "ended"],
    ["not when answered before it was up", { state: "answering" }, {}, "none", "alreadyAnswering"],
    ["while the answer is on its way", { state: "answering" }, { alreadyUp: true }, "native", "shown"],
  ] as const)("%s", (_, over, facts, way, reason) => {
    expect(presentation(invitation(over), { ...FACTS, ...facts })).toEqual({ way, reason });
  });
});
