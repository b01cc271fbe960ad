import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Conversation, ConversationMessage } from "../../conversations/conversation.ts";
import type { AppState } from "../../core/app-state.ts";
import type { EndState } from "../../invitations/invitation.ts";
import { happenings } from "./happenings.ts";
import { UNPAINTED } from "./paint.ts";
import { liveLines, type PlainContext } from "./plain.ts";
import { aConversation, aMessage, ownMessage } from "./testing/a-conversation.ts";
import { anInvitation, ONLINE, START } from "./testing/an-invitation.ts";
import { columnsOf } from "./width.ts";

const BEN = {
  id: "p2",
  name: "Ben",
  uri: "sip:ben@contoso.example",
  network: "SameEnterprise",
  anonymous: false,
  typing: false,
} as const;
const LENA = aConversation().participants[0]!;
const MEETING = aConversation({ kind: "meeting", subject: "Strategy", participants: [LENA, BEN] });

const state = (...conversations: Conversation[]): AppState => ({
  session: ONLINE,
  invitations: [],
  conversations,
});

/** What is said between two states, without the time. */
function said(previous: AppState, next: AppState, everything = false): string[] {
  const context = { address: "anna@contoso.example", paint: UNPAINTED, everything };
  return happenings(previous, next, START, context).map((line) => line.replace(/^\d\d:00:00 /, ""));
}

function live(shown: Partial<AppState>, context: Partial<PlainContext> = {}): string[] {
  return liveLines({ session: ONLINE, invitations: [], conversations: [], ...shown }, START + 5_000, {
    address: "anna@contoso.example",
    numbers: new Map(),
    selected: null,
    keys: true,
    hints: null,
    keeps: () => false,
    columns: 100,
    rows: 24,
    paint: UNPAINTED,
    shown: (text) => text,
    ...context,
  });
}

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

describe("A call of the person's own", () => {
  const call = anInvitation({
    id: "o1",
    direction: "outgoing",
    state: "inviting",
    to: "sip:ben@contoso.example",
    callee: BEN,
    conversation: "c2",
    canCancel: true,
  });
  const calling: AppState = { ...state(), invitations: [call] };

  it("is drawn with its seconds, and its conversation only afterwards", () => {
    const talk = aConversation({ id: "c2", invitation: "o1", partner: BEN, state: "connecting" });
    expect(live({ ...calling, conversations: [talk] }).slice(0, 2)).toEqual([
      "→ Ben: ringing… 5 s",
      "anna@contoso.example: Online. Waiting for invitations.",
    ]);
    const ended = { ...call, state: "accepted", endedAt: START } as const;
    expect(live({ invitations: [ended], conversations: [talk] })[0]).toContain("connecting…");
  });

  it("says that it is being taken back, and why that did not arrive", () => {
    const cancelling: AppState = {
      ...calling,
      invitations: [{ ...call, answering: "cancel", canCancel: false, answerProblem: "No answer." }],
    };
    expect(live(cancelling).slice(0, 2)).toEqual(["→ Ben: cancelling… 5 s", "  No answer."]);
    expect(live(cancelling).at(-1)).toBe("c = call   q = quit");
    expect(live(calling).at(-1)).toBe("x = cancel the call   c = call   q = quit");
    expect(said(calling, cancelling, true)).toEqual(["Ben: No answer."]);
  });

  it.each<[EndState, string]>([
    ["accepted", "answered"],
    ["declined", "declined"],
    ["missed", "no answer"],
    ["cancelled", "cancelled after 3 s"],
    ["forwarded", "passed on to someone else"],
    ["failed", "it didn't get through"],
    ["withdrawn", "connection lost"],
  ])("that ended as %s is told so, once: %s", (end, words) => {
    const ended: AppState = { ...state(), invitations: [{ ...call, state: end, endedAt: START + 3_000 }] };
    expect(said(calling, ended)).toEqual([`Ben: ${words}.`]);
    expect(said(ended, ended)).toEqual([]);
  });

  it("is told at its beginning where nothing can be drawn, and of somebody unknown", () => {
    expect(said(state(), calling, true)).toEqual(["Calling Ben."]);
    expect(said(state(), calling)).toEqual([]);
    const unknown = { ...calling, invitations: [{ ...call, to: null, callee: null }] };
    expect(said(state(), unknown, true)).toEqual(["Calling somebody."]);
  });
});

