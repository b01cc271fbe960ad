import { describe, expect, it } from "vitest";
import type { CommandOutcome, InvitationLookup } from "../../ucwa/session-port.ts";
import {
  completed,
  invitationEvent,
  invitationResource,
  snapshot,
  UNANSWERABLE,
} from "../../testing/invitation-events.ts";
import { found, gone, rig, taken, unreachable } from "../../testing/rig.ts";
import { refusalOf, ringing } from "./testing/ringing-rig.ts";

const LINKLESS = invitationEvent("updated", { resource: invitationResource({ answerable: false }) });

describe("an answer after which the server stays silent", () => {
  it("is looked up after five seconds and found connected", async () => {
    const { doorbell, session, clock, id, only } = ringing();
    session.onPost = taken;
    session.onLookUp = found(snapshot({ state: "Connected", links: UNANSWERABLE }));
    await doorbell.accept(id);
    await clock.advance(4999);
    expect(session.lookedUp).toEqual([]);
    await clock.advance(1);
    expect(only().state).toBe("accepted");
  });

  it("does not count an answer to a question that is older than itself", async () => {
    const { doorbell, session, clock, id } = ringing();
    let reply: (result: InvitationLookup) => void = () => {};
    session.onLookUp = () => new Promise((resolve) => (reply = resolve));
    session.onPost = taken;
    doorbell.channelInterrupted(1, "resync");
    await doorbell.accept(id);
    reply({ outcome: "found", invitation: snapshot() });
    await clock.advance(5000);
    expect(session.lookedUp).toHaveLength(2);
  });

  it("is asked after at growing gaps and fails after half a minute", async () => {
    const { doorbell, session, clock, id, only } = ringing();
    session.onPost = taken;
    session.onLookUp = found(snapshot({ links: UNANSWERABLE }));
    await doorbell.accept(id);
    await clock.advance(29_999);
    expect(session.lookedUp).toHaveLength(3);
    expect(only().state).toBe("answering");
    await clock.advance(1);
    expect(only()).toMatchObject({ state: "failed", reason: { code: "Timeout" } });
    expect(clock.pending).toBe(0);
  });

  it("rings again, with the reason, when it can still be answered", async () => {
    const { doorbell, session, clock, id, only } = ringing();
    session.onPost = taken;
    session.onLookUp = found(snapshot());
    await doorbell.accept(id);
    await clock.advance(30_000);
    expect(only()).toMatchObject({ state: "ringing", canAccept: true });
    expect(only().answerProblem).toContain("did not act on it");
  });

  it("waits for as long as it takes to be let in from the lobby of a meeting", async () => {
    const made = rig();
    const meeting = invitationEvent("started", {
      rel: "onlineMeetingInvitation",
      resource: invitationResource({ rel: "onlineMeetingInvitation" }),
    });
    made.doorbell.received([meeting]);
    made.session.onPost = taken;
    made.session.onLookUp = found(snapshot({ kind: "onlineMeeting", links: UNANSWERABLE }));
    await made.doorbell.accept(made.only().id);
    await made.clock.advance(300_000);
    expect(made.only().state).toBe("answering");
    made.doorbell.received([completed("Success")]);
    expect(made.only().state).toBe("accepted");
  });

  it("is declined here when it was declined for this place only", async () => {
    const { doorbell, session, clock, id, only } = ringing();
    session.onPost = taken;
    await doorbell.decline(id, "Local");
    await clock.advance(5000);
    expect(only()).toMatchObject({ state: "declined", reason: null });
    // The GET that is under way has its own limit.
    await clock.advance(10_000);
    expect(clock.pending).toBe(0);
  });

  it("is declined after half a minute when it was declined everywhere", async () => {
    const { doorbell, session, clock, id, only } = ringing();
    session.onPost = taken;
    await doorbell.decline(id);
    await clock.advance(29_999);
    expect(only().state).toBe("answering");
    await clock.advance(1);
    expect(only()).toMatchObject({ state: "declined", reason: null });
  });

  it("is declined when the invitation is gone", async () => {
    const { doorbell, session, clock, id, only } = ringing();
    session.onPost = taken;
    session.onLookUp = gone;
    await doorbell.decline(id);
    await clock.advance(7000);
    expect(only().state).toBe("declined");
  });

  it("ends within two minutes when nothing can be reached at all", async () => {
    const { doorbell, session, clock, id, only } = ringing();
    session.onPost = taken;
    session.onLookUp = unreachable;
    await doorbell.accept(id);
    doorbell.received([LINKLESS]);
    await clock.advance(119_999);
    expect(only().state).toBe("answering");
    await clock.advance(1);
    expect(only().state).toBe("failed");
    expect(clock.pending).toBe(0);
  });
});

