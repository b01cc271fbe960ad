import { renameSync } from "node:fs";
import { join } from "node:path";
import { ipcMain } from "electron";
import ElectronStore from "electron-store";

import { texts } from "../../locales/texts.ts";
import type { SettingsFile } from "./app-settings.ts";
import { parseSettings } from "./settings.ts";

export interface OpenedSettings {
  readonly file: SettingsFile;
  /** One sentence each, for the person. */
  readonly problems: readonly string[];
}

/** electron-store answers on it whoever asks where the settings are kept. */
const CHANNEL_OF_THE_STORE = "electron-store-get-data";

/**
 * Opens the settings file. One that is damaged is put aside, never overwritten; where nothing can be read or put aside,
 * the settings live as long as the program does. Never throws: a file is no reason not to ring.
 */
export function openSettingsFile(directory: string): OpenedSettings {
  try {
    return { file: open(directory), problems: [] };
  } catch (error) {
    return (error instanceof SyntaxError ? putAside(directory) : null) ?? inMemory(directory);
  }
}

function putAside(directory: string): OpenedSettings | null {
  const path = join(directory, "config.json");
  try {
    renameSync(path, `${path}.damaged`);
    return {
      file: open(directory),
      problems: [texts.program.settings.putAside(`${path}.damaged`)],
    };
  } catch {
    return null;
  }
}

function inMemory(directory: string): OpenedSettings {
  const values = new Map<string, unknown>();
  return {
    file: { directory, get: (key) => values.get(key), set: (key, value) => void values.set(key, value) },
    problems: [texts.program.settings.inMemory],
  };
}

function open(directory: string): SettingsFile {
  const store = newStore(directory);
  return {
    directory,
    get: (key) => store.get(key),
    set: (key, value) => store.set(key, value),
  };
}

function newStore(directory: string): ElectronStore {
  try {
    return new ElectronStore({
      cwd: directory,
      clearInvalidConfig: false,
      accessPropertiesByDotNotation: false,
      configFileMode: 0o600,
      deserialize: parseSettings,
    });
  } finally {
    // It listens before it reads the file, so also when it throws. The router alone answers windows.
    ipcMain.removeAllListeners(CHANNEL_OF_THE_STORE);
  }
}
