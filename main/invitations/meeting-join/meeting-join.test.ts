import { describe, expect, it } from "vitest";
import { CONVERSATION, snapshot, UNANSWERABLE } from "../../testing/invitation-events.ts";
import {
  ADD_MESSAGING,
  conversationResource,
  conversationUpdated,
  meetingEvent,
  MESSAGING,
  messagingResource,
  messagingUpdated,
  read,
  tooEarly,
} from "../../testing/meeting-events.ts";
import { found, taken, unreachable } from "../../testing/rig.ts";
import { JOIN_CHECK_GAPS_MS, MOST_EAGER_JOIN_TRIES } from "../machine/timing.ts";
import { accepted, ADMITTED, ALL_GAPS_MS, operationOf, READY } from "./testing/accepted-meeting.ts";

describe("a meeting that was accepted here", () => {
  it("is joined once it is Conferenced and its messaging can be added, with an operation id and nothing else", async () => {
    const { doorbell, posts, only } = await accepted();
    doorbell.received([READY]);
    doorbell.received([conversationUpdated("Conferencing")]);
    expect(posts()).toEqual([]);
    doorbell.received([conversationUpdated("Conferenced")]);
    expect(only().state).toBe("accepted");
    expect(posts()).toEqual([
      { generation: 1, href: ADD_MESSAGING, body: { operationId: expect.stringMatching(/^operation-/) } },
    ]);
  });

  it("is joined whichever of the three comes last: the roster, the conversation, the link", async () => {
    const events = [ADMITTED, conversationUpdated("Conferenced"), READY];
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ] as const;
    for (const order of orders) {
      const { doorbell, posts } = await accepted();
      const seen = new Set<number>();
      for (const index of order) {
        const event = events[index];
        if (event) doorbell.received([event]);
        seen.add(index);
        // A conversation that is Conferenced is proof enough of the roster.
        const ready = seen.has(1) && seen.has(2);
        expect(posts(), `order ${order.join()}, after ${index}`).toHaveLength(ready ? 1 : 0);
      }
    }
  });

  it("is joined once, however often it is told to be ready", async () => {
    const { doorbell, clock, posts } = await accepted();
    doorbell.received([conversationUpdated("Conferenced")]);
    for (let times = 0; times < 3; times++) doorbell.received([READY]);
    await clock.advance(ALL_GAPS_MS);
    doorbell.received([READY]);
    expect(posts()).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it("is not joined when its messaging is connecting or connected already", async () => {
    const { doorbell, clock, posts } = await accepted();
    doorbell.received([messagingUpdated("Connecting", false)]);
    doorbell.received([conversationUpdated("Conferenced")]);
    doorbell.received([READY]);
    await clock.advance(ALL_GAPS_MS);
    expect(posts()).toEqual([]);
  });

  it("is asked after where events carry links only", async () => {
    const { doorbell, session, clock, posts } = await accepted();
    session.onRead = (href) =>
      read(
        href === MESSAGING ? messagingResource("Disconnected", true) : conversationResource("Conferenced"),
      );
    doorbell.received([{ ...ADMITTED, resource: null }]);
    await clock.advance(1000);
    expect(session.asked).toEqual([CONVERSATION, MESSAGING]);
    expect(posts()).toHaveLength(1);
  });

  it("is given up when it never becomes ready, and nothing is left waiting", async () => {
    const { doorbell, session, clock, posts, logged } = await accepted();
    session.onRead = () => read(conversationResource("Conferenced", null));
    doorbell.received([ADMITTED]);
    await clock.advance(ALL_GAPS_MS + 1);
    expect(session.asked).toHaveLength(JOIN_CHECK_GAPS_MS.length);
    expect(posts()).toEqual([]);
    expect(clock.pending).toBe(0);
    expect(logged.join()).toContain("never ready");
  });

  it("that offers no messaging is accepted all the same, and nothing is joined", async () => {
    const { doorbell, only, posts } = await accepted();
    doorbell.received([messagingUpdated("Disconnected", false)]);
    doorbell.received([conversationUpdated("Conferenced")]);
    expect(only().state).toBe("accepted");
    expect(posts()).toEqual([]);
  });
});

describe("joining too early (409)", () => {
  it(
    "is tried again at the next word of the conversation, under the same operation id",
    { tags: ["meeting-join"] },
    async () => {
      const answers = [tooEarly, taken];
      const { doorbell, clock, posts } = await accepted(() => (answers.shift() ?? taken)());
      doorbell.received([ADMITTED]);
      doorbell.received([READY]);
      expect(posts()).toEqual([]);
      doorbell.received([conversationUpdated("Conferenced")]);
      await clock.settle();
      expect(posts()).toHaveLength(1);
      doorbell.received([conversationUpdated("Conferenced")]);
      await clock.settle();
      expect(posts()).toHaveLength(2);
      expect(operationOf(posts()[1])).toBe(operationOf(posts()[0]));
    },
  );

  it("is tried again after a while where nothing more is said, at growing gaps, and not for ever", async () => {
    const { doorbell, session, clock, posts } = await accepted(tooEarly);
    session.onRead = (href) =>
      read(
        href === MESSAGING ? messagingResource("Disconnected", true) : conversationResource("Conferenced"),
      );
    doorbell.received([READY]);
    doorbell.received([conversationUpdated("Conferenced")]);
    await clock.advance(999);
    expect(posts()).toHaveLength(1);
    await clock.advance(1);
    expect(posts()).toHaveLength(2);
    await clock.advance(10 * ALL_GAPS_MS);
    expect(posts()).toHaveLength(1 + JOIN_CHECK_GAPS_MS.length);
    expect(clock.pending).toBe(0);
  });

  it("is not tried at every word of a server that keeps talking, but still when a while has passed", async () => {
    const { doorbell, session, clock, posts } = await accepted(tooEarly);
    session.onRead = (href) =>
      read(
        href === MESSAGING ? messagingResource("Disconnected", true) : conversationResource("Conferenced"),
      );
    doorbell.received([READY]);
    for (let words = 0; words < 3 * MOST_EAGER_JOIN_TRIES; words++) {
      doorbell.received([conversationUpdated("Conferenced")]);
      await clock.settle();
    }
    expect(posts()).toHaveLength(MOST_EAGER_JOIN_TRIES);
    session.onPost = taken;
    await clock.advance(ALL_GAPS_MS);
    expect(posts()).toHaveLength(MOST_EAGER_JOIN_TRIES + 1);
    expect(clock.pending).toBe(0);
  });
});

describe("a request to join that nobody answers", () => {
  it("is repeated only when the server says that messaging is still to be added", async () => {
    const answers = [unreachable, taken];
    const { doorbell, session, clock, posts } = await accepted(() => (answers.shift() ?? taken)());
    session.onRead = (href) =>
      read(
        href === MESSAGING ? messagingResource("Disconnected", true) : conversationResource("Conferenced"),
      );
    doorbell.received([READY]);
    doorbell.received([conversationUpdated("Conferenced")]);
    await clock.settle();
    doorbell.received([conversationUpdated("Conferenced")]);
    expect(posts()).toHaveLength(1);
    await clock.advance(1000);
    expect(posts().map(operationOf)).toEqual([operationOf(posts()[0]), operationOf(posts()[0])]);
  });

  it("is not repeated when it has arrived after all", async () => {
    const { doorbell, clock, posts } = await accepted(unreachable);
    doorbell.received([READY]);
    doorbell.received([conversationUpdated("Conferenced")]);
    await clock.settle();
    doorbell.received([messagingUpdated("Connecting", false)]);
    await clock.advance(ALL_GAPS_MS);
    expect(posts()).toHaveLength(1);
  });
});

describe("a meeting whose organiser lets one wait", () => {
  it(
    "stays on its way, and says so, until the organiser lets the person in",
    { tags: ["meeting-lobby"] },
    async () => {
      const { doorbell, session, clock, only, posts } = await accepted();
      session.onLookUp = found(snapshot({ kind: "onlineMeeting", links: UNANSWERABLE }));
      doorbell.received([conversationUpdated("InLobby")]);
      expect(only()).toMatchObject({ state: "answering", answering: "accept", inLobby: true });
      await clock.advance(300_000);
      expect(only()).toMatchObject({ state: "answering", inLobby: true });
      doorbell.received([READY]);
      doorbell.received([conversationUpdated("Conferenced")]);
      expect(only()).toMatchObject({ state: "accepted", inLobby: false });
      expect(posts()).toHaveLength(1);
    },
  );

  it("fails when the organiser turns the person away", async () => {
    const { doorbell, only, posts } = await accepted();
    doorbell.received([conversationUpdated("InLobby")]);
    const reason = { code: "RemoteFailure", subcode: "Denied", message: null };
    doorbell.received([meetingEvent("completed", { status: "Failure", reason })]);
    expect(only()).toMatchObject({ state: "failed", inLobby: false, reason });
    expect(posts()).toEqual([]);
  });
});
