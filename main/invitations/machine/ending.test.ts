import { describe, expect, it } from "vitest";

import type { InvitationLookup } from "../../ucwa/session-port.ts";
import {
  APPLICATION,
  completed,
  conversationEvent,
  INVITATION,
  invitationEvent,
  invitationResource,
  resource,
  snapshot,
  started,
  UNANSWERABLE,
} from "../../testing/invitation-events.ts";
import { found, gone, rig, unreachable } from "../../testing/rig.ts";
import { finish, overBy, seenOver } from "./ending.ts";
import { newEntry } from "./entry.ts";

const LINKLESS = invitationEvent("updated", { resource: invitationResource({ answerable: false }) });

describe("an invitation first heard of when it is over", () => {
  it.each(["Failed", "Declined", "Cancelled", "Forwarded"])("never rings in state %s", async (state) => {
    const { doorbell, clock, shownStates } = rig();
    doorbell.received([started({ resource: invitationResource({ state }) })]);
    await clock.advance(2000);
    expect(shownStates()).toHaveLength(1);
    expect(shownStates()).not.toContain("ringing");
  });

  it("never rings when it says Connected and cannot be answered", async () => {
    const { doorbell, clock, shownStates } = rig();
    doorbell.received([started({ resource: invitationResource({ state: "Connected", answerable: false }) })]);
    await clock.advance(4000);
    expect(shownStates()).toEqual(["answeredElsewhere"]);
  });

  it("never rings when all that comes is its completion", { tags: ["only-completed"] }, () => {
    const { doorbell, shownStates, only } = rig();
    const resource = invitationResource({ answerable: false, state: "Connected" });
    doorbell.received([completed("Success", undefined, { resource })]);
    expect(shownStates()).toEqual(["accepted"]);
    expect(only().from.name).toBe("Ada Winter");
  });

  it("never rings when its first word is an update that cannot be answered", async () => {
    const { doorbell, session, clock, shownStates } = rig();
    session.onLookUp = gone;
    doorbell.received([LINKLESS]);
    await clock.advance(4000);
    expect(shownStates()).toEqual(["answeredElsewhere"]);
  });

  it("rings when it says Connected but can be answered", () => {
    const { doorbell, only } = rig();
    doorbell.received([started({ resource: invitationResource({ state: "Connected" }) })]);
    expect(only()).toMatchObject({ state: "ringing", canAccept: true });
  });

  it("rings when its first word says nothing of how to answer", () => {
    const { doorbell, only } = rig();
    doorbell.received([started({ resource: invitationResource({ answerable: false }) })]);
    expect(only()).toMatchObject({ state: "ringing", canAccept: false });
  });
});

