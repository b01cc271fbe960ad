import { spawn } from "node:child_process";
import { AppIdentity } from "./app-identity.ts";
import { commandLine } from "./command-line.ts";
import { SingleInstanceLock, type SecondInstance } from "./single-instance.ts";
import { preventable } from "./strict.ts";
import { windowList } from "./window-list.ts";

const EMITTED = [
  "will-finish-launching",
  "ready",
  "window-all-closed",
  "before-quit",
  "will-quit",
  "quit",
  "second-instance",
  "web-contents-created",
  "browser-window-created",
  "browser-window-focus",
  "browser-window-blur",
  "render-process-gone",
];
/** For macOS, or for what a page of ours cannot cause. */
const NEVER = [
  "activate",
  "open-url",
  "open-file",
  "did-become-active",
  "did-resign-active",
  "certificate-error",
  "select-client-certificate",
  "login",
  "child-process-gone",
  "gpu-info-update",
  "accessibility-support-changed",
];

type Implemented =
  | "whenReady"
  | "isReady"
  | "quit"
  | "exit"
  | "relaunch"
  | "focus"
  | "enableSandbox"
  | "disableHardwareAcceleration"
  | "requestSingleInstanceLock"
  | "hasSingleInstanceLock"
  | "releaseSingleInstanceLock"
  | "isPackaged"
  | "commandLine"
  | "dock";

/**
 * The life of the program, in the order of Electron's browser.cc:
 *
 *   (script read) → ready → … quit() → before-quit → each window's close → will-quit → quit → the process ends
 *                              any preventDefault on the way: back to running
 *                    exit() → windows destroyed → quit → the process ends
 *
 * `secondInstance` and what only macOS does aside, every event comes at the same point as in Electron.
 */
export class App extends AppIdentity implements Pick<Electron.App, Implemented> {
  readonly #ready = Promise.withResolvers<void>();
  readonly #beforeExit: (() => void)[] = [];
  readonly #early: SecondInstance[] = [];
  #lock: SingleInstanceLock | null = null;
  #state: "starting" | "running" | "quitting" | "exiting" | "ended" = "starting";
  #isReady = false;
  #exitCode = 0;
  #relaunch: Electron.RelaunchOptions | null = null;

  readonly isPackaged = false;
  readonly commandLine = commandLine as unknown as Electron.CommandLine;
  readonly dock = undefined;

  constructor() {
    super(EMITTED, NEVER);
    windowList.onAllClosed = () => this.#allClosed();
    windowList.onCloseCancelled = () => {
      if (this.#state === "quitting") this.#state = "running";
    };
  }

  /** For the stand-in: what ends the browser; runs last, while the process exits. */
  beforeExit(run: () => void): void {
    this.#beforeExit.push(run);
  }

  /** For the stand-in: the program's own script has been read. */
  becomeReady(): void {
    if (this.#isReady || this.#state === "ended") return;
    this.setPath("userData", this.getPath("userData"));
    this.emit("will-finish-launching");
    this.#isReady = true;
    if (this.#state === "starting") this.#state = "running";
    this.#ready.resolve();
    this.emit("ready", preventable({}), {});
    for (const second of this.#early.splice(0)) this.#announce(second);
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  override isReady(): boolean {
    return this.#isReady;
  }

  quit(): void {
    if (this.#state !== "running" && this.#state !== "starting") return;
    const event = preventable({});
    this.emit("before-quit", event);
    if (event.defaultPrevented) return;
    this.#state = "quitting";
    if (windowList.all.length === 0) this.#willQuit();
    else for (const window of windowList.all) window.close();
  }

  exit(exitCode = 0): void {
    if (this.#state === "ended") return;
    this.#exitCode = exitCode;
    this.#state = "exiting";
    if (windowList.all.length === 0) this.#end();
    else for (const window of windowList.all) window.destroy();
  }

  relaunch(options: Electron.RelaunchOptions = {}): void {
    this.#relaunch = options;
  }

  focus(): void {}

  enableSandbox(): void {
    if (this.#isReady) throw new Error("app.enableSandbox() can only be called before app is ready");
    // Every renderer is sandboxed here; see BrowserWindow.
  }

  disableHardwareAcceleration(): void {
    if (this.#isReady)
      throw new Error("app.disableHardwareAcceleration() can only be called before app is ready");
  }

  requestSingleInstanceLock(additionalData: Record<string, unknown> = {}): boolean {
    this.#lock ??= new SingleInstanceLock(this.getPath("userData"), (second) => {
      if (this.#isReady) this.#announce(second);
      else this.#early.push(second);
    });
    return this.#lock.request(additionalData);
  }

  hasSingleInstanceLock(): boolean {
    return this.#lock?.held ?? false;
  }

  releaseSingleInstanceLock(): void {
    this.#lock?.release();
    this.#lock = null;
  }

  #announce(second: SecondInstance): void {
    this.emit(
      "second-instance",
      preventable({}),
      second.argv,
      second.workingDirectory,
      second.additionalData,
    );
  }

  #allClosed(): void {
    if (this.#state === "exiting") this.#end();
    else if (this.#state === "quitting") this.#willQuit();
    // Without a listener the default is to quit.
    else if (!this.emit("window-all-closed")) this.quit();
  }

  #willQuit(): void {
    const event = preventable({});
    this.emit("will-quit", event);
    if (event.defaultPrevented) this.#state = "running";
    else this.#end();
  }

  #end(): void {
    if (this.#state === "ended") return;
    this.#state = "ended";
    this.emit("quit", preventable({}), this.#exitCode);
    this.releaseSingleInstanceLock();
    // As in Electron, what is already queued still runs, and nothing that waits.
    setImmediate(() => {
      for (const run of this.#beforeExit) run();
      if (this.#relaunch !== null) this.#startAgain(this.#relaunch);
      process.exit(this.#exitCode);
    });
  }

  #startAgain({ execPath = process.execPath, args = process.argv.slice(1) }: Electron.RelaunchOptions): void {
    const own = execPath === process.execPath ? process.execArgv : [];
    spawn(execPath, [...own, ...args], { detached: true, stdio: "ignore" }).unref();
  }
}
export const app = new App();
