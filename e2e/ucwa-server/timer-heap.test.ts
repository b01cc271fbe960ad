import fc from "fast-check";
import { expect, it } from "vitest";
import { TimerHeap } from "./timer-heap.ts";
import type { Timer } from "./timer-heap.ts";

it("what has been taken out is not kept until its time", () => {
  const heap = new TimerHeap();
  heap.add({ at: 0, run: () => {} });
  for (let index = 0; index < 10_000; index += 1) {
    const timer = { at: 1e9 + index, run: () => {} };
    heap.add(timer);
    heap.remove(timer);
  }
  expect(heap.kept).toBeLessThan(100);
});

it("timers come in the order of their time, then of their making, however many are taken out in between", () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant("add" as const), at: fc.integer({ min: 0, max: 20 }) }),
    fc.record({ do: fc.constant("remove" as const), index: fc.nat(30) }),
    fc.record({ do: fc.constant("take" as const) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const heap = new TimerHeap();
      let waiting: Timer[] = [];
      for (const one of steps) {
        const first = waiting.toSorted((a, b) => a.at - b.at)[0];
        expect(heap.earliest()).toBe(first);
        expect(heap.size).toBe(waiting.length);
        const timer =
          one.do === "add" ? { at: one.at, run: () => {} } : one.do === "take" ? first : waiting[one.index];
        if (!timer) continue;
        if (one.do === "add") {
          heap.add(timer);
          waiting.push(timer);
        } else {
          expect(heap.remove(timer)).toBe(true);
          expect(heap.remove(timer)).toBe(false);
          waiting = waiting.filter((other) => other !== timer);
        }
      }
    }),
  );
});
