import fc from "fast-check";
import { expect, it } from "vitest";

import {
  APPLICATION,
  completed,
  invitationEvent,
  resource,
  snapshot,
  UNANSWERABLE,
} from "../testing/invitation-events.ts";
import { found, gone, rig, unreachable } from "../testing/rig.ts";
import type { CommandOutcome } from "../ucwa/session-port.ts";
import type { CallReceipt } from "./calling.ts";

const CALL = `${APPLICATION}/communication/messagingInvitations/91`;
/** The same call by another address, as recordings show of invitations. */
const OTHER = `${CALL}?another=address`;
const LINKS = { ...UNANSWERABLE, cancel: `${CALL}/cancel`, to: null, conversation: null };

function said(state: string) {
  return resource({ properties: { direction: "Outgoing", state, operationId: "operation-1" } });
}

/** How the server and the network treat one call. */
const course = fc.record({
  receipt: fc.constantFrom<CommandOutcome>(
    { outcome: "taken", location: CALL },
    { outcome: "taken", location: OTHER },
    { outcome: "taken" },
    { outcome: "unreachable", detail: "" },
  ),
  order: fc.shuffledSubarray(["receipt", "started", "updated", "completed"] as const, { minLength: 1 }),
  linkOnly: fc.boolean(),
  waitMs: fc.constantFrom(0, 100, 2_000),
  status: fc.constantFrom("Success" as const, "Failure" as const),
  lookUp: fc.constantFrom(
    found(snapshot({ direction: "Outgoing", operationId: "operation-1", links: LINKS }, CALL)),
    unreachable,
    gone,
  ),
});

it("whatever comes in whatever order, a call is one invitation, never rings here, and both its receipt and it end", async () => {
  await fc.assert(
    fc.asyncProperty(course, async ({ receipt, order, linkOnly, waitMs, status, lookUp }) => {
      const { doorbell, session, clock, told } = rig();
      let answer: (outcome: CommandOutcome) => void = () => {};
      session.onPost = () => new Promise((resolve) => (answer = resolve));
      session.onLookUp = lookUp;
      let settled: CallReceipt | null = null;
      void doorbell.calling
        .invite({ to: "ola@example.test", message: "Hello" })
        .then((outcome) => (settled = outcome));
      for (const step of order) {
        const body = linkOnly ? null : said(step === "completed" ? "Connected" : "Connecting");
        if (step === "receipt") answer(receipt);
        else if (step === "completed")
          doorbell.received([completed(status, undefined, { href: CALL, resource: body })]);
        else doorbell.received([invitationEvent(step, { href: CALL, resource: body })]);
        await clock.advance(waitMs);
      }
      // The request itself is bounded, and so is everything after it.
      await clock.advance(700_000);
      const all = told.flatMap(({ invitations }) => invitations);
      const named = new Set(all.map(({ id }) => id));
      // Whose a bare link is, and that it is the one of the receipt, nobody can know before a GET tells.
      if (!linkOnly) expect(all.filter(({ state }) => state === "ringing")).toEqual([]);
      const alias = receipt.outcome === "taken" && receipt.location === OTHER;
      if (!linkOnly || !alias) expect(named.size).toBeLessThanOrEqual(1);
      expect(doorbell.state.invitations.filter(({ endedAt }) => endedAt === null)).toEqual([]);
      expect(settled).not.toBeNull();
    }),
    { numRuns: 300 },
  );
});
