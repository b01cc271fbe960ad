import { texts } from "../../../locales/texts.ts";
import type { PanelState, SoundView } from "../../../preload/contract.ts";
import type { WindowSounds } from "../../ipc/handlers.ts";
import type { Clock } from "../../platform/ports.ts";
import type { SoundName } from "../../platform/settings/sound-names.ts";
import type { SoundSwitches } from "../../platform/settings/sound-settings.ts";
import type { RingSound } from "../../surfaces/presentation.ts";
import { Sounds } from "../../surfaces/sound/sounds.ts";
import { OwnSounds, type OwnSoundsOptions } from "./own-sounds.ts";

/** What a person may choose for a sound of their own. A `FileWish`. */
export function soundFileWish() {
  const { choose: title, kind } = texts.program.sounds;
  return { title, kind, extensions: ["wav", "mp3", "ogg", "oga", "opus", "flac"] };
}

export interface AppSoundsOptions extends OwnSoundsOptions {
  readonly clock: Clock;
}

/** All that is heard of the app, by the settings. */
export class AppSounds implements WindowSounds {
  readonly own: OwnSounds;
  readonly #settings: OwnSoundsOptions["settings"];
  readonly #sounds: Sounds;

  constructor(options: AppSoundsOptions) {
    this.#settings = options.settings;
    this.own = new OwnSounds(options);
    this.#sounds = new Sounds({
      clock: options.clock,
      volume: () => this.#settings.current.soundVolume,
      sources: (sound) => this.own.sources(sound),
      changed: options.changed,
    });
  }

  /** Which of them are heard: at a volume of 0 none is. */
  get wanted(): SoundSwitches {
    const { soundsOn, soundVolume } = this.#settings.current;
    return soundVolume > 0 ? soundsOn : { ring: false, urgentRing: false, missed: false, message: false };
  }

  get files(): PanelState["soundFiles"] {
    const of = (sound: SoundName) => this.own.view(sound);
    return {
      ring: of("ring"),
      urgentRing: of("urgentRing"),
      missed: of("missed"),
      message: of("message"),
    };
  }

  view(sounding: RingSound | null): SoundView {
    return this.#sounds.view(sounding);
  }

  /** Once, if it is wanted. */
  play(sound: SoundName): void {
    if (this.wanted[sound]) this.#sounds.play(sound);
  }

  choose(sound: SoundName): Promise<void> {
    return this.own.choose(sound);
  }

  useOurs(sound: SoundName): void {
    this.own.useOurs(sound);
  }

  /** Whether it is wanted or not: the person wants to know what it is like. */
  try(sound: SoundName): void {
    this.#sounds.try(sound);
  }

  unplayable(sound: SoundName): void {
    this.own.unplayable(sound);
  }

  dispose(): void {
    this.#sounds.dispose();
  }
}
