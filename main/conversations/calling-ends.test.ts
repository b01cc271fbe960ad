import { describe, expect, it } from "vitest";

import {
  completed,
  CONVERSATION,
  conversationEvent,
  insideConversation,
  invitationEvent,
  resource,
  snapshot,
} from "../testing/invitation-events.ts";
import { found, rig, unreachable } from "../testing/rig.ts";
import { ScriptedSession } from "../testing/scripted-session.ts";
import {
  begun,
  CALL,
  calling,
  codeOf,
  ended,
  KIM,
  made,
  OLA,
  REQUEST,
  waiting,
} from "./testing/calling-rig.ts";
import type { CommandOutcome } from "../ucwa/session-port.ts";
import type { Rig } from "../testing/rig.ts";
import type { CallReceipt } from "./calling.ts";

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
  it("is there from the first word on, where it is known here: a call may be over before its receipt", async () => {
    const { doorbell, session, only } = rig();
    session.onPost = () => {
      doorbell.received([begun(), ended("Failure", "Declined")]);
      return made();
    };
    await doorbell.calling.invite({ ...REQUEST, name: "Ola\nBerg" });
    expect(only()).toMatchObject({
      state: "declined",
      callee: { name: "Ola Berg", uri: "sip:ola@example.test" },
    });
  });

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
    expect(only().to).toBe("sip:ola@example.test");
    expect(only().callee).toEqual({ name: "Ola Berg", uri: "sip:ola@example.test" });
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
