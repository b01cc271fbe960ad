/**
 * The one double of the module `electron`, for the unit tests of what only Windows or macOS run: vitest gives it to
 * whoever imports `electron`. Written from Electron's declarations, documentation and source. It knows little, and
 * throws for the rest. What runs on Linux is tested on Electron itself.
 */
import { unknownPart } from "./unknown-members.ts";

export { appDouble as app, powerMonitorDouble as powerMonitor } from "./app-double.ts";
export { NotificationDouble as Notification } from "./notification-double.ts";
export {
  MenuDouble as Menu,
  MenuItemDouble as MenuItem,
  nativeImageDouble as nativeImage,
  nativeThemeDouble as nativeTheme,
  TrayDouble as Tray,
} from "./tray-double.ts";
export { BrowserWindowDouble as BrowserWindow, screenDouble as screen } from "./window-double.ts";

// The rest of Electron.
export const autoUpdater = unknownPart("autoUpdater");
export const BaseWindow = unknownPart("BaseWindow");
export const BrowserView = unknownPart("BrowserView");
export const clipboard = unknownPart("clipboard");
export const ClipboardItem = unknownPart("ClipboardItem");
export const contentTracing = unknownPart("contentTracing");
export const contextBridge = unknownPart("contextBridge");
export const crashReporter = unknownPart("crashReporter");
export const desktopCapturer = unknownPart("desktopCapturer");
export const dialog = unknownPart("dialog");
export const globalShortcut = unknownPart("globalShortcut");
export const ImageView = unknownPart("ImageView");
export const inAppPurchase = unknownPart("inAppPurchase");
export const ipcMain = unknownPart("ipcMain");
export const IpcMainServiceWorker = unknownPart("IpcMainServiceWorker");
export const ipcRenderer = unknownPart("ipcRenderer");
export const LanguageModelUtility = unknownPart("LanguageModelUtility");
export const localAIHandler = unknownPart("localAIHandler");
export const MessageChannelMain = unknownPart("MessageChannelMain");
export const net = unknownPart("net");
export const netLog = unknownPart("netLog");
export const parentPort = unknownPart("parentPort");
export const powerSaveBlocker = unknownPart("powerSaveBlocker");
export const protocol = unknownPart("protocol");
export const pushNotifications = unknownPart("pushNotifications");
export const safeStorage = unknownPart("safeStorage");
export const session = unknownPart("session");
export const sharedTexture = unknownPart("sharedTexture");
export const ShareMenu = unknownPart("ShareMenu");
export const shell = unknownPart("shell");
export const systemPreferences = unknownPart("systemPreferences");
export const TouchBar = unknownPart("TouchBar");
export const utilityProcess = unknownPart("utilityProcess");
export const View = unknownPart("View");
export const webContents = unknownPart("webContents");
export const WebContentsView = unknownPart("WebContentsView");
export const webFrame = unknownPart("webFrame");
export const webFrameMain = unknownPart("webFrameMain");
export const WebSocket = unknownPart("WebSocket");
export const webUtils = unknownPart("webUtils");
