import { app } from "../app.ts";
import type { PageMessage } from "../ipc.ts";
import { nativeTheme } from "../native-theme.ts";
import { ISOLATED_WORLD, pageScripts, type PageScripts } from "../renderer/page-scripts.ts";
import type { BrowserContext } from "./browser-context.ts";
import { CdpError, type CdpSession } from "./cdp.ts";
import { toChromium, toProgram } from "./origin-map.ts";
import { PageRequests, type RequestRules } from "./page-requests.ts";
import { measureDisplay, setPlace, setTheme, type PagePlace } from "./page-look.ts";
import { openTarget } from "./page-target.ts";
import { chromium, VISIBLE } from "./shared-chromium.ts";

/** What a page tells its web contents. */
export interface PageObserver extends RequestRules {
  message(message: PageMessage): void;
  consoleMessage(level: string, message: string, line: number, source: string): void;
  windowOpened(url: string, name: string, features: readonly string[]): void;
  startedLoading(): void;
  navigated(url: string, inPage: boolean): void;
  domReady(): void;
  loaded(): void;
  /** A page's own wish to go elsewhere ended in an error of Chromium's. */
  notLoaded(url: string, name: string): void;
  stoppedLoading(): void;
  titled(title: string): void;
  crashed(reason: "crashed" | "killed" | "oom", exitCode: number): void;
  /** The window was closed on the display. */
  closedByUser(): void;
}

/**
 * One page of Chromium, which is one window of the program. Electron's calls do not wait, Chromium's do: every command runs
 * after the ones before it.
 */
export class Page {
  readonly #observer: PageObserver;
  readonly #browserContext: BrowserContext;
  readonly #scripts: PageScripts;
  #queue: Promise<unknown>;
  #session: CdpSession | null = null;
  #requests: PageRequests | null = null;
  #targetId = "";
  #context: number | null = null;
  /** The program itself loads something, and is told by its own call how that goes. */
  #programLoads = false;
  #failure = "ERR_FAILED";
  #closed = false;
  readonly #gone = Promise.withResolvers<never>();
  #forgets: (() => void)[] = [];

  constructor(
    { preload, context }: { readonly preload: string | null; readonly context: BrowserContext },
    place: PagePlace,
    observer: PageObserver,
  ) {
    this.#observer = observer;
    this.#browserContext = context;
    this.#scripts = pageScripts(preload);
    this.#queue = this.#open(place);
    this.#gone.promise.catch(() => {});
  }

  /** Resolves when the page has loaded; rejects with Chromium's name of the error. */
  async load(url: string): Promise<void> {
    const address = toChromium(url);
    await this.#run(async (session) => {
      const loaded = new Promise<void>((resolve) => {
        const forget = session.on("Page.loadEventFired", () => {
          forget();
          resolve();
        });
      });
      const navigate = async (): Promise<void> => {
        const { errorText } = await session.send("Page.navigate", { url: address });
        if (errorText !== undefined) throw new Error(errorText.replace("net::", ""));
        await loaded;
      };
      this.#requests?.expect(address);
      this.#programLoads = true;
      try {
        await Promise.race([navigate(), this.#gone.promise]);
      } finally {
        this.#programLoads = false;
      }
    });
  }

