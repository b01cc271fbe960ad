import { describe, expect, it } from "vitest";

import {
  APPLICATION,
  completed,
  CONVERSATION,
  conversationEvent,
  insideConversation,
  invitationEvent,
  resource,
  snapshot,
  UNANSWERABLE,
} from "../testing/invitation-events.ts";
import { conflict, found, gone, refused, rig, taken, unreachable } from "../testing/rig.ts";
import type { Rig } from "../testing/rig.ts";
import { offersOf, ScriptedSession } from "../testing/scripted-session.ts";
import type { CommandOutcome, Offers } from "../ucwa/session-port.ts";
import type { CallReceipt } from "./calling.ts";

const CALL = `${APPLICATION}/communication/messagingInvitations/91`;
const OLA = `${APPLICATION}/people/ola@example.test`;
const REQUEST = { to: "ola@example.test", message: "1+1 is two & more" };

const KIM = {
  name: "Kim Lee",
  uri: "sip:kim@example.test",
  network: "SameEnterprise",
  anonymous: false,
} as const;

const made = (): Promise<CommandOutcome> => Promise.resolve({ outcome: "taken", location: CALL });

/** What the events of our call carry. */
function call(state = "Connecting", over: { cancel?: boolean; operationId?: string } = {}) {
  const { cancel = state === "Connecting", operationId = "operation-1" } = over;
  return resource({
    properties: { direction: "Outgoing", state, operationId, subject: "Budget", importance: "Normal" },
    links: { to: OLA, conversation: CONVERSATION, ...(cancel ? { cancel: `${CALL}/cancel` } : {}) },
  });
}

function begun(over: { href?: string; operationId?: string } = {}) {
  return invitationEvent("started", { href: over.href ?? CALL, resource: call("Connecting", over) });
}

function ended(status: "Success" | "Failure", subcode?: string) {
  const state = status === "Success" ? "Connected" : "Failed";
  return completed(status, subcode, { href: CALL, resource: call(state) });
}

/** A rig whose POST the test answers. */
function waiting() {
  const made_ = rig();
  let answer: (outcome: CommandOutcome) => void = () => {};
  made_.session.onPost = () => new Promise((resolve) => (answer = resolve));
  const receipt = made_.doorbell.calling.invite(REQUEST);
  return { ...made_, receipt, answer: (outcome: CommandOutcome) => answer(outcome) };
}

/** A rig with one call that rings at the other side. */
async function calling() {
  const ready = rig();
  ready.session.onPost = made;
  await ready.doorbell.calling.invite(REQUEST);
  ready.doorbell.received([begun()]);
  return { ...ready, id: ready.only().id };
}

function codeOf(receipt: CallReceipt): string {
  return receipt.ok ? "ok" : receipt.error.code;
}

