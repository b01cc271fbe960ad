import { describe, expect, it } from "vitest";

import {
  APPLICATION,
  invitationEvent,
  resource,
  snapshot,
  UNANSWERABLE,
} from "../testing/invitation-events.ts";
import { found, gone, rig, unreachable } from "../testing/rig.ts";
import { offersOf } from "../testing/scripted-session.ts";
import { begun, CALL, codeOf, ended, made, REQUEST, waiting } from "./testing/calling-rig.ts";
import type { Offers } from "../ucwa/session-port.ts";

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
