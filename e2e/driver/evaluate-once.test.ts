import { runInThisContext } from "node:vm";
import { expect, it } from "vitest";
import { evaluateOnce, type Evaluating } from "./evaluate-once.ts";

/** A program that loses the answers of the first `losing` evaluations, as Playwright does with a collected promise. */
function program(losing: number): Evaluating {
  let left = losing;
  return {
    // As Playwright does it, the function is sent as text.
    evaluate: (async (run: unknown, argument: unknown) => {
      const answer: unknown = await runInThisContext(`(${String(run)})`)("electron", argument);
      if (left-- > 0)
        throw new Error("electronApplication.evaluate: Resulting promise was garbage collected.");
      return answer;
    }) as Evaluating["evaluate"],
  };
}

it("runs once in the program, however often Playwright loses the promise of its answer", async () => {
  const seen = { count: 0 };
  Object.assign(globalThis, { __seen: seen });
  const count = (_: never, step: number) => {
    const held = (globalThis as unknown as { __seen: { count: number } }).__seen;
    held.count += step;
    return Promise.resolve(held.count);
  };
  expect(await evaluateOnce(program(2), count, 5)).toBe(5);
  expect(await evaluateOnce(program(0), count, 5)).toBe(10);
  expect(seen.count).toBe(10);
});

it("passes on whatever else went wrong", async () => {
  const fails = () => {
    throw new Error("There is no icon in the tray.");
  };
  await expect(evaluateOnce(program(0), fails, undefined)).rejects.toThrow("There is no icon");
});
