import { join } from "node:path";
import { app } from "electron";

import type { WindowRole } from "../../preload/contract.ts";
import { appUrl } from "../desktop/app-scheme.ts";
import { openLogFile } from "../desktop/log-file.electron.ts";
import { faultLine } from "../platform/fault.ts";
import { lineLogger, writtenLater } from "../platform/logger.ts";
import type { Clock, Logger, Random } from "../platform/ports.ts";
import { systemClock, systemRandom } from "../platform/system.ts";

/** What every part of the app is handed. */
export interface Context {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly version: string;
  /** The folder of the settings; the command line knows it as `settingsDirectory`. */
  readonly directory: string;
  /** A file of the bundle, by its path below `out/`. */
  readonly bundled: (...path: readonly string[]) => string;
  /** A picture, by its path below `build/icons/`. */
  readonly image: (...path: readonly string[]) => string;
  /** The address of a window's page. */
  readonly page: (role: WindowRole) => string;
}

/** Opens the log, and notes in it that the program starts, and every error that nobody caught. `out` is the bundle's folder. */
export function openContext(directory: string, out: string): Context {
  const { env, platform } = process;
  const version = app.getVersion();
  const logger = lineLogger("info", systemClock, writtenLater(systemClock, openLogFile()));
  process.on("uncaughtException", (error) => logger.error("uncaught", { fault: faultLine(error) }));
  logger.info("start", { version, platform, packaged: app.isPackaged });
  return {
    clock: systemClock,
    random: systemRandom,
    logger,
    env,
    platform,
    version,
    directory,
    bundled: (...path) => join(out, ...path),
    image: (...path) => join(out, "../build/icons", ...path),
    page: (role) => appUrl(`${role}.html`),
  };
}