describe("an answer that does not reach the server", () => {
  it.each([
    ["is taken", taken],
    ["finds nothing left to answer", gone],
  ])(
    "is sent once more, and has arrived when the second %s",
    { tags: ["answer-repeated"] },
    async (_name, second) => {
      const { doorbell, session, clock, id, only } = ringing();
      session.onPost = () => (session.posted.length === 1 ? unreachable() : second());
      session.onLookUp = found(snapshot({ state: "Connected", links: UNANSWERABLE }));
      await doorbell.accept(id);
      expect(session.posted).toHaveLength(2);
      await clock.advance(5_000);
      expect(only().state).toBe("accepted");
    },
  );

  it("rings again once the invitation is found unanswered, and can be answered again", async () => {
    const { doorbell, session, clock, id, only } = ringing();
    session.onPost = unreachable;
    session.onLookUp = found(snapshot());
    expect(await refusalOf(doorbell.accept(id))).toBe("unreachable");
    await clock.settle();
    expect(only()).toMatchObject({ state: "ringing", canAccept: true, answering: null });
    expect(only().answerProblem).toContain("didn't get through");

    session.onPost = taken;
    await clock.advance(29_999);
    expect(session.lookedUp).toHaveLength(1);
    const receipt = doorbell.accept(id);
    expect(only().answerProblem).toBeNull();
    expect(await receipt).toEqual({ ok: true });
  });

  it("rings again when the invitation cannot be asked either", async () => {
    const { doorbell, session, clock, id, only } = ringing();
    session.onPost = unreachable;
    session.onLookUp = unreachable;
    await doorbell.decline(id);
    await clock.settle();
    expect(only()).toMatchObject({ state: "ringing", canDecline: true });
    await clock.advance(300);
    expect(session.lookedUp).toHaveLength(2);
  });

  it("is found to have arrived after all", async () => {
    const { doorbell, session, clock, id, shownStates, only } = ringing();
    session.onPost = unreachable;
    session.onLookUp = found(snapshot({ links: UNANSWERABLE }));
    await doorbell.accept(id);
    await clock.settle();
    expect(only()).toMatchObject({ state: "answering", answerProblem: null });
    // It is waited for as long as if the server had taken it.
    await clock.advance(4999);
    expect(session.lookedUp).toHaveLength(1);
    await clock.advance(1);
    expect(session.lookedUp).toHaveLength(2);
    doorbell.received([completed("Success")]);
    expect(shownStates()).toEqual(["ringing", "answering", "accepted"]);
  });

  it("is not sent again when the invitation has ended meanwhile", async () => {
    const { doorbell, session, id, only } = ringing();
    let answer: (outcome: CommandOutcome) => void = () => {};
    session.onPost = () => new Promise((resolve) => (answer = resolve));
    const receipt = doorbell.accept(id);
    doorbell.received([completed("Failure", "Canceled")]);
    answer({ outcome: "unreachable", detail: "time limit" });
    expect(await refusalOf(receipt)).toBe("unreachable");
    expect(session.posted).toHaveLength(1);
    expect(only().state).toBe("cancelled");
  });
});
