import { describe, expect, it } from "vitest";
import { CONVERSATION, conversationEvent, reason } from "../testing/invitation-events.ts";
import { FIRST, message, messageResource, ownMessage, SEND, talking } from "../testing/talking-rig.ts";
import { conflict, refused, taken, unreachable } from "../testing/rig.ts";
import { SETTLE_MS } from "./outbox.ts";

describe("what the person says", () => {
  it("stands there at once, is sent, and is sent when the server says so", async () => {
    const { doorbell, session, clock, conversation } = await talking();
    session.onSend = async () => ({ outcome: "taken", location: `${SEND}/2` });
    expect(await doorbell.talking.say("c1", "Hello\nAda  ")).toEqual({ ok: true });
    expect(conversation().messages[1]).toMatchObject({ text: "Hello\nAda", state: "sending", from: null });
    await clock.settle();
    expect(session.said).toEqual([
      { generation: 1, href: SEND, text: "Hello\nAda", operationId: "operation-1" },
    ]);
    expect(conversation().messages[1]?.state).toBe("sending");
    doorbell.received([ownMessage(2, "operation-1")]);
    expect(conversation().messages[1]).toMatchObject({ state: "sent", sentAt: 1_000 });
    expect(conversation().unread).toBe(1);
  });

  it.each([
    ["before the answer to the request", true],
    ["after it", false],
  ])("is one message when its event comes %s", async (_, early) => {
    const { doorbell, session, clock, conversation, texts } = await talking();
    let answer: () => void = () => undefined;
    session.onSend = () =>
      new Promise((resolve) => void (answer = () => resolve({ outcome: "taken", location: `${SEND}/2` })));
    void doorbell.talking.say("c1", "one");
    await clock.settle();
    // The recorded event names no operation: only its address tells.
    const events = [early ? ownMessage(2, "operation-1") : { ...message(2, null), resource: null }];
    if (early) doorbell.received(events);
    answer();
    await clock.settle();
    doorbell.received(events);
    expect(texts()).toEqual([FIRST, "one"]);
    expect(conversation().messages[1]?.state).toBe("sent");
  });

  it.each([
    ["its operation", "operation-1"],
    ["nothing", undefined],
  ])(
    "is one message when its event is a link before the answer, and the resource names %s",
    async (_, operationId) => {
      const { doorbell, session, clock, conversation, texts } = await talking();
      session.onSend = () => new Promise(() => {});
      session.onRead = async () => ({
        outcome: "found",
        resource: messageResource(null, { direction: "Outgoing", ...(operationId && { operationId }) }),
      });
      void doorbell.talking.say("c1", "one");
      await clock.settle();
      doorbell.received([message(2, null)]);
      await clock.settle();
      expect(texts()).toEqual([FIRST, "one"]);
      expect(conversation().messages[1]).toMatchObject({ direction: "outgoing", state: "sent" });
      expect(session.asked.filter((href) => href.endsWith("/2"))).toHaveLength(1);
    },
  );

  it("is known by its event alone where the answer was lost and no operation is named, as recorded", async () => {
    const { doorbell, session, clock, conversation } = await talking();
    session.onSend = unreachable;
    void doorbell.talking.say("c1", "arrived");
    await clock.settle();
    const event = messageResource(null, { direction: "Outgoing" });
    doorbell.received([{ ...message(2, null), resource: event }]);
    await clock.advance(SETTLE_MS);
    expect(session.said).toHaveLength(1);
    expect(conversation().messages.map(({ state }) => state)).toEqual(["received", "sent"]);
  });

  it("of another place in the person's name is shown no text of, and asked for once", async () => {
    const { doorbell, session, clock, texts } = await talking();
    const elsewhere = messageResource(null, { direction: "Outgoing", operationId: "another" });
    session.onRead = async () => ({ outcome: "found", resource: elsewhere });
    doorbell.received([message(2, null)]);
    await clock.advance(60_000);
    expect(texts()).toEqual([FIRST]);
    expect(session.asked.filter((href) => href.endsWith("/2"))).toHaveLength(1);
  });

  it("is sent one after the other, in its order", async () => {
    const { doorbell, session, clock } = await talking();
    const answers: (() => void)[] = [];
    session.onSend = () => new Promise((resolve) => void answers.push(() => resolve({ outcome: "taken" })));
    for (const text of ["a", "b", "c"]) void doorbell.talking.say("c1", text);
    for (let sent = 1; sent <= 3; sent++) {
      await clock.settle();
      expect(session.said.map(({ text }) => text)).toEqual(["a", "b", "c"].slice(0, sent));
      answers.shift()?.();
    }
  });

  it("is not sent again before its event was waited for, and then under the same operation", async () => {
    const { doorbell, session, clock, conversation } = await talking();
    session.onSend = unreachable;
    void doorbell.talking.say("c1", "lost?");
    await clock.advance(SETTLE_MS - 1);
    expect(session.said).toHaveLength(1);
    session.onSend = taken;
    await clock.advance(1);
    expect(session.said.map(({ operationId }) => operationId)).toEqual(["operation-1", "operation-1"]);
    doorbell.received([ownMessage(2, "operation-1")]);
    expect(conversation().messages[1]?.state).toBe("sent");
  });

  it("is not sent again when its event says that it arrived", async () => {
    const { doorbell, session, clock, conversation } = await talking();
    session.onSend = unreachable;
    void doorbell.talking.say("c1", "arrived");
    void doorbell.talking.say("c1", "next");
    await clock.advance(1_000);
    session.onSend = taken;
    doorbell.received([ownMessage(2, "operation-1")]);
    await clock.advance(SETTLE_MS);
    expect(session.said.map(({ text }) => text)).toEqual(["arrived", "next"]);
    expect(conversation().messages.map(({ state }) => state)).toEqual(["received", "sent", "sending"]);
  });

  it("waits while the session is not in order, and has failed after two minutes", async () => {
    const { doorbell, session, clock, conversation } = await talking();
    session.onSend = unreachable;
    void doorbell.talking.say("c1", "lost?");
    await clock.settle();
    session.state = { name: "reconnecting", reason: "timeout", detail: "", retryAt: null };
    doorbell.stateChanged(session.state);
    await clock.advance(119_000);
    expect(session.said).toHaveLength(1);
    expect(conversation().messages[1]?.state).toBe("sending");
    await clock.advance(1_000);
    expect(conversation().messages[1]).toMatchObject({
      state: "failed",
      problem: "This message may not have been sent.",
    });
  });

  it("turns out to be sent when its event comes after all", async () => {
    const { doorbell, session, clock, conversation } = await talking();
    session.onSend = refused(403);
    void doorbell.talking.say("c1", "no");
    await clock.settle();
    expect(conversation().messages[1]).toMatchObject({ state: "failed" });
    doorbell.received([ownMessage(2, "operation-1")]);
    expect(conversation().messages[1]).toMatchObject({ state: "sent", problem: null });
  });

  it("is tried again while the server says that it is too early", async () => {
    const { doorbell, session, clock } = await talking();
    session.onSend = conflict;
    void doorbell.talking.say("c1", "early");
    await clock.advance(2_500);
    expect(session.said).toHaveLength(3);
  });

  it("has failed when the server says that it was not delivered", async () => {
    const { doorbell, session, clock, conversation } = await talking();
    session.onSend = taken;
    void doorbell.talking.say("c1", "nobody there");
    await clock.settle();
    doorbell.received([
      ownMessage(2, "operation-1", { type: "started", status: null }),
      ownMessage(2, "operation-1", {
        status: "Failure",
        reason: { ...reason("Timeout"), message: "Too late." },
      }),
    ]);
    expect(conversation().messages[1]).toMatchObject({
      state: "failed",
      problem: "This message wasn't delivered: Too late.",
    });
  });

  it("counts as sent when the server has taken it and says no more", async () => {
    const { doorbell, session, clock, conversation } = await talking();
    session.onSend = taken;
    void doorbell.talking.say("c1", "quiet");
    await clock.advance(60_000);
    expect(conversation().messages[1]?.state).toBe("sent");
  });

  it("is sent again by the person's word, as the last, under another operation", async () => {
    const { doorbell, session, clock, conversation, texts } = await talking();
    session.onSend = refused(403);
    void doorbell.talking.say("c1", "again");
    await clock.settle();
    doorbell.received([message(1, FIRST), message(2, "meanwhile")]);
    session.onSend = taken;
    const [, failed] = conversation().messages;
    expect(await doorbell.talking.sayAgain("c1", failed?.id ?? "")).toEqual({ ok: true });
    await clock.settle();
    expect(texts()).toEqual([FIRST, "meanwhile", "again"]);
    expect(session.said.map(({ operationId }) => operationId)).toEqual(["operation-1", "operation-2"]);
    expect(await doorbell.talking.sayAgain("c1", failed?.id ?? "")).toMatchObject({ ok: false });
  });

  it.each([
    ["", "invalid"],
    [" \n ", "invalid"],
    ["x".repeat(20_000), "invalid"],
  ])("is not sent when it is nothing, or too much", async (text, code) => {
    const { doorbell, session } = await talking();
    expect(await doorbell.talking.say("c1", text)).toMatchObject({ ok: false, error: { code } });
    expect(session.said).toEqual([]);
  });

  it("is not sent where nothing can be said", async () => {
    const { doorbell } = await talking();
    expect(await doorbell.talking.say("c9", "x")).toMatchObject({ error: { code: "unknownConversation" } });
    doorbell.received([conversationEvent("deleted", null)]);
    expect(await doorbell.talking.say("c1", "x")).toMatchObject({ error: { code: "notAllowed" } });
  });

  it("has failed with the conversation, unless the server has it", async () => {
    const { doorbell, session, clock, conversation } = await talking();
    session.onSend = taken;
    void doorbell.talking.say("c1", "taken");
    await clock.settle();
    session.onSend = () => new Promise(() => {});
    void doorbell.talking.say("c1", "on its way");
    session.lose();
    await clock.settle();
    expect(conversation().messages.map(({ state }) => state)).toEqual(["received", "sent", "failed"]);
  });

  it("tells the others that the person types, now and then", async () => {
    const { doorbell, session, clock } = await talking();
    const typed = () => session.posted.filter(({ href }) => href.endsWith("/typing")).length;
    for (let keys = 0; keys < 10; keys++) doorbell.talking.typing("c1");
    expect(typed()).toBe(1);
    await clock.advance(3_000);
    doorbell.talking.typing("c1");
    expect(typed()).toBe(2);
  });
});

describe("leaving a conversation", () => {
  it("ends it", async () => {
    const { doorbell, session, conversation } = await talking();
    session.onDelete = taken;
    expect(await doorbell.talking.leave("c1")).toEqual({ ok: true });
    expect(session.deleted).toEqual([CONVERSATION]);
    expect(conversation()).toMatchObject({ state: "ended", end: "left" });
  });

  it("is asked for once, however often the person presses meanwhile", async () => {
    const { doorbell, session } = await talking();
    session.onDelete = taken;
    const presses = [doorbell.talking.leave("c1"), doorbell.talking.leave("c1")];
    expect(await Promise.all(presses)).toEqual([{ ok: true }, { ok: true }]);
    expect(session.deleted).toEqual([CONVERSATION]);
  });

  it("is tried twice, and says when it did not work", async () => {
    const { doorbell, session, conversation } = await talking();
    session.onDelete = unreachable;
    expect(await doorbell.talking.leave("c1")).toMatchObject({ ok: false, error: { code: "unreachable" } });
    expect(session.deleted).toHaveLength(2);
    expect(conversation().end).toBeNull();
  });
});
