import { chromium, type Browser, type Page } from "@playwright/test";
import { spawn } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { ControlMessage } from "../electron-stand-in/control.ts";
import { PageErrors } from "./page-errors.ts";
import type { RunFolder } from "./run-folder.ts";
import type { Exit, InMain, LaunchOptions, RunningProgram } from "./running-program.ts";

const QUIT_LIMIT_MS = 10_000;
const REGISTER = fileURLToPath(new URL("../electron-stand-in/register.ts", import.meta.url));

/** The program on the stand-in: its own process under Node, and Playwright as a second client of its Chromium. */
export async function launchOnStandIn(
  options: LaunchOptions,
  folder: RunFolder,
  userData: string,
): Promise<RunningProgram> {
  const args = [
    "--import",
    REGISTER,
    scriptOf(options.program),
    `--user-data-dir=${userData}`,
    ...(options.args ?? []),
  ];
  const child = spawn(process.execPath, args, {
    env: {
      ...process.env,
      DOORBELL_STAND_IN_FOLDER: join(folder.path, "stand-in"),
      ...(options.visible ? { DOORBELL_STAND_IN_VISIBLE: "1" } : {}),
      ...folder.env,
      ...options.env,
    },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    serialization: "advanced",
    // Ctrl-C at a terminal would end its browser before it has signed out; `close` and the run's folder end it.
    detached: true,
  });
  folder.addGroup(child.pid);
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  const exited = new Promise<Exit>((done) => child.once("close", (code, signal) => done({ code, signal })));

  const errors = new PageErrors();
  const calls = new Map<
    number,
    { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }
  >();
  let endpoint: string | null = null;
  let browser: Promise<Browser> | null = null;
  let pages: () => Page[] = () => [];
  let nextCall = 1;

  const connect = async (url: string): Promise<Browser> => {
    const connected = await chromium.connectOverCDP(url);
    const contexts = connected.contexts();
    pages = () => contexts.flatMap((context) => context.pages());
    for (const context of contexts) context.on("page", (page) => errors.watch(page));
    for (const page of pages()) errors.watch(page);
    return connected;
  };

  child.on("message", (raw) => {
    const message = raw as ControlMessage;
    if (message.type === "chromium") {
      endpoint = message.endpoint;
      browser = connect(message.endpoint);
      // A program that ends while its browser is being reached has nothing to show.
      browser.catch(() => {});
      return;
    }
    const call = calls.get(message.id);
    calls.delete(message.id);
    if (message.type === "value") call?.resolve(message.value);
    else call?.reject(new Error(message.message));
  });
  child.on("disconnect", () => {
    for (const { reject } of calls.values())
      reject(new Error(`The program has ended. It wrote: ${text.slice(-2_000)}`));
    calls.clear();
  });

  const evaluate = (run: InMain<never, unknown>, argument?: unknown): Promise<never> =>
    new Promise((done, reject) => {
      const id = nextCall++;
      calls.set(id, { resolve: (value) => done(value as never), reject });
      child.send({ id, source: run.toString(), argument }, (error) => error && reject(error));
    });

  const leave = async (): Promise<Exit> => {
    const exit = await exited;
    const connected = await browser?.catch(() => null);
    await connected?.close().catch(() => {});
    await folder.close();
    return exit;
  };

  return {
    runtime: "stand-in",
    userData,
    exited,
    output: () => text,
    pages: () => pages().filter((page) => errors.isUsable(page) && page.url().startsWith("http")),
    pageErrors: () => errors.list,
    evaluate,
    refreshPages: async () => {
      if (endpoint === null) return;
      const before = await browser?.catch(() => null);
      browser = connect(endpoint);
      await browser;
      await before?.close();
    },
    close: async () => {
      child.kill("SIGTERM");
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

/** The main script of a program, which a folder's package.json names. */
function scriptOf(program: string): string {
  const path = resolve(program);
  if (!statSync(path).isDirectory()) return path;
  const { main = "index.js" } = JSON.parse(readFileSync(join(path, "package.json"), "utf8")) as {
    main?: string;
  };
  const script = join(path, main);
  if (!existsSync(script)) throw new Error(`${main} is missing; build the program first.`);
  return script;
}
