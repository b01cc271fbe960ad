import type { Bridge } from "./bridge.ts";
import type { PageEmitter } from "./page-emitter.ts";

/** What the isolated world needs from outside. */
export interface PreloadWorld {
  readonly bridge: Bridge;
  readonly Emitter: new () => PageEmitter;
  readonly encode: (value: unknown) => string;
  readonly decode: (text: string) => unknown;
  /** The name of the function that carries text to the main process, there only in this world. */
  readonly send: string;
  /** The name under which the main process finds this world's receiver. */
  readonly receive: string;
  readonly preloadPath: string;
  readonly preloadError: string | null;
  readonly process: Readonly<Record<string, unknown>>;
}

type Preload = (...parameters: unknown[]) => void;

/**
 * Runs a preload script as Electron's sandboxed renderer does: CommonJS, with `electron`, `events`, `timers` and `url` to
 * require and nothing else. Sent to pages as text: uses nothing from outside itself.
 */
export function hostPreload(world: PreloadWorld, preload: Preload): void {
  const globals = globalThis as unknown as Record<string, unknown>;
  const { encode, decode } = world;
  const send = globals[world.send] as (text: string) => void;
  delete globals[world.send];
  const calls = new Map<number, (text: string, ok: boolean) => void>();
  let nextCall = 1;

  const notHere = (name: string): Error =>
    new Error(`The Electron stand-in has no ${name} in a preload script.`);
  const missing = (name: string): object =>
    new Proxy(() => {}, {
      get: (_, key) => {
        if (typeof key === "symbol" || key === "then") return undefined;
        throw notHere(`${name}.${key}`);
      },
      apply: () => {
        throw notHere(name);
      },
    });

  const post = (message: object): void => send(JSON.stringify(message));
  const ipcRenderer = Object.assign(new world.Emitter(), {
    send: (channel: string, ...args: unknown[]) => post({ type: "send", channel, args: encode(args) }),
    invoke: async (channel: string, ...args: unknown[]) => {
      const text = encode(args);
      const id = nextCall++;
      return await new Promise((resolve, reject) => {
        calls.set(id, (answer, ok) => {
          if (ok) resolve(decode(answer));
          else reject(new Error(`Error invoking remote method '${channel}': ${answer}`));
        });
        post({ type: "invoke", channel, args: text, id });
      });
    },
    sendSync: missing("ipcRenderer.sendSync"),
    sendToHost: missing("ipcRenderer.sendToHost"),
    postMessage: missing("ipcRenderer.postMessage"),
  });

  Object.defineProperty(globals, world.receive, {
    value: (message: { type: "send" | "answer"; channel: string; text: string; id: number; ok: boolean }) => {
      if (message.type === "answer") {
        const answer = calls.get(message.id);
        calls.delete(message.id);
        answer?.(message.text, message.ok);
        return;
      }
      ipcRenderer.emit(
        message.channel,
        { sender: ipcRenderer, ports: [] },
        ...(decode(message.text) as unknown[]),
      );
    },
  });

  const electron = {
    ipcRenderer,
    contextBridge: {
      exposeInMainWorld: (key: string, api: unknown) => world.bridge.expose(key, api),
      exposeInIsolatedWorld: missing("contextBridge.exposeInIsolatedWorld"),
      executeInMainWorld: missing("contextBridge.executeInMainWorld"),
    },
    crashReporter: missing("crashReporter"),
    nativeImage: missing("nativeImage"),
    webFrame: missing("webFrame"),
    webUtils: missing("webUtils"),
  };
  const later = (run: (...args: unknown[]) => void, ...args: unknown[]): unknown =>
    setTimeout(run, 0, ...args);
  const timers = {
    setTimeout: setTimeout.bind(globalThis),
    clearTimeout: clearTimeout.bind(globalThis),
    setInterval: setInterval.bind(globalThis),
    clearInterval: clearInterval.bind(globalThis),
    setImmediate: later,
    clearImmediate: (id: number) => clearTimeout(id),
  };
  const events = Object.assign(world.Emitter, { EventEmitter: world.Emitter });
  const url = { URL, URLSearchParams };
  const modules = new Map<string, unknown>([
    ["electron", electron],
    ["electron/common", electron],
    ["electron/renderer", electron],
    ["events", events],
    ["node:events", events],
    ["timers", timers],
    ["node:timers", timers],
    ["url", url],
    ["node:url", url],
  ]);
  const require = (name: string): unknown => {
    if (modules.has(name)) return modules.get(name);
    throw new Error(`module not found: ${name}`);
  };

  const failed = (error: unknown): void => {
    console.error(`Unable to load preload script: ${world.preloadPath}`);
    console.error(error);
    post({ type: "preload-error", text: encode(error instanceof Error ? error : new Error(String(error))) });
  };
  if (world.preloadError !== null) return failed(new Error(world.preloadError));
  const exports = {};
  const own = Object.assign(new world.Emitter(), world.process);
  try {
    preload(require, own, exports, { exports }, missing("Buffer"), globalThis, later, timers.clearImmediate);
  } catch (error) {
    failed(error);
  }
}
