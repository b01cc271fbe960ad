import { describe, expect, it } from "vitest";

import type { CommandOutcome } from "../ucwa/session-port.ts";
import {
  completed,
  conversationEvent,
  INVITATION,
  invitationEvent,
  invitationResource,
  resource,
  started,
} from "../testing/invitation-events.ts";
import { rig, taken } from "../testing/rig.ts";

const LINKLESS = invitationEvent("updated", { resource: invitationResource({ answerable: false }) });

/** A rig with one ringing invitation. */
function ringing() {
  const made = rig();
  made.doorbell.event(started());
  return { ...made, id: made.only().id };
}

async function refusalOf(receipt: ReturnType<ReturnType<typeof ringing>["doorbell"]["accept"]>) {
  const value = await receipt;
  return value.ok ? null : value.error.code;
}

describe("an answer that the server takes", () => {
  it("shows at once and gives its receipt before the end is known", async () => {
    const { doorbell, session, id, only } = ringing();
    session.onPost = taken;
    const receipt = doorbell.accept(id);
    expect(only()).toMatchObject({ state: "answering", answering: "accept", canDecline: false });
    expect(await receipt).toEqual({ ok: true });
    expect(only().state).toBe("answering");
  });

  it("posts the link as the server gave it, with the scope of a decline as its body", async () => {
    const { doorbell, session, id } = ringing();
    session.onPost = taken;
    await doorbell.decline(id);
    expect(session.posted).toEqual([
      { generation: 1, href: `${INVITATION}/decline`, body: { reason: "Global" } },
    ]);
  });

  it("ends declined when completed comes, also when it overtakes the receipt", async () => {
    const { doorbell, session, id, story, told } = ringing();
    let answer: (outcome: CommandOutcome) => void = () => {};
    session.onPost = () => new Promise((resolve) => (answer = resolve));
    const receipt = doorbell.decline(id);
    doorbell.event(completed("Failure"));
    const changes = told.length;
    answer({ outcome: "taken" });
    expect(await receipt).toEqual({ ok: true });
    expect(story()).toEqual(["ringing", "answering", "declined"]);
    expect(told).toHaveLength(changes);
  });

  it("was taken when it has had its effect, whatever the request comes back with", async () => {
    const { doorbell, session, id } = ringing();
    let answer: (outcome: CommandOutcome) => void = () => {};
    session.onPost = () => new Promise((resolve) => (answer = resolve));
    const receipt = doorbell.accept(id);
    doorbell.event(completed("Success"));
    answer({ outcome: "gone", reason: null });
    expect(await receipt).toEqual({ ok: true });
  });

  it("ends accepted when the conversation connects although completed stays away", async () => {
    const { doorbell, session, id, only } = ringing();
    session.onPost = taken;
    doorbell.event(conversationEvent("added", "Incoming"));
    await doorbell.accept(id);
    doorbell.event(conversationEvent("updated", "Connected"));
    expect(only().state).toBe("accepted");
  });

  it("does not take a conversation that was connected before for its success", async () => {
    const { doorbell, session, id, only } = ringing();
    session.onPost = taken;
    doorbell.event(conversationEvent("added", "Connected"));
    await doorbell.accept(id);
    doorbell.event(conversationEvent("updated", "Connected"));
    expect(only().state).toBe("answering");
  });

  it("fails when the conversation goes away instead", async () => {
    const { doorbell, session, clock, id, only } = ringing();
    session.onPost = taken;
    await doorbell.accept(id);
    doorbell.event(conversationEvent("deleted", null));
    await clock.advance(2000);
    expect(only()).toMatchObject({ state: "failed", reason: { code: "Gone" } });
  });
});

describe("an answer that is not sent", () => {
  it.each([
    ["to an unknown invitation", "unknownInvitation", "i99"],
    ["to a malformed id", "unknownInvitation", ""],
  ])("%s", async (_name, code, id) => {
    const { doorbell } = ringing();
    expect(await refusalOf(doorbell.accept(id))).toBe(code);
  });

  it("while another is on its way", async () => {
    const { doorbell, session, id } = ringing();
    void doorbell.accept(id);
    expect(await refusalOf(doorbell.decline(id))).toBe("alreadyAnswering");
    expect(session.posted).toHaveLength(1);
  });

  it("after the end", async () => {
    const { doorbell, session, id } = ringing();
    doorbell.event(completed("Failure", "Canceled"));
    expect(await refusalOf(doorbell.accept(id))).toBe("alreadyEnded");
    expect(session.posted).toEqual([]);
  });

  it("without a link for it", async () => {
    const made = rig();
    const phone = resource({
      rel: "phoneAudioInvitation",
      properties: { direction: "Incoming", state: "Connecting" },
      links: { decline: `${INVITATION}/decline` },
    });
    made.doorbell.event(invitationEvent("started", { rel: "phoneAudioInvitation", resource: phone }));
    expect(made.only()).toMatchObject({ kind: "phoneAudio", canAccept: false, canDecline: true });
    expect(await refusalOf(made.doorbell.accept(made.only().id))).toBe("notAllowed");
    made.session.onPost = taken;
    expect(await made.doorbell.decline(made.only().id)).toEqual({ ok: true });
  });

  it("when the invitation is over and only its reason is awaited", async () => {
    const { doorbell, id } = ringing();
    doorbell.event(LINKLESS);
    expect(await refusalOf(doorbell.accept(id))).toBe("gone");
  });
});
