import type { Page } from "@playwright/test";
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startDesktopSession, type DesktopSession } from "../../desktop-session/desktop-session.ts";
import { launch } from "../../driver/launch.ts";
import { runPlainly, type PlainProgram } from "../../driver/plain-run.ts";
import type { LaunchOptions, RunningProgram } from "../../driver/running-program.ts";

let desktop: Promise<DesktopSession> | null = null;

/** One private desktop for all that this worker of Playwright starts. It ends with the worker. */
export function privateDesktop(): Promise<DesktopSession> {
  desktop ??= startDesktopSession({ notifications: false, keyring: false });
  return desktop;
}

/** A user data folder of the private desktop, for programs that share one. */
export async function userDataFolder(): Promise<string> {
  return mkdtempSync(join((await privateDesktop()).home, "user-data-"));
}

/** Starts one of the little programs beside this file, on the private desktop. */
export async function start(
  fixture: string,
  options: Omit<LaunchOptions, "program"> = {},
): Promise<RunningProgram> {
  const { env } = await privateDesktop();
  return await launch({ ...options, env: { ...env, ...options.env }, program: fixturePath(fixture) });
}

/** The same without Playwright, for a program that ends by itself. */
export async function startPlainly(
  fixture: string,
  args: readonly string[],
  userData?: string,
): Promise<PlainProgram> {
  const { env } = await privateDesktop();
  const folder = `--user-data-dir=${userData ?? (await userDataFolder())}`;
  return runPlainly({ program: fixturePath(fixture), args: [folder, ...args], env });
}

/** The lines that a fixture wrote about its life, in order. */
export function lifeOf(program: Pick<PlainProgram, "output">): readonly string[] {
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

/** What a fixture noted in its main process. */
export async function eventsOf(program: RunningProgram, name: string): Promise<readonly unknown[]> {
  const events = await program.evaluate(
    () => (globalThis as unknown as { events: [string, unknown][] }).events,
  );
  return events.filter(([one]) => one === name).map(([, detail]) => detail);
}

function fixturePath(fixture: string): string {
  return fileURLToPath(new URL(`../fixtures/${fixture}`, import.meta.url));
}
