import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AppState } from "../../core/app-state.ts";
import type { EndState } from "../../invitations/invitation.ts";
import { aConversation, aMessage, ownMessage } from "./testing/a-talk.ts";
import { anInvitation, START } from "./testing/an-invitation.ts";
import { columnsOf } from "./width.ts";
import { BEN, LENA, live, said, state } from "./testing/told-in-lines.ts";

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