describe("a call out", () => {
  it(
    "is posted to startMessaging with its operation id, address and first message",
    { tags: ["start-messaging"] },
    async () => {
      const { doorbell, session } = rig();
      session.onPost = made;
      const request = {
        to: " SIP:Ola@Example.test",
        message: "1+1 is two\n",
        subject: "Budget",
        importance: "Urgent",
      } as const;
      expect(await doorbell.calling.invite(request)).toEqual({ ok: true, invitation: "i1" });
      const href = "data:text/plain;charset=utf-8,1%2B1+is+two";
      expect(session.posted).toEqual([
        {
          generation: 1,
          href: offersOf(1).startMessaging,
          body: {
            operationId: "operation-1",
            to: "sip:ola@example.test",
            importance: "Urgent",
            subject: "Budget",
            _links: { message: { href } },
          },
        },
      ]);
    },
  );

  it("carries no subject and no message where none was written", async () => {
    const { doorbell, session } = rig();
    session.onPost = made;
    await doorbell.calling.invite({ to: "ola@example.test", message: " \n" });
    const body = { operationId: "operation-1", to: "sip:ola@example.test", importance: "Normal" };
    expect(session.posted[0]?.body).toEqual(body);
  });

  it.each([
    ["no address", { to: "  ", message: "" }, "invalidAddress"],
    ["something else than an address", { to: "https://example.test/ola", message: "" }, "invalidAddress"],
    ["an address with parameters", { to: "sip:ola@example.test;gruu", message: "" }, "invalidAddress"],
    [
      "a subject that is too long",
      { to: "ola@example.test", message: "", subject: "x".repeat(251) },
      "invalid",
    ],
    ["a message that is too long", { to: "ola@example.test", message: "x".repeat(20_000) }, "invalid"],
  ])("is not made with %s", async (_, request, code) => {
    const { doorbell, session } = rig();
    const receipt = await doorbell.calling.invite(request);
    expect(codeOf(receipt)).toBe(code);
    expect(session.posted).toEqual([]);
  });

  it("is not made while no application lives", async () => {
    const { doorbell, session } = rig();
    session.lose();
    expect(codeOf(await doorbell.calling.invite(REQUEST))).toBe("notOnline");
  });

  it("finds where to post by the communication that the application links to", async () => {
    const { doorbell, session } = rig();
    Object.defineProperty(session, "offers", {
      value: { ...offersOf(1), startMessaging: null } satisfies Offers,
    });
    session.onPost = made;
    const links = { startMessaging: `${APPLICATION}/odd/start` };
    session.onRead = () => Promise.resolve({ outcome: "found", resource: resource({ links }) });
    expect(codeOf(await doorbell.calling.invite(REQUEST))).toBe("ok");
    expect(session.asked[0]).toBe(offersOf(1).communication);
    expect(session.posted[0]?.href).toBe(links.startMessaging);
  });

  it.each([
    [
      "the server offers no such link",
      () => Promise.resolve({ outcome: "found", resource: resource({}) } as const),
      "notAllowed",
    ],
    ["the server does not answer", unreachable, "unreachable"],
  ] as const)("is not made where %s", async (_, onRead, code) => {
    const { doorbell, session } = rig();
    Object.defineProperty(session, "offers", {
      value: { ...offersOf(1), startMessaging: null } satisfies Offers,
    });
    session.onRead = onRead;
    expect(codeOf(await doorbell.calling.invite(REQUEST))).toBe(code);
    expect(session.posted).toEqual([]);
  });
});

