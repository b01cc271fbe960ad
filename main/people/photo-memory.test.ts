import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Clock } from "../platform/ports.ts";
import { VirtualClock } from "../testing/virtual-clock.ts";
import { MOST_BYTES, MOST_PEOPLE, PhotoMemory } from "./photo-memory.ts";

const picture = (bytes: number) => ({ type: "image/jpeg", bytes: new Uint8Array(bytes) }) as const;

function remembered(clock: Clock = new VirtualClock()) {
  const gone: string[] = [];
  return { gone, memory: new PhotoMemory(clock, (uri) => gone.push(uri)) };
}

describe("the photos that are remembered", () => {
  it("are found by address in any case, and by the id that a window was told", () => {
    const { memory } = remembered();
    memory.keep("sip:Ada@Example.test", picture(1), null, 1_000);
    const photo = memory.photoOf("sip:ada@example.TEST");
    expect(photo).toMatchObject({ id: "1", type: "image/jpeg" });
    expect(memory.byId("1")).toBe(photo);
    expect(memory.byId("2")).toBeNull();
    expect(memory.photoOf("sip:ben@example.test")).toBeNull();
  });

  it("stay below their bounds whatever comes, and the sum of their bytes is right", () => {
    const step = fc.record({
      who: fc.nat(MOST_PEOPLE * 2),
      what: fc.constantFrom("keep", "keep", "keep", "drop", "prolong"),
      bytes: fc.integer({ min: 1, max: 256 * 1024 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 500, size: "max" }), (steps) => {
        const shown = new Set<string>();
        const memory = new PhotoMemory(new VirtualClock(), (gone) => shown.delete(gone));
        for (const { who, what, bytes } of steps) {
          const uri = `sip:${who}@example.test`;
          if (what === "keep") {
            shown.add(uri);
            memory.keep(uri, picture(bytes), null, 1_000);
          } else if (what === "drop") {
            shown.delete(uri);
            memory.drop(uri, 1_000);
          } else memory.prolong(uri, 1_000);
          expect(memory.people.length).toBeLessThanOrEqual(MOST_PEOPLE);
          expect(memory.bytes).toBeLessThanOrEqual(MOST_BYTES);
        }
        const kept = memory.people.map((uri) => memory.photoOf(uri)?.bytes.length ?? 0);
        expect(kept.reduce((sum, bytes) => sum + bytes, 0)).toBe(memory.bytes);
        // Each photo that went was told of.
        for (const uri of shown) expect(memory.photoOf(uri)).not.toBeNull();
      }),
      { numRuns: 50 },
    );
  });

  it("lose first whoever was asked after longest ago", () => {
    const { memory, gone } = remembered();
    for (let person = 0; person < MOST_PEOPLE; person++)
      memory.keep(`sip:${person}@example.test`, picture(1), null, 1_000);
    memory.prolong("sip:0@example.test", 1_000);
    memory.drop("sip:new@example.test", 1_000);
    expect(gone).toEqual(["sip:1@example.test"]);
    expect(memory.photoOf("sip:0@example.test")).not.toBeNull();
  });

  it("hold for as long as was said, and are asked for again when the clock is set back", async () => {
    const clock = new VirtualClock();
    const { memory } = remembered(clock);
    memory.drop("sip:ada@example.test", 1_000);
    await clock.advance(999);
    expect(memory.isCurrent("sip:ADA@example.test")).toBe(true);
    await clock.advance(1);
    expect(memory.isCurrent("sip:ada@example.test")).toBe(false);
    const later = new VirtualClock();
    let now = later.now();
    const { memory: other } = remembered({ now: () => now, after: () => () => undefined });
    other.drop("sip:ada@example.test", 1_000);
    now -= 1;
    expect(other.isCurrent("sip:ada@example.test")).toBe(false);
  });

  it("are gone after a sign-out, each of which is told", () => {
    const { memory, gone } = remembered();
    memory.keep("sip:ada@example.test", picture(7), null, 1_000);
    memory.drop("sip:ben@example.test", 1_000);
    memory.clear();
    expect(gone).toEqual(["sip:ada@example.test"]);
    expect([memory.bytes, memory.people]).toEqual([0, []]);
  });
});
