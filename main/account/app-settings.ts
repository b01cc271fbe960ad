import { z } from "zod";

import { readSettings, type Settings } from "./settings.ts";

/** What the app keeps beyond what the command line reads of the same file. */
export interface AppSettings extends Settings {
  /** Ring through the system's notifications. */
  readonly notifications: boolean;
  readonly trayIcon: "auto" | "light" | "dark" | "colour";
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
  trayIcon: z.enum(["auto", "light", "dark", "colour"]),
};
const OWN_DEFAULTS: OwnSettings = { notifications: true, trayIcon: "auto" };

/** The settings of the running app. What is damaged in the file is left out, and told in `problems`. */
export class AppSettingsStore {
  readonly #file: SettingsFile;
  readonly #problems: readonly string[];
  #current: AppSettings;

  /** `problems` of opening the file come first. */
  constructor(file: SettingsFile, problems: readonly string[] = []) {
    this.#file = file;
    const shared = readSettings(file.directory);
    const own = readOwn(file);
    this.#current = { ...shared.settings, ...own.settings };
    this.#problems = [...problems, ...shared.problems, ...own.problems];
  }

  get current(): AppSettings {
    return this.#current;
  }

  get problems(): readonly string[] {
    return this.#problems;
  }

  /** Throws when the file cannot be written; then nothing has changed here either. */
  change(change: Partial<AppSettings>): void {
    for (const [key, value] of Object.entries(change)) this.#file.set(key, value);
    this.#current = { ...this.#current, ...change };
  }
}

function readOwn(file: SettingsFile): { settings: OwnSettings; problems: readonly string[] } {
  const problems: string[] = [];
  const read = <Key extends keyof OwnSettings>(key: Key): OwnSettings[Key] => {
    const value = file.get(key);
    if (value === undefined) return OWN_DEFAULTS[key];
    const parsed = OWN[key].safeParse(value);
    if (parsed.success) return parsed.data;
    problems.push(`The setting ${key} is not valid. It is left out.`);
    return OWN_DEFAULTS[key];
  };
  return { settings: { notifications: read("notifications"), trayIcon: read("trayIcon") }, problems };
}
