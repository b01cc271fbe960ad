import { describe, expect, it } from "vitest";
import type { Conversation, ConversationMessage } from "../../conversations/conversation.ts";
import { aConversation, aMessage, ownMessage } from "./testing/a-talk.ts";
import { BEN, LENA, live, MEETING, said, state } from "./testing/told-in-lines.ts";

describe("A conversation in one line", () => {
  const line = (overrides: Partial<Conversation>, columns = 100, draft = false): string | undefined =>
    live({ conversations: [aConversation(overrides)] }, { columns, keeps: () => draft })[0];

  it.each<[Partial<Conversation>, string]>([
    [{}, "Lena Berg (lena@contoso.example): in conversation"],
    [{ state: "connecting" }, "Lena Berg (lena@contoso.example): connecting…"],
    [{ unread: 2 }, "Lena Berg (lena@contoso.example): 2 new"],
    // Who was called by an address has a name once they are there.
    [
      { partner: { ...LENA, name: "" }, participants: [{ ...LENA, uri: "" }] },
      "Lena Berg (lena@contoso.example): in conversation",
    ],
    [{ participants: [{ ...LENA, typing: true }] }, "Lena Berg (lena@contoso.example): typing…"],
    [
      { messages: [ownMessage({ state: "failed" }), ownMessage({ state: "sending" })], unread: 1 },
      "Lena Berg (lena@contoso.example): 1 not sent, 1 new, sending…",
    ],
    [{ ...MEETING, state: "inLobby" }, "Strategy with Lena Berg and Ben: waiting to be let in…"],
    [
      { ...MEETING, participants: [LENA, { ...BEN, typing: true }] },
      "Strategy with Lena Berg and Ben: Ben is typing…",
    ],
  ])("with %j is %j", (overrides, words) => {
    expect(line(overrides)).toBe(words);
  });

  it("says that a text is kept", () => {
    expect(line({}, 100, true)).toBe("Lena Berg (lena@contoso.example): your text is kept");
  });

  it("keeps what there is to know in sight, however narrow the window and long the name", () => {
    const partner = { ...LENA, name: "王".repeat(30) };
    expect(line({ unread: 2 }, 30)).toBe("Lena Berg: 2 new");
    expect(line({ unread: 2, partner }, 19)).toBe("王王王王王…: 2 new");
    expect(line({ unread: 2, state: "connecting" }, 19)).toBe("Lena Be…: 2 new, c…");
  });
});

describe("What is said in a conversation", () => {
  it("is a line for each message, the person's own and those of others, once", () => {
    const both = state(aConversation({ messages: [aMessage(), ownMessage({ state: "sending" })] }));
    expect(said(state(), both)).toEqual(["Lena Berg: Have you got a minute?", "you: I have."]);
    const sent = state(aConversation({ messages: [aMessage(), ownMessage()], unread: 1 }));
    expect(said(both, sent)).toEqual([]);
    // The oldest is no longer kept, and it is over.
    expect(
      said(sent, state(aConversation({ messages: [ownMessage()], state: "ended", end: "over" }))),
    ).toEqual(["Lena Berg: The conversation has ended."]);
  });

  it("says whom it was said to where there are several, and where it was said in a meeting", () => {
    const other = aConversation({ id: "c2", partner: BEN, messages: [ownMessage({ id: "m9", text: "Hi" })] });
    const meeting = { ...MEETING, messages: [aMessage(), ownMessage()] };
    expect(said(state(), state(other, meeting))).toEqual([
      "you to Ben: Hi",
      "Lena Berg in Strategy: Have you got a minute?",
      "you to Strategy: I have.",
    ]);
  });

  it("keeps the lines of a text apart on a terminal, behind those that tell something, and in one elsewhere", () => {
    const text = "One\n\n\n\n09:00:00 Ben: two\tthree";
    const next = state(aConversation({ messages: [aMessage({ text })] }));
    expect(said(state(), next)).toEqual(["Lena Berg: One", "  ", "  09:00:00 Ben: two three"]);
    expect(said(state(), next, true)).toEqual(["Lena Berg: One 09:00:00 Ben: two three"]);
  });

  it.each<[ConversationMessage["state"], ConversationMessage["state"], string[]]>([
    ["sending", "failed", ["✗ not sent: “I have.” No answer."]],
    ["failed", "failed", []],
    ["failed", "sending", ["sending again: “I have.”"]],
    ["sending", "sent", []],
  ])("that was %s and is %s is %j", (before, after, lines) => {
    const own = (state: ConversationMessage["state"]): Conversation =>
      aConversation({ messages: [ownMessage({ state, problem: state === "failed" ? "No answer." : null })] });
    expect(said(state(own(before)), state(own(after)))).toEqual(lines);
  });

  it("is named by its beginning when it was not sent", () => {
    const own = aConversation({ messages: [ownMessage({ state: "failed", text: "x".repeat(100) })] });
    expect(said(state(), state(own))[1]).toBe(`✗ not sent: “${"x".repeat(59)}…”`);
  });

  it("is never taken for the person's own because of somebody's name", () => {
    const from = { name: "You", uri: "sip:eve@evil.example" };
    expect(said(state(), state(aConversation({ messages: [aMessage({ from })] })))).toEqual([
      "You (eve@evil.example): Have you got a minute?",
    ]);
  });

  it("is why a text cannot be shown, until it can", () => {
    const unread = state(
      aConversation({ messages: [aMessage({ text: "", problem: "It couldn't be loaded." })] }),
    );
    expect(said(state(), unread)).toEqual(["Lena Berg: (It couldn't be loaded.)"]);
    expect(said(unread, state(aConversation({ messages: [aMessage()] })))).toEqual([
      "Lena Berg: Have you got a minute?",
    ]);
  });

  it("is also who comes to a meeting and goes, what else goes on, and where to join", () => {
    expect(
      said(
        state({ ...MEETING, participants: [LENA] }),
        state({
          ...MEETING,
          participants: [BEN],
          others: ["audioVideo", "applicationSharing"],
          joinUrl: "https://meet.example/x",
        }),
      ),
    ).toEqual([
      "Strategy: Ben has come.",
      "Strategy: Lena Berg has gone.",
      "Strategy: There is a call here. Doorbell can't do audio or video: use another device.",
      "Strategy: There is screen sharing here. Doorbell can't show shared screens: use another device.",
      "Strategy: join with sound and picture at https://meet.example/x",
    ]);
  });

  it.each([
    ["left", "You left the conversation."],
    ["over", "The conversation has ended."],
    ["lost", "The connection was lost, and the conversation with it."],
  ] as const)("ends once, as %s", (end, words) => {
    const over = state(aConversation({ state: "ended", end }));
    expect(said(state(aConversation()), over)).toEqual([`Lena Berg: ${words}`]);
    expect(said(over, state(aConversation({ state: "ended", end, unread: 0 })))).toEqual([]);
  });
});
