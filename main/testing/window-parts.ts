import type { Clock } from "../platform/ports.ts";
import type { WindowParts } from "../surfaces/window/hardened-window.electron.ts";
import { SILENT_LOGGER } from "./rig.ts";

/** What a window of the double of Electron is made with. */
export function windowPartsOf(clock: Clock): WindowParts {
  return {
    clock,
    logger: SILENT_LOGGER,
    preloadOf: (role) => `/preload/${role}.cjs`,
    pageOf: (role) => `app://doorbell/${role}.html`,
    icon: "/icon.png",
    gaveUp: () => undefined,
    devTools: false,
  };
}
