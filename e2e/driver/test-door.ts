/// <reference types="electron" />

/**
 * What the program shows to the driver as `globalThis.__doorbellTest`, because Electron lets nobody ask a tray icon what it
 * looks like. Main sets it when DOORBELL_TEST is "1" and the program is not packaged, and never otherwise.
 */
export interface DoorbellTest {
  /** The icon in the tray, with what was last drawn on it; null where there is none. */
  readonly tray: () => {
    readonly icon: Electron.Tray;
    /** The file name of the image. */
    readonly image: string;
    readonly toolTip: string;
    readonly menu: Electron.Menu;
  } | null;
}

/** How the driver asks for it. */
export const TEST_ENVIRONMENT = { DOORBELL_TEST: "1" } as const;