describe("the outgoing invitation that a call makes", () => {
  const shown = {
    direction: "outgoing",
    state: "inviting",
    to: "sip:ola@example.test",
    callee: { name: "", uri: "sip:ola@example.test" },
    operationId: "operation-1",
    canAccept: false,
    canDecline: false,
  };

  it("is one when its event comes after the receipt", async () => {
    const { doorbell, only, receipt, answer } = waiting();
    answer({ outcome: "taken", location: CALL });
    expect(await receipt).toEqual({ ok: true, invitation: "i1" });
    expect(only()).toMatchObject({ ...shown, id: "i1", canCancel: false });
    expect(only().message).toEqual({ text: REQUEST.message, format: "plain" });
    doorbell.received([begun()]);
    expect(only()).toMatchObject({ ...shown, id: "i1", canCancel: true, subject: "Budget" });
  });

  it("is the same one when its event comes before the receipt", async () => {
    const { doorbell, only, receipt, answer } = waiting();
    doorbell.received([begun()]);
    expect(only()).toMatchObject({ state: "inviting", canCancel: true });
    answer({ outcome: "taken", location: CALL });
    expect(await receipt).toEqual({ ok: true, invitation: only().id });
    expect(only()).toMatchObject(shown);
  });

  it("is the same one when the receipt names it by another address than its events", async () => {
    const { doorbell, only, receipt, answer } = waiting();
    answer({ outcome: "taken", location: CALL.replace("communication", "other") });
    await receipt;
    doorbell.received([begun()]);
    expect(only()).toMatchObject({ ...shown, id: "i1", canCancel: true });
    doorbell.received([ended("Failure", "Declined")]);
    expect(only().state).toBe("declined");
  });

  it("has ended already when all its events come before the receipt", async () => {
    const { doorbell, only, receipt, answer, told } = waiting();
    doorbell.received([begun(), ended("Failure", "Declined")]);
    const before = told.length;
    answer({ outcome: "taken", location: CALL });
    expect(await receipt).toEqual({ ok: true, invitation: only().id });
    expect(only().state).toBe("declined");
    expect(told).toHaveLength(before);
  });

  it("never rings when its event is a bare link, before or after the receipt", async () => {
    for (const order of ["before", "after"] as const) {
      const { doorbell, shownStates, only, receipt, answer, session, clock } = waiting();
      const said = snapshot(
        { direction: "Outgoing", links: { ...UNANSWERABLE, cancel: `${CALL}/cancel` } },
        CALL,
      );
      session.onLookUp = found(said);
      const event = invitationEvent("started", { href: CALL });
      if (order === "before") doorbell.received([event]);
      answer({ outcome: "taken", location: CALL });
      await receipt;
      if (order === "after") doorbell.received([event]);
      await clock.advance(3000);
      expect(only()).toMatchObject({ state: "inviting", canCancel: true });
      expect(shownStates()).toEqual(["inviting"]);
    }
  });

  it("is asked after when no event ever tells of it", async () => {
    const { only, receipt, answer, session, clock } = waiting();
    session.onLookUp = found(
      snapshot({ direction: "Outgoing", links: { ...UNANSWERABLE, cancel: `${CALL}/cancel` } }, CALL),
    );
    answer({ outcome: "taken", location: CALL });
    await receipt;
    expect(session.lookedUp).toEqual([]);
    await clock.advance(1000);
    expect(session.lookedUp).toEqual([CALL]);
    expect(only().canCancel).toBe(true);
    session.onLookUp = gone;
    await clock.advance(40_000);
    expect(only().state).toBe("failed");
  });

  it("is told from somebody else's call with the same operation id", async () => {
    const { doorbell, receipt, answer } = waiting();
    const ring = resource({
      properties: { direction: "Incoming", state: "Connecting", operationId: "operation-1" },
      links: { accept: `${CALL}7/accept` },
    });
    doorbell.received([invitationEvent("started", { href: `${CALL}7`, resource: ring })]);
    answer({ outcome: "taken", location: CALL });
    await receipt;
    expect(doorbell.state.invitations.map(({ state }) => state)).toEqual(["ringing", "inviting"]);
  });
});

describe("a call whose request got no answer", () => {
  it("is not repeated, and found by its operation id when its event comes", async () => {
    const { doorbell, session, only, receipt, answer, clock } = waiting();
    answer({ outcome: "unreachable", detail: "" });
    await clock.advance(3000);
    doorbell.received([begun()]);
    expect(await receipt).toEqual({ ok: true, invitation: only().id });
    expect(session.posted).toHaveLength(1);
  });

  it("is found when its event came first", async () => {
    const { doorbell, receipt, answer, only } = waiting();
    doorbell.received([begun()]);
    answer({ outcome: "unreachable", detail: "" });
    expect(await receipt).toEqual({ ok: true, invitation: only().id });
  });

  it("is said to be unknown once a session in order has told nothing of it", async () => {
    const { session, receipt, answer, clock, doorbell, only } = waiting();
    answer({ outcome: "unreachable", detail: "" });
    await clock.advance(9000);
    expect(codeOf(await receipt)).toBe("unreachable");
    expect(session.posted).toHaveLength(1);
    // It got through after all, however late.
    doorbell.received([begun()]);
    expect(only()).toMatchObject({ direction: "outgoing", state: "inviting" });
  });

  it("is waited for while the session recovers, but not for ever", async () => {
    const { session, receipt, answer, clock } = waiting();
    let settled = false;
    void receipt.then(() => (settled = true));
    session.state = { name: "reconnecting", reason: "timeout", detail: "", retryAt: null };
    answer({ outcome: "unreachable", detail: "" });
    await clock.advance(29_000);
    expect(settled).toBe(false);
    await clock.advance(1000);
    expect(codeOf(await receipt)).toBe("unreachable");
  });

  it("is over with the application that it was made in", async () => {
    const { session, receipt, answer, clock } = waiting();
    answer({ outcome: "unreachable", detail: "" });
    await clock.advance(1000);
    session.lose();
    expect(codeOf(await receipt)).toBe("unreachable");
  });

  it("was taken without an address: its event names it", async () => {
    const { doorbell, receipt, answer, only, clock } = waiting();
    answer({ outcome: "taken" });
    await clock.advance(500);
    doorbell.received([begun()]);
    expect(await receipt).toEqual({ ok: true, invitation: only().id });
  });
});

