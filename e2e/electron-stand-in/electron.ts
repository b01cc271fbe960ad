/**
 * What `import … from "electron"` gives to the program. The names of Electron that are not here at all throw when used.
 */
import { app } from "./app.ts";
import { BrowserWindow } from "./browser-window.ts";
import { clipboard, dialog, globalShortcut, Notification, screen, shell } from "./desktop-parts.ts";
import { ipcMain } from "./ipc.ts";
import { Menu, MenuItem } from "./menu.ts";
import { nativeImage } from "./native-image.ts";
import { nativeTheme } from "./native-theme.ts";
import { net } from "./net/net.ts";
import { powerMonitor } from "./power-monitor.ts";
import { registerSchemesAsPrivileged } from "./protocol.ts";
import { getDefaultSession, session } from "./session.ts";
import { absent, strictObject } from "./strict.ts";
import { Tray } from "./tray.ts";
import { WebContents } from "./web-contents.ts";

const protocol = strictObject("protocol", {
  registerSchemesAsPrivileged,
  handle: (...args: Parameters<Electron.Protocol["handle"]>) => getDefaultSession().protocol.handle(...args),
  unhandle: (scheme: string) => getDefaultSession().protocol.unhandle(scheme),
  isProtocolHandled: (scheme: string) => getDefaultSession().protocol.isProtocolHandled(scheme),
}) satisfies Pick<
  Electron.Protocol,
  "handle" | "unhandle" | "isProtocolHandled" | "registerSchemesAsPrivileged"
>;

type Name = keyof typeof Electron.CrossProcessExports;

const here = {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  MenuItem,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  Tray,
  webContents: WebContents,
} satisfies Partial<Record<Name, unknown>>;

const absentNames = [
  "autoUpdater",
  "BaseWindow",
  "BrowserView",
  "contentTracing",
  "crashReporter",
  "desktopCapturer",
  "inAppPurchase",
  "ImageView",
  "MessageChannelMain",
  "netLog",
  "powerSaveBlocker",
  "pushNotifications",
  "safeStorage",
  "ShareMenu",
  "sharedTexture",
  "systemPreferences",
  "TouchBar",
  "utilityProcess",
  "View",
  "WebContentsView",
  "webFrameMain",
] as const satisfies readonly Name[];

const electron = { ...here, ...Object.fromEntries(absentNames.map((name) => [name, absent(name)])) };

export default electron;
export { electron as "module.exports" };
export {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  MenuItem,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  Tray,
  WebContents as webContents,
};
export const autoUpdater = absent("autoUpdater");
export const BaseWindow = absent("BaseWindow");
export const crashReporter = absent("crashReporter");
export const safeStorage = absent("safeStorage");
export const powerSaveBlocker = absent("powerSaveBlocker");
export const systemPreferences = absent("systemPreferences");
export const utilityProcess = absent("utilityProcess");
