import { describe, expect, it } from "vitest";
import {
  completed,
  conversationEvent,
  insideConversation,
  INVITATION,
  invitationEvent,
  invitationResource,
  resource,
  started,
} from "../testing/invitation-events.ts";
import { rig, taken } from "../testing/rig.ts";
import type { ChannelEvent } from "../ucwa/application/channel-event.ts";

function localParticipant(): ChannelEvent {
  return insideConversation(
    "added",
    "localParticipant",
    "participants/ben@example.test",
    "Ben Sommer",
    resource({ rel: "participant", properties: { name: "Ben Sommer", local: true } }),
  );
}

describe("the recorded flow of an accepted invitation", () => {
  it(
    "rings once, is answered, and ends once, whatever comes behind",
    { tags: ["flow-started", "flow-updated"] },
    async () => {
      const { doorbell, session, clock, shownStates, only } = rig();
      session.onPost = taken;
      doorbell.received([started()]);
      doorbell.received([conversationEvent("added", "Incoming")]);
      doorbell.received([localParticipant()]);
      // The participant's own href names another domain than the caller's address does.
      doorbell.received([
        insideConversation("added", "participant", "participants/ada@elsewhere.test", "Ada Winter"),
      ]);
      expect(only()).toMatchObject({
        state: "ringing",
        from: { name: "Ada Winter", uri: "sip:ada@example.test", network: "SameEnterprise" },
        message: { text: "Hello Ben", format: "plain" },
        canAccept: true,
        canDecline: true,
        canCancel: false,
      });

      expect(await doorbell.accept(only().id)).toEqual({ ok: true });
      doorbell.received([
        invitationEvent("updated", { resource: invitationResource({ answerable: false }) }),
      ]);
      expect(only()).toMatchObject({ state: "answering", answering: "accept", canAccept: false });
      // Links that had vanished for another reason would have been believed by now.
      await clock.advance(4_500);
      expect(only().state).toBe("answering");

      doorbell.received([
        insideConversation(
          "updated",
          "messaging",
          "messaging",
          null,
          resource({ rel: "messaging", properties: { state: "Connected" } }),
        ),
      ]);
      doorbell.received([conversationEvent("updated", "Connected")]);
      doorbell.received([
        insideConversation("added", "participantMessaging", "participants/ada@example.test/messaging"),
      ]);
      // The recorded representation names another self than the event's link.
      const final = invitationResource({ answerable: false, state: "Connected", self: `${INVITATION}8` });
      doorbell.received([completed("Success", undefined, { resource: final })]);

      expect(shownStates()).toEqual(["ringing", "answering", "accepted"]);
      expect(session.posted).toEqual([{ generation: 1, href: `${INVITATION}/accept`, body: undefined }]);
    },
  );

  it(
    "is accepted by completed alone, without a word from the conversation",
    { tags: ["flow-completed"] },
    async () => {
      const { doorbell, session, only } = rig();
      session.onPost = taken;
      doorbell.received([started()]);
      await doorbell.accept(only().id);
      doorbell.received([completed("Success")]);
      expect(only().state).toBe("accepted");
    },
  );
});

describe("the recorded flow of a missed invitation", () => {
  it(
    "ends when the server gives up after 25 s, and not again when the conversation goes",
    { tags: ["flow-unanswered"] },
    async () => {
      const { doorbell, clock, told, only, shownStates } = rig();
      const receivedAt = clock.now();
      doorbell.received([started()]);
      doorbell.received([conversationEvent("added", "Incoming")]);
      doorbell.received([localParticipant()]);
      doorbell.received([insideConversation("added", "participant", "participants/ada", "Ada Winter")]);
      await clock.advance(25_300);
      const failed = invitationResource({ answerable: false, state: "Failed" });
      doorbell.received([completed("Failure", undefined, { resource: failed })]);
      const changes = told.length;
      doorbell.received([conversationEvent("updated", "Disconnected")]);
      doorbell.received([conversationEvent("deleted", null)]);

      expect(shownStates()).toEqual(["ringing", "missed"]);
      expect(only()).toMatchObject({ receivedAt, endedAt: receivedAt + 25_300, reason: null });
      expect(told).toHaveLength(changes);
      expect(clock.pending).toBe(0);
    },
  );
});
