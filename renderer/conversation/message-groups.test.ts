import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { messageGroups, newMark } from "./message-groups.ts";
import { ADA, own, theirs } from "./testing/some-views.ts";

const MINUTE_MS = 60_000;
const NOON = new Date(2026, 10, 24, 12).getTime();
const ben = { ...ADA, name: "Ada Winter", address: "ben@example.test" };

const at = (minutes: number) => ({ sentAt: NOON + minutes * MINUTE_MS });
const idsOf = (groups: ReturnType<typeof messageGroups>) =>
  groups.map(({ messages }) => messages.map(({ id }) => id).join("+"));

describe("messages", () => {
  it("stand together when one person has said them in one go", () => {
    const messages = [
      theirs("a", at(0)),
      theirs("b", at(4)),
      own("c", at(4)),
      theirs("d", at(5)),
      theirs("e", at(11)),
      theirs("f", { ...at(11), sender: ben }),
    ];
    expect(idsOf(messageGroups(messages, null))).toEqual(["a+b", "c", "d", "e", "f"]);
  });

  it("begin anew with a day and with what is new", () => {
    const messages = [theirs("a", at(719)), theirs("b", at(721)), theirs("c", at(722))];
    const groups = messageGroups(messages, { message: "c", count: 1 });
    expect(idsOf(groups)).toEqual(["a", "b", "c"]);
    expect(groups.map(({ beginsDay, news }) => [beginsDay, news])).toEqual([
      [true, 0],
      [true, 0],
      [false, 1],
    ]);
  });

  it("are all there, in their order, however they are put together", () => {
    const one = fc.record({ mine: fc.boolean(), minutes: fc.integer({ min: -2_000, max: 2_000 }) });
    fc.assert(
      fc.property(fc.array(one), fc.nat(10), (all, marked) => {
        const messages = all.map(({ mine, minutes }, index) =>
          mine ? own(`m${index}`, at(minutes)) : theirs(`m${index}`, at(minutes)),
        );
        const groups = messageGroups(messages, { message: `m${marked}`, count: 1 });
        expect(groups.flatMap((group) => group.messages)).toEqual(messages);
      }),
    );
  });
});

describe("the mark of what is new", () => {
  it("stands before the first of others that was not seen, and not where nothing was read before", () => {
    const messages = [theirs("a"), theirs("b"), own("c"), theirs("d")];
    expect(newMark(messages, 0)).toBeNull();
    expect(newMark(messages, 1)).toEqual({ message: "d", count: 1 });
    expect(newMark(messages, 2)).toEqual({ message: "b", count: 2 });
    expect(newMark(messages, 3)).toBeNull();
    expect(newMark([own("c")], 2)).toBeNull();
  });
});
