import { describe, expect, it } from "vitest";

import type { CommandOutcome } from "../ucwa/session-port.ts";
import {
  APPLICATION,
  completed,
  conversationEvent,
  INVITATION,
  invitationEvent,
  invitationResource,
  resource,
  started,
} from "../testing/invitation-events.ts";
import { rig, SILENT_LOGGER, taken } from "../testing/rig.ts";
import { InvitationAnswering } from "./answering.ts";
import { ENDED_REMEMBERED } from "./machine/inbox-entries.ts";
import { visibleInvitations } from "./machine/inbox-state.ts";
import { InboxStore } from "./inbox-store.ts";
import { receive } from "./reception.ts";

const LINKLESS = invitationEvent("updated", { resource: invitationResource({ answerable: false }) });

/** A rig with one ringing invitation. */
function ringing() {
  const made = rig();
  made.doorbell.received([started()]);
  return { ...made, id: made.only().id };
}

async function refusalOf(receipt: ReturnType<ReturnType<typeof ringing>["doorbell"]["accept"]>) {
  const value = await receipt;
  return value.ok ? null : value.error.code;
}

describe("an answer that the server takes", () => {
  it(
    "shows at once and gives its receipt before the end is known",
    { tags: ["accept-is-receipt", "end-own-answer"] },
    async () => {
      const { doorbell, session, id, only } = ringing();
      session.onPost = taken;
      const receipt = doorbell.accept(id);
      expect(only()).toMatchObject({ state: "answering", answering: "accept", canDecline: false });
      expect(await receipt).toEqual({ ok: true });
      expect(only().state).toBe("answering");
    },
  );

  const answers = [
    ["an accept, with nothing in it", "accept", undefined, undefined, "accept-204"],
    ["a decline, for everywhere if nobody says where", "decline", undefined, "Global", "decline-204"],
    ["a decline for this place", "decline", "Local", "Local", "decline-reasons"],
    ["a decline for everywhere", "decline", "Global", "Global", "decline-reasons"],
  ] as const;
  for (const [what, answer, scope, reason, rule] of answers) {
    it(`is ${what}, posted to the link as the server gave it`, { tags: [rule] }, async () => {
      const { doorbell, session, only } = rig();
      const links = { accept: `${APPLICATION}/odd/1`, decline: `${APPLICATION}/odd/2` };
      doorbell.received([started({ resource: resource({ properties: { direction: "Incoming" }, links }) })]);
      session.onPost = taken;
      expect(await doorbell[answer](only().id, scope)).toEqual({ ok: true });
      const body = reason && { reason };
      expect(session.posted).toEqual([{ generation: 1, href: links[answer], body }]);
    });
  }

  it("ends declined when completed comes, also when it overtakes the receipt", async () => {
    const { doorbell, session, id, shownStates, told } = ringing();
    let answer: (outcome: CommandOutcome) => void = () => {};
    session.onPost = () => new Promise((resolve) => (answer = resolve));
    const receipt = doorbell.decline(id);
    doorbell.received([completed("Failure")]);
    const changes = told.length;
    answer({ outcome: "taken" });
    expect(await receipt).toEqual({ ok: true });
    expect(shownStates()).toEqual(["ringing", "answering", "declined"]);
    expect(told).toHaveLength(changes);
  });

  it("was taken when it has had its effect, whatever the request comes back with", async () => {
    const { doorbell, session, id } = ringing();
    let answer: (outcome: CommandOutcome) => void = () => {};
    session.onPost = () => new Promise((resolve) => (answer = resolve));
    const receipt = doorbell.accept(id);
    doorbell.received([completed("Success")]);
    answer({ outcome: "gone", reason: null });
    expect(await receipt).toEqual({ ok: true });
  });

  it(
    "ends accepted when the conversation connects, whatever came between, although completed stays away",
    { tags: ["aggregation"] },
    async () => {
      const { doorbell, session, id, only } = ringing();
      session.onPost = taken;
      doorbell.received([conversationEvent("added", "Incoming")]);
      await doorbell.accept(id);
      doorbell.received([conversationEvent("updated", "Connected")]);
      expect(only().state).toBe("accepted");
    },
  );

  it("does not take a conversation that was connected before for its success", async () => {
    const { doorbell, session, id, only } = ringing();
    session.onPost = taken;
    doorbell.received([conversationEvent("added", "Connected")]);
    await doorbell.accept(id);
    doorbell.received([conversationEvent("updated", "Connected")]);
    expect(only().state).toBe("answering");
  });

  it("fails when the conversation goes away instead", async () => {
    const { doorbell, session, clock, id, only } = ringing();
    session.onPost = taken;
    await doorbell.accept(id);
    doorbell.received([conversationEvent("deleted", null)]);
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
    doorbell.received([completed("Failure", "Canceled")]);
    expect(await refusalOf(doorbell.accept(id))).toBe("alreadyEnded");
    expect(session.posted).toEqual([]);
  });

  it("without a link for it", { tags: ["missing-link-not-allowed"] }, async () => {
    const made = rig();
    const phone = resource({
      rel: "phoneAudioInvitation",
      properties: { direction: "Incoming", state: "Connecting" },
      links: { decline: `${INVITATION}/decline` },
    });
    made.doorbell.received([invitationEvent("started", { rel: "phoneAudioInvitation", resource: phone })]);
    expect(made.only()).toMatchObject({ kind: "phoneAudio", canAccept: false, canDecline: true });
    expect(await refusalOf(made.doorbell.accept(made.only().id))).toBe("notAllowed");
    made.session.onPost = taken;
    expect(await made.doorbell.decline(made.only().id)).toEqual({ ok: true });
  });

  it.each([
    ["phoneAudioInvitation", "on your phone"],
    ["audioVideoInvitation", "another device"],
    ["hologramInvitation", "to be accepted"],
  ])("because a %s is not accepted here, and says so", async (rel, words) => {
    const { doorbell, only } = rig();
    const call = resource({ rel, properties: { direction: "Incoming" }, links: {} });
    doorbell.received([invitationEvent("started", { rel, resource: call })]);
    const objection = (message: string) => ({
      ok: false,
      error: { code: "notAllowed", message: expect.stringContaining(message) },
    });
    expect(await doorbell.accept(only().id)).toEqual(objection(words));
    expect(await doorbell.decline(only().id)).toEqual(objection("to be declined"));
  });

  it("when the invitation is over and only its reason is awaited", async () => {
    const { doorbell, id } = ringing();
    doorbell.received([LINKLESS]);
    expect(await refusalOf(doorbell.accept(id))).toBe("gone");
  });
});

