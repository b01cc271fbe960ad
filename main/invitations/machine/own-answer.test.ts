import { describe, expect, it } from "vitest";

import type { CommandOutcome, InvitationLookup } from "../../ucwa/session-port.ts";
import {
  completed,
  invitationEvent,
  invitationResource,
  snapshot,
  started,
  UNANSWERABLE,
} from "../../testing/invitation-events.ts";
import { conflict, found, gone, refused, rig, taken, unreachable } from "../../testing/rig.ts";

const LINKLESS = invitationEvent("updated", { resource: invitationResource({ answerable: false }) });

/** A rig with one ringing invitation. */
function ringing() {
  const made = rig();
  made.doorbell.received([started()]);
  return { ...made, id: made.only().id };
}

async function refusalOf(receipt: ReturnType<ReturnType<typeof ringing>["doorbell"]["accept"]>) {
  const value = await receipt;
  return value.ok ? null : value.error.code;
}

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

describe("an answer that the server turns down", () => {
  it("comes too late: the event says why, although it comes behind", async () => {
    const { doorbell, session, clock, id, shownStates } = ringing();
    session.onPost = gone;
    session.onLookUp = gone;
    expect(await refusalOf(doorbell.accept(id))).toBe("gone");
    await clock.advance(1000);
    doorbell.received([completed("Failure", "ConnectedElsewhere")]);
    expect(shownStates()).toEqual(["ringing", "answering", "answeredElsewhere"]);
  });

  it.each([
    ["404", gone],
    ["409", conflict],
  ])(
    "comes too late (%s): no event at all says why",

    async (_status, outcome) => {
      const { doorbell, session, clock, id, only } = ringing();
      session.onPost = outcome;
      session.onLookUp = gone;
      expect(await refusalOf(doorbell.accept(id))).toBe("gone");
      await clock.advance(1500);
      expect(only().state).toBe("failed");
      expect(only().reason?.message).toContain("before your answer");
    },
  );

  it("is refused and rings on, with what the server said", async () => {
    const { doorbell, session, clock, id, only } = ringing();
    const reason = { code: "Forbidden", subcode: null, message: "Not\u0007 today." };
    session.onPost = () => Promise.resolve({ outcome: "refused", status: 403, reason });
    session.onLookUp = found(snapshot());
    expect(await refusalOf(doorbell.accept(id))).toBe("refused");
    await clock.settle();
    expect(only()).toMatchObject({ state: "ringing", canAccept: true });
    expect(only().answerProblem).toMatch(/^The server refused your answer: Not ? ?today\.$/);
  });

  it("fails with what the server said when it comes too late", async () => {
    const { doorbell, session, clock, id, only } = ringing();
    const reason = { code: "NotFound", subcode: null, message: "It is over." };
    session.onPost = () => Promise.resolve({ outcome: "gone", reason });
    session.onLookUp = gone;
    await doorbell.accept(id);
    await clock.advance(1500);
    expect(only()).toMatchObject({ state: "failed", reason });
  });

  it("is refused because somebody else has it", async () => {
    const { doorbell, session, clock, id, only } = ringing();
    session.onPost = refused(403);
    session.onLookUp = found(snapshot({ links: UNANSWERABLE }));
    await doorbell.accept(id);
    await clock.advance(5000);
    expect(only().state).toBe("answeredElsewhere");
  });

  it("belongs to an application that is no more", async () => {
    const { doorbell, session, id, only } = ringing();
    session.onPost = () => Promise.resolve({ outcome: "superseded" });
    expect(await refusalOf(doorbell.accept(id))).toBe("gone");
    expect(only().state).toBe("withdrawn");
  });

  it("comes too late: nobody can be asked any more", async () => {
    const { doorbell, session, clock, id, only } = ringing();
    session.onPost = gone;
    session.onLookUp = unreachable;
    await doorbell.accept(id);
    await clock.advance(1500);
    expect(only().state).toBe("failed");
  });

  it("is repaired by a GET, not by one that was asked before", async () => {
    const { doorbell, session, clock, id, only } = ringing();
    const answers: Array<() => void> = [];
    session.onLookUp = () =>
      new Promise((resolve) => {
        const links = answers.length === 0 ? {} : UNANSWERABLE;
        answers.push(() => resolve({ outcome: "found", invitation: snapshot({ links }) }));
      });
    doorbell.channelInterrupted(1, "resync");
    session.onPost = unreachable;
    await doorbell.accept(id);
    answers[0]?.();
    await clock.settle();
    expect(only().state).toBe("answering");
    answers[1]?.();
    await clock.settle();
    doorbell.received([completed("Success")]);
    expect(only().state).toBe("accepted");
  });
});
