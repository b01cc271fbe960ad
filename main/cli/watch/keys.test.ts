import { describe, expect, it } from "vitest";
import { KeyNumbers } from "./keys.ts";

describe("The numbers of what keys are for", () => {
  const talks = ["t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8", "t9"];

  it("stay with what they stand for until that is over", () => {
    const numbers = new KeyNumbers();
    numbers.update(["a"], ["t1"]);
    numbers.update(["b"], ["t0", "t1"]);
    expect(Object.fromEntries(numbers.byId)).toEqual({ b: 1, t1: 2, t0: 3 });
  });

  it("are given to who rings, though all stand for conversations: the last one has none until one is free", () => {
    const numbers = new KeyNumbers();
    numbers.update([], talks);
    expect(numbers.select(9)).toBe(true);
    numbers.update(["a"], talks);
    expect(numbers.byId.get("a")).toBe(9);
    expect(numbers.byId.has("t9")).toBe(false);
    // What was chosen is not what has its number now.
    expect(numbers.selected).toBeNull();
    numbers.update(["a"], talks.slice(1));
    expect(numbers.byId.get("t9")).toBe(1);
  });

  it("are nine, and none of who rings is taken away", () => {
    const numbers = new KeyNumbers();
    numbers.update(talks);
    numbers.update([...talks, "a"], ["c"]);
    expect(numbers.byId.size).toBe(9);
    expect(numbers.byId.has("a") || numbers.byId.has("c")).toBe(false);
  });
});
