import { _electron } from "@playwright/test";
import { PageErrors } from "./page-errors.ts";
import type { RunFolder } from "./run-folder.ts";
import type { Exit, InMain, LaunchOptions, RunningProgram } from "./running-program.ts";

const START_LIMIT_MS = 60_000;
const QUIT_LIMIT_MS = 10_000;

/**
 * The program on Electron itself. The only user of Playwright's `_electron`, which is to move to a package of its own: of its
 * options only those are used that will still be there.
 */
export async function launchOnElectron(
  options: LaunchOptions,
  folder: RunFolder,
  userData: string,
): Promise<RunningProgram> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...process.env, ...folder.env, ...options.env }))
    if (value !== undefined) env[name] = value;
  // Chromium refuses to sandbox what root runs.
  const unsandboxed = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const app = await _electron.launch({
    args: [...unsandboxed, `--user-data-dir=${userData}`, options.program, ...(options.args ?? [])],
    env,
    timeout: START_LIMIT_MS,
  });
  const child = app.process();
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  const errors = new PageErrors();
  app.on("window", (page) => errors.watch(page));
  for (const page of app.windows()) errors.watch(page);
  const exited = new Promise<Exit>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null)
      resolve({ code: child.exitCode, signal: child.signalCode });
    else child.once("exit", (code, signal) => resolve({ code, signal }));
  });
  const leave = async (): Promise<Exit> => {
    const exit = await exited;
    await folder.close();
    return exit;
  };
  const kill = (): Promise<Exit> => {
    child.kill("SIGKILL");
    return leave();
  };

  return {
    runtime: "electron",
    userData,
    exited,
    output: () => text,
    pages: () => app.windows().filter((page) => errors.isUsable(page)),
    pageErrors: () => errors.list,
    evaluate: (run: InMain<never, unknown>, argument?: unknown) =>
      app.evaluate<never, unknown>(run as never, argument),
    // Playwright follows its windows itself; a crashed one stays lost until the program opens another.
    refreshPages: () => Promise.resolve(),
    close: async () => {
      app.evaluate(({ app: main }) => main.quit()).catch(() => {});
      const limit = setTimeout(() => child.kill("SIGKILL"), QUIT_LIMIT_MS);
      const exit = await leave();
      clearTimeout(limit);
      return exit;
    },
    kill,
  };
}
