import { resolve } from "node:path";
import { AppFolders, identify } from "./app-folders.ts";
import { NotInStandIn, StandInEmitter } from "./strict.ts";

type Implemented =
  | "getName"
  | "setName"
  | "getVersion"
  | "getLocale"
  | "getPreferredSystemLanguages"
  | "getSystemLocale"
  | "getAppPath"
  | "getPath"
  | "setPath"
  | "setAppLogsPath"
  | "setDesktopName"
  | "getBadgeCount"
  | "setBadgeCount"
  | "setAppUserModelId"
  | "setToastActivatorCLSID"
  | "setLoginItemSettings"
  | "getLoginItemSettings"
  | "name"
  | "userAgentFallback";

/** What `app` knows of the program: its name, version, language and folders. */
export abstract class AppIdentity extends StandInEmitter implements Pick<Electron.App, Implemented> {
  readonly #identity = identify(resolve(process.argv[1] ?? "."));
  readonly #folders = new AppFolders(this.#identity);
  #name = this.#identity.name;
  #badge = 0;
  userAgentFallback =
    `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) ` +
    `${this.#identity.name}/${this.#identity.version} Chrome/${process.versions["chrome"] ?? ""} ` +
    `Electron/${process.versions["electron"] ?? ""} Safari/537.36`;

  abstract isReady(): boolean;

  getName(): string {
    return this.#name;
  }

  setName(name: string): void {
    this.#name = name;
  }

  get name(): string {
    return this.#name;
  }

  set name(name: string) {
    this.#name = name;
  }

  getVersion(): string {
    return this.#identity.version;
  }

  getAppPath(): string {
    return this.#identity.path;
  }

  getLocale(): string {
    return Intl.DateTimeFormat().resolvedOptions().locale;
  }

  getSystemLocale(): string {
    return this.getLocale();
  }

  getPreferredSystemLanguages(): string[] {
    return [this.getLocale()];
  }

  getPath(name: Parameters<Electron.App["getPath"]>[0]): string {
    return this.#folders.get(name, this.#name);
  }

  setPath(name: string, path: string): void {
    this.#folders.set(name, path);
  }

  setAppLogsPath(path?: string): void {
    this.setPath("logs", path ?? this.getPath("logs"));
  }

  setDesktopName(): void {
    if (this.isReady()) throw new Error("app.setDesktopName must be called before the ready event");
  }

  getBadgeCount(): number {
    return this.#badge;
  }

  setBadgeCount(count = 0): boolean {
    this.#badge = count;
    return true;
  }

  setAppUserModelId(): never {
    throw new NotInStandIn("app.setAppUserModelId", "Electron documents it for Windows only");
  }

  setToastActivatorCLSID(): never {
    throw new NotInStandIn("app.setToastActivatorCLSID", "Electron documents it for Windows only");
  }

  setLoginItemSettings(): never {
    throw new NotInStandIn("app.setLoginItemSettings", "Electron documents it for macOS and Windows only");
  }

  getLoginItemSettings(): never {
    throw new NotInStandIn("app.getLoginItemSettings", "Electron documents it for macOS and Windows only");
  }
}
