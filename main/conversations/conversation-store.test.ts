import { describe, expect, it } from "vitest";
import { ADA, CONNECTED, message, one, ownMessage, talking } from "../testing/talking-rig.ts";
import {
  APPLICATION,
  CONVERSATION,
  conversationEvent,
  insideConversation,
  resource,
  started,
} from "../testing/invitation-events.ts";
import { conversationResource, meetingEvent, meetingResource, MESSAGING } from "../testing/meeting-events.ts";
import { gone, rig, taken } from "../testing/rig.ts";
import { ScriptedSession } from "../testing/scripted-session.ts";
import { MOST_MESSAGES } from "./machine/talk.ts";

/** Somebody joins of whom the event tells no name. */
const NAMELESS = insideConversation("added", "participant", "participants/opaque", "");

describe("a meeting that was accepted", () => {
  async function meeting() {
    const stand = rig();
    stand.session.onPost = taken;
    stand.session.onRead = gone;
    stand.doorbell.received([
      meetingEvent("started", { resource: meetingResource() }),
      conversationEvent("added", "Incoming"),
    ]);
    await stand.doorbell.accept("i1");
    return stand;
  }

  it("waits in the lobby until the organiser lets the person in", async () => {
    const stand = await meeting();
    stand.doorbell.received([conversationEvent("updated", "InLobby")]);
    expect(one(stand)).toMatchObject({ kind: "meeting", state: "inLobby", canSay: false });
    stand.doorbell.received([conversationEvent("updated", "Conferenced"), CONNECTED]);
    expect(one(stand)).toMatchObject({ state: "connected", canSay: true });
  });

  it("tells who is there, and asks once for those without a name", async () => {
    const stand = await meeting();
    const { doorbell, session, clock } = stand;
    session.onRead = async () => ({
      outcome: "found",
      resource: resource({ rel: "participant", properties: { name: "Mei", uri: "sip:mei@example.test" } }),
    });
    doorbell.received([insideConversation("added", "participant", ADA, "Ada Winter"), NAMELESS]);
    await clock.settle();
    expect(one(stand).participants.map(({ name }) => name)).toEqual(["Ada Winter", "Mei"]);
    doorbell.received([NAMELESS]);
    await clock.settle();
    expect(session.asked.filter((href) => href.endsWith("opaque"))).toHaveLength(1);
  });

  it("tells where it is joined with sound and picture, if that is a safe address", async () => {
    for (const [joinUrl, told] of [
      ["https://meet.example.test/ada/Q1", "https://meet.example.test/ada/Q1"],
      ["http://meet.example.test/ada/Q1", null],
      ["javascript:alert(1)", null],
      ["https://a:b@meet.example.test/", null],
    ]) {
      const stand = await meeting();
      stand.session.onRead = async (href) => ({
        outcome: "found",
        resource: href.endsWith("onlineMeeting")
          ? resource({ rel: "onlineMeeting", properties: { joinUrl } })
          : resource({ rel: "messaging", properties: { state: "Disconnected" } }),
      });
      const links = { messaging: MESSAGING, onlineMeeting: `${CONVERSATION}/onlineMeeting` };
      const conference = resource({ rel: "conversation", properties: { state: "Conferenced" }, links });
      stand.doorbell.received([{ ...conversationEvent("updated", null), resource: conference }]);
      await stand.clock.settle();
      expect(one(stand).joinUrl).toBe(told);
    }
  });
});

describe("the conversations of a run", () => {
  it("keep the last messages of very many", async () => {
    const { doorbell, texts } = await talking();
    for (let number = 1; number <= MOST_MESSAGES + 10; number++)
      doorbell.received([message(number, `message ${number}`)]);
    expect(texts()).toHaveLength(MOST_MESSAGES);
    expect(texts().at(-1)).toBe(`message ${MOST_MESSAGES + 10}`);
  });

  it("show what was said elsewhere in the person's name as nothing, where there is no text", async () => {
    const { doorbell, texts } = await talking();
    doorbell.received([ownMessage(7, "of another")]);
    expect(texts()).toHaveLength(1);
  });

  it("are found by their messaging, where the sender of an event is somebody else", async () => {
    const { doorbell, texts } = await talking();
    const sender = { rel: "communication", href: `${APPLICATION}/communication`, title: null };
    doorbell.received([{ ...message(2, "from elsewhere"), sender }]);
    expect(texts()).toHaveLength(2);
  });

  it("end with the session that another one replaces, and are not continued by its addresses", async () => {
    const stand = await talking();
    const next = new ScriptedSession(stand.clock, stand.doorbell);
    stand.doorbell.attach(next);
    expect(stand.conversation()).toMatchObject({ state: "ended", end: "lost" });
    stand.doorbell.received([message(2, "of the next session")]);
    expect(stand.texts()).toHaveLength(1);
    stand.doorbell.talking.seen("c1");
    expect(stand.conversation().unread).toBe(0);
  });

  it("forget those that nobody answered, when there are very many", async () => {
    const { doorbell, session, conversation } = await talking();
    session.onLookUp = gone;
    for (let number = 0; number < 1_000; number++) {
      const event = conversationEvent("added", "Incoming");
      doorbell.received([
        { ...event, link: { ...event.link, href: `${CONVERSATION}${number}` } },
        { ...event, link: { ...event.link, href: `${CONVERSATION}${number}` }, type: "deleted" },
      ]);
    }
    expect(conversation().state).toBe("connected");
  });

  it("hold one for each invitation that was accepted", async () => {
    const { doorbell, session } = await talking();
    const href = `${APPLICATION}/communication/messagingInvitations/53`;
    const event = started({ href });
    const second = resource({
      properties: { direction: "Incoming", state: "Connecting" },
      links: { accept: `${href}/accept`, conversation: `${CONVERSATION}2` },
    });
    doorbell.received([{ ...event, resource: second }]);
    session.onPost = taken;
    await doorbell.accept("i2");
    expect(doorbell.state.conversations.map(({ invitation }) => invitation)).toEqual(["i1", "i2"]);
  });

  it("say nothing more of themselves than the conversation does", async () => {
    const { doorbell, conversation } = await talking();
    const before = conversation();
    doorbell.received([
      { ...conversationEvent("updated", null), resource: conversationResource("Connected") },
    ]);
    expect(conversation()).toBe(before);
  });
});