describe("what the user is told of an answer", () => {
  it("is that it was taken when a decline has had its effect, whatever the request comes back with", async () => {
    const { doorbell, session, id } = ringing();
    let answer: (outcome: CommandOutcome) => void = () => {};
    session.onPost = () => new Promise((resolve) => (answer = resolve));
    const receipt = doorbell.decline(id);
    doorbell.received([completed("Failure")]);
    answer({ outcome: "gone", reason: null });
    expect(await receipt).toEqual({ ok: true });
  });

  it("is that it came too late when another end was first", async () => {
    const { doorbell, session, id } = ringing();
    let answer: (outcome: CommandOutcome) => void = () => {};
    session.onPost = () => new Promise((resolve) => (answer = resolve));
    const receipt = doorbell.accept(id);
    doorbell.received([completed("Failure", "Declined")]);
    answer({ outcome: "gone", reason: null });
    expect(await refusalOf(receipt)).toBe("gone");
  });

  it("names the status of a refusal without a word", async () => {
    const { doorbell, session, id } = ringing();
    session.onPost = () => Promise.resolve({ outcome: "refused", status: 403, reason: null });
    expect(await doorbell.accept(id)).toEqual({
      ok: false,
      error: { code: "refused", message: "The server refused your answer." },
    });
  });

  it("is that it did not arrive when posting goes wrong in an unforeseen way", async () => {
    const { doorbell, session, id, logged } = ringing();
    session.onPost = () => Promise.reject(new Error("sip:ada@example.test"));
    expect(await refusalOf(doorbell.accept(id))).toBe("unreachable");
    expect(logged).toContain('posting an answer failed unexpectedly {"kind":"accept"}');
    expect(logged.join("\n")).not.toContain("ada@");
  });

  it("stands in the log by ids alone", async () => {
    const { doorbell, session, id, logged } = ringing();
    session.onPost = taken;
    await doorbell.decline(id);
    const outcome = { id, kind: "decline", outcome: "taken", status: null, repeated: false };
    expect(logged).toContain(`answer posted ${JSON.stringify(outcome)}`);
  });

  it("comes also when the invitation is long forgotten", async () => {
    const { doorbell, session, id } = ringing();
    const answers: Array<(outcome: CommandOutcome) => void> = [];
    session.onPost = () => new Promise((resolve) => void answers.push(resolve));
    const receipt = doorbell.accept(id);
    doorbell.received([completed("Failure", "Canceled")]);
    doorbell.received(
      Array.from({ length: ENDED_REMEMBERED }, (_, number) => {
        const resource = invitationResource({ state: "Failed" });
        return completed("Failure", "Canceled", { href: `${INVITATION}/${number}`, resource });
      }),
    );
    answers[0]?.({ outcome: "unreachable", detail: "time limit" });
    expect(await refusalOf(receipt)).toBe("unreachable");
    expect(answers).toHaveLength(1);
  });

  it("is that it cannot be given while there is no session to give it through", async () => {
    const { clock } = rig();
    const store = new InboxStore(clock);
    const answering = new InvitationAnswering({ store, session: () => null, logger: SILENT_LOGGER });
    const received = receive(started(), () => {});
    if (received) store.dispatch(received);
    expect(await refusalOf(answering.accept("i1"))).toBe("notAllowed");
    expect(visibleInvitations(store.inbox)[0]?.state).toBe("ringing");
  });
});

it("shows no invitation to answer before it rings", async () => {
  const { doorbell, session } = rig();
  doorbell.received([invitationEvent("started")]);
  expect(await refusalOf(doorbell.accept("i1"))).toBe("unknownInvitation");
  expect(session.posted).toEqual([]);
});
