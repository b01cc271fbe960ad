import { describe, expect, it } from "vitest";

import type { CommandOutcome, InvitationLookup } from "../../ucwa/session-port.ts";
import {
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
import { found, gone, rig, taken, unreachable } from "../../testing/rig.ts";
import { reduceInbox } from "./inbox.ts";
import { EMPTY_INBOX } from "./inbox-state.ts";
import type { Inbox } from "./inbox-state.ts";
import type { InboxEvent } from "./inbox-event.ts";

const T0 = 1_000_000;
const KEY = { generation: 1, href: INVITATION };
const BARE: InboxEvent = { type: "started", ...KEY, kind: "messaging", snapshot: null };

function run(events: readonly InboxEvent[], at = T0, inbox: Inbox = EMPTY_INBOX): Inbox {
  return events.reduce((next, event) => reduceInbox(next, event, at), inbox);
}

/** An update that describes the invitation without saying how to answer it. */
const LINKLESS = invitationEvent("updated", { resource: invitationResource({ answerable: false }) });
const DESCRIBED = invitationEvent("updated", { resource: invitationResource() });

describe("a completion", () => {
  it.each([
    ["Connected", "accepted"],
    ["Failed", "missed"],
  ])("without a status says it by its state: %s", (state, end) => {
    const { doorbell, only } = rig();
    doorbell.received([started()]);
    doorbell.received([invitationEvent("completed", { resource: invitationResource({ state }) })]);
    expect(only().state).toBe(end);
  });

  it("ends one that rings without a name at once", async () => {
    const { doorbell, clock, shownStates } = rig();
    doorbell.received([invitationEvent("started")]);
    await clock.advance(1500);
    doorbell.received([completed("Failure", "Canceled")]);
    expect(shownStates()).toEqual(["ringing", "cancelled"]);
  });

  it("of one that was never seen ends it as soon as the channel tells who it was", () => {
    const { doorbell, session, only } = rig();
    doorbell.received([completed("Failure", "Canceled")]);
    expect(session.lookedUp).toEqual([INVITATION]);
    doorbell.received([DESCRIBED]);
    expect(only()).toMatchObject({ state: "cancelled", from: { name: "Ada Winter" } });
  });

  it("of one that was never seen still tells why when the invitation is taken away behind it", async () => {
    const { doorbell, clock, shownStates } = rig();
    doorbell.received([completed("Failure", "Canceled")]);
    doorbell.received([invitationEvent("deleted")]);
    await clock.advance(1500);
    expect(shownStates()).toEqual(["cancelled"]);
  });

  it("of our own call that comes twice still waits for who took it", async () => {
    const { doorbell, session, clock, only } = rig();
    session.onLookUp = () => new Promise<InvitationLookup>(() => {});
    const calling = resource({ properties: { direction: "Outgoing", state: "Connecting" } });
    doorbell.received([invitationEvent("started", { resource: calling })]);
    for (let times = 0; times < 2; times++) doorbell.received([completed("Success")]);
    expect(only().state).toBe("inviting");
    const taken = resource({ properties: { direction: "Outgoing", state: "Connected" } });
    doorbell.received([completed("Success", undefined, { resource: taken })]);
    expect(only().state).toBe("accepted");
    await clock.advance(1500);
    expect(only().state).toBe("accepted");
  });

  it("that comes twice for one that was never seen leaves one trace", async () => {
    const { doorbell, session, clock, shownStates } = rig();
    session.onLookUp = unreachable;
    doorbell.received([completed("Failure", "Canceled")]);
    doorbell.received([completed("Failure", "Canceled")]);
    await clock.advance(1500);
    expect(shownStates()).toEqual(["cancelled"]);
  });
});

describe("an invitation that is taken away", () => {
  it("loses its buttons at once, and is missed when nothing says why", async () => {
    const { doorbell, session, clock, only } = rig();
    doorbell.received([started()]);
    doorbell.received([invitationEvent("deleted")]);
    expect(only()).toMatchObject({ state: "ringing", canAccept: false, canDecline: false });
    await clock.advance(1500);
    expect(only().state).toBe("missed");
    expect(session.lookedUp).toEqual([]);
  });

  it("ends also when we accepted it and its conversation had moved", async () => {
    const { doorbell, session, clock, only } = rig();
    session.onPost = taken;
    doorbell.received([started()]);
    await doorbell.accept(only().id);
    const links = { derivedMessaging: `${INVITATION}/derivedMessaging` };
    const moved = resource({ properties: { direction: "Incoming", state: "Connecting" }, links });
    doorbell.received([invitationEvent("updated", { resource: moved })]);
    doorbell.received([invitationEvent("deleted")]);
    await clock.advance(1500);
    expect(only().state).toBe("failed");
  });

  it("never rings when a late update still describes it", async () => {
    const { doorbell, session, clock, shownStates } = rig();
    session.onLookUp = gone;
    doorbell.received([invitationEvent("started")]);
    await clock.settle();
    doorbell.received([DESCRIBED]);
    await clock.advance(1500);
    expect(shownStates()).toEqual(["missed"]);
  });
});

describe("a conversation that connects", () => {
  it("does not answer an invitation that nobody has answered", () => {
    const { doorbell, only } = rig();
    doorbell.received([started()]);
    doorbell.received([conversationEvent("added", "Incoming")]);
    doorbell.received([conversationEvent("updated", "Connected")]);
    expect(only()).toMatchObject({ state: "ringing", canAccept: true });
  });

  it("does not make an accept of a decline", async () => {
    const { doorbell, session, only } = rig();
    session.onPost = taken;
    doorbell.received([started()]);
    doorbell.received([conversationEvent("added", "Incoming")]);
    await doorbell.decline(only().id);
    doorbell.received([conversationEvent("updated", "Connected")]);
    expect(only()).toMatchObject({ state: "answering", answering: "decline" });
  });

  it("lets the user in; while it is only connecting, nobody waits in a lobby", async () => {
    const { doorbell, session, only } = rig();
    session.onPost = taken;
    doorbell.received([started()]);
    await doorbell.accept(only().id);
    const shown = ["Connecting", "InLobby", "Conferencing", "Conferenced"].map((state) => {
      doorbell.received([conversationEvent("updated", state)]);
      return [only().state, only().inLobby];
    });
    expect(shown).toEqual([
      ["answering", false],
      ["answering", true],
      ["answering", false],
      ["accepted", false],
    ]);
  });

  it("is not the doing of an accept that the server refused", async () => {
    const { doorbell, session, clock, only } = rig();
    session.onPost = () => Promise.resolve({ outcome: "refused", status: 403, reason: null });
    session.onLookUp = found(snapshot());
    doorbell.received([started()]);
    doorbell.received([conversationEvent("added", "Incoming")]);
    await doorbell.accept(only().id);
    await clock.settle();
    doorbell.received([conversationEvent("updated", "Connected")]);
    expect(only()).toMatchObject({ state: "ringing", canAccept: true });
  });
});

describe("a representation that says Connected", () => {
  it("does not tell what became of our decline", async () => {
    const { doorbell, session, only } = rig();
    session.onPost = taken;
    doorbell.received([started()]);
    await doorbell.decline(only().id);
    const connected = invitationResource({ state: "Connected", answerable: false });
    doorbell.received([invitationEvent("updated", { resource: connected })]);
    expect(only().state).toBe("answering");
    doorbell.received([completed("Failure", "ConnectedElsewhere")]);
    expect(only().state).toBe("declined");
  });
});

describe("an invitation that rings without its details", () => {
  it("rings on when its first description does not say how to answer", async () => {
    const { doorbell, clock, shownStates, only } = rig();
    doorbell.received([invitationEvent("started")]);
    await clock.advance(1500);
    doorbell.received([LINKLESS]);
    await clock.advance(4000);
    expect(shownStates()).toEqual(["ringing"]);
    expect(only().from.name).toBe("Ada Winter");
  });

  it("turns out to be a call of our own", async () => {
    const { doorbell, clock, shownStates } = rig();
    doorbell.received([invitationEvent("started")]);
    await clock.advance(1500);
    const calling = resource({ properties: { direction: "Outgoing", state: "Connecting" } });
    doorbell.received([invitationEvent("updated", { resource: calling })]);
    expect(shownStates()).toEqual(["ringing", "inviting"]);
  });

  it("was taken for a call of our own, and rings when it turns out that somebody calls", async () => {
    const { doorbell, clock, shownStates } = rig();
    const rel = "participantInvitation";
    doorbell.received([invitationEvent("started", { rel })]);
    await clock.advance(1500);
    doorbell.received([invitationEvent("updated", { rel, resource: invitationResource({ rel }) })]);
    expect(shownStates()).toEqual(["inviting", "ringing"]);
  });
});

describe("an outgoing invitation that a GET finds decided", () => {
  it.each([
    ["Connected", "accepted"],
    ["Declined", "declined"],
    ["Cancelled", "cancelled"],
    ["Forwarded", "forwarded"],
    ["Failed", "failed"],
  ] as const)("%s: can be cancelled no more, and is %s when no completion comes", async (state, end) => {
    const { doorbell, session, clock, only } = rig();
    const links = { ...UNANSWERABLE, cancel: `${INVITATION}/cancel` };
    session.onLookUp = found(snapshot({ direction: "Outgoing", links }));
    doorbell.received([invitationEvent("started")]);
    await clock.settle();
    expect(only()).toMatchObject({ state: "inviting", canCancel: true });
    session.onLookUp = found(snapshot({ direction: "Outgoing", state, links }));
    doorbell.channelInterrupted(1, "resync");
    await clock.settle();
    session.onLookUp = () => new Promise<InvitationLookup>(() => {});
    expect(only()).toMatchObject({ state: "inviting", canCancel: false });
    await clock.advance(1500);
    expect(only().state).toBe(end);
  });
});

describe("a wait that is over", () => {
  it("decides nothing before its time", () => {
    const ringing = run([BARE]);
    expect(run([{ type: "timeUp", ...KEY }], T0 + 1499, ringing)).toBe(ringing);
  });

  it("gives an accept back to a user who can still repeat it", async () => {
    const { doorbell, session, clock, only } = rig();
    session.onPost = taken;
    session.onLookUp = unreachable;
    doorbell.received([started()]);
    await doorbell.accept(only().id);
    await clock.advance(90_000);
    doorbell.received([DESCRIBED]);
    await clock.advance(29_999);
    expect(only().state).toBe("answering");
    await clock.advance(1);
    expect(only()).toMatchObject({ state: "ringing", canAccept: true });
    expect(only().answerProblem).toContain("did not act on it");
  });

  it("gives a decline back that never had an answer", async () => {
    const { doorbell, session, clock, only } = rig();
    // No session keeps anybody waiting for so long: the inbox does not rely on it.
    session.post = () => new Promise<CommandOutcome>(() => {});
    session.onLookUp = unreachable;
    doorbell.received([started()]);
    void doorbell.decline(only().id, "Local");
    await clock.advance(90_000);
    doorbell.received([DESCRIBED]);
    await clock.advance(29_999);
    expect(only().state).toBe("answering");
    await clock.advance(1);
    expect(only()).toMatchObject({ state: "ringing", canDecline: true });
  });
});

describe("an invitation without a message", () => {
  it("rings all the same", { tags: ["message-absent"] }, () => {
    const { doorbell, only } = rig();
    const bare = resource({
      properties: { direction: "Incoming", state: "Connecting", subject: "" },
      links: { accept: `${INVITATION}/accept`, decline: `${INVITATION}/decline` },
    });
    doorbell.received([started({ resource: bare })]);
    expect(only()).toMatchObject({ state: "ringing", message: null, subject: "" });
  });
});
