import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { speak } from "../../../locales/texts.ts";
import type { Conversation } from "../../conversations/conversation.ts";
import { ADA, BEN, conversation, own, theirs } from "../../testing/a-conversation.ts";
import { VirtualClock } from "../../testing/virtual-clock.ts";
import { ScriptedNotifications } from "../native/testing/scripted-notifications.ts";
import { MessageNotices } from "./message-notices.ts";

let clock: VirtualClock;
let service: ScriptedNotifications;
let notices: MessageNotices;
let inFront: boolean;
let problem: string | null;
let done: string[];
let heard: number;

beforeEach(async () => {
  clock = new VirtualClock();
  service = new ScriptedNotifications();
  inFront = false;
  problem = null;
  done = [];
  heard = 0;
  notices = new MessageNotices({
    clock,
    isInFront: () => inFront,
    open: (id) => void done.push(`open ${id}`),
    reply: async (id, text) => {
      done.push(`reply ${id} ${text}`);
      return problem;
    },
    untold: (id) => void done.push(`untold ${id}`),
    heard: () => {
      heard += 1;
    },
  });
  await notices.use(service);
});

afterEach(() => speak({ language: "en", region: "en" }));

const BEGUN = conversation({ unread: 1 });

/** The conversation when Ada has said all this after its beginning, and the person has seen none of it. */
function after(...texts: readonly string[]): Conversation {
  const more = texts.map((text, index) => theirs(`m${index + 2}`, text));
  return { ...BEGUN, messages: [...BEGUN.messages, ...more], unread: texts.length + 1 };
}

async function told(...conversations: readonly Conversation[]): Promise<void> {
  notices.update(conversations);
  await clock.advance(600);
}

const up = () => service.up.map(({ request: { summary, body } }) => `${summary}: ${body}`);