describe("an invitation that loses its answer links", () => {
  it(
    "loses its buttons at once and is answered elsewhere when a GET agrees",
    { tags: ["end-links-gone", "answer-links-gone"] },
    async () => {
      const { doorbell, session, clock, shownStates, only } = rig();
      session.onLookUp = found(snapshot({ links: UNANSWERABLE }));
      doorbell.received([started()]);
      doorbell.received([LINKLESS]);
      expect(only()).toMatchObject({ state: "ringing", canAccept: false, canDecline: false });
      await clock.advance(1500);
      expect(shownStates()).toEqual(["ringing", "answeredElsewhere"]);
      expect(clock.pending).toBe(0);
    },
  );

  it.each([
    ["a server that cannot be reached", unreachable],
    ["no answer at all", () => new Promise<InvitationLookup>(() => {})],
    ["a resource that is gone", gone],
  ])("does not ring on for %s", async (_name, onLookUp) => {
    const { doorbell, session, clock, only } = rig();
    session.onLookUp = onLookUp;
    doorbell.received([started()]);
    doorbell.received([LINKLESS]);
    await clock.advance(4000);
    expect(only().state).toBe("answeredElsewhere");
  });

  it("does not wait longer because it is said again, or because of another sign of the end", async () => {
    const { doorbell, session, clock, only } = rig();
    doorbell.received([started()]);
    const over = clock.now();
    doorbell.received([LINKLESS]);
    await clock.advance(1000);
    doorbell.received([LINKLESS]);
    await clock.advance(499);
    expect(session.lookedUp).toEqual([]);
    await clock.advance(1);
    expect(session.lookedUp).toEqual([INVITATION]);
    doorbell.received([conversationEvent("deleted", null)]);
    expect(only()).toMatchObject({ state: "answeredElsewhere", endedAt: over });
  });

  it("ends as soon as the GET that should confirm it fails", async () => {
    const { doorbell, session, clock, only } = rig();
    session.onLookUp = unreachable;
    doorbell.received([started()]);
    doorbell.received([LINKLESS]);
    await clock.advance(1500);
    expect(only().state).toBe("answeredElsewhere");
  });

  it("does not get them back from a replay of how it started", () => {
    const { doorbell, only } = rig();
    doorbell.received([started()]);
    doorbell.received([LINKLESS]);
    doorbell.received([started()]);
    expect(only()).toMatchObject({ canAccept: false, canDecline: false });
  });

  it("rings on when the update was only partial", async () => {
    const { doorbell, session, clock, only, shownStates } = rig();
    session.onLookUp = found(snapshot());
    doorbell.received([started()]);
    doorbell.received([LINKLESS]);
    await clock.advance(4000);
    expect(only()).toMatchObject({ state: "ringing", canAccept: true, canDecline: true });
    expect(shownStates()).toEqual(["ringing"]);
  });

  it("ends as completed says, if that comes in time", async () => {
    const { doorbell, clock, only } = rig();
    doorbell.received([started()]);
    doorbell.received([LINKLESS]);
    await clock.advance(1000);
    doorbell.received([completed("Failure")]);
    expect(only().state).toBe("answeredElsewhere");
  });

  it("keeps what it once said of itself", () => {
    const { doorbell, only } = rig();
    doorbell.received([started()]);
    const bare = invitationResource({ answerable: false, from: null });
    doorbell.received([invitationEvent("updated", { resource: bare })]);
    expect(only().from.name).toBe("Ada Winter");
  });
});

describe("an invitation whose conversation ends", () => {
  it.each([
    ["deleted", conversationEvent("deleted", null)],
    ["Disconnected", conversationEvent("updated", "Disconnected")],
  ])("is missed when it is %s before an answer", { tags: ["end-conversation"] }, async (_name, event) => {
    const { doorbell, session, clock, only } = rig();
    doorbell.received([started()]);
    doorbell.received([event]);
    expect(only().canAccept).toBe(false);
    await clock.advance(1500);
    expect(only().state).toBe("missed");
    expect(session.lookedUp).toEqual([]);
  });

  it("takes the reason that comes behind", async () => {
    const { doorbell, clock, only } = rig();
    doorbell.received([started()]);
    doorbell.received([conversationEvent("deleted", null)]);
    await clock.advance(1000);
    doorbell.received([completed("Failure", "ConnectedElsewhere")]);
    expect(only().state).toBe("answeredElsewhere");
  });

  it("was not answered elsewhere because a GET found it failed just before its completion came", async () => {
    const { doorbell, session, clock, only } = rig();
    session.onLookUp = found(snapshot({ state: "Failed", links: UNANSWERABLE }));
    doorbell.received([started()]);
    await clock.advance(30_000);
    expect(only()).toMatchObject({ state: "ringing", canAccept: false });
    doorbell.received([completed("Failure", "Missed")]);
    expect(only().state).toBe("missed");
  });

  it("has no reason of ours when it failed without one, and nobody here had answered", () => {
    const outgoing = resource({ properties: { direction: "Outgoing", state: "Connecting" } });
    for (const event of [started(), invitationEvent("started", { resource: outgoing })]) {
      const { doorbell, only } = rig();
      doorbell.received([event]);
      doorbell.received([
        completed("Failure", "Busy", { reason: { code: "LocalFailure", subcode: "Busy", message: null } }),
      ]);
      expect(only()).toMatchObject({ state: "failed", reason: { subcode: "Busy", message: null } });
      const silent = rig();
      silent.doorbell.received([event]);
      silent.doorbell.received([completed("Failure")]);
      expect(silent.only().reason).toBeNull();
    }
  });

  it("leaves the others alone", async () => {
    const { doorbell, clock, only } = rig();
    doorbell.received([started()]);
    doorbell.received([
      {
        ...conversationEvent("deleted", null),
        link: { rel: "conversation", href: `${APPLICATION}/communication/conversations/other`, title: null },
      },
    ]);
    await clock.advance(2000);
    expect(only()).toMatchObject({ state: "ringing", canAccept: true });
  });
});

