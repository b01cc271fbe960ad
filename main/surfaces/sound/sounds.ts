import type { PlayedSound, SoundView } from "../../../preload/contract.ts";
import type { Cancel, Clock } from "../../platform/ports.ts";
import type { SoundName } from "../../platform/settings/sound-names.ts";
import type { RingSound } from "../presentation.ts";

export interface SoundsOptions {
  readonly clock: Clock;
  /** Of all sounds, from 0 to 100. */
  readonly volume: () => number;
  /** Where the page finds a sound, as in `PlayedSound`. */
  readonly sources: (sound: SoundName) => readonly string[];
  readonly changed: () => void;
}

/** How long one is tried, and the longest that one is heard which does not ring: a file may be a whole song. */
const LONGEST_MS = 5_000;
/** Of several messages in a row one is heard. */
const APART_MS = 2_000;

interface Order {
  readonly number: number;
  readonly sound: SoundName;
  readonly at: number;
  /** Cut off, or played to its end. */
  over: boolean;
}

/** What is heard besides what rings: once, or because the person tries it; and all of it as one value for the page that plays it. */
export class Sounds {
  readonly #options: SoundsOptions;
  #order: Order | null = null;
  #tried: RingSound | null = null;
  #cancel: Cancel = () => undefined;

  constructor(options: SoundsOptions) {
    this.#options = options;
  }

  /** All that is heard, given what rings. */
  view(sounding: RingSound | null): SoundView {
    const loop = sounding ?? this.#tried;
    const order = this.#order;
    return {
      loop: loop && this.#played(loop),
      once: order === null || order.over ? null : { number: order.number, ...this.#played(order.sound) },
    };
  }

  /** Once, now. */
  play(sound: SoundName): void {
    const { clock } = this.#options;
    const last = this.#order;
    if (last !== null && last.sound === sound && clock.now() - last.at < APART_MS) return;
    this.#begin(() => {
      this.#order = { number: (last?.number ?? 0) + 1, sound, at: clock.now(), over: false };
    });
  }

  /** The person wants to hear how it sounds. What rings meanwhile goes before. */
  try(sound: SoundName): void {
    if (sound !== "ring" && sound !== "urgentRing") return this.play(sound);
    this.#begin(() => {
      this.#tried = sound;
    });
  }

  dispose(): void {
    this.#cancel();
  }

  #begin(begin: () => void): void {
    this.#end();
    begin();
    this.#cancel();
    this.#cancel = this.#options.clock.after(LONGEST_MS, () => {
      this.#end();
      this.#options.changed();
    });
    this.#options.changed();
  }

  #end(): void {
    this.#tried = null;
    if (this.#order !== null) this.#order.over = true;
  }

  #played(sound: SoundName): PlayedSound {
    const { volume, sources } = this.#options;
    // How loud something is heard goes by the square, about.
    return { sound, sources: sources(sound), volume: (volume() / 100) ** 2 };
  }
}
