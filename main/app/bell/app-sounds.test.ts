import { expect, it } from "vitest";

import type { AppSettings } from "../../account/app-settings.ts";
import { ALL_SOUNDS, OUR_SOUNDS } from "../../platform/settings/sound-settings.ts";
import { VirtualClock } from "../../testing/virtual-clock.ts";
import { AppSounds } from "./app-sounds.ts";

function rig(over: Partial<AppSettings> = {}): AppSounds {
  const current = { soundVolume: 80, soundsOn: ALL_SOUNDS, soundFiles: OUR_SOUNDS, ...over } as AppSettings;
  return new AppSounds({
    settings: { current, change: () => undefined },
    ask: async () => null,
    changed: () => undefined,
    clock: new VirtualClock(),
  });
}

it("what the person has turned off is not heard, and can be tried all the same", () => {
  const sounds = rig({ soundsOn: { ...ALL_SOUNDS, missed: false } });
  sounds.play("missed");
  expect(sounds.view(null).once).toBeNull();
  sounds.try("missed");
  expect(sounds.view(null).once).toMatchObject({ number: 1, sound: "missed" });
  sounds.play("message");
  expect(sounds.view(null).once).toMatchObject({ number: 2, sound: "message" });
});

it("at a volume of 0 nothing is heard, so that whoever shows a notification may sound it", () => {
  const sounds = rig({ soundVolume: 0 });
  expect(Object.values(sounds.wanted)).toEqual([false, false, false, false]);
  sounds.play("message");
  expect(sounds.view(null).once).toBeNull();
  expect(rig({ soundVolume: 1 }).wanted).toEqual(ALL_SOUNDS);
});