  reload(url: string): void {
    this.#do(async (session) => {
      this.#requests?.expect(toChromium(url));
      await session.send("Page.reload");
    });
  }

  /** Gives a message to the preload script's world; a page without one never hears it. */
  post(message: object): void {
    const context = this.#context;
    if (context === null || this.#session === null) return;
    this.#session.tell("Runtime.callFunctionOn", {
      functionDeclaration: `(message) => globalThis[${JSON.stringify(this.#scripts.receive)}](message)`,
      executionContextId: context,
      arguments: [{ value: message }],
      silent: true,
    });
  }

  async evaluate(code: string, userGesture: boolean): Promise<unknown> {
    return await this.#run(async (session) => {
      const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
        expression: code,
        userGesture,
        awaitPromise: true,
        returnByValue: true,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    });
  }

  place(place: PagePlace): void {
    this.#do((session) => setPlace(session, this.#targetId, place));
  }

  focus(): void {
    this.#do((session) => session.send("Page.bringToFront"));
  }

  crash(): void {
    // The crash is the answer; this command gets none.
    this.#do(async (session) => session.tell("Page.crash"));
  }

  close(): void {
    this.#closed = true;
    this.#silence();
    // A page that is still loading would load for ever, as nobody listens to it any more.
    this.#gone.reject(new CdpError("The page has gone."));
    this.#do(async () => {
      // It may have been opened only now.
      this.#silence();
      const { cdp } = await chromium();
      await cdp.browser.send("Target.closeTarget", { targetId: this.#targetId });
    });
  }

  /** Opens the page anew after its window was closed on the display. */
  reopen(url: string, place: PagePlace): void {
    this.#queue = this.#open(place);
    this.load(url).catch(() => {});
  }

  #run<T>(command: (session: CdpSession) => Promise<T>): Promise<T> {
    const result = this.#queue.then(async () => {
      if (this.#session === null) throw new CdpError("The page has gone.");
      return await command(this.#session);
    });
    this.#queue = result.catch(() => {});
    return result;
  }

  #do(command: (session: CdpSession) => Promise<unknown>): void {
    this.#run(command).catch((error: unknown) => {
      if (!(error instanceof CdpError)) console.error(error);
    });
  }

  async #open(place: PagePlace): Promise<void> {
    await app.whenReady();
    const browser = await chromium();
    const context = await this.#browserContext.id();
    const { targetId, session } = await openTarget(browser, VISIBLE, place.bounds, context);
    this.#browserContext.addFrame(targetId);
    this.#targetId = targetId;
    this.#session = session;
    this.#requests = new PageRequests(session, targetId, this.#observer);
    this.#listen(session);
    const { browser: root } = browser.cdp;
    this.#forgets = [
      root.on("Target.targetInfoChanged", ({ targetInfo }) => {
        // The title that comes along is the window's, which while loading is something else.
        if (targetInfo.targetId === targetId) void this.#readTitle(session);
      }),
      root.on("Target.targetCrashed", (crash) => {
        if (crash.targetId === targetId) this.#observer.crashed(reasonOf(crash.status), crash.errorCode);
      }),
      root.on("Target.targetDestroyed", (gone) => {
        if (gone.targetId !== targetId) return;
        this.#session = null;
        this.#silence();
        if (!this.#closed) this.#observer.closedByUser();
      }),
    ];
    const { mainWorld, isolatedWorld, send } = this.#scripts;
    await session.send("Page.enable");
    await session.send("Network.enable");
    await session.send("Runtime.enable");
    await session.send("Log.enable");
    await session.send("Target.setAutoAttach", {
      autoAttach: true,
      waitForDebuggerOnStart: true,
      flatten: true,
    });
    await session.send("Page.addScriptToEvaluateOnNewDocument", { source: mainWorld });
    if (isolatedWorld !== null) {
      await session.send("Runtime.addBinding", { name: send, executionContextName: ISOLATED_WORLD });
      await session.send("Page.addScriptToEvaluateOnNewDocument", {
        source: isolatedWorld,
        worldName: ISOLATED_WORLD,
      });
    }
    await this.#requests.enable();
    await measureDisplay(session);
    await setPlace(session, targetId, place);
    await setTheme(session);
    const follow = (): void => this.#do(setTheme);
    nativeTheme.on("updated", follow);
    this.#forgets.push(() => nativeTheme.off("updated", follow));
  }

  async #readTitle(session: CdpSession): Promise<void> {
    const answer = await session.send("Runtime.evaluate", { expression: "document.title" }).catch(() => null);
    const title: unknown = answer?.result.value;
    if (typeof title === "string" && title !== "" && !this.#closed) this.#observer.titled(title);
  }

  #silence(): void {
    this.#session?.silence();
    for (const forget of this.#forgets.splice(0)) forget();
  }

  #listen(session: CdpSession): void {
    const observer = this.#observer;
    const isMain = (frameId: string): boolean => frameId === this.#targetId;
    session.on("Runtime.executionContextCreated", ({ context }) => {
      const { frameId } = context.auxData as { frameId?: string };
      if (context.name === ISOLATED_WORLD && frameId === this.#targetId) this.#context = context.id;
    });
    session.on("Runtime.executionContextDestroyed", ({ executionContextId }) => {
      if (executionContextId === this.#context) this.#context = null;
    });
    session.on("Runtime.executionContextsCleared", () => (this.#context = null));
    session.on("Runtime.bindingCalled", ({ name, payload, executionContextId }) => {
      if (name !== this.#scripts.send || executionContextId !== this.#context) return;
      observer.message(JSON.parse(payload) as PageMessage);
    });
    session.on("Runtime.consoleAPICalled", ({ type, args, stackTrace }) => {
      const [frame] = stackTrace?.callFrames ?? [];
      const text = args.map((arg) => String(arg.value ?? arg.description ?? arg.type)).join(" ");
      observer.consoleMessage(type, text, (frame?.lineNumber ?? -1) + 1, toProgram(frame?.url ?? ""));
    });
    session.on("Runtime.exceptionThrown", ({ exceptionDetails: thrown }) => {
      const text = `Uncaught ${thrown.exception?.description ?? thrown.text}`;
      observer.consoleMessage("error", text, thrown.lineNumber + 1, toProgram(thrown.url ?? ""));
    });
    session.on("Log.entryAdded", ({ entry }) =>
      observer.consoleMessage(entry.level, entry.text, entry.lineNumber ?? 0, toProgram(entry.url ?? "")),
    );
    session.on("Page.frameStartedLoading", ({ frameId }) => isMain(frameId) && observer.startedLoading());
    session.on("Page.frameStoppedLoading", ({ frameId }) => isMain(frameId) && observer.stoppedLoading());
    session.on("Network.loadingFailed", ({ type, errorText }) => {
      if (type === "Document") this.#failure = errorText.replace("net::", "");
    });
    session.on("Page.frameNavigated", ({ frame }) => {
      if (!isMain(frame.id)) return;
      if (frame.unreachableUrl === undefined) observer.navigated(toProgram(frame.url), false);
      else if (!this.#programLoads) observer.notLoaded(toProgram(frame.unreachableUrl), this.#failure);
    });
    session.on(
      "Page.navigatedWithinDocument",
      ({ frameId, url }) => isMain(frameId) && observer.navigated(toProgram(url), true),
    );
    session.on("Page.domContentEventFired", () => observer.domReady());
    session.on("Page.loadEventFired", () => observer.loaded());
    session.on("Page.windowOpen", ({ url, windowName, windowFeatures }) =>
      observer.windowOpened(toProgram(url), windowName, windowFeatures),
    );
    session.on("Target.attachedToTarget", ({ targetInfo, sessionId }) => {
      // Windows that a page opens are held before they load anything.
      if (targetInfo.type === "page") session.tell("Target.closeTarget", { targetId: targetInfo.targetId });
      else session.tell("Target.detachFromTarget", { sessionId });
    });
  }
}

function reasonOf(status: string): "crashed" | "killed" | "oom" {
  return status === "killed" || status === "oom" ? status : "crashed";
}
