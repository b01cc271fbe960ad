import { z } from "zod";

import type { SoundName } from "./sound-names.ts";

type OfEach<Value> = Readonly<Record<SoundName, Value>>;

/** The person wants to hear it. */
export type SoundSwitches = OfEach<boolean>;
/** The path of a file of the person's own; null for ours. */
export type SoundFiles = OfEach<string | null>;

const ofEach = <Value>(value: z.ZodType<Value>): z.ZodType<OfEach<Value>> =>
  z.strictObject({ ring: value, urgentRing: value, missed: value, message: value });

export const SOUND_SWITCHES: z.ZodType<SoundSwitches> = ofEach(z.boolean());
export const SOUND_FILES: z.ZodType<SoundFiles> = ofEach(z.string().min(1).max(4_096).nullable());
/** Of all sounds, in hundredths. */
export const SOUND_VOLUME: z.ZodType<number> = z.int().min(0).max(100);

export const ALL_SOUNDS: SoundSwitches = { ring: true, urgentRing: true, missed: true, message: true };
export const OUR_SOUNDS: SoundFiles = { ring: null, urgentRing: null, missed: null, message: null };
