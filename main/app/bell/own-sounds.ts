import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";

import { texts } from "../../../locales/texts.ts";
import type { SoundFileView } from "../../../preload/contract.ts";
import type { AppSettingsStore } from "../../account/app-settings.ts";
import { ourSoundPath, ownSoundPath } from "../../desktop/app-scheme.ts";
import { Refusal } from "../../ipc/router.ts";
import { line } from "../../ipc/views.ts";
import { readAudioType, type AudioType } from "../../platform/audio-header.ts";
import { SOUND_NAMES, type SoundName } from "../../platform/settings/sound-names.ts";

/** A sound as a page gets it. */
export interface SoundFile {
  readonly type: AudioType;
  readonly bytes: Uint8Array;
}

export interface OwnSoundsOptions {
  readonly settings: Pick<AppSettingsStore, "current" | "change">;
  /** Asks the person for a file; null when they want none. */
  readonly ask: () => Promise<string | null>;
  /** What `sources` or `views` say has changed. */
  readonly changed: () => void;
}

const MOST_BYTES = 5 * 1024 * 1024;
type Problem = "gone" | "unplayable";

/** Sound files of the person's own: chosen by them, looked at here, and read when a page wants to play one. */
export class OwnSounds {
  readonly #options: OwnSoundsOptions;
  readonly #problems = new Map<SoundName, Problem>();
  #asking = false;

  constructor(options: OwnSoundsOptions) {
    this.#options = options;
    for (const sound of SOUND_NAMES) void this.read(sound);
  }

  /** Where a page finds it; ours comes last. */
  sources(sound: SoundName): readonly string[] {
    const ours = ourSoundPath(sound);
    return this.#path(sound) === null ? [ours] : [ownSoundPath(sound), ours];
  }

  view(sound: SoundName): SoundFileView | null {
    const path = this.#path(sound);
    if (path === null) return null;
    const problem = this.#problems.get(sound);
    return {
      name: line(basename(path)),
      problem: problem === undefined ? "" : texts.program.sounds[problem],
    };
  }

  /** Rejects with `Refusal` when what the person chose is no sound, or cannot be kept. */
  async choose(sound: SoundName): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    try {
      const path = await this.#options.ask();
      if (path === null) return;
      const file = await readSoundFile(path);
      if (typeof file === "string") throw new Refusal("invalid", file);
      this.#keep(sound, path);
    } finally {
      this.#asking = false;
    }
  }

  /** Throws `Refusal` when it cannot be kept. */
  useOurs(sound: SoundName): void {
    this.#keep(sound, null);
  }

  /** A page could not play it. */
  unplayable(sound: SoundName): void {
    if (this.#path(sound) !== null && !this.#problems.has(sound)) this.#note(sound, "unplayable");
  }

  /** What a page is to play; null when there is none, or it cannot be read. Never rejects. */
  async read(sound: SoundName): Promise<SoundFile | null> {
    const path = this.#path(sound);
    if (path === null) return null;
    const file = await readSoundFile(path);
    const isGone = typeof file === "string";
    // Meanwhile the person may have chosen another.
    if (path === this.#path(sound) && isGone !== (this.#problems.get(sound) === "gone"))
      this.#note(sound, isGone ? "gone" : null);
    return isGone ? null : file;
  }

  #path(sound: SoundName): string | null {
    return this.#options.settings.current.soundFiles[sound];
  }

  #keep(sound: SoundName, path: string | null): void {
    const { settings, changed } = this.#options;
    try {
      settings.change({ soundFiles: { ...settings.current.soundFiles, [sound]: path } });
    } catch {
      throw new Refusal("failed", texts.program.settings.notSaved);
    }
    this.#problems.delete(sound);
    changed();
  }

  #note(sound: SoundName, problem: Problem | null): void {
    if (problem === null) this.#problems.delete(sound);
    else this.#problems.set(sound, problem);
    this.#options.changed();
  }
}

/** The file, or one sentence about what is wrong with it. Never rejects. */
async function readSoundFile(path: string): Promise<SoundFile | string> {
  const { tooLarge, unreadable, noSound } = texts.program.sounds;
  try {
    // Before it is opened: a pipe would be waited for.
    const stats = await stat(path);
    if (!stats.isFile()) return unreadable;
    if (stats.size > MOST_BYTES) return tooLarge;
    const bytes = await readFile(path);
    const type = readAudioType(bytes);
    return type === null ? noSound : { type, bytes };
  } catch {
    return unreadable;
  }
}
