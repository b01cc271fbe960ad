import { describe, expect, it } from "vitest";
import {
  APPLICATION,
  completed,
  conversationEvent,
  INVITATION,
  invitationEvent,
  invitationResource,
  snapshot,
  started,
  UNANSWERABLE,
} from "../testing/invitation-events.ts";
import { byHand, found, gone, rig, taken } from "../testing/rig.ts";

const LINKLESS = invitationEvent("updated", { resource: invitationResource({ answerable: false }) });

describe("an interruption of the event channel", () => {
  it.each(["resume", "resync"] as const)(
    "asks at once after every live invitation (%s)",
    { tags: ["revalidate"] },
    async (how) => {
      const { doorbell, session, clock } = rig();
      const other = `${APPLICATION}/communication/messagingInvitations/53`;
      const ended = `${APPLICATION}/communication/messagingInvitations/54`;
      for (const href of [INVITATION, other, ended]) doorbell.received([started({ href })]);
      doorbell.received([completed("Failure", "Canceled", { href: ended })]);
      session.onLookUp = (href) => (href === other ? found(snapshot({}, other))() : gone());
      doorbell.channelInterrupted(1, how);
      expect(session.lookedUp).toEqual([INVITATION, other]);
      await clock.advance(1500);
      expect(doorbell.state.invitations.map(({ state }) => state)).toEqual([
        "missed",
        "ringing",
        "cancelled",
      ]);
    },
  );

  it("asks after no other generation, and after none that is over", async () => {
    const { doorbell, session } = rig();
    doorbell.received([started({ generation: 2 })]);
    doorbell.received([started()]);
    doorbell.received([LINKLESS]);
    doorbell.channelInterrupted(1, "resync");
    expect(session.lookedUp).toEqual([]);
  });

  it("asks again when the question under way is older than the interruption", async () => {
    const { doorbell, session, clock } = rig();
    const { onLookUp, answer } = byHand();
    session.onLookUp = onLookUp;
    doorbell.received([started()]);
    doorbell.channelInterrupted(1, "resync");
    doorbell.channelInterrupted(1, "resync");
    expect(session.lookedUp).toHaveLength(1);
    await clock.settle();
    answer({ outcome: "found", invitation: snapshot() });
    await clock.settle();
    expect(session.lookedUp).toHaveLength(2);
  });

  it("finds an answer of ours to have been carried out", async () => {
    const { doorbell, session, clock, only } = rig();
    doorbell.received([started()]);
    session.onPost = taken;
    await doorbell.accept(only().id);
    session.onLookUp = found(snapshot({ state: "Connected", links: UNANSWERABLE }));
    doorbell.channelInterrupted(1, "resync");
    await clock.settle();
    expect(only().state).toBe("accepted");
  });

  it("changes nothing by replaying what was said", { tags: ["events-deduplicated"] }, () => {
    const { doorbell, told } = rig();
    const said = [
      started(),
      conversationEvent("added", "Incoming"),
      LINKLESS,
      completed("Failure", "Canceled"),
    ];
    for (const [index, event] of said.entries()) {
      doorbell.received([event]);
      const before = told.length;
      for (const earlier of said.slice(0, index + 1)) doorbell.received([earlier]);
      expect(told).toHaveLength(before);
    }
  });

  it("withdraws one whose application turns out to be gone", async () => {
    const { doorbell, session, clock, only } = rig();
    doorbell.received([started()]);
    session.onLookUp = () => Promise.resolve({ outcome: "superseded" });
    doorbell.channelInterrupted(1, "resume");
    await clock.settle();
    expect(only().state).toBe("withdrawn");
  });
});
