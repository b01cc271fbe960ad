import { readFileSync } from "node:fs";
import { Script } from "node:vm";
import { createBridge } from "./bridge.ts";
import { decodeClone, encodeClone } from "./clone-codec.ts";
import { pageEmitter } from "./page-emitter.ts";
import { hostPreload } from "./preload-host.ts";

/** The name of the world in which preload scripts run, as in Electron's developer tools. */
export const ISOLATED_WORLD = "Electron Isolated Context";

/** The scripts of one window, and the names under which they and the main process find each other. */
export interface PageScripts {
  readonly mainWorld: string;
  readonly isolatedWorld: string | null;
  readonly send: string;
  readonly receive: string;
}

const PARAMETERS = "require, process, exports, module, Buffer, global, setImmediate, clearImmediate";

/**
 * What runs in every document of a window before the page's own scripts. The names are drawn anew for each window, and the
 * page has no way to learn them.
 */
export function pageScripts(preloadPath: string | null): PageScripts {
  const name = (): string => `s${crypto.randomUUID().replaceAll("-", "")}`;
  const [toPage, toPreload, send, receive] = [name(), name(), name(), name()];
  const worldOf = (outgoing: string, incoming: string): string =>
    `const bridge = (${String(createBridge)})(${JSON.stringify(outgoing)}, ${JSON.stringify(incoming)});`;
  // A denied window.open answers null in Electron; the stand-in knows only denied ones.
  const mainWorld = inTopFrame(
    `${worldOf(toPreload, toPage)}
    const open = window.open;
    window.open = (...args) => (Reflect.apply(open, window, args), null);`,
  );
  if (preloadPath === null) return { mainWorld, isolatedWorld: null, send, receive };
  const { source, problem } = readPreload(preloadPath);
  const given = JSON.stringify({
    send,
    receive,
    preloadPath,
    preloadError: problem,
    process: preloadProcess(),
  });
  const isolatedWorld = inTopFrame(
    `${worldOf(toPage, toPreload)}
    const world = { ...${given}, bridge, Emitter: (${String(pageEmitter)})(), encode: ${String(encodeClone)}, decode: ${String(decodeClone)} };
    (${String(hostPreload)})(world, function (${PARAMETERS}) {
${source}
    });`,
  );
  return { mainWorld, isolatedWorld, send, receive };
}

/** Preload scripts run in the main frame alone unless a program asks otherwise. */
function inTopFrame(source: string): string {
  return `{ if (window.top === window.self) (() => {\n${source}\n})(); }`;
}

function readPreload(path: string): { readonly source: string; readonly problem: string | null } {
  try {
    const source = readFileSync(path, "utf8");
    // Throws where the page would, so that a mistake in it does not take the rest along.
    void new Script(`(function (${PARAMETERS}) {\n${source}\n})`, { filename: path });
    return { source, problem: null };
  } catch (error) {
    return { source: "", problem: String(error) };
  }
}

function preloadProcess(): Record<string, unknown> {
  const { electron, chrome, node } = process.versions;
  return {
    type: "renderer",
    sandboxed: true,
    contextIsolated: true,
    isMainFrame: true,
    platform: process.platform,
    arch: process.arch,
    versions: { electron, chrome, node },
    env: { ...process.env },
    argv: [],
  };
}
