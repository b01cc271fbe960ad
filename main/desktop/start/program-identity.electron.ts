import { app } from "electron";

/** The `appId` of the installers: Windows shows toasts only for a program whose shortcut carries it. */
export const APP_ID = "net.doorbell.app";
/** Windows calls this class when a toast is clicked; it has to be the same at every start. */
const TOAST_CLSID = "{6B0F4C52-6C1B-4C1E-9C37-0D5E6B1A4D27}";

/**
 * Tells the system who the program is, before Electron is ready. Returns a sentence for each thing that this Electron
 * is too old for: the log is not open yet.
 */
export function identifyProgram(platform: NodeJS.Platform): readonly string[] {
  app.setName("Doorbell");
  if (platform === "linux") app.setDesktopName("doorbell.desktop");
  if (platform !== "win32") return [];
  app.setAppUserModelId(APP_ID);
  // Electron 40 and later, whatever the declarations say.
  if (typeof app.setToastActivatorCLSID !== "function")
    return ["This Electron is too old for Windows to start Doorbell by a click on a notification."];
  app.setToastActivatorCLSID(TOAST_CLSID);
  return [];
}
