import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { ADA, conversation, own, theirs } from "../testing/a-conversation.ts";
import { ConversationViews, conversationsContent, conversationsSummary } from "./conversation-views.ts";

const VIEWS = new ConversationViews(() => null);
const online = { name: "online", generation: 1 } as const;
const viewOf = (...args: Parameters<typeof conversation>) => {
  const [view] = conversationsContent([conversation(...args)], "c1", online, VIEWS).conversations;
  if (view === undefined) throw new Error("There is no view.");
  return view;
};

describe("what the window with the conversations is told", () => {
  it("is who is in them, what was said, and what can be done", () => {
    expect(
      viewOf({
        messages: [theirs("m1", "See https://a.example/b."), own("m2", "Yes", { state: "sending" })],
      }),
    ).toEqual({
      id: "c1",
      kind: "messaging",
      ended: false,
      title: "Ada Winter",
      partner: {
        name: "Ada Winter",
        address: "ada@example.test",
        anonymous: false,
        external: false,
        photo: null,
      },
      subject: "Budget",
      status: "",
      notices: [],
      people: [
        {
          id: "p1",
          caller: {
            name: "Ada Winter",
            address: "ada@example.test",
            anonymous: false,
            external: false,
            photo: null,
          },
        },
      ],
      messages: [
        {
          id: "m1",
          own: false,
          sender: {
            name: "Ada Winter",
            address: "ada@example.test",
            anonymous: false,
            external: false,
            photo: null,
          },
          sentAt: 1_000,
          state: "received",
          problem: "",
          parts: [
            { text: "See ", link: null },
            { text: "https://a.example/b", link: 0 },
            { text: ".", link: null },
          ],
        },
        {
          id: "m2",
          own: true,
          sender: null,
          sentAt: 1_000,
          state: "sending",
          problem: "",
          parts: [{ text: "Yes", link: null }],
        },
      ],
      typing: "",
      unread: 0,
      canSay: true,
      joinLink: "",
    });
  });

  it("has a meeting's link to be read, as long as there is a meeting", () => {
    const joinUrl = "https://meet.example/ada/1";
    expect(viewOf({ kind: "meeting", joinUrl }).joinLink).toBe(joinUrl);
    expect(viewOf({ kind: "meeting", joinUrl, state: "ended", end: "over" }).joinLink).toBe("");
  });

  it("says why nothing comes while there is no connection", () => {
    const told = (session: Parameters<typeof conversationsContent>[2]) =>
      conversationsContent([], null, session, VIEWS).connection;
    expect(told(online)).toBe("");
    expect(told({ name: "signedOut" })).toBe("You're signed out.");
    expect(told({ name: "creating" })).toBe("You're offline. Doorbell is reconnecting…");
  });

  it("never tells the address of somebody who does not want to be known", () => {
    const nobody = { ...ADA, name: "", uri: "sip:secret@example.test", anonymous: true };
    const view = viewOf({ partner: nobody, participants: [nobody], messages: [] });
    expect(JSON.stringify(view)).not.toContain("secret");
  });

  it("has every character of every text, in pieces that are numbered links or none", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.constantFrom("a.example", "b-c.example:8443"),
        (text, host) => {
          const said = `${text} https://${host}/a ${text}`;
          const parts = viewOf({ messages: [theirs("m1", said)] }).messages[0]?.parts ?? [];
          expect(parts.map((part) => part.text).join("")).toBe(said);
          const numbers = parts.flatMap(({ link }) => link ?? []);
          expect(numbers).toEqual(numbers.map((_, index) => index));
        },
      ),
    );
  });

  it("stays the same for what has not changed, so that a hundred messages are not worked out anew for one", () => {
    const one = conversation();
    const before = conversationsContent([one], "c1", online, VIEWS).conversations[0];
    const after = conversationsContent([one, conversation({ id: "c2" })], "c2", online, VIEWS).conversations;
    expect(after[0]).toBe(before);
    const longer = { ...one, messages: [...one.messages, own("m2", "Yes")] };
    expect(conversationsContent([longer], "c1", online, VIEWS).conversations[0]?.messages[0]).toBe(
      before?.messages[0],
    );
  });

  it("is counted for the windows that only lead there", () => {
    const all = [conversation({ unread: 2 }), conversation({ state: "ended", end: "over", unread: 1 })];
    expect(conversationsSummary(all)).toEqual({ open: 1, unread: 3 });
  });
});
