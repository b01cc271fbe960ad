import { describe, expect, it } from "vitest";

import type { InvitationLookup } from "../ucwa/session-port.ts";
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
import { found, gone, rig, taken, unreachable } from "../testing/rig.ts";

const LINKLESS = invitationEvent("updated", { resource: invitationResource({ answerable: false }) });

/** Look-ups that the test answers one by one. */
function byHand() {
  const pending: Array<(result: InvitationLookup) => void> = [];
  return {
    onLookUp: () => new Promise<InvitationLookup>((resolve) => void pending.push(resolve)),
    answer: (result: InvitationLookup) => pending.shift()?.(result),
  };
}

describe("an invitation of which nothing is heard", () => {
  it("is asked after every half minute and rings for as long as it is found", async () => {
    const { doorbell, session, clock, only, told } = rig();
    session.onLookUp = found(snapshot());
    doorbell.event(started());
    await clock.advance(30_000);
    const before = told.length;
    await clock.advance(90_000);
    expect(session.lookedUp).toHaveLength(4);
    expect(only().state).toBe("ringing");
    expect(told).toHaveLength(before);
  });

  it("ends within two seconds of being found gone", async () => {
    const { doorbell, session, clock, only } = rig();
    session.onLookUp = gone;
    doorbell.event(started());
    await clock.advance(31_500);
    expect(only().state).toBe("missed");
  });

  it("ends after a minute when nobody can be asked", async () => {
    const { doorbell, session, clock, only } = rig();
    session.onLookUp = unreachable;
    doorbell.event(started());
    await clock.advance(59_999);
    expect(only().state).toBe("ringing");
    await clock.advance(1);
    expect(only()).toMatchObject({ state: "missed", reason: { code: "Timeout" } });
    expect(clock.pending).toBe(0);
  });

  it("ends after ten minutes although the server still has it", async () => {
    const { doorbell, session, clock, only } = rig();
    session.onLookUp = found(snapshot());
    doorbell.event(started());
    await clock.advance(600_000);
    expect(only().state).toBe("missed");
    expect(clock.pending).toBe(0);
  });

  it("is asked after before it is given up when the clock is set forward by a minute", async () => {
    const { doorbell, session, clock, only } = rig();
    session.onLookUp = found(snapshot());
    doorbell.event(started());
    clock.setWall(60_000);
    await clock.advance(60_000);
    expect(only().state).toBe("ringing");
    session.onLookUp = () => new Promise(() => {});
    clock.setWall(60_000);
    await clock.advance(45_000);
    expect(only().state).toBe("missed");
  });

  it.each([-2_000, -7_200_000])("rings and ends on time although the clock is set by %i ms", async (byMs) => {
    const { doorbell, session, clock, only, told } = rig();
    session.onLookUp = unreachable;
    doorbell.event(invitationEvent("started"));
    await clock.advance(500);
    clock.setWall(byMs);
    await clock.advance(999);
    expect(told.at(-1)?.invitations).toEqual([]);
    await clock.advance(1);
    expect(only().state).toBe("ringing");
    clock.setWall(byMs);
    await clock.advance(58_500);
    expect(only().state).toBe("missed");
    // Times that are shown go by the wall again once nothing is alive.
    doorbell.event(started({ href: `${INVITATION}9` }));
    expect(told.at(-1)?.invitations.at(-1)?.receivedAt).toBe(clock.now());
  });

  it("makes the session doubt its event channel when a GET tells an end of which the channel said nothing", async () => {
    const { doorbell, session, clock } = rig();
    session.onLookUp = found(snapshot());
    doorbell.event(started());
    await clock.advance(30_000);
    expect(session.triedNow).toBe(0);
    session.onLookUp = gone;
    await clock.advance(30_000);
    expect(session.triedNow).toBe(1);
    await clock.advance(5_000);
    expect(session.triedNow).toBe(1);
  });

  it("went with its session when the session ends in the moment after it was found gone", async () => {
    const { doorbell, session, clock, only } = rig();
    session.onLookUp = gone;
    doorbell.event(started());
    await clock.advance(30_000);
    doorbell.generationEnded(1);
    expect(only().state).toBe("withdrawn");
  });

  it("does not ring on when the machine wakes up hours later", async () => {
    const { doorbell, clock, only } = rig();
    doorbell.event(started());
    await clock.sleepMachine(8 * 3_600_000);
    expect(only().state).toBe("missed");
  });
});

describe("an interruption of the event channel", () => {
  it.each(["resume", "resync"] as const)("asks at once after every live invitation (%s)", async (how) => {
    const { doorbell, session, clock } = rig();
    const other = `${APPLICATION}/communication/messagingInvitations/53`;
    const ended = `${APPLICATION}/communication/messagingInvitations/54`;
    for (const href of [INVITATION, other, ended]) doorbell.event(started({ href }));
    doorbell.event(completed("Failure", "Canceled", { href: ended }));
    session.onLookUp = (href) => (href === other ? found(snapshot({}, other))() : gone());
    doorbell.channelInterrupted(1, how);
    expect(session.lookedUp).toEqual([INVITATION, other]);
    await clock.advance(1500);
    expect(doorbell.state.invitations.map(({ state }) => state)).toEqual(["missed", "ringing", "cancelled"]);
  });

  it("asks after no other generation, and after none that is over", async () => {
    const { doorbell, session } = rig();
    doorbell.event(started({ generation: 2 }));
    doorbell.event(started());
    doorbell.event(LINKLESS);
    doorbell.channelInterrupted(1, "resync");
    expect(session.lookedUp).toEqual([]);
  });

  it("asks again when the question under way is older than the interruption", async () => {
    const { doorbell, session, clock } = rig();
    const { onLookUp, answer } = byHand();
    session.onLookUp = onLookUp;
    doorbell.event(started());
    doorbell.channelInterrupted(1, "resync");
    doorbell.channelInterrupted(1, "resync");
    expect(session.lookedUp).toHaveLength(1);
    answer({ outcome: "found", invitation: snapshot() });
    await clock.settle();
    expect(session.lookedUp).toHaveLength(2);
  });

  it("finds an answer of ours to have been carried out", async () => {
    const { doorbell, session, clock, only } = rig();
    doorbell.event(started());
    session.onPost = taken;
    await doorbell.accept(only().id);
    session.onLookUp = found(snapshot({ state: "Connected", links: UNANSWERABLE }));
    doorbell.channelInterrupted(1, "resync");
    await clock.settle();
    expect(only().state).toBe("accepted");
  });

  it("changes nothing by replaying what was said", () => {
    const { doorbell, told } = rig();
    const said = [started(), conversationEvent("added", "Incoming"), completed("Failure", "Canceled")];
    for (const event of said) doorbell.event(event);
    const before = told.length;
    for (const event of [...said, ...said, LINKLESS]) doorbell.event(event);
    expect(told).toHaveLength(before);
  });

  it("withdraws one whose application turns out to be gone", async () => {
    const { doorbell, session, clock, only } = rig();
    doorbell.event(started());
    session.onLookUp = () => Promise.resolve({ outcome: "superseded" });
    doorbell.channelInterrupted(1, "resume");
    await clock.settle();
    expect(only().state).toBe("withdrawn");
  });
});
