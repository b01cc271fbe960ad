import type { Page } from "@playwright/test";
import { fileURLToPath } from "node:url";
import { launch } from "../driver/launch.ts";
import type { LaunchOptions, RunningProgram } from "../driver/running-program.ts";

/** Starts one of the little programs beside this file, on the runtime of this run. */
export function start(
  fixture: string,
  options: Omit<LaunchOptions, "program"> = {},
): Promise<RunningProgram> {
  const program = fileURLToPath(new URL(`fixtures/${fixture}`, import.meta.url));
  return launch({ ...options, program });
}

/** The lines that a fixture wrote about its life, when it has ended. */
export async function lifeOf(args: readonly string[]): Promise<readonly string[]> {
  const program = await start("lifecycle.mjs", { args });
  await program.exited;
  await program.close();
  return [...program.output().matchAll(/^EVENT (.*)$/gm)].map(([, line = ""]) => line);
}

/** Waits for the one page of a program. */
export async function pageOf(program: RunningProgram): Promise<Page> {
  for (let attempts = 0; attempts < 600; attempts++) {
    const page = program.pages().find((one) => one.url().endsWith(".html"));
    if (page) {
      await page.waitForLoadState();
      return page;
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`No page came. The program wrote: ${program.output()}`);
}

/** What the window fixture noted in its main process. */
export async function eventsOf(program: RunningProgram, name: string): Promise<readonly unknown[]> {
  const events = await program.evaluate(
    () => (globalThis as unknown as { events: [string, unknown][] }).events,
  );
  return events.filter(([one]) => one === name).map(([, detail]) => detail);
}
