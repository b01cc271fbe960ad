import { z } from "zod";

import { LANGUAGES } from "../../locales/language.ts";
import { texts } from "../../locales/texts.ts";
import { isSecureUrlWithoutUser } from "../platform/secure-url.ts";
import {
  DO_NOT_DISTURB,
  NO_QUIET_HOURS,
  QUIET_HOURS,
  type DoNotDisturb,
  type QuietHours,
} from "../platform/settings/quiet-settings.ts";
import {
  ALL_SOUNDS,
  OUR_SOUNDS,
  SOUND_FILES,
  SOUND_SWITCHES,
  SOUND_VOLUME,
  type SoundFiles,
  type SoundSwitches,
} from "../platform/settings/sound-settings.ts";
import type { PasswordAccount } from "./secrets.ts";
import { readSettings, type Settings, type SettingsReading } from "./settings.ts";

/** What the app keeps beyond what the command line reads of the same file. */
export interface AppSettings extends Settings {
  /** Ring through the system's notifications. */
  readonly notifications: boolean;
  /** Of all texts; `auto` is the system's. It is read at the start. */
  readonly language: "auto" | (typeof LANGUAGES)[number];
  readonly trayIcon: "auto" | "light" | "dark" | "colour";
  /** Where a conversation goes on that was accepted: in a window of ours, or in another program that takes `sip:`. */
  readonly afterAccept: "here" | "handOver";
  /** Links of other programs that name a person, `sip:` and `im:`, come here. */
  readonly personLinks: boolean;
  readonly quietHours: QuietHours;
  /** Null while the person may be disturbed. */
  readonly doNotDisturb: DoNotDisturb | null;
  /** Be quiet while the system's own "do not disturb" or focus is on. */
  readonly followSystemFocus: boolean;
  /** Be quiet while the person's own presence says "do not disturb". */
  readonly followPresence: boolean;
  /** The last sign-in that succeeded had no password: the next start needs none either. */
  readonly withoutPassword: boolean;
  readonly discovered: DiscoveredApplications | null;
  /** Whose password the keyring holds; null when it holds none, so that there is nothing to ask it for. */
  readonly keptPassword: KeptPasswordOwner | null;
  /** What the person was told of where Doorbell is when its window is closed. */
  readonly closeTold: "nothing" | "tray" | "noTray";
  /** Where the person wants the Windows session to be used: each as in `allowNTLMCredentialsForDomains`. */
  readonly windowsSession: readonly string[];
  /** The person has said whether Doorbell is to start with the desktop, and is not asked again. */
  readonly startAtLoginAnswered: boolean;
  /** Of all sounds, from 0 to 100. */
  readonly soundVolume: number;
  readonly soundsOn: SoundSwitches;
  readonly soundFiles: SoundFiles;
}

/** A kept password belongs to the address and the server setting that it signed in with, and is used for no other. */
export interface KeptPasswordOwner extends PasswordAccount {
  /** Where it was sent then. */
  readonly origins: readonly string[];
}

/** Where the search for the server ended last time. It counts for this address and this server setting alone. Reference: RootURL. */
export interface DiscoveredApplications {
  /** Normalised, without `sip:`. */
  readonly address: string;
  readonly server: string | null;
  readonly applications: string;
}

/** The settings file as the app may change it: one key at a time, at once on the disk. */
export interface SettingsFile {
  readonly directory: string;
  get(key: string): unknown;
  /** Throws when the file cannot be written. */
  set(key: string, value: unknown): void;
}

type OwnSettings = Omit<AppSettings, keyof Settings>;

