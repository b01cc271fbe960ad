/** The sounds that there are: two that ring, again and again, and two that are heard once. */
export const SOUND_NAMES = ["ring", "urgentRing", "missed", "message"] as const;
export type SoundName = (typeof SOUND_NAMES)[number];
