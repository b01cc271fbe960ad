import { renameSync } from "node:fs";
import { join } from "node:path";
import { ipcMain } from "electron";
import ElectronStore from "electron-store";

import type { SettingsFile } from "./app-settings.ts";

export interface OpenedSettings {
  readonly file: SettingsFile;
  /** One sentence each, for the person. */
  readonly problems: readonly string[];
}

/** electron-store answers on it whoever asks where the settings are kept. */
const CHANNEL_OF_THE_STORE = "electron-store-get-data";

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
  const store = newStore(directory);
  return {
    directory,
    get: (key) => store.get(key),
    set: (key, value) => store.set(key, value),
  };
}

function newStore(directory: string): ElectronStore<Record<string, unknown>> {
  try {
    return new ElectronStore<Record<string, unknown>>({
      cwd: directory,
      clearInvalidConfig: false,
      accessPropertiesByDotNotation: false,
      configFileMode: 0o600,
    });
  } finally {
    // It listens before it reads the file, so also when it throws. The router alone answers windows.
    ipcMain.removeAllListeners(CHANNEL_OF_THE_STORE);
  }
}
