import { chromium, _electron, errors, type Browser, type ElectronApplication } from "@playwright/test";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { evaluateOnce } from "./evaluate-once.ts";
import { PageErrors } from "./page-errors.ts";
import { RunFolder } from "./run-folder.ts";
import type { Exit, InMain, LaunchOptions, RunningProgram } from "./running-program.ts";

const START_LIMIT_MS = 60_000;
/**
 * In one of some five hundred starts Chromium never answers Playwright's second connection, before the program is let run:
 * that is no start of the program's, and it is made once more.
 */
const ATTACH_LIMIT_MS = 30_000;
const QUIT_LIMIT_MS = 10_000;

/**
 * Starts a program on Electron. Whatever becomes of the caller, every process and folder of the run is gone afterwards.
 * Throws, with one sentence, when there is no Electron.
 *
 * The only user of Playwright's `_electron`, which is to move to a package of its own: of its options only those are
 * used that will still be there.
 */
export async function launch(options: LaunchOptions): Promise<RunningProgram> {
  const executablePath = electronBinary();
  const folder = new RunFolder();
  try {
    const userData = options.userData ?? join(folder.path, "user-data");
    mkdirSync(userData, { recursive: true });
    const start = (timeout: number) =>
      keepingSignals(() =>
        _electron.launch({
          executablePath,
          args: [
            ...(options.loadedBefore ?? []).flatMap((script) => ["-r", script]),
            `--user-data-dir=${userData}`,
            options.program,
            ...(options.args ?? []),
          ],
          env: environmentOf(options, folder),
          // Without it Playwright switches the sandbox off.
          chromiumSandbox: true,
          timeout,
        }),
      );
    const app = await start(ATTACH_LIMIT_MS).catch((error: unknown) => {
      if (!(error instanceof errors.TimeoutError)) throw error;
      process.stderr.write(
        "Playwright did not get hold of a program that it had started, and starts it again.\n",
      );
      return start(START_LIMIT_MS);
    });
    return runningProgram(app, folder, userData);
  } catch (error) {
    await folder.close();
    throw error;
  }
}

/** The distribution that this run uses; throws, with one sentence, when there is none. */
export function electronFolder(): string {
  const folder = process.env["ELECTRON_OVERRIDE_DIST_PATH"] || join(electronPackage(), "dist");
  if (!existsSync(folder))
    throw new Error("There is no Electron here; `npm run setup` finds or fetches one.");
  return folder;
}

/** Its binary. */
export function electronBinary(): string {
  const names = join(electronPackage(), "path.txt");
  return join(electronFolder(), existsSync(names) ? readFileSync(names, "utf8") : "electron");
}

function electronPackage(): string {
  return dirname(createRequire(import.meta.url).resolve("electron/package.json"));
}

/**
 * Playwright adds handlers that end this whole process at a signal, with a status of their own and before the caller has
 * closed what is the caller's. They are taken away again.
 */
async function keepingSignals<Result>(start: () => Promise<Result>): Promise<Result> {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const before = new Map(signals.map((signal) => [signal, process.listeners(signal)]));
  try {
    return await start();
  } finally {
    for (const signal of signals)
      for (const added of process.listeners(signal))
        if (before.get(signal)?.includes(added) !== true) process.off(signal, added);
  }
}

function environmentOf(options: LaunchOptions, folder: RunFolder): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...process.env, ...folder.env, ...options.env }))
    if (value !== undefined) env[name] = value;
  return env;
}

function runningProgram(app: ElectronApplication, folder: RunFolder, userData: string): RunningProgram {
  const child = app.process();
  // Chromium's children write over the mark that they inherit.
  folder.addGroup(child.pid);
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  const pageErrors = new PageErrors();
  app.on("window", (page) => pageErrors.watch(page));
  for (const page of app.windows()) pageErrors.watch(page);
  const exited = new Promise<Exit>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null)
      resolve({ code: child.exitCode, signal: child.signalCode });
    else child.once("exit", (code, signal) => resolve({ code, signal }));
  });
  let second: Browser | null = null;
  const secondPages = () => second?.contexts().flatMap((context) => context.pages()) ?? [];
  const leave = async (): Promise<Exit> => {
    const exit = await exited;
    await second?.close().catch(() => {});
    await folder.close();
    return exit;
  };

  return {
    userData,
    exited,
    output: () => text,
    pages: () => [...app.windows(), ...secondPages()].filter((page) => pageErrors.isUsable(page)),
    pageErrors: () => pageErrors.list,
    evaluate: (run: InMain<never, unknown>, argument?: unknown) =>
      evaluateOnce(app, run, argument) as Promise<never>,
    refreshPages: async () => {
      // Playwright gives up for good on a page that crashed; another client of the same browser sees it loaded again.
      await second?.close();
      second = await chromium.connectOverCDP(debuggingAddress(userData));
      for (const page of secondPages()) pageErrors.watch(page);
    },
    close: async () => {
      app.evaluate(({ app: main }) => main.quit()).catch(() => {});
      const limit = setTimeout(() => child.kill("SIGKILL"), QUIT_LIMIT_MS);
      const exit = await leave();
      clearTimeout(limit);
      return exit;
    },
    kill: () => {
      child.kill("SIGKILL");
      return leave();
    },
  };
}

/** Where Chromium can be reached, which it writes down for whoever let it choose the port. */
function debuggingAddress(userData: string): string {
  const [port = ""] = readFileSync(join(userData, "DevToolsActivePort"), "utf8").split("\n");
  return `http://127.0.0.1:${port}`;
}
