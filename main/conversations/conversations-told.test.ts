import { describe, expect, it } from "vitest";
import {
  completed,
  CONVERSATION,
  conversationEvent,
  insideConversation,
  resource,
  snapshot,
  started,
} from "../testing/invitation-events.ts";
import { MESSAGING } from "../testing/meeting-events.ts";
import {
  ADA,
  CONNECTED,
  FIRST,
  message,
  messageResource,
  one,
  SEND,
  talking,
  typing,
} from "../testing/talking-rig.ts";
import { found, gone, rig, taken, unreachable } from "../testing/rig.ts";
import type { Rig } from "../testing/rig.ts";
import type { ResourceLookup } from "../ucwa/session-port.ts";

describe("a conversation", () => {
  it("is nobody's before its invitation is accepted here", async () => {
    const { doorbell, session } = rig();
    session.onPost = taken;
    doorbell.received([started(), conversationEvent("added", "Incoming")]);
    expect(doorbell.state.conversations).toEqual([]);
    doorbell.received([completed("Failure", "ConnectedElsewhere"), conversationEvent("deleted", null)]);
    expect(doorbell.state.conversations).toEqual([]);
  });

  it("begins with the accept, and with what the caller said in the invitation", async () => {
    const stand = rig();
    stand.doorbell.received([started()]);
    void stand.doorbell.accept("i1");
    expect(one(stand)).toMatchObject({
      id: "c1",
      invitation: "i1",
      state: "connecting",
      canSay: false,
      partner: { name: "Ada Winter", uri: "sip:ada@example.test" },
      messages: [
        {
          direction: "incoming",
          text: FIRST,
          state: "received",
          from: { name: "Ada Winter", uri: "sip:ada@example.test" },
        },
      ],
      unread: 1,
    });
  });

  it("is nobody's again when the accept came to nothing", async () => {
    const stand = rig();
    stand.session.onPost = taken;
    stand.doorbell.received([started()]);
    await stand.doorbell.accept("i1");
    stand.doorbell.received([completed("Failure", "ConnectedElsewhere")]);
    expect(stand.doorbell.state.conversations).toEqual([]);
  });

  it("is nobody's while the invitation rings on, because the accept did not get through", async () => {
    const stand = rig();
    stand.session.onPost = unreachable;
    stand.session.onLookUp = found(snapshot());
    stand.doorbell.received([started()]);
    await stand.doorbell.accept("i1");
    await stand.clock.advance(1_000);
    expect(stand.doorbell.state.conversations).toEqual([]);
    stand.session.onPost = taken;
    await stand.doorbell.accept("i1");
    expect(one(stand).messages).toHaveLength(1);
  });

  it("holds what the invitation said once, though it comes again as a message", async () => {
    const { doorbell, texts, conversation } = await talking();
    doorbell.received([message(1, `${FIRST}\r\n`, { sentAt: 5_000 }), message(2, "More")]);
    expect(texts()).toEqual([FIRST, "More"]);
    expect(conversation().messages[0]).toMatchObject({ sentAt: 5_000 });
  });

  it("holds it twice when the caller says it twice", async () => {
    const { doorbell, texts } = await talking();
    doorbell.received([message(1, FIRST), message(2, FIRST)]);
    expect(texts()).toEqual([FIRST, FIRST]);
  });

  it("recognises it when it comes as a link only", async () => {
    const { doorbell, session, clock, texts } = await talking();
    session.onRead = async () => ({ outcome: "found", resource: messageResource(FIRST) });
    doorbell.received([message(1, null)]);
    await clock.settle();
    expect(texts()).toEqual([FIRST]);
  });

  it("holds a message once, however often it is told", async () => {
    const { doorbell, texts } = await talking();
    for (let times = 0; times < 3; times++) doorbell.received([message(2, "Again")]);
    expect(texts()).toEqual([FIRST, "Again"]);
  });

  it("shows no later message before one that is still asked for", async () => {
    const { doorbell, session, clock, texts, conversation } = await talking();
    let answer: (found: ResourceLookup) => void = () => undefined;
    session.onRead = () => new Promise((resolve) => void (answer = resolve));
    doorbell.received([message(2, null), message(3, "third")]);
    expect(texts()).toEqual([FIRST]);
    expect(conversation().unread).toBe(1);
    await clock.settle();
    answer({ outcome: "found", resource: messageResource("second") });
    await clock.settle();
    expect(texts()).toEqual([FIRST, "second", "third"]);
    expect(conversation().unread).toBe(3);
  });

  it("goes on asking for a message while the server does not answer", async () => {
    const { doorbell, session, clock, texts } = await talking();
    session.onRead = unreachable;
    doorbell.received([message(2, null)]);
    await clock.advance(2_000);
    session.onRead = async () => ({ outcome: "found", resource: messageResource("late") });
    await clock.advance(5_000);
    expect(texts()).toEqual([FIRST, "late"]);
  });

  it("holds nothing back for a message that the server does not give for a minute, and loads it when it does", async () => {
    const { doorbell, session, clock, conversation, texts } = await talking();
    session.onRead = unreachable;
    doorbell.received([message(2, null), message(3, "third")]);
    await clock.advance(40_000);
    expect(conversation().messages[1]).toMatchObject({
      text: "",
      problem: "This message couldn't be loaded.",
    });
    expect(texts()).toEqual([FIRST, "", "third"]);
    session.onRead = async () => ({ outcome: "found", resource: messageResource("second") });
    await clock.advance(30_000);
    expect(texts()).toEqual([FIRST, "second", "third"]);
    expect(conversation().messages[1]).toMatchObject({ problem: null });
  });

  it("says that a message could not be loaded, and shows what came after it", async () => {
    const { doorbell, session, clock, conversation } = await talking();
    session.onRead = gone;
    doorbell.received([message(2, null), message(3, "third")]);
    await clock.settle();
    expect(conversation().messages.slice(1)).toMatchObject([
      { text: "", problem: "This message couldn't be loaded." },
      { text: "third", problem: null },
    ]);
  });

  it("shows HTML as the text that it is", async () => {
    const { doorbell, texts } = await talking();
    doorbell.received([message(2, null, { html: "<p>One &lt;b&gt;</p><script>alert(1)</script>" })]);
    expect(texts()).toEqual([FIRST, "One <b>"]);
  });

  it("counts what has not been seen", async () => {
    const { doorbell, conversation } = await talking();
    doorbell.talking.seen("c1");
    expect(conversation().unread).toBe(0);
    doorbell.received([message(1, FIRST), message(2, "a"), message(3, "b")]);
    expect(conversation().unread).toBe(2);
  });

  it("tells who types, until they have said it or stop", async () => {
    const { doorbell, conversation } = await talking();
    const types = () => conversation().participants.map(({ name, typing: now }) => `${name} ${now}`);
    doorbell.received([typing("added")]);
    expect(types()).toEqual(["Ada Winter true"]);
    doorbell.received([typing("deleted")]);
    expect(types()).toEqual(["Ada Winter false"]);
    doorbell.received([typing("added")]);
    doorbell.received([conversationEvent("deleted", null)]);
    expect(types()).toEqual(["Ada Winter false"]);
  });

  it("keeps who is in it when somebody changes a role", async () => {
    const { doorbell, conversation } = await talking();
    const leaders = { rel: "leaders", href: `${CONVERSATION}/leaders`, title: null };
    doorbell.received([{ ...insideConversation("deleted", "participant", ADA), in: leaders }]);
    expect(conversation().participants).toHaveLength(1);
    doorbell.received([insideConversation("deleted", "participant", ADA)]);
    expect(conversation().participants).toHaveLength(0);
  });

  it("has its partner with address and network where the event gives a name alone, and nobody else", async () => {
    const { doorbell, conversation } = await talking();
    const network = "SameEnterprise";
    const partner = { name: "Ada Winter", uri: "sip:ada@example.test", network, anonymous: false };
    expect(conversation().participants).toEqual([{ id: "p1", ...partner, typing: false }]);
    const other = "participants/cleo@example.test";
    doorbell.received([
      insideConversation("deleted", "participant", ADA),
      insideConversation("added", "participant", other, "Cleo Marsh"),
    ]);
    expect(conversation().participants).toMatchObject([{ name: "Cleo Marsh", uri: "" }]);
  });

  it("tells what others add to it", async () => {
    const { doorbell, conversation } = await talking();
    const sharing = (state: string) =>
      insideConversation(
        "updated",
        "applicationSharing",
        "applicationSharing",
        null,
        resource({ rel: "applicationSharing", properties: { state } }),
      );
    doorbell.received([sharing("Connected")]);
    expect(conversation().others).toEqual(["applicationSharing"]);
    doorbell.received([sharing("Disconnected")]);
    expect(conversation().others).toEqual([]);
  });

  it.each([
    ["its end", (stand: Rig) => stand.doorbell.received([conversationEvent("deleted", null)]), "over"],
    [
      "its Disconnected",
      (stand: Rig) => stand.doorbell.received([conversationEvent("updated", "Disconnected")]),
      "over",
    ],
    ["the end of its application", (stand: Rig) => stand.session.lose(), "lost"],
  ] as const)("is over with %s, and what was said stays", async (_, end, cause) => {
    const stand = await talking();
    end(stand);
    expect(stand.conversation()).toMatchObject({ state: "ended", end: cause, canSay: false });
    expect(stand.texts()).toEqual([FIRST]);
    stand.doorbell.received([conversationEvent("updated", "Connected")]);
    expect(stand.conversation().state).toBe("ended");
  });

  it("is asked after when the channel was interrupted, and is over when it is gone", async () => {
    const { doorbell, session, clock, conversation } = await talking();
    doorbell.channelInterrupted(1, "resync");
    await clock.settle();
    expect(session.asked).toContain(CONVERSATION);
    expect(conversation().end).toBe("over");
  });

  it("goes on over an interruption when it is there", async () => {
    const { doorbell, session, clock, conversation } = await talking();
    session.onRead = async (href) => ({
      outcome: "found",
      resource:
        href === CONVERSATION
          ? resource({
              rel: "conversation",
              properties: { state: "Connected" },
              links: { messaging: MESSAGING },
            })
          : resource({ rel: "messaging", properties: { state: "Connected" }, links: { sendMessage: SEND } }),
    });
    doorbell.channelInterrupted(1, "resume");
    await clock.settle();
    expect(conversation()).toMatchObject({ state: "connected", canSay: true });
  });

  it("learns its links by GET where its events carry links only", async () => {
    const { doorbell, session, clock, conversation } = await talking();
    session.onRead = async () => ({
      outcome: "found",
      resource: resource({ rel: "messaging", properties: { state: "Disconnected" } }),
    });
    doorbell.received([{ ...CONNECTED, resource: null }]);
    await clock.settle();
    expect(conversation().canSay).toBe(false);
  });
});