describe("a call that the server does not take", () => {
  const reason = (subcode: string) => ({ code: "Conflict", subcode, message: null });

  it.each([
    [{ outcome: "conflict", reason: reason("TooManyConversations") }, "refused", "too many conversations"],
    [
      { outcome: "conflict", reason: reason("AnotherOperationPending") },
      "refused",
      "still busy with your last call",
    ],
    [{ outcome: "conflict", reason: reason("ThreadIdAlreadyExists") }, "refused", "open already"],
    [{ outcome: "refused", status: 403, reason: null }, "refused", "didn't get through"],
    [{ outcome: "gone", reason: null }, "gone", "Call again"],
    [{ outcome: "superseded" }, "gone", "connection was lost"],
  ] as const)("is told in words: %j", async (outcome, code, words) => {
    const { doorbell, receipt, answer } = waiting();
    answer(outcome);
    const told = await receipt;
    expect(told).toMatchObject({ ok: false, error: { code } });
    expect(told.ok ? "" : told.error.message).toContain(words);
    expect(doorbell.state.invitations).toEqual([]);
  });

  it("is told in words when posting it fails unexpectedly", async () => {
    const { doorbell, session, clock, logged } = rig();
    session.onPost = () => Promise.reject(new Error("sip:ola@example.test"));
    const receipt = doorbell.calling.invite(REQUEST);
    await clock.advance(9000);
    expect(codeOf(await receipt)).toBe("unreachable");
    expect(logged.join()).not.toContain("ola@");
  });
});

