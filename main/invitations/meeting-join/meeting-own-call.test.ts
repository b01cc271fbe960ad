import { describe, expect, it } from "vitest";
import { CONVERSATION, invitationEvent } from "../../testing/invitation-events.ts";
import {
  conversationResource,
  conversationUpdated,
  MEETING,
  meetingEvent,
  meetingResource,
  MESSAGING,
  messagingResource,
  read,
} from "../../testing/meeting-events.ts";
import { rig, taken } from "../../testing/rig.ts";
import { ENDED_SHOWN } from "../machine/inbox-state.ts";
import { accepted, operationOf, OWN_CALL, ownCall, READY } from "./testing/accepted-meeting.ts";

describe("the call that joining makes", () => {
  it("is no call of the user's: no surface hears of it, also when it comes before the answer to the request", async () => {
    const { doorbell, clock, posts, told } = await accepted(() => new Promise(() => {}));
    doorbell.received([READY]);
    doorbell.received([conversationUpdated("Conferenced")]);
    doorbell.received([ownCall(operationOf(posts()[0]))]);
    doorbell.received([ownCall(operationOf(posts()[0]), "completed")]);
    await clock.advance(60_000);
    expect(told.every(({ invitations }) => invitations.length <= 1)).toBe(true);
    expect(doorbell.state.invitations.map(({ kind }) => kind)).toEqual(["onlineMeeting"]);
  });

  it("does not ring where its event says nothing but its address", async () => {
    const { doorbell, clock, told } = await accepted(() =>
      Promise.resolve({ outcome: "taken", location: OWN_CALL }),
    );
    doorbell.received([READY]);
    doorbell.received([conversationUpdated("Conferenced")]);
    await clock.settle();
    doorbell.received([invitationEvent("started", { href: OWN_CALL })]);
    await clock.advance(10_000);
    expect(told.every(({ invitations }) => invitations.length <= 1)).toBe(true);
  });

  it("does not hide a call of somebody else", async () => {
    const { doorbell } = await accepted();
    doorbell.received([READY]);
    doorbell.received([conversationUpdated("Conferenced")]);
    doorbell.received([ownCall("another")]);
    expect(doorbell.state.invitations).toHaveLength(2);
  });
});

describe("a meeting whose organiser lets one wait", () => {
  it("knows the call that comes of joining for as long as it can be seen, and keeps no more of them", async () => {
    const { doorbell, session, clock } = rig();
    session.onPost = taken;
    session.onRead = (href) =>
      read(
        href === MESSAGING ? messagingResource("Disconnected", true) : conversationResource("Conferenced"),
      );
    const join = async (number: number): Promise<void> => {
      const href = `${MEETING}${number}`;
      const asked = meetingResource({ conversation: `${CONVERSATION}${number}` });
      doorbell.received([meetingEvent("started", { href, resource: asked })]);
      await doorbell.accept(doorbell.state.invitations.at(-1)?.id ?? "");
      doorbell.received([meetingEvent("completed", { href, status: "Success" })]);
      await clock.advance(1_000);
    };
    const outgoing = () => doorbell.state.invitations.filter(({ direction }) => direction === "outgoing");
    for (let number = 1; number <= 2 * ENDED_SHOWN; number++) await join(number);
    doorbell.received([ownCall("operation-1")]);
    expect(outgoing()).toEqual([]);
    await join(0);
    doorbell.received([
      { ...ownCall("operation-1"), link: { rel: "messagingInvitation", href: "/late", title: null } },
    ]);
    expect(outgoing()).toHaveLength(1);
  });
});