describe("a message that nobody looks at", () => {
  it("is told by an ordinary notification, but not what the invitation has told already", async () => {
    await told(BEGUN);
    expect(up()).toEqual([]);
    await told({ ...after("One\nand more"), unread: 1 });
    expect(service.up.map(({ request }) => request)).toEqual([
      {
        summary: "Ada Winter",
        body: "One",
        urgency: "normal",
        category: "im.received",
        actions: [],
        openLabel: "Open",
        passing: true,
        reply: { label: "Reply", placeholder: "Reply to Ada Winter" },
      },
    ]);
  });

  it("takes the place of the one before it, and goes when it was seen", async () => {
    await told(BEGUN);
    await told(after("One"));
    await told(after("One", "Two"));
    expect(service.shown).toHaveLength(1);
    expect(up()).toEqual(["Ada Winter: Two\n3 new messages"]);
    await told({ ...after("One", "Two"), unread: 0 });
    expect(up()).toEqual([]);
    await told({ ...after("One", "Two", "Three"), unread: 1 });
    expect(up()).toEqual(["Ada Winter: Three"]);
  });

  it("is told for each conversation by one of its own, in a group with both names", async () => {
    const group = conversation({ id: "c2", kind: "meeting", subject: "Plans", participants: [ADA, BEN] });
    await told(BEGUN, group);
    const from = { name: BEN.name, uri: BEN.uri };
    await told(after("One"), { ...group, messages: [theirs("n1", "Shall we?", { from })], unread: 1 });
    expect(up()).toEqual(["Ada Winter: One\n2 new messages", "Ben Stone in Plans: Shall we?"]);
    await told(after("One"));
    expect(up()).toEqual(["Ada Winter: One\n2 new messages"]);
  });

  it("is told in German, and so is where it can be answered", async () => {
    speak({ language: "de", region: "de" });
    await told(BEGUN);
    await told(after("Eins"));
    expect(up()).toEqual(["Ada Winter: Eins\n2 neue Nachrichten"]);
    expect(service.last.request.reply).toEqual({ label: "Antworten", placeholder: "Antwort an Ada Winter" });
    problem = "Es wurde nicht zugestellt.";
    service.last.tell({ type: "answered", key: "reply", text: "Ja" });
    await clock.advance(0);
    expect(up()).toEqual(["Nicht gesendet an Ada Winter: Es wurde nicht zugestellt."]);
  });

  it("is not told while the window is in front, nor when it was seen within a moment", async () => {
    await told(BEGUN);
    inFront = true;
    await told(after("One"));
    inFront = false;
    notices.update([after("One", "Two")]);
    await clock.advance(599);
    notices.update([{ ...after("One", "Two"), unread: 0 }]);
    await clock.advance(10_000);
    expect(service.shown).toEqual([]);
  });

  it("is none of the person's own, and nothing that only changes how it stands", async () => {
    await told(BEGUN);
    await told({ ...BEGUN, messages: [...BEGUN.messages, own("m2", "Yes")] });
    await told({ ...BEGUN, participants: [{ ...ADA, typing: true }] });
    expect(service.shown).toEqual([]);
  });

  it("comes again only with another message, once it was taken away", async () => {
    await told(BEGUN);
    await told(after("One"));
    service.last.tell({ type: "closed", by: "user" });
    await told({ ...after("One"), participants: [] });
    expect(up()).toEqual([]);
    await told(after("One", "Two"));
    expect(up()).toEqual(["Ada Winter: Two\n3 new messages"]);
  });

  it("is heard when it is told, each that comes anew, and neither in quiet nor under the person's eyes", async () => {
    notices.setSound(true);
    await told(BEGUN);
    expect(heard).toBe(0);
    await told(after("One"));
    expect([heard, service.last.request.silent]).toEqual([1, true]);
    await told({ ...after("One"), participants: [] });
    expect(heard).toBe(1);
    notices.setSound(false);
    await told(after("One", "Two"));
    expect([heard, service.last.request.silent]).toEqual([2, undefined]);
    inFront = true;
    await told(after("One", "Two", "Three"));
    inFront = false;
    notices.setQuiet(true);
    await told(after("One", "Two", "Three", "Four"));
    expect(heard).toBe(2);
  });

  it("is heard once the quiet is over, and where no service could tell of it", async () => {
    await told(BEGUN);
    notices.setQuiet(true);
    await told(after("One"));
    expect(heard).toBe(0);
    notices.setQuiet(false);
    expect(heard).toBe(1);
    await notices.use(null);
    await told(after("One", "Two"));
    expect([heard, done]).toEqual([2, ["untold c1"]]);
  });

  it("is opened by a click", async () => {
    await told(BEGUN);
    await told(after("One"));
    service.last.tell({ type: "opened" });
    expect(done).toEqual(["open c1"]);
  });

  it("is answered in the notification, which is gone then", async () => {
    await told(BEGUN);
    await told(after("One"));
    service.last.tell({ type: "shown" });
    service.last.reply("Yes");
    await clock.advance(0);
    expect([done, up()]).toEqual([["reply c1 Yes"], []]);
  });

  it("says that an answer was not sent, and sends no empty one", async () => {
    await told(BEGUN);
    await told(after("One"));
    service.last.tell({ type: "shown" });
    service.last.reply(" \n");
    expect(done).toEqual([]);
    problem = "Nothing can be sent in this conversation now.";
    service.last.reply("Yes");
    await clock.advance(0);
    expect(up()).toEqual(["Not sent to Ada Winter: Nothing can be sent in this conversation now."]);
  });

  it("offers no field where nothing can be said", async () => {
    await told(BEGUN);
    await told({ ...after("One"), canSay: false });
    expect(service.last.request.reply).toBeUndefined();
  });

  it("is told in another way where there is no service, or one that fails", async () => {
    await told(BEGUN);
    await told(after("One"));
    service.last.tell({ type: "failed", detail: "It is slow.", mayStillAppear: true });
    expect(done).toEqual([]);
    service.last.tell({ type: "failed", detail: "It is gone." });
    expect(done).toEqual(["untold c1"]);
    await notices.use(null);
    await told(after("One", "Two"));
    expect(done).toEqual(["untold c1", "untold c1"]);
  });

  it("goes with the program", async () => {
    await told(BEGUN);
    await told(after("One"));
    notices.update([after("One", "Two")]);
    await notices.dispose();
    await clock.advance(10_000);
    expect(up()).toEqual([]);
  });
});
