import { describe, expect, it } from "vitest";

import type { CommandOutcome, InvitationLookup } from "../../ucwa/session-port.ts";
import {
  APPLICATION,
  completed,
  insideConversation,
  INVITATION,
  invitationEvent,
  invitationResource,
  reason,
  snapshot,
  started,
  UNANSWERABLE,
} from "../../testing/invitation-events.ts";
import { found, gone, refused, rig, taken, unreachable } from "../../testing/rig.ts";

const LINKLESS = invitationEvent("updated", { resource: invitationResource({ answerable: false }) });
const NOBODY = { name: "", uri: "", network: "Unknown", anonymous: false };

/** Look-ups that the test answers one by one. */
function byHand() {
  const pending: Array<(result: InvitationLookup) => void> = [];
  return {
    onLookUp: () => new Promise<InvitationLookup>((resolve) => void pending.push(resolve)),
    /** Once the question has been sent. */
    answer: (result: InvitationLookup) => {
      const resolve = pending.shift();
      if (!resolve) throw new Error("Nothing was asked.");
      resolve(result);
    },
  };
}

describe("an invitation that comes as a bare link", () => {
  it("rings when its representation has come, once", { tags: ["embedding-optional"] }, async () => {
    const { doorbell, session, clock, shownStates, only, told } = rig();
    session.onLookUp = found(snapshot());
    const before = told.length;
    doorbell.received([invitationEvent("started")]);
    expect(told).toHaveLength(before);
    await clock.settle();
    expect(only()).toMatchObject({ from: { name: "Ada Winter" }, canAccept: true });
    doorbell.received([invitationEvent("started")]);
    doorbell.received([invitationEvent("updated")]);
    await clock.settle();
    expect(session.lookedUp).toEqual([INVITATION, INVITATION]);
    expect(shownStates()).toEqual(["ringing"]);
  });

  it("holds up no other invitation", () => {
    const { doorbell, only } = rig();
    doorbell.received([invitationEvent("started")]);
    doorbell.received([started({ href: `${APPLICATION}/communication/messagingInvitations/53` })]);
    expect(only().state).toBe("ringing");
  });

  it("never rings when it has completed before it could be fetched, and leaves a trace with its name", async () => {
    const { doorbell, session, clock, shownStates, only } = rig();
    const { onLookUp, answer } = byHand();
    session.onLookUp = onLookUp;
    doorbell.received([invitationEvent("started")]);
    doorbell.received([completed("Failure", "Canceled")]);
    const endedAt = clock.now();
    await clock.advance(500);
    answer({ outcome: "found", invitation: snapshot({ links: UNANSWERABLE }) });
    await clock.settle();
    expect(shownStates()).toEqual(["cancelled"]);
    expect(only()).toMatchObject({ from: { name: "Ada Winter" }, endedAt, reason: reason("Canceled") });
    expect(clock.pending).toBe(0);
  });

  it("leaves a trace with its name although the first question fails", async () => {
    const { doorbell, session, clock, only } = rig();
    const answers = [unreachable, found(snapshot())];
    session.onLookUp = () => (answers.shift() ?? gone)();
    doorbell.received([completed("Failure", "Timeout")]);
    await clock.advance(300);
    expect(only()).toMatchObject({ state: "missed", from: { name: "Ada Winter" } });
  });

  it("leaves a trace without a name when it cannot be fetched any more", async () => {
    const { doorbell, session, clock, shownStates, only } = rig();
    session.onLookUp = unreachable;
    doorbell.received([completed("Failure", "Timeout")]);
    await clock.advance(1500);
    expect(shownStates()).toEqual(["missed"]);
    expect(only().from).toEqual(NOBODY);
  });

  it("leaves its trace at once when it has completed and is gone", async () => {
    const { doorbell, session, clock, shownStates } = rig();
    session.onLookUp = gone;
    doorbell.received([completed("Failure", "Timeout")]);
    await clock.settle();
    expect(shownStates()).toEqual(["missed"]);
  });

  it("rings without a name and buttons after a second and a half, and is completed in place", async () => {
    const { doorbell, session, clock, shownStates, only } = rig();
    let answer: () => Promise<InvitationLookup> = unreachable;
    session.onLookUp = () => answer();
    doorbell.received([invitationEvent("started")]);
    await clock.advance(1499);
    expect(shownStates()).toEqual([]);
    expect(session.lookedUp.length).toBeGreaterThan(2);
    await clock.advance(1);
    expect(only()).toMatchObject({ state: "ringing", from: NOBODY, canAccept: false, canDecline: false });
    const { id } = only();
    answer = found(snapshot());
    await clock.advance(10_000);
    expect(only()).toMatchObject({ id, from: { name: "Ada Winter" }, canAccept: true, canDecline: true });
    expect(shownStates()).toEqual(["ringing"]);
  });

  it("takes a failure or a refusal for no more than a delay", async () => {
    const { doorbell, session, clock, only } = rig();
    const answers = [unreachable, refused(403), found(snapshot())];
    session.onLookUp = () => (answers.shift() ?? gone)();
    doorbell.received([invitationEvent("started")]);
    await clock.advance(1000);
    expect(only().from.name).toBe("Ada Winter");
  });

  it("never rings when it is gone, and waits a moment for the reason", async () => {
    const { doorbell, session, clock, shownStates } = rig();
    session.onLookUp = gone;
    doorbell.received([invitationEvent("started")]);
    await clock.advance(1000);
    doorbell.received([completed("Failure", "ConnectedElsewhere")]);
    expect(shownStates()).toEqual(["answeredElsewhere"]);
  });

  it("is missed when it is gone and nothing says why", async () => {
    const { doorbell, session, clock, shownStates } = rig();
    session.onLookUp = gone;
    doorbell.received([invitationEvent("started")]);
    await clock.advance(1500);
    expect(shownStates()).toEqual(["missed"]);
  });

  it("takes the caller's name from the conversation when it has none of its own", async () => {
    const { doorbell, session, clock, only } = rig();
    session.onLookUp = found(
      snapshot({ from: { ...NOBODY, network: "Federated", uri: "sip:ada@example.test" } }),
    );
    doorbell.received([invitationEvent("started")]);
    doorbell.received([
      insideConversation("added", "participant", "participants/Ada@other.test", "Ada\u0000Winter\n"),
    ]);
    await clock.settle();
    expect(only().from.name).toMatch(/^Ada ?Winter$/);
    expect(only().from.uri).toBe("sip:ada@example.test");
  });

  it("is not replaced by an older answer when the channel has said more meanwhile", async () => {
    const { doorbell, session, clock, only } = rig();
    const { onLookUp, answer } = byHand();
    session.onLookUp = onLookUp;
    doorbell.received([invitationEvent("started")]);
    doorbell.received([invitationEvent("updated", { resource: invitationResource() })]);
    doorbell.received([LINKLESS]);
    await clock.settle();
    answer({ outcome: "found", invitation: snapshot() });
    await clock.settle();
    expect(only()).toMatchObject({ canAccept: false, canDecline: false });
  });
});