describe("The terminal in conversations", () => {
  const two = [aConversation(), aConversation({ id: "c2", partner: BEN, unread: 1 })];
  const numbers = new Map([
    ["c1", 1],
    ["c2", 2],
  ]);

  it("shows each with its number, and what to press", () => {
    expect(live({ conversations: two }, { numbers, selected: "c2" })).toEqual([
      " 1 Lena Berg (lena@contoso.example): in conversation",
      ">2 Ben (ben@contoso.example): 1 new",
      "anna@contoso.example: Online. Waiting for invitations.",
      "number = choose   Enter = write   l = leave   c = call   q = quit",
    ]);
  });

  it("shows only how to answer while somebody rings, and behind Escape while something is written", () => {
    const ringing = { conversations: two, invitations: [anInvitation({ id: "i9" })] };
    expect(live(ringing).at(-1)).toBe(
      "number = choose   a = accept   d = decline   Enter = write   q = quit",
    );
    expect(live(ringing, { hints: ["Enter = send", "Esc = back"] }).at(-1)).toBe(
      "Enter = send   Esc = back   after Esc:   a = accept   d = decline",
    );
    expect(live({ conversations: two }, { hints: ["Enter = send"] }).at(-1)).toBe("Enter = send");
  });

  it("gives who rings the room before conversations", () => {
    const shown = live({ conversations: two, invitations: [anInvitation({ id: "i9" })] }, { rows: 2 });
    expect(shown[0]).toMatch(/^♪ Lena Berg/);
    expect(shown).toHaveLength(2);
    expect(live({ conversations: two }, { rows: 3, numbers })).toEqual([
      " 1 Lena Berg (lena@contoso.example): in conversation",
      " 2 Ben (ben@contoso.example): 1 new",
      "number = choose   Enter = write   l = leave   c = call   q = quit",
    ]);
    expect(live({ conversations: two }, { rows: 2, numbers })[0]).toBe("… and 2 more conversations");
  });

  it("lets no escape sequence, line break or change of direction from the wire through, in any width", () => {
    const evil = "\u001B]0;owned\u0007\u001B[2J\r\n\u202Eevil\u009B31m\u2028";
    const text = fc.oneof(fc.constant(evil), fc.string({ unit: "binary" }));
    fc.assert(
      fc.property(
        fc.tuple(text, text, text, text, text),
        fc.constantFrom("messaging" as const, "meeting" as const),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 8 }),
        ([name, uri, words, subject, joinUrl], kind, columns, rows) => {
          const partner = { ...LENA, name, uri, typing: true };
          const messages = [
            aMessage({ from: { name, uri }, text: words }),
            ownMessage({ text: words, state: "failed", problem: words }),
          ];
          const over = {
            others: ["audioVideo" as const],
            joinUrl,
            state: "ended" as const,
            end: "over" as const,
          };
          const talk = aConversation({ kind, subject, partner, participants: [partner], messages });
          const call = anInvitation({ direction: "outgoing", state: "inviting", to: uri, id: "o1" });
          const next: AppState = { ...state(talk), invitations: [call] };
          const shown = live(next, { columns, rows });
          expect(shown.length).toBeLessThanOrEqual(rows);
          for (const line of shown) expect(columnsOf(line)).toBeLessThanOrEqual(columns);
          const ended: AppState = { ...next, conversations: [{ ...talk, ...over }] };
          for (const everything of [true, false])
            for (const line of [
              ...shown,
              ...said(state(), next, everything),
              ...said(next, ended, everything),
            ])
              expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u);
        },
      ),
    );
  });
});
