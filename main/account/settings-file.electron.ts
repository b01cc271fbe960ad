import { renameSync } from "node:fs";
import { join } from "node:path";
import ElectronStore from "electron-store";

import type { SettingsFile } from "./app-settings.ts";

export interface OpenedSettings {
  readonly file: SettingsFile;
  /** One sentence each, for the person. */
  readonly problems: readonly string[];
}

/** Opens the settings file. One that cannot be read is put aside, never overwritten. Throws when neither works. */
export function openSettingsFile(directory: string): OpenedSettings {
  try {
    return { file: open(directory), problems: [] };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const path = join(directory, "config.json");
    renameSync(path, `${path}.damaged`);
    return {
      file: open(directory),
      problems: [`The settings could not be read. They were put aside as ${path}.damaged.`],
    };
  }
}

function open(directory: string): SettingsFile {
  const store = new ElectronStore<Record<string, unknown>>({
    cwd: directory,
    clearInvalidConfig: false,
    accessPropertiesByDotNotation: false,
    configFileMode: 0o600,
  });
  return {
    directory,
    get: (key) => store.get(key),
    set: (key, value) => store.set(key, value),
  };
}