describe("an answer to a question that the channel has overtaken", () => {
  it("changes nothing after the end", async () => {
    const { doorbell, session, clock, only } = rig();
    const { onLookUp, answer } = byHand();
    session.onLookUp = onLookUp;
    doorbell.received([started()]);
    doorbell.channelInterrupted(1, "resync");
    doorbell.received([completed("Failure", "Canceled")]);
    const ended = only();
    await clock.settle();
    answer({ outcome: "found", invitation: snapshot({ subject: "Plan", state: "Connected" }) });
    await clock.settle();
    expect(only()).toBe(ended);
  });

  it("is no reason not to ask again after half a minute", async () => {
    const { doorbell, session, clock } = rig();
    const { onLookUp, answer } = byHand();
    session.onLookUp = onLookUp;
    doorbell.received([invitationEvent("started")]);
    doorbell.received([started()]);
    await clock.settle();
    answer({ outcome: "found", invitation: snapshot() });
    await clock.advance(29_999);
    expect(session.lookedUp).toHaveLength(1);
    await clock.advance(1);
    expect(session.lookedUp).toHaveLength(2);
  });
});

describe("a question about an invitation that we are answering", () => {
  it("is asked again after half a minute while the answer is under way", async () => {
    const { doorbell, session, clock, only } = rig();
    doorbell.received([started()]);
    // No session keeps anybody waiting for so long: the inbox does not rely on it.
    session.post = () => new Promise<CommandOutcome>(() => {});
    void doorbell.accept(only().id);
    session.onLookUp = found(snapshot());
    doorbell.channelInterrupted(1, "resync");
    await clock.advance(30_000);
    expect(session.lookedUp).toHaveLength(2);
    expect(only().state).toBe("answering");
  });

  it("that cannot be answered gives back nothing that the server has taken", async () => {
    const { doorbell, session, clock, only } = rig();
    session.onPost = taken;
    session.onLookUp = unreachable;
    doorbell.received([started()]);
    await doorbell.accept(only().id);
    await clock.advance(60_000);
    expect(session.lookedUp.length).toBeGreaterThan(3);
    expect(only().state).toBe("answering");
  });

  it("takes an answer without receipt for carried out when the links are gone, although it failed", async () => {
    const { doorbell, session, clock, only } = rig();
    session.onLookUp = unreachable;
    session.onPost = unreachable;
    doorbell.received([started()]);
    const receipt = doorbell.accept(only().id);
    doorbell.received([LINKLESS]);
    await receipt;
    await clock.advance(10_000);
    expect(only()).toMatchObject({ state: "answering", answerProblem: null });
  });

  it.each([
    ["rings on while it can be answered", false, "ringing"],
    ["somebody else has it when the links are gone", true, "answeredElsewhere"],
  ])("that failed after a refusal: %s", async (_name, withdrawn, state) => {
    const { doorbell, session, clock, only } = rig();
    session.onLookUp = unreachable;
    session.onPost = refused(403);
    doorbell.received([started()]);
    const receipt = doorbell.accept(only().id);
    if (withdrawn) doorbell.received([LINKLESS]);
    await receipt;
    await clock.advance(4000);
    expect(only().state).toBe(state);
  });
});