const OWN: { readonly [Key in keyof OwnSettings]: z.ZodType<OwnSettings[Key]> } = {
  notifications: z.boolean(),
  language: z.enum(["auto", ...LANGUAGES]),
  trayIcon: z.enum(["auto", "light", "dark", "colour"]),
  afterAccept: z.enum(["here", "handOver"]),
  personLinks: z.boolean(),
  quietHours: QUIET_HOURS,
  doNotDisturb: DO_NOT_DISTURB.nullable(),
  followSystemFocus: z.boolean(),
  followPresence: z.boolean(),
  withoutPassword: z.boolean(),
  discovered: z
    .object({
      address: z.string().min(1).max(1000),
      server: z.string().max(2000).nullable(),
      applications: z.string().max(4000).refine(isSecureUrlWithoutUser),
    })
    .nullable()
    // Only a short cut: whatever else stands there, the search finds the server again.
    .catch(null),
  keptPassword: z
    .object({
      address: z.string().min(1).max(1000),
      server: z.string().max(2000).nullable(),
      origins: z.array(z.string()).default([]),
    })
    .nullable(),
  closeTold: z.enum(["nothing", "tray", "noTray"]),
  windowsSession: z.array(z.string()),
  startAtLoginAnswered: z.boolean(),
  soundVolume: SOUND_VOLUME,
  soundsOn: SOUND_SWITCHES,
  soundFiles: SOUND_FILES,
};
const OWN_DEFAULTS: OwnSettings = {
  notifications: true,
  language: "auto",
  trayIcon: "auto",
  afterAccept: "here",
  personLinks: false,
  quietHours: NO_QUIET_HOURS,
  doNotDisturb: null,
  followSystemFocus: true,
  followPresence: true,
  withoutPassword: false,
  discovered: null,
  keptPassword: null,
  closeTold: "nothing",
  windowsSession: [],
  startAtLoginAnswered: false,
  soundVolume: 80,
  soundsOn: ALL_SOUNDS,
  soundFiles: OUR_SOUNDS,
};

/** The settings of the running app. What is damaged in the file is left out, and told in `problems`. */
export class AppSettingsStore {
  readonly #file: SettingsFile;
  readonly #earlier: readonly string[];
  readonly #shared: SettingsReading;
  readonly #invalid: readonly string[];
  #current: AppSettings;
  /** What holds in this run, and is still to be written. */
  #owed: Partial<AppSettings> = {};

  /** `problems` of opening the file come first. */
  constructor(file: SettingsFile, problems: readonly string[] = []) {
    this.#file = file;
    this.#earlier = problems;
    this.#shared = readSettings(file.directory);
    const own = readOwn(file);
    this.#invalid = own.invalid;
    this.#current = { ...this.#shared.settings, ...own.settings };
  }

  get current(): AppSettings {
    return this.#current;
  }

  /** One sentence each, for the person, whose language is one of these settings. */
  get problems(): readonly string[] {
    const { invalid, folderNotWritable } = texts.program.settings;
    return [
      ...this.#earlier,
      ...this.#shared.problems,
      ...this.#invalid.map(invalid),
      ...(Object.keys(this.#owed).length === 0 ? [] : [folderNotWritable(this.#file.directory)]),
    ];
  }

  /** Throws when the file cannot be written; then nothing has changed here either. */
  change(change: Partial<AppSettings>): void {
    this.#write({ ...this.#owed, ...change });
    this.#current = { ...this.#current, ...change };
  }

  /** What has happened already, and so holds whether it can be written or not. Throws as `change` does. */
  note(change: Partial<AppSettings>): void {
    this.#current = { ...this.#current, ...change };
    this.#owed = { ...this.#owed, ...change };
    this.#write(this.#owed);
  }

  #write(change: Partial<AppSettings>): void {
    for (const [key, value] of Object.entries(change)) this.#file.set(key, value);
    this.#owed = {};
  }
}

function readOwn(file: SettingsFile): { settings: OwnSettings; invalid: readonly string[] } {
  const invalid: string[] = [];
  const read = <Key extends keyof OwnSettings>(key: Key): OwnSettings[Key] => {
    const value = file.get(key);
    if (value === undefined) return OWN_DEFAULTS[key];
    const parsed = OWN[key].safeParse(value);
    if (parsed.success) return parsed.data;
    invalid.push(key);
    return OWN_DEFAULTS[key];
  };
  return {
    settings: {
      notifications: read("notifications"),
      language: read("language"),
      trayIcon: read("trayIcon"),
      afterAccept: read("afterAccept"),
      personLinks: read("personLinks"),
      quietHours: read("quietHours"),
      doNotDisturb: read("doNotDisturb"),
      followSystemFocus: read("followSystemFocus"),
      followPresence: read("followPresence"),
      withoutPassword: read("withoutPassword"),
      discovered: read("discovered"),
      keptPassword: read("keptPassword"),
      closeTold: read("closeTold"),
      windowsSession: read("windowsSession"),
      startAtLoginAnswered: read("startAtLoginAnswered"),
      soundVolume: read("soundVolume"),
      soundsOn: read("soundsOn"),
      soundFiles: read("soundFiles"),
    },
    invalid,
  };
}
