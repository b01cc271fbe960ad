import { expect, it } from "vitest";

import { VirtualClock } from "../../testing/virtual-clock.ts";
import { Sounds } from "./sounds.ts";

function rig() {
  const clock = new VirtualClock();
  let changes = 0;
  const sounds = new Sounds({
    clock,
    volume: () => 50,
    sources: (sound) => [`${sound}.wav`],
    changed: () => {
      changes += 1;
    },
  });
  const heard = (): readonly unknown[] => {
    const { loop, once } = sounds.view(null);
    return [loop?.sound ?? null, once === null ? null : `${once.number} ${once.sound}`];
  };
  return { clock, sounds, heard, changes: () => changes };
}

it("what rings is heard again and again, half of the volume at a quarter of the strength", () => {
  const { sounds } = rig();
  expect(sounds.view("urgentRing")).toEqual({
    loop: { sound: "urgentRing", sources: ["urgentRing.wav"], volume: 0.25 },
    once: null,
  });
  expect(sounds.view(null)).toEqual({ loop: null, once: null });
});

it("what is heard once has a number of its own, and is cut off after five seconds", async () => {
  const { clock, sounds, heard, changes } = rig();
  sounds.play("missed");
  expect(heard()).toEqual([null, "1 missed"]);
  await clock.advance(4_999);
  expect([heard(), changes()]).toEqual([[null, "1 missed"], 1]);
  await clock.advance(1);
  expect([heard(), changes()]).toEqual([[null, null], 2]);
  sounds.play("missed");
  expect(heard()).toEqual([null, "2 missed"]);
  sounds.play("message");
  expect(heard()).toEqual([null, "3 message"]);
  await clock.advance(5_000);
  expect([heard(), clock.pending]).toEqual([[null, null], 0]);
});

it("of messages that come one upon the other one is heard, and one that comes later is heard again", async () => {
  const { clock, sounds, heard } = rig();
  sounds.play("message");
  await clock.advance(1_999);
  sounds.play("message");
  expect(heard()).toEqual([null, "1 message"]);
  await clock.advance(1);
  sounds.play("message");
  expect(heard()).toEqual([null, "2 message"]);
});

it("a ring that is tried stops by itself, or for another that is tried, and never hides one that rings", async () => {
  const { clock, sounds, heard } = rig();
  sounds.try("ring");
  expect(heard()).toEqual(["ring", null]);
  expect(sounds.view("urgentRing").loop?.sound).toBe("urgentRing");
  await clock.advance(4_000);
  sounds.try("missed");
  expect(heard()).toEqual([null, "1 missed"]);
  sounds.try("urgentRing");
  expect(heard()).toEqual(["urgentRing", null]);
  await clock.advance(5_000);
  expect([heard(), clock.pending]).toEqual([[null, null], 0]);
});

it("nothing is left behind", () => {
  const { clock, sounds } = rig();
  sounds.try("ring");
  sounds.dispose();
  expect(clock.pending).toBe(0);
});
