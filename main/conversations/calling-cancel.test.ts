import { describe, expect, it } from "vitest";

import { invitationEvent, snapshot, UNANSWERABLE } from "../testing/invitation-events.ts";
import { conflict, found, gone, refused, taken, unreachable } from "../testing/rig.ts";
import { call, CALL, calling, codeOf, ended } from "./testing/calling-rig.ts";

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
