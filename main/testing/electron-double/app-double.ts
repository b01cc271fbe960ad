import { forgetAtStart, pretended, whereItExists } from "./pretended-system.ts";
import { DoubleEmitter, strictClass } from "./unknown-members.ts";

type Known = Pick<
  Electron.App,
  | "isDefaultProtocolClient"
  | "removeAsDefaultProtocolClient"
  | "setAsDefaultProtocolClient"
  | "setName"
  | "setAppUserModelId"
  | "setDesktopName"
  | "setToastActivatorCLSID"
>;

const GUID = /^\{?[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\}?$/i;

class AppDouble extends DoubleEmitter implements Known {
  /** What the system was told of the program. */
  readonly told = new Map<"name" | "userModelId" | "desktopName" | "toastActivator", string>();

  /** Of links that come to this program. */
  readonly schemes = new Set<string>();

  constructor() {
    super("app", ["open-url"]);
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
  appDouble.removeAllListeners();
  powerMonitorDouble.removeAllListeners();
});
