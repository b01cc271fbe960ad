import { describe, expect, it } from "vitest";
import { brokenConversations } from "./kept-conversation.ts";
import type { ServerMessage, ShownConversation, Talked } from "./kept-conversation.ts";

type Shown = ShownConversation["messages"][number];

const theirs = (text: string, lost = false): ServerMessage => ({ by: "caller", text, lost });
const ours = (text: string): ServerMessage => ({ by: "user", text, lost: false });
const heard = (text: string, id = text): Shown => ({
  id,
  direction: "incoming",
  text,
  state: "received",
  problem: null,
});
const said = (text: string, state = "sent"): Shown => ({
  id: text,
  direction: "outgoing",
  text,
  state,
  problem: null,
});
const shown = (...messages: Shown[]): ShownConversation => ({
  id: "c1",
  subject: "call 1",
  state: "connected",
  messages,
});
const talked = (messages: readonly ServerMessage[], over: Partial<Talked> = {}): Talked => ({
  subject: "call 1",
  opening: "hello",
  messages: [...messages],
  disturbed: false,
  lost: false,
  ...over,
});

function broken(known: Talked, ...versions: ShownConversation[]): readonly string[] {
  return brokenConversations([known], new Map(versions.length > 0 ? [["c1", versions]] : []));
}

describe("what a conversation has to keep", () => {
  it("is kept where all is shown once, in order", () => {
    const known = talked([theirs("a"), ours("x"), theirs("b")]);
    expect(broken(known, shown(heard("a")), shown(heard("a"), said("x"), heard("b")))).toEqual([]);
  });

  it.each([
    ["a message is missing", talked([theirs("a"), theirs("b")]), [shown(heard("a"))]],
    ["a message is shown twice", talked([theirs("a")]), [shown(heard("a"), heard("a", "other"))]],
    ["a message is shown under one id twice", talked([theirs("a")]), [shown(heard("a"), heard("a"))]],
    ["two have changed places", talked([theirs("a"), theirs("b")]), [shown(heard("b"), heard("a"))]],
    ["one is taken back", talked([theirs("a")]), [shown(heard("a")), shown(heard("a", "again"))]],
    ["ours arrived twice", talked([ours("x"), ours("x")]), [shown(said("x"))]],
    ["ours never arrived", talked([]), [shown(said("x"))]],
    ["ours arrived and is shown as failed", talked([ours("x")]), [shown(said("x", "failed"))]],
    ["ours arrived in another order", talked([ours("x"), ours("y")]), [shown(said("y"), said("x"))]],
    ["nothing is shown", talked([theirs("a")]), []],
    ["a message is missing in one that lives on", talked([theirs("a")], { disturbed: true }), [shown()]],
  ])("is broken where %s", (_, known, versions) => {
    expect(broken(known, ...versions)).not.toEqual([]);
  });

  it("is kept where the server has lost a message, and where a lost session explains it", () => {
    expect(broken(talked([theirs("a"), theirs("b", true)]), shown(heard("a")))).toEqual([]);
    expect(broken(talked([theirs("a"), theirs("b")], { lost: true }), shown(heard("a")))).toEqual([]);
    expect(broken(talked([ours("x")], { disturbed: true }), shown(said("x", "failed")))).toEqual([]);
  });

  it("has the place of a message that could not be loaded any more, of one that was said and in trouble alone", () => {
    const unloaded: Shown = { ...heard("", "m2"), problem: "This message couldn't be loaded." };
    const after = (known: Talked, ...messages: Shown[]) =>
      broken(known, shown(heard("a")), { ...shown(heard("a"), ...messages), state: "ended" });
    const inTrouble = talked([theirs("a"), theirs("b")], { disturbed: true });
    expect(after(inTrouble, unloaded)).toEqual([]);
    expect(after(inTrouble, heard("b"), unloaded)).not.toEqual([]);
    expect(after(inTrouble, heard("", "m2"))).not.toEqual([]);
    expect(after(talked([theirs("a"), theirs("b")]), unloaded)).not.toEqual([]);
  });

  it("begins with what the invitation said, whether the server says it again or not, and has that once", () => {
    expect(broken(talked([theirs("a")]), shown(heard("hello"), heard("a")))).toEqual([]);
    expect(broken(talked([theirs("hello"), theirs("a")]), shown(heard("hello"), heard("a")))).toEqual([]);
    expect(broken(talked([theirs("hello")]), shown(heard("hello"), heard("hello", "again")))).not.toEqual([]);
  });

  it("is nothing where an accept came to nothing", () => {
    const connecting: ShownConversation = { ...shown(heard("a")), state: "connecting" };
    expect(broken(talked([]), connecting)).toEqual([]);
  });
});
