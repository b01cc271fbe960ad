import type { Clock, Logger } from "../../platform/ports.ts";
import { sessionBusAddress } from "../../platform/bus/session-bus.ts";
import { LinuxFocus } from "./linux-focus.ts";
import { readSetting } from "./read-setting.ts";
import type { SystemFocus } from "./system-focus.ts";

export interface SystemFocusOptions {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Begins to look, beside all else. Electron has nothing that tells it on any system: on Windows and macOS it takes a module of
 * the system's own kind, and on macOS the person's leave besides, so there it is never on.
 */
export function openSystemFocus({ platform, env, clock, logger }: SystemFocusOptions): SystemFocus {
  const read = (schema: string, key: string, signal: AbortSignal) => readSetting(schema, key, env, signal);
  const address = platform === "linux" ? sessionBusAddress(env) : null;
  return new LinuxFocus({ address, desktop: env["XDG_CURRENT_DESKTOP"] ?? "", read, clock, logger });
}
