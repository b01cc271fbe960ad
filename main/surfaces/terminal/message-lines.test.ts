import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Conversation } from "../../conversations/conversation.ts";
import { JsonLines } from "./json-lines.ts";
import { aConversation, aMessage, ownMessage } from "./testing/a-talk.ts";
import { anInvitation, ONLINE, START } from "./testing/an-invitation.ts";

/** What is told of each list of conversations in turn. */
function told(...states: Conversation[][]): Record<string, unknown>[][] {
  const lines = new JsonLines(ONLINE);
  return states.map((conversations) =>
    lines
      .changes({ session: ONLINE, invitations: [], conversations }, START)
      .map((line) => JSON.parse(line) as Record<string, unknown>),
  );
}

const briefly = (lines: Record<string, unknown>[][]): string[][] =>
  lines.map((some) => some.map(({ id, state }) => `${String(id)} ${String(state)}`));

describe("A message line", () => {
  it("holds every field of the contract, in its order", () => {
    const messages = [aMessage(), ownMessage({ state: "sending" })];
    const lines = new JsonLines(ONLINE).changes(
      { session: ONLINE, invitations: [], conversations: [aConversation({ messages })] },
      START,
    );
    expect(lines).toEqual([
      '{"type":"message","at":"2026-01-05T09:00:00.000Z","id":"m1","conversation":"c1","invitation":"i1","direction":"incoming",' +
        '"from":{"name":"Lena Berg","uri":"sip:lena@contoso.example"},"text":"Have you got a minute?",' +
        '"sentAt":"2026-01-05T09:00:00.000Z","state":"received","problem":null}',
      '{"type":"message","at":"2026-01-05T09:00:00.000Z","id":"m2","conversation":"c1","invitation":"i1","direction":"outgoing",' +
        '"from":null,"text":"I have.","sentAt":"2026-01-05T09:00:00.000Z","state":"sending","problem":null}',
    ]);
  });

  it("is not printed while the accept may still come to nothing", () => {
    const connecting = aConversation({ messages: [aMessage()], state: "connecting" });
    const connected = { ...connecting, state: "connected" } as const;
    expect(briefly(told([connecting], [connected]))).toEqual([[], ["m1 received"]]);
    expect(briefly(told([connecting], [{ ...connecting, state: "ended", end: "over" }]))).toEqual([[], []]);
  });

  it("is printed when a message is first there and whenever something of it has changed, and for nothing else", () => {
    const sending = ownMessage({ state: "sending" });
    expect(
      briefly(
        told(
          [aConversation({ messages: [aMessage()] })],
          [aConversation({ messages: [aMessage(), sending], unread: 1 })],
          [aConversation({ messages: [{ ...aMessage() }, { ...sending }], participants: [] })],
          [aConversation({ messages: [aMessage(), { ...sending, problem: "No answer." }] })],
          [aConversation({ messages: [aMessage(), ownMessage({ state: "failed", problem: "No answer." })] })],
          [aConversation({ messages: [aMessage(), ownMessage({ state: "sent", sentAt: START + 1 })] })],
          [aConversation({ messages: [aMessage(), ownMessage({ state: "sent", sentAt: START + 2 })] })],
          // The oldest is no longer kept.
          [aConversation({ messages: [ownMessage({ sentAt: START + 2 })], state: "ended", end: "left" })],
          [],
        ),
      ),
    ).toEqual([
      ["m1 received"],
      ["m2 sending"],
      [],
      ["m2 sending"],
      ["m2 failed"],
      ["m2 sent"],
      ["m2 sent"],
      [],
      [],
    ]);
  });

  it("is printed again when the invitation of its conversation becomes known", () => {
    const messages = [aMessage()];
    const [, line] = told(
      [aConversation({ messages, invitation: null })],
      [aConversation({ messages, invitation: "o1" })],
    );
    expect(line).toMatchObject([{ id: "m1", invitation: "o1" }]);
  });

  it("names its conversation, also where another one has changed with it", () => {
    const other = aConversation({ id: "c2", invitation: null, messages: [aMessage({ id: "m3" })] });
    const first = aConversation({ messages: [aMessage()] });
    const [, second] = told([first], [aConversation({ messages: [aMessage(), ownMessage()] }), other]);
    expect(second?.map(({ id, conversation, invitation }) => [id, conversation, invitation])).toEqual([
      ["m2", "c1", "i1"],
      ["m3", "c2", null],
    ]);
  });

  it("comes after the end of the invitation and before the end of the session", () => {
    const lines = new JsonLines(ONLINE).changes(
      {
        session: { name: "signedOut" },
        invitations: [anInvitation({ state: "accepted", endedAt: START })],
        conversations: [aConversation({ messages: [aMessage()] })],
      },
      START,
    );
    expect(lines.map((line) => (JSON.parse(line) as { type: string }).type)).toEqual([
      "invitation",
      "message",
      "session",
    ]);
  });

  it("is one line of JSON without control characters in any text, whatever the wire holds", () => {
    const text = fc.string({ unit: "binary" });
    fc.assert(
      fc.property(text, text, text, (name, uri, said) => {
        const message = aMessage({ from: { name, uri }, text: said });
        const [line, ...others] = new JsonLines(ONLINE).changes(
          { session: ONLINE, invitations: [], conversations: [aConversation({ messages: [message] })] },
          START,
        );
        expect(others).toEqual([]);
        expect(line).not.toContain("\n");
        const { from, text } = JSON.parse(line ?? "") as {
          from: { name: string; uri: string };
          text: string;
        };
        for (const shown of [from.name, from.uri, text]) expect(shown).not.toMatch(/(?![\n\t])\p{Cc}/u);
      }),
    );
  });
});
