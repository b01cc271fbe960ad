import { forgetAtStart, pretended, whereItExists } from "./pretended-system.ts";
import { DoubleEmitter, strictClass } from "./unknown-members.ts";

type Known = Pick<
  Electron.App,
  | "getAppPath"
  | "isDefaultProtocolClient"
  | "isPackaged"
  | "removeAsDefaultProtocolClient"
  | "setAsDefaultProtocolClient"
  | "setName"
  | "setAppUserModelId"
  | "setDesktopName"
  | "setToastActivatorCLSID"
>;

/** What starts with the system; what was switched off in the Task Manager stays among it. */
interface LoginItemDouble {
  readonly args: readonly string[];
  /** The system does start it. */
  enabled: boolean;
}

const GUID = /^\{?[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\}?$/i;

class AppDouble extends DoubleEmitter implements Known {
  /** What the system was told of the program. */
  readonly told = new Map<"name" | "userModelId" | "desktopName" | "toastActivator", string>();

  /** Of links that come to this program. */
  readonly schemes = new Set<string>();

  /** The program as the system starts it for the person; null when it does not. */
  loginItem: LoginItemDouble | null = null;
  /** The system takes no new item before the person has approved it in its settings. */
  approvesLoginItems = true;
  /** macOS has started the program by itself. */
  wasOpenedAtLogin = false;
  isPackaged = true;

  constructor() {
    super("app", ["open-url", "second-instance"]);
  }

  getAppPath(): string {
    return "/home/ada/doorbell";
  }

  get setLoginItemSettings(): (settings: Electron.Settings) => void {
    return whereItExists("app.loginItems", ({ openAtLogin = false, args = [] }: Electron.Settings) => {
      this.loginItem = openAtLogin && this.approvesLoginItems ? { args, enabled: true } : null;
    });
  }

  get getLoginItemSettings(): (
    options?: Electron.LoginItemSettingsOptions,
  ) => Pick<Electron.LoginItemSettings, "openAtLogin" | "executableWillLaunchAtLogin" | "wasOpenedAtLogin"> {
    return whereItExists("app.loginItems", ({ args = [] } = {}) => ({
      openAtLogin: this.loginItem !== null && this.loginItem.args.join() === args.join(),
      executableWillLaunchAtLogin: pretended().platform === "win32" && this.loginItem?.enabled === true,
      wasOpenedAtLogin: pretended().platform === "darwin" && this.wasOpenedAtLogin,
    }));
  }

  setAsDefaultProtocolClient(scheme: string): boolean {
    this.schemes.add(scheme);
    return true;
  }

  isDefaultProtocolClient(scheme: string): boolean {
    return this.schemes.has(scheme);
  }

  removeAsDefaultProtocolClient(scheme: string): boolean {
    return this.schemes.delete(scheme);
  }

  setName(name: string): void {
    this.told.set("name", name);
  }

  setDesktopName(name: string): void {
    this.told.set("desktopName", name);
  }

  get setAppUserModelId(): Known["setAppUserModelId"] {
    return whereItExists("app.setAppUserModelId", (id: string) => {
      this.told.set("userModelId", id);
    });
  }

  get setToastActivatorCLSID(): Known["setToastActivatorCLSID"] {
    return whereItExists("app.setToastActivatorCLSID", (id: string) => {
      if (!GUID.test(id)) throw new Error("Invalid CLSID format");
      this.told.set("toastActivator", id);
    });
  }
}
strictClass("app", AppDouble);

export const appDouble = new AppDouble();

class PowerMonitorDouble extends DoubleEmitter implements Pick<Electron.PowerMonitor, "getSystemIdleState"> {
  /** Seconds without a touch after which nobody is there, as it was last asked. */
  idleThreshold = 0;

  constructor() {
    super("powerMonitor", ["resume", "unlock-screen", "shutdown"]);
  }

  getSystemIdleState(idleThreshold: number): "active" | "idle" | "locked" | "unknown" {
    this.idleThreshold = idleThreshold;
    return pretended().idleState;
  }
}
strictClass("powerMonitor", PowerMonitorDouble);

export const powerMonitorDouble = new PowerMonitorDouble();

forgetAtStart(() => {
  appDouble.told.clear();
  appDouble.schemes.clear();
  appDouble.loginItem = null;
  appDouble.approvesLoginItems = true;
  appDouble.wasOpenedAtLogin = false;
  appDouble.isPackaged = true;
  appDouble.removeAllListeners();
  powerMonitorDouble.removeAllListeners();
});
