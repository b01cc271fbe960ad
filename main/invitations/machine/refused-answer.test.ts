import { describe, expect, it } from "vitest";
import { completed, snapshot, UNANSWERABLE } from "../../testing/invitation-events.ts";
import { conflict, found, gone, refused, unreachable } from "../../testing/rig.ts";
import { refusalOf, ringing } from "./testing/ringing-rig.ts";

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
