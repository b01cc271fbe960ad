import type { Page } from "@playwright/test";
import { fileURLToPath } from "node:url";
import { launch } from "./launch.ts";
import { runPlainly } from "./plain-run.ts";
import type { Exit, LaunchOptions, RunningProgram } from "./running-program.ts";
import { LOCK_WATCH } from "./lock-watch.ts";
import { RECORDER } from "./recorded.ts";
import { clickTrayEntry, clickTrayIcon, trayState, type TrayState } from "./tray.ts";

const PROGRAM = fileURLToPath(new URL("../..", import.meta.url));
const WINDOW_LIMIT_MS = 15_000;
const POLL_MS = 25;
const REFRESH_MS = 500;
const ANSWER_MS = 1_000;

export type PowerEvent =
  | "suspend"
  | "resume"
  | "lock-screen"
  | "unlock-screen"
  | "on-battery"
  | "on-ac"
  | "shutdown";

/** A call that no preload script would make. */
export interface ForgedCall {
  readonly channel: string;
  readonly args: readonly unknown[];
  /** The window whose page pretends to call. */
  readonly role: string;
  /** The frame that it pretends to come from; the window's own main frame, one inside it, or none any more. */
  readonly frame: "main" | "sub" | "gone";
}

/** A message box of the system, as the program asked for it. */
export interface MessageBox {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

/** A window on a page of the web. */
export interface WebWindow {
  readonly title: string;
  readonly visible: boolean;
  readonly focused: boolean;
}

/** Doorbell as its user meets it: windows by role, the tray, the system around. */
export class DoorbellApp {
  readonly program: RunningProgram;
  readonly #path: string;
  readonly #env: Readonly<Record<string, string>>;
  /** When Playwright was last told to look for pages anew; null while none was lost. */
  #refreshed: number | null = null;

  private constructor(program: RunningProgram, path: string, env: Readonly<Record<string, string>>) {
    this.program = program;
    this.#path = path;
    this.#env = env;
  }

  /** Starts the built program, or another in its place. */
  static async launch(options: Partial<LaunchOptions> = {}): Promise<DoorbellApp> {
    const program = await launch({ program: PROGRAM, ...options, loadedBefore: [RECORDER, LOCK_WATCH] });
    return new DoorbellApp(program, options.program ?? PROGRAM, options.env ?? {});
  }

  /** What of Electron's security checklist was not kept by any page that the program has opened so far. */
  weaknesses(): readonly string[] {
    return this.program.output().match(/(?<=^WEAKNESS ).*$/gm) ?? [];
  }

