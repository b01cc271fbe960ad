import { afterEach, describe, expect, it } from "vitest";

import { speak } from "../../locales/page-texts.ts";
import type { ConversationsState, ConversationView } from "../../preload/contract.ts";
import { newsBetween } from "./news.ts";
import { ADA, own, theirs, view } from "./testing/some-views.ts";

afterEach(() => speak({ language: "en", region: "en" }));

function state(...conversations: readonly ConversationView[]): ConversationsState {
  return { revision: 1, conversations, selected: "c1", connection: "", longestMessage: 100 };
}

const said = (before: ConversationsState, after: ConversationsState) =>
  newsBetween(before, after).map(({ text }) => text);

describe("a person who cannot see the window hears", () => {
  it("what was said to them, in the selected conversation first", () => {
    const other = view({ id: "c2", title: "Plans" });
    const before = state(other, view());
    const after = state(
      { ...other, messages: [theirs("m2")] },
      view({ messages: [theirs("m1"), own("m3")] }),
    );
    expect(said(before, after)).toEqual(["Ada Winter: Text of m1", "Ada Winter in Plans: Text of m2"]);
    expect(said(after, after)).toEqual([]);
  });

  it("how many came when they were many", () => {
    const messages = ["a", "b", "c", "d"].map((id) => theirs(id));
    expect(said(state(view()), state(view({ messages })))).toEqual(["4 new messages."]);
  });

  it("that a message of theirs failed, once, and how a conversation stands", () => {
    const failed = own("m1", { state: "failed", problem: "The server refused this message." });
    const before = state(view({ messages: [own("m1", { state: "sending" })] }));
    const after = state(view({ messages: [failed], status: "The conversation has ended." }));
    expect(said(before, after)).toEqual([
      "Your message was not sent. The server refused this message.",
      "Ada Winter: The conversation has ended.",
    ]);
    expect(said(after, state(view({ messages: [failed] })))).toEqual([]);
  });

  it("nothing of what was there when the conversation came", () => {
    expect(said(state(), state(view({ messages: [theirs("m1")] })))).toEqual([]);
  });

  it("all that in German", async () => {
    await speak({ language: "de", region: "de" });
    const plans = view({ id: "c2", title: "Pläne" });
    const many = ["a", "b", "c", "d"].map((id) => theirs(id));
    const failed = own("m1", { state: "failed", problem: "Der Server lehnt sie ab." });
    const unknown = theirs("m2", { sender: { ...ADA, name: "", address: "" } });
    expect(
      said(state(plans, view()), state({ ...plans, messages: many }, view({ messages: [failed, unknown] }))),
    ).toEqual([
      "Unbekannte Person: Text of m2",
      "Ihre Nachricht wurde nicht gesendet. Der Server lehnt sie ab.",
      "4 neue Nachrichten in Pläne.",
    ]);
  });
});
