import { expect, it } from "vitest";

import type { PlayedSound, SoundName, SoundView } from "../../preload/contract.ts";
import { SoundPlayer, type Playing } from "./sound-player.ts";

interface Fake extends Playing {
  readonly source: string;
  state: "loading" | "playing" | "stopped";
  readonly heard: Map<string, () => void>;
  begin(): void;
  fail(): void;
}

function rig() {
  const opened: Fake[] = [];
  const unplayable: SoundName[] = [];
  const timers = new Set<() => void>();
  const open = (source: string, anew: boolean): Playing => {
    const begun = Promise.withResolvers<void>();
    const fake: Fake = {
      source: anew ? `${source}, anew` : source,
      state: "loading",
      loop: false,
      volume: 1,
      heard: new Map(),
      addEventListener: (type, listener) => void fake.heard.set(type, listener),
      play: () => begun.promise,
      pause: () => {
        fake.state = "stopped";
      },
      removeAttribute: () => undefined,
      load: () => undefined,
      begin: () => {
        fake.state = "playing";
        begun.resolve();
      },
      fail: () => begun.reject(new Error("NotSupportedError")),
    };
    opened.push(fake);
    return fake;
  };
  const player = new SoundPlayer({
    open,
    unplayable: (sound) => void unplayable.push(sound),
    after: (_delayMs, run) => {
      timers.add(run);
      return () => timers.delete(run);
    },
  });
  const tell = async (view: Partial<SoundView> = {}): Promise<void> => {
    player.update({ loop: null, once: null, ...view });
    await settle();
  };
  const alive = () => opened.filter(({ state }) => state !== "stopped").map(({ source }) => source);
  return { opened, unplayable, timers, tell, alive };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}
const played = (sound: SoundName, own = false): PlayedSound => ({
  sound,
  sources: [...(own ? [`own/${sound}`] : []), `${sound}.wav`],
  volume: 0.5,
});
const once = (number: number, sound: SoundName = "missed") => ({ number, ...played(sound) });

it("what rings is played again and again from its beginning to its end, by one element", async () => {
  const { opened, tell, alive } = rig();
  await tell();
  await tell({ loop: played("ring") });
  opened[0]?.begin();
  await tell({ loop: { ...played("ring"), volume: 0.2 } });
  expect(opened).toMatchObject([{ source: "ring.wav", loop: true, volume: 0.2, state: "playing" }]);
  await tell({ loop: played("urgentRing") });
  expect(alive()).toEqual(["urgentRing.wav"]);
  await tell();
  expect(alive()).toEqual([]);
});

it("a page that was loaded anew goes on with what rings, and repeats nothing that was heard once", async () => {
  const { tell, alive } = rig();
  await tell({ loop: played("ring"), once: once(3) });
  expect(alive()).toEqual(["ring.wav"]);
  await tell({ loop: played("ring"), once: once(3) });
  expect(alive()).toEqual(["ring.wav"]);
  await tell({ loop: null, once: once(4) });
  expect(alive()).toEqual(["missed.wav"]);
});

it("what is heard once is played once for each number, to its end or until it is cut off", async () => {
  const { opened, tell, alive } = rig();
  await tell();
  await tell({ once: once(1) });
  await tell({ once: once(1) });
  expect(opened).toMatchObject([{ source: "missed.wav", loop: false, state: "loading" }]);
  await tell({ once: once(2, "message") });
  expect(alive()).toEqual(["message.wav"]);
  await tell();
  expect(alive()).toEqual([]);
  await tell({ once: once(3) });
  expect(alive()).toEqual(["missed.wav"]);
});

it("ours is played in the place of a file that cannot be, and main is told", async () => {
  const { opened, unplayable, timers, tell, alive } = rig();
  await tell();
  await tell({ loop: played("ring", true) });
  expect(alive()).toEqual(["own/ring, anew"]);
  opened[0]?.fail();
  await settle();
  expect([alive(), unplayable, timers.size]).toEqual([["ring.wav"], ["ring"], 0]);
});

it("what rings and cannot be played at all is tried again, until it rings no more", async () => {
  const { opened, unplayable, timers, tell, alive } = rig();
  await tell();
  await tell({ loop: played("ring") });
  opened[0]?.fail();
  await settle();
  expect([alive(), unplayable, timers.size]).toEqual([[], [], 1]);
  for (const run of timers) run();
  expect(alive()).toEqual(["ring.wav"]);
  opened[1]?.fail();
  await settle();
  timers.clear();
  await tell({ loop: null, once: once(1) });
  opened[2]?.fail();
  await settle();
  expect([alive(), timers.size]).toEqual([[], 0]);
});

it("ours is played in the place of a file that does not come, and main is not told that it is none", async () => {
  const { opened, unplayable, timers, tell, alive } = rig();
  await tell();
  await tell({ loop: played("ring", true) });
  for (const run of timers) run();
  expect([alive(), unplayable]).toEqual([["ring.wav"], []]);
  opened[0]?.fail();
  await settle();
  expect([alive(), unplayable]).toEqual([["ring.wav"], []]);
});

it("what has ended by itself, or breaks off, is let go of", async () => {
  const { opened, unplayable, tell, alive } = rig();
  await tell();
  await tell({ once: { number: 1, ...played("message", true) } });
  opened[0]?.begin();
  await settle();
  opened[0]?.heard.get("error")?.();
  expect([alive(), unplayable]).toEqual([["message.wav"], ["message"]]);
  opened[1]?.heard.get("ended")?.();
  expect(alive()).toEqual([]);
});

it("what has begun is not given up any more", async () => {
  const { opened, timers, tell } = rig();
  await tell();
  await tell({ loop: played("ring", true) });
  opened[0]?.begin();
  await settle();
  expect(timers.size).toBe(0);
});

it("a key for media does not stop what rings", async () => {
  const { opened, tell } = rig();
  await tell();
  await tell({ loop: played("ring") });
  opened[0]?.begin();
  let begun = 0;
  const [audio] = opened;
  if (audio === undefined) throw new Error("Nothing was opened.");
  audio.play = async () => void (begun += 1);
  audio.heard.get("pause")?.();
  expect(begun).toBe(1);
  await tell();
  audio.heard.get("pause")?.();
  expect(begun).toBe(1);
});
