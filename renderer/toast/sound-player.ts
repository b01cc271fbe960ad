import type { PlayedSound, SoundName, SoundView } from "../../preload/contract.ts";

/** An `Audio`, as far as it is used. */
export interface Playing {
  loop: boolean;
  volume: number;
  play(): Promise<void>;
  pause(): void;
  removeAttribute(name: string): void;
  load(): void;
  addEventListener(type: "ended" | "error" | "pause", listener: () => void): void;
}

export interface SoundPlayerOptions {
  /** `anew`: it may be another file than the last time. */
  readonly open: (source: string, anew: boolean) => Playing;
  /** The first source of this sound is none, although it was chosen. */
  readonly unplayable: (sound: SoundName) => void;
  readonly after: (delayMs: number, run: () => void) => () => void;
}

/** A source that is not heard by then, such as a file on a network that has gone, is given up for the next. */
const PATIENCE_MS = 1_000;

/** Plays what main says, and nothing else: one sound again and again, and one once. */
export class SoundPlayer {
  readonly #options: SoundPlayerOptions;
  #loop: Play | null = null;
  #once: Play | null = null;
  /** Of the newest order; null before the first state, whose order was for the page of before. */
  #number: number | null = null;

  constructor(options: SoundPlayerOptions) {
    this.#options = options;
  }

  update({ loop, once }: SoundView): void {
    if (loop === null || this.#loop?.isOf(loop) !== true) {
      this.#loop?.stop();
      this.#loop = loop && new Play(loop, true, this.#options);
    }
    this.#loop?.setVolume(loop?.volume ?? 0);
    const number = once?.number ?? this.#number ?? 0;
    const isNew = this.#number !== null && number > this.#number;
    this.#number = number;
    if (once === null || isNew) this.#once?.stop();
    if (once === null) this.#once = null;
    else if (isNew) this.#once = new Play(once, false, this.#options);
  }
}

/** One sound from its beginning until it is stopped, or has ended by itself. */
class Play {
  readonly #sound: PlayedSound;
  readonly #again: boolean;
  readonly #options: SoundPlayerOptions;
  #audio: Playing | null = null;
  #cancel: () => void = () => undefined;
  #volume: number;

  constructor(sound: PlayedSound, again: boolean, options: SoundPlayerOptions) {
    this.#sound = sound;
    this.#again = again;
    this.#options = options;
    this.#volume = sound.volume;
    this.#start(0);
  }

  isOf({ sound, sources }: PlayedSound): boolean {
    return sound === this.#sound.sound && sources.join() === this.#sound.sources.join();
  }

  setVolume(volume: number): void {
    this.#volume = volume;
    if (this.#audio !== null) this.#audio.volume = volume;
  }

  stop(): void {
    const audio = this.#audio;
    this.#audio = null;
    this.#cancel();
    if (audio === null) return;
    audio.pause();
    // Without a source it lets go of what was loaded.
    audio.removeAttribute("src");
    audio.load();
  }

  #start(index: number): void {
    const { open, unplayable, after } = this.#options;
    const source = this.#sound.sources[index];
    if (source === undefined) {
      // Perhaps there is nothing to hear it with just now.
      if (this.#again) this.#cancel = after(PATIENCE_MS, () => this.#start(0));
      return;
    }
    const isOurs = index + 1 === this.#sound.sources.length;
    const audio = open(source, !isOurs);
    const next = (): void => {
      if (this.#audio !== audio) return;
      this.stop();
      this.#start(index + 1);
    };
    const failed = (): void => {
      if (this.#audio === audio && !isOurs) unplayable(this.#sound.sound);
      next();
    };
    this.#audio = audio;
    audio.loop = this.#again;
    audio.volume = this.#volume;
    audio.addEventListener("ended", () => {
      if (this.#audio === audio) this.stop();
    });
    audio.addEventListener("error", failed);
    // A key for media on the keyboard is no answer.
    audio.addEventListener("pause", () => {
      if (this.#audio === audio && this.#again) void audio.play().catch(failed);
    });
    this.#cancel = isOurs ? () => undefined : after(PATIENCE_MS, next);
    const cancel = this.#cancel;
    audio.play().then(cancel, failed);
  }
}
