import fc from "fast-check";
import { expect, it } from "vitest";
import { TimerHeap } from "./timer-heap.ts";
import type { Timer } from "./timer-heap.ts";

it("what has been taken out is not kept until its time", () => {
  const heap = new TimerHeap();
  heap.add(0, () => {});
  for (let index = 0; index < 10_000; index += 1) {
    heap.remove(heap.add(1e9 + index, () => {}));
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
        if (one.do === "add") waiting.push(heap.add(one.at, () => {}));
        const timer = one.do === "take" ? first : one.do === "remove" ? waiting[one.index] : undefined;
        if (!timer) continue;
        expect(heap.remove(timer)).toBe(true);
        expect(heap.remove(timer)).toBe(false);
        waiting = waiting.filter((other) => other !== timer);
      }
    }),
  );
});
