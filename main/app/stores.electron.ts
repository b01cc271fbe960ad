import { AppSettingsStore } from "../account/app-settings.ts";
import { utilityKeyringChild } from "../account/keyring-process.electron.ts";
import { systemKeyring, type SecretStore } from "../account/secrets.ts";
import { openSettingsFile } from "../account/settings-file.electron.ts";
import { History } from "../invitations/history/history.ts";
import { wholeFile } from "../platform/whole-file.ts";
import type { Context } from "./context.electron.ts";

/** What is kept from one run to the next. */
export interface Stores {
  readonly settings: AppSettingsStore;
  /** Still to be loaded. */
  readonly history: History;
  readonly secrets: SecretStore;
}

/** Throws when the settings cannot be read at all. */
export function openStores({ clock, random, logger, env, platform, directory, bundled }: Context): Stores {
  const opened = openSettingsFile(directory);
  return {
    settings: new AppSettingsStore(opened.file, opened.problems),
    history: new History({
      file: wholeFile(`${directory}/history.json`),
      clock,
      logger,
      uuid: () => random.uuid(),
    }),
    secrets: systemKeyring(utilityKeyringChild(bundled("main/keyring.js")), { platform, env, clock, logger }),
  };
}
