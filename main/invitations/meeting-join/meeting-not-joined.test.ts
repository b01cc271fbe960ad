import { describe, expect, it } from "vitest";
import {
  completed,
  CONVERSATION,
  conversationEvent,
  INVITATION,
  started,
} from "../../testing/invitation-events.ts";
import { conversationUpdated, MEETING, meetingEvent } from "../../testing/meeting-events.ts";
import { gone, rig, taken } from "../../testing/rig.ts";
import { accepted, ADMITTED, ALL_GAPS_MS, READY } from "./testing/accepted-meeting.ts";

describe("a meeting is not joined", () => {
  it("when it is none: messaging that a caller has just left is not added again", async () => {
    const { doorbell, session, clock, only } = rig();
    session.onPost = taken;
    doorbell.received([started()]);
    await doorbell.accept(only().id);
    doorbell.received([completed("Success")]);
    doorbell.received([conversationUpdated("Conferenced")]);
    doorbell.received([READY]);
    await clock.advance(ALL_GAPS_MS);
    expect(session.posted.map(({ href }) => href)).toEqual([`${INVITATION}/accept`]);
  });

  it("that another device has accepted", async () => {
    const { doorbell, session, clock } = rig();
    doorbell.received([meetingEvent("started")]);
    doorbell.received([ADMITTED]);
    doorbell.received([READY]);
    doorbell.received([conversationUpdated("Conferenced")]);
    await clock.advance(ALL_GAPS_MS);
    expect(session.posted).toEqual([]);
  });

  it("that was declined", async () => {
    const { doorbell, session, clock, only } = rig();
    session.onPost = taken;
    doorbell.received([meetingEvent("started")]);
    await doorbell.decline(only().id);
    doorbell.received([READY]);
    doorbell.received([conversationUpdated("Conferenced")]);
    await clock.advance(ALL_GAPS_MS);
    expect(session.posted.map(({ href }) => href)).toEqual([`${MEETING}/decline`]);
  });

  it.each([
    ["is over", conversationUpdated("Disconnected")],
    ["is deleted", conversationEvent("deleted", null)],
  ])("whose conversation %s before it was ready", async (_name, end) => {
    const { doorbell, clock, posts } = await accepted();
    doorbell.received([ADMITTED]);
    doorbell.received([end]);
    doorbell.received([READY]);
    doorbell.received([conversationUpdated("Conferenced")]);
    await clock.advance(ALL_GAPS_MS);
    expect(posts()).toEqual([]);
  });

  it("whose conversation is found gone", async () => {
    const { doorbell, session, clock, posts } = await accepted();
    session.onRead = gone;
    doorbell.received([ADMITTED]);
    await clock.advance(ALL_GAPS_MS);
    expect(session.asked).toEqual([CONVERSATION]);
    expect(posts()).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it("whose session is lost", async () => {
    const { doorbell, session, clock, posts } = await accepted();
    doorbell.received([ADMITTED]);
    session.lose();
    doorbell.received([READY]);
    doorbell.received([conversationUpdated("Conferenced")]);
    expect(clock.pending).toBe(0);
    expect(posts()).toEqual([]);
  });

  it("again after the server has refused it", async () => {
    const { doorbell, clock, posts } = await accepted(() =>
      Promise.resolve({ outcome: "refused", status: 403, reason: null }),
    );
    doorbell.received([READY]);
    doorbell.received([conversationUpdated("Conferenced")]);
    await clock.settle();
    doorbell.received([READY]);
    await clock.advance(ALL_GAPS_MS);
    expect(posts()).toHaveLength(1);
  });
});