describe("taking a call back", () => {
  it(
    "is posted to the link as the server gave it, and ends with the word of the server",
    { tags: ["cancel-204"] },
    async () => {
      const { doorbell, session, only, id } = await calling();
      session.onPost = taken;
      const receipt = doorbell.calling.cancel(id);
      expect(only()).toMatchObject({ state: "inviting", answering: "cancel", canCancel: false });
      expect(await receipt).toEqual({ ok: true, invitation: id });
      expect(session.posted.at(-1)).toEqual({ generation: 1, href: `${CALL}/cancel`, body: undefined });
      expect(only().state).toBe("inviting");
      doorbell.received([ended("Failure", "Canceled")]);
      expect(only()).toMatchObject({ state: "cancelled", answering: null });
    },
  );

  it("is asked for once, however often the person presses", async () => {
    const { doorbell, session, id } = await calling();
    session.onPost = taken;
    await Promise.all([doorbell.calling.cancel(id), doorbell.calling.cancel(id)]);
    expect(await doorbell.calling.cancel(id)).toEqual({ ok: true, invitation: id });
    expect(session.posted).toHaveLength(2);
  });

  it("ends it when nobody says a word about it any more", async () => {
    const { doorbell, session, only, id, clock } = await calling();
    session.onPost = taken;
    await doorbell.calling.cancel(id);
    await clock.advance(30_000);
    expect(only()).toMatchObject({ state: "cancelled", reason: null });
  });

  it("is repeated once where no answer comes, then can be tried again", async () => {
    const { doorbell, session, only, id, clock } = await calling();
    session.onPost = unreachable;
    session.onLookUp = found(
      snapshot({ direction: "Outgoing", links: { ...UNANSWERABLE, cancel: `${CALL}/cancel` } }, CALL),
    );
    expect(codeOf(await doorbell.calling.cancel(id))).toBe("unreachable");
    expect(session.posted).toHaveLength(3);
    await clock.advance(0);
    expect(only()).toMatchObject({
      canCancel: true,
      answerProblem: "The call couldn't be cancelled. Try again.",
    });
    session.onPost = taken;
    expect(await doorbell.calling.cancel(id)).toEqual({ ok: true, invitation: id });
  });

  it("comes too late when it is answered first", async () => {
    const { doorbell, session, only, id } = await calling();
    session.onPost = conflict;
    const receipt = doorbell.calling.cancel(id);
    doorbell.received([ended("Success")]);
    expect(codeOf(await receipt)).toBe("alreadyEnded");
    expect(only().state).toBe("accepted");
  });

  it("is carried out when its end comes before its receipt", async () => {
    const { doorbell, session, only, id } = await calling();
    session.onPost = unreachable;
    const receipt = doorbell.calling.cancel(id);
    doorbell.received([ended("Failure", "Canceled")]);
    expect(await receipt).toEqual({ ok: true, invitation: id });
    expect(only().state).toBe("cancelled");
  });

  it.each([
    ["gone", gone, "gone"],
    ["in conflict", conflict, "gone"],
    ["refused", refused(403), "refused"],
  ] as const)("asks the invitation itself when it is %s", async (_, onPost, code) => {
    const { doorbell, session, only, id, clock } = await calling();
    session.onPost = onPost;
    session.onLookUp = found(
      snapshot({ direction: "Outgoing", state: "Connected", links: UNANSWERABLE }, CALL),
    );
    expect(codeOf(await doorbell.calling.cancel(id))).toBe(code);
    await clock.advance(2000);
    expect(only().state).toBe("accepted");
  });

  it("is refused for what is no call of ours, is over, or cannot be taken back", async () => {
    const { doorbell, session, id, only } = await calling();
    expect(codeOf(await doorbell.calling.cancel("i9"))).toBe("unknownInvitation");
    doorbell.received([
      invitationEvent("updated", { href: CALL, resource: call("Connecting", { cancel: false }) }),
    ]);
    expect(only().canCancel).toBe(false);
    expect(codeOf(await doorbell.calling.cancel(id))).toBe("notAllowed");
    doorbell.received([ended("Failure", "Timeout")]);
    expect(codeOf(await doorbell.calling.cancel(id))).toBe("alreadyEnded");
    expect(session.posted).toHaveLength(1);
  });
});

