import { app } from "electron";

import { texts } from "../../../locales/texts.ts";
import { autostartFile, type LoginItem } from "./start-at-login.ts";

/** The argument that starts the program without a window. */
export const HIDDEN = "--hidden";
/** Makes a program that was not installed offer it, too. */
const OFFER = "--offer-start-at-login";

/** Null for a program that was not installed: what a checkout builds today may be gone tomorrow. */
export function loginItem(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): LoginItem | null {
  if (!app.isPackaged && !process.argv.includes(OFFER)) return null;
  if (platform === "linux") {
    const folder = app.isPackaged ? [] : [app.getAppPath()];
    // What runs is unpacked from an AppImage, and is gone with this process.
    return autostartFile({ env, command: [env["APPIMAGE"] ?? process.execPath, ...folder, HIDDEN] });
  }
  // macOS passes no arguments, and says at the start that it was one of its own.
  const item = platform === "win32" ? { args: [HIDDEN] } : {};
  const isOn = (): boolean => {
    const { openAtLogin, executableWillLaunchAtLogin } = app.getLoginItemSettings(item);
    // Windows keeps what was switched off in the Task Manager, and does not start it.
    return openAtLogin && (platform !== "win32" || executableWillLaunchAtLogin);
  };
  return {
    isOn: () => Promise.resolve(isOn()),
    set: (wanted) => {
      app.setLoginItemSettings({ ...item, openAtLogin: wanted });
      return Promise.resolve(isOn() === wanted ? null : texts.program.startAtLogin.notTaken);
    },
  };
}

/** The system has started the program, or somebody who wants no window: the bell is on, and nothing is shown. */
export function startsHidden(platform: NodeJS.Platform): boolean {
  if (process.argv.includes(HIDDEN)) return true;
  return platform === "darwin" && app.getLoginItemSettings().wasOpenedAtLogin;
}
