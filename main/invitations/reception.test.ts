import { describe, expect, it } from "vitest";

import type { ChannelEvent } from "../ucwa/application/channel-event.ts";
import { receive } from "./reception.ts";
import {
  CONVERSATION,
  conversationEvent,
  insideConversation,
  INVITATION,
  invitationEvent,
  invitationResource,
  reason,
  resource,
} from "../testing/invitation-events.ts";

function read(event: ChannelEvent) {
  return receive(event, (_, cause) => {
    throw cause;
  });
}

describe("an event of the channel", () => {
  it.each([
    ["messagingInvitation", "messaging"],
    ["onlineMeetingInvitation", "onlineMeeting"],
    ["phoneAudioInvitation", "phoneAudio"],
    ["audioVideoInvitation", "audioVideo"],
    ["participantInvitation", "participant"],
    ["hologramInvitation", "other"],
    ["invitation", "other"],
  ])("about a %s is one about an invitation of kind %s", { tags: ["kinds-by-rel"] }, (rel, kind) => {
    expect(read(invitationEvent("started", { rel }))).toEqual({
      type: "started",
      generation: 1,
      href: INVITATION,
      kind,
      snapshot: null,
    });
  });

  it("brings its representation along", () => {
    const event = read(invitationEvent("updated", { resource: invitationResource() }));
    expect(event).toMatchObject({
      type: "updated",
      href: INVITATION,
      snapshot: {
        direction: "Incoming",
        links: { accept: `${INVITATION}/accept`, conversation: CONVERSATION },
      },
    });
  });

  it("brings status and reason of a completion", () => {
    const event = invitationEvent("completed", { status: "Failure", reason: reason("Canceled") });
    expect(read(event)).toMatchObject({ type: "completed", status: "Failure", reason: reason("Canceled") });
  });

  it("tells that an invitation was taken away", () => {
    expect(read(invitationEvent("deleted"))).toEqual({ type: "removed", generation: 1, href: INVITATION });
  });

  it("tells the state of a conversation, and its end", () => {
    expect(read(conversationEvent("updated", "Disconnected"))).toMatchObject({ state: "Disconnected" });
    expect(read(conversationEvent("updated", null))).toMatchObject({
      type: "conversationChanged",
      state: null,
    });
    expect(read(conversationEvent("deleted", null))).toMatchObject({ type: "conversationDeleted" });
  });

  it("names a remote participant by its title, or by what it embeds", { tags: ["flow-participant"] }, () => {
    const named = {
      type: "participantNamed",
      generation: 1,
      conversation: CONVERSATION,
      participant: `${CONVERSATION}/participants/1`,
      name: "Ada Winter",
    };
    const embedded = resource({ rel: "participant", properties: { name: "Ada Winter" } });
    expect(read(insideConversation("added", "participant", "participants/1", "Ada Winter"))).toEqual(named);
    expect(read(insideConversation("updated", "participant", "participants/1", "", embedded))).toEqual(named);
  });

  it("names nobody by an empty title, by a participant that leaves, or by the user himself", () => {
    const local = resource({ rel: "participant", properties: { name: "Ben", local: true } });
    expect(read(insideConversation("added", "participant", "participants/1", ""))).toBeNull();
    expect(read(insideConversation("deleted", "participant", "participants/1", "Ada"))).toBeNull();
    expect(read(insideConversation("added", "participant", "participants/2", "Ben", local))).toBeNull();
    expect(read(insideConversation("added", "localParticipant", "participants/2", "Ben"))).toBeNull();
    for (const local of ["True", "true", " TRUE "]) {
      const spelt = resource({ rel: "participant", properties: { name: "Ben", local } });
      expect(
        read(insideConversation("added", "participant", "participants/2", "Ben", spelt)),
        local,
      ).toBeNull();
    }
  });

  it("names nobody where the sender is no conversation", () => {
    const event = insideConversation("added", "participant", "participants/1", "Ada");
    const sender = { ...event.sender, rel: "communication" };
    expect(read({ ...event, sender })).toBeNull();
  });

  it("tells which messaging is whose, for what moves to another conversation", () => {
    const event = insideConversation("updated", "messaging", "messaging");
    const messaging = `${CONVERSATION}/messaging`;
    const located = { type: "messagingLocated", generation: 1, conversation: CONVERSATION, messaging };
    expect(read(event)).toEqual(located);
    expect(read({ ...event, type: "deleted" })).toBeNull();
    expect(read({ ...event, sender: { ...event.sender, rel: "communication" } })).toBeNull();
  });

  it(
    "about anything else means nothing",
    { tags: ["missed-items-event", "sharing-no-invitation", "flow-first-message"] },
    () => {
      expect(read(invitationEvent("updated", { rel: "missedItems" }))).toBeNull();
      expect(read(insideConversation("updated", "applicationSharing", "applicationSharing"))).toBeNull();
      expect(read(insideConversation("completed", "message", "messaging/messages/1"))).toBeNull();
    },
  );
});