  /** The page of the window whose address ends in `/ROLE.html`; waits up to 15 s for it. */
  async window(role: string): Promise<Page> {
    const deadline = Date.now() + WINDOW_LIMIT_MS;
    for (;;) {
      const page = this.program.pages().find((one) => roleOf(one.url()) === role);
      if (page && (await isThere(page))) return page;
      if (this.#refreshed !== null && Date.now() - this.#refreshed > REFRESH_MS) {
        this.#refreshed = Date.now();
        await this.program.refreshPages();
      }
      if (Date.now() > deadline)
        throw new Error(`No window "${role}". The program wrote: ${this.program.output().slice(-2_000)}`);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  /** A page of the web that the program shows, by a part of its address; waits up to 15 s for it. */
  async webPage(part: string): Promise<Page> {
    const deadline = Date.now() + WINDOW_LIMIT_MS;
    for (;;) {
      const page = this.program.pages().find((one) => roleOf(one.url()) === "" && one.url().includes(part));
      if (page) return page;
      if (Date.now() > deadline) throw new Error(`No page of the web at "${part}".`);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  /** The windows that show a page of the web, as a person meets them. */
  async webWindows(): Promise<readonly WebWindow[]> {
    return await this.program.evaluate(({ BrowserWindow, session }) =>
      BrowserWindow.getAllWindows()
        .filter(({ webContents }) => webContents.session !== session.defaultSession)
        .map((window) => ({
          title: window.getTitle(),
          visible: window.isVisible(),
          focused: window.isFocused(),
        })),
    );
  }

  /** What a click on the close button of every such window does. */
  async closeWebWindows(): Promise<void> {
    await this.program.evaluate(({ BrowserWindow, session }) => {
      for (const window of BrowserWindow.getAllWindows())
        if (window.webContents.session !== session.defaultSession) window.close();
    });
  }

  /** The roles of the windows that a person could see now. */
  async visibleWindows(): Promise<readonly string[]> {
    const urls = await this.program.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .filter((window) => window.isVisible() && !window.isMinimized())
        .map((window) => window.webContents.getURL()),
    );
    return urls.map(roleOf).toSorted();
  }

  /** What a click on the window's own close button does. */
  async closeWindow(role: string): Promise<void> {
    await this.#inWindow(role, "close");
  }

  /** Kills the window's renderer. The page of before is lost; `window` gives the one of after, when there is one. */
  async crashRenderer(role: string): Promise<void> {
    const page = await this.window(role);
    const crashed = page.waitForEvent("crash");
    await this.#inWindow(role, "crash");
    await crashed;
    this.#refreshed = 0;
  }

  async reloadRenderer(role: string): Promise<void> {
    await this.#inWindow(role, "reload");
  }

  tray(): Promise<TrayState | null> {
    return trayState(this.program);
  }

  clickTray(id: string): Promise<void> {
    return clickTrayEntry(this.program, id);
  }

  clickTrayIcon(): Promise<void> {
    return clickTrayIcon(this.program);
  }

  /** The system says so; nothing else happens to the machine. */
  async power(event: PowerEvent): Promise<void> {
    await this.program.evaluate(({ powerMonitor }, name) => void powerMonitor.emit(name), event);
  }

  /** The message boxes that the program has opened so far; each is drawn all the same, and waits for a click. */
  async messageBoxes(): Promise<readonly MessageBox[]> {
    return await this.program.evaluate(({ dialog }) => {
      const known = globalThis as unknown as { __boxes?: MessageBox[] };
      if (known.__boxes) return known.__boxes;
      const boxes: MessageBox[] = (known.__boxes = []);
      const show = dialog.showMessageBox.bind(dialog) as (...args: readonly unknown[]) => Promise<never>;
      dialog.showMessageBox = (...args: readonly unknown[]) => {
        const { message, detail, buttons } = args.at(-1) as Electron.MessageBoxOptions;
        boxes.push({ message, detail: detail ?? "", buttons: buttons ?? [] });
        return show(...args);
      };
      return boxes;
    });
  }

  /** Starts the program once more on the same user data, as a person does, and waits until that one has ended. */
  startSecondInstance(args: readonly string[] = []): Promise<Exit> {
    return runPlainly({
      program: this.#path,
      args: [`--user-data-dir=${this.program.userData}`, ...args],
      env: this.#env,
    }).exited;
  }

  /** Calls a handler of main as a page that was taken over would; returns what it answers, or the text of its error. */
  async forgeCall(call: ForgedCall): Promise<unknown> {
    // As text in ASCII: the inspector that Playwright speaks to loses messages with some other letters.
    const text = JSON.stringify(call).replaceAll(
      /[^\x20-\x7E]/g,
      (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
    return await this.program.evaluate(async ({ BrowserWindow, ipcMain }, json) => {
      const { channel, args, role, frame } = JSON.parse(json) as ForgedCall;
      const window = BrowserWindow.getAllWindows().find(({ webContents }) =>
        webContents.getURL().endsWith(`/${role}.html`),
      );
      if (!window) throw new Error(`No window "${role}".`);
      const main = window.webContents.mainFrame;
      const sub = {
        url: main.url,
        origin: main.origin,
        parent: main,
        top: main,
        processId: main.processId,
        routingId: 9_999,
      };
      const senderFrame = { main, sub, gone: null }[frame];
      const event = {
        type: "frame",
        sender: window.webContents,
        senderFrame,
        processId: main.processId,
        frameId: 1,
      };
      type Handlers = Map<string, (event: unknown, ...args: readonly unknown[]) => unknown>;
      const handler = (ipcMain as unknown as { _invokeHandlers: Handlers })._invokeHandlers.get(channel);
      if (!handler) {
        ipcMain.emit(channel, event, ...args);
        return undefined;
      }
      try {
        return { value: await handler(event, ...args) };
      } catch (error) {
        return { error: String(error) };
      }
    }, text);
  }

  close(): Promise<Exit> {
    return this.program.close();
  }

  kill(): Promise<Exit> {
    return this.program.kill();
  }

  /** The driver may know a window before the program says its address. */
  async #inWindow(role: string, action: "close" | "crash" | "reload"): Promise<void> {
    const deadline = Date.now() + WINDOW_LIMIT_MS;
    for (;;) {
      const found = await this.program.evaluate(
        ({ BrowserWindow }, wanted) => {
          const window = BrowserWindow.getAllWindows().find(({ webContents }) =>
            webContents.getURL().endsWith(`/${wanted.role}.html`),
          );
          if (wanted.action === "close") window?.close();
          else if (wanted.action === "reload") window?.webContents.reload();
          else window?.webContents.forcefullyCrashRenderer();
          return window !== undefined;
        },
        { role, action },
      );
      if (found) return;
      if (Date.now() > deadline) throw new Error(`No window "${role}".`);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
}

/** A page stays on the driver's list for a moment after its window has gone. One that does not answer in time is there. */
async function isThere(page: Page): Promise<boolean> {
  const answers = page.evaluate("true").then(
    () => true,
    () => !page.isClosed(),
  );
  return await Promise.race([answers, new Promise<true>((resolve) => setTimeout(resolve, ANSWER_MS, true))]);
}

/** `app://doorbell/toast.html` and `https://doorbell.invalid/toast.html` are the window "toast". */
function roleOf(url: string): string {
  return /\/([\w-]+)\.html(?:[?#]|$)/.exec(url)?.[1] ?? "";
}