describe("an outgoing invitation", () => {
  const calling = snapshot({
    direction: "Outgoing",
    links: { ...UNANSWERABLE, cancel: `${INVITATION}/cancel` },
  });

  it("never rings, also when it comes as a bare link", { tags: ["cancel-link"] }, async () => {
    const { doorbell, session, clock, only, shownStates } = rig();
    session.onLookUp = found(calling);
    doorbell.received([invitationEvent("started")]);
    await clock.settle();
    expect(only()).toMatchObject({ direction: "outgoing", canCancel: true, canAccept: false });
    doorbell.received([completed("Failure", "Declined")]);
    expect(shownStates()).toEqual(["inviting", "declined"]);
  });

  it("does not end when its conversation connects, but when it has completed", async () => {
    const { doorbell, session, clock, shownStates } = rig();
    session.onLookUp = found(calling);
    doorbell.received([invitationEvent("started")]);
    await clock.settle();
    doorbell.received([conversationEvent("added", "Connecting")]);
    doorbell.received([conversationEvent("updated", "Connected")]);
    expect(shownStates()).toEqual(["inviting"]);
    const connected = resource({ properties: { direction: "Outgoing", state: "Connected" } });
    doorbell.received([completed("Success", undefined, { resource: connected })]);
    expect(shownStates()).toEqual(["inviting", "accepted"]);
  });
});

describe("the end of an invitation", () => {
  it("comes with its completed event, by status, reason and state", { tags: ["end-completed"] }, () => {
    for (const [last, state] of [
      [completed("Success"), "accepted"],
      [completed("Failure", "Canceled"), "cancelled"],
      [completed("Failure", undefined, { resource: invitationResource({ state: "Declined" }) }), "declined"],
    ] as const) {
      const { doorbell, shownStates } = rig();
      doorbell.received([started()]);
      doorbell.received([last]);
      expect(shownStates()).toEqual(["ringing", state]);
    }
  });

  it("is no decline of ours when the caller hung up first", () => {
    const { doorbell, only } = rig();
    doorbell.received([started()]);
    void doorbell.decline(only().id, "Local");
    doorbell.received([completed("Failure", "Canceled")]);
    expect(only()).toMatchObject({ state: "cancelled", declineScope: null });
  });

  const entry = newEntry({ generation: 1, href: INVITATION }, 1, "messaging", 0);

  it("is the first one", () => {
    const ended = finish(entry, overBy("conversationEnded", 1));
    expect(ended.phase).toMatchObject({ name: "ended", state: "missed", at: 1 });
    expect(finish(ended, overBy("sessionLost", 2))).toBe(ended);
    expect(seenOver(ended, overBy("gone", 2))).toBe(ended);
  });

  it("is the first one that was seen, but for links that vanish, which may be a mistake", () => {
    const gone = seenOver(entry, overBy("gone", 1));
    expect(seenOver(gone, overBy("conversationEnded", 2))).toBe(gone);
    expect(seenOver(gone, overBy("linksWithdrawn", 2))).toBe(gone);
    const withdrawn = seenOver(entry, overBy("linksWithdrawn", 1));
    expect(seenOver(withdrawn, overBy("linksWithdrawn", 2))).toBe(withdrawn);
    expect(seenOver(withdrawn, overBy("gone", 2)).over).toMatchObject({ cause: "gone", since: 1 });
  });
});