describe("how a call ends", () => {
  it.each([
    ["Success", undefined, "accepted"],
    ["Failure", "Declined", "declined"],
    ["Failure", "Canceled", "cancelled"],
    ["Failure", "Timeout", "missed"],
    ["Failure", "Forwarded", "forwarded"],
    ["Failure", "DoNotDisturb", "failed"],
    ["Failure", "DestinationNotFound", "failed"],
  ] as const)("is told by the event: %s %s is %s", async (status, subcode, state) => {
    const { doorbell, only } = await calling();
    doorbell.received([ended(status, subcode)]);
    expect(only()).toMatchObject({ state, canCancel: false });
  });

  it("is withdrawn with the session", async () => {
    const { session, only } = await calling();
    session.lose();
    expect(only().state).toBe("withdrawn");
  });

  it("names whoever has answered", async () => {
    const { doorbell, only } = await calling();
    const kim = resource({
      rel: "participant",
      properties: { name: "Kim Lee", uri: "sip:kim@example.test" },
    });
    const taker = resource({
      properties: { direction: "Outgoing", state: "Connected", operationId: "operation-1" },
      embedded: { acceptedByParticipant: kim },
    });
    doorbell.received([completed("Success", undefined, { href: CALL, resource: taker })]);
    expect(only().acceptedBy).toEqual({ name: "Kim Lee", uri: "sip:kim@example.test" });
  });

  it("waits a moment for who has answered, where the event does not say it", async () => {
    for (const onLookUp of [
      found(snapshot({ direction: "Outgoing", state: "Connected", acceptedBy: [KIM] })),
      unreachable,
    ]) {
      const { doorbell, only, session, clock, shownStates } = await calling();
      session.onLookUp = onLookUp;
      doorbell.received([completed("Success", undefined, { href: CALL })]);
      expect(only()).toMatchObject({ state: "inviting", canCancel: false });
      await clock.advance(1500);
      expect(only()).toMatchObject({
        state: "accepted",
        acceptedBy: onLookUp === unreachable ? null : { name: "Kim Lee" },
      });
      expect(shownStates()).toEqual(["inviting", "accepted"]);
    }
  });

  it("leads to the conversation that it has been moved to", async () => {
    const { doorbell, only } = await calling();
    const before = only().conversation;
    const messaging = `${CONVERSATION}2/messaging`;
    const located = {
      ...invitationEvent("updated", { rel: "messaging", href: messaging }),
      sender: { rel: "conversation", href: `${CONVERSATION}2`, title: null },
    };
    const moved = resource({
      properties: { direction: "Outgoing", state: "Connected" },
      links: { conversation: CONVERSATION, derivedMessaging: messaging },
    });
    doorbell.received([located, completed("Success", undefined, { href: CALL, resource: moved })]);
    expect(only()).toMatchObject({ state: "accepted" });
    expect(only().conversation).not.toBe(before);
    expect(only().conversation).not.toBeNull();
  });
});

it("an invitation that names nothing but its messaging leads to the conversation of that", () => {
  const { doorbell, only } = rig();
  const messaging = `${CONVERSATION}/messaging`;
  const said = resource({
    properties: { direction: "Incoming" },
    links: { messaging, accept: `${CALL}/accept` },
  });
  doorbell.received([invitationEvent("started", { resource: said })]);
  expect(only().conversation).toBeNull();
  doorbell.received([insideConversation("updated", "messaging", "messaging")]);
  expect(only().conversation).not.toBeNull();
  doorbell.received([conversationEvent("deleted", null)]);
  expect(only().canAccept).toBe(false);
});

describe("the name of whom we call", () => {
  it("is asked for at the contact that the invitation links to", async () => {
    const { doorbell, session, only, clock } = rig();
    session.onPost = made;
    session.onRead = (href) =>
      Promise.resolve(
        href === OLA
          ? {
              outcome: "found",
              resource: resource({
                rel: "contact",
                properties: { name: "Ola Berg", uri: "sip:ola@example.test" },
              }),
            }
          : { outcome: "gone", reason: null },
      );
    await doorbell.calling.invite(REQUEST);
    doorbell.received([begun()]);
    await clock.advance(0);
    expect(only().callee).toEqual({ name: "Ola Berg", uri: "sip:ola@example.test" });
    expect(session.asked).toEqual([OLA]);
  });

  it("gives a call of another program its address", async () => {
    const { doorbell, session, only, clock } = rig();
    session.onRead = () =>
      Promise.resolve({
        outcome: "found",
        resource: resource({ properties: { name: "Ola Berg", uri: "sip:ola@example.test" } }),
      });
    doorbell.received([begun({ operationId: "of-another" })]);
    expect(only().to).toBeNull();
    await clock.advance(0);
    expect(only()).toMatchObject({ to: "sip:ola@example.test", callee: { name: "Ola Berg" } });
  });
});

it("a session that is replaced meanwhile takes its call with it", async () => {
  const made_: Rig & { answer: (outcome: CommandOutcome) => void; receipt: Promise<CallReceipt> } = waiting();
  made_.doorbell.attach(new ScriptedSession(made_.clock));
  made_.answer({ outcome: "taken", location: CALL });
  await made_.clock.advance(1000);
  expect(codeOf(await made_.receipt)).toBe("unreachable");
  expect(made_.doorbell.state.invitations).toEqual([]);
});
