/// <reference types="electron" />
import type { Page } from "@playwright/test";

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A function that runs in the program's main process. It is sent as text: it sees its arguments and globals only. */
export type InMain<A, R> = (electron: typeof Electron.CrossProcessExports, argument: A) => R | Promise<R>;

/** A program under test. */
export interface RunningProgram {
  readonly userData: string;
  readonly exited: Promise<Exit>;
  /** What it wrote to standard output and standard error so far. */
  output(): string;
  /** The pages of its windows that have loaded something. */
  pages(): readonly Page[];
  /** Errors that any page wrote to its console, CSP violations among them, or threw. */
  pageErrors(): readonly string[];
  evaluate<R>(run: InMain<undefined, R>): Promise<R>;
  evaluate<R, A>(run: InMain<A, R>, argument: A): Promise<R>;
  /** Looks for pages that were loaded again after they had crashed. */
  refreshPages(): Promise<void>;
  /** Asks it to quit, ends it if it does not within 10 s, and leaves nothing behind. */
  close(): Promise<Exit>;
  /** Ends it at once, without a chance to say goodbye, and leaves nothing behind. */
  kill(): Promise<Exit>;
}

/** What `launch` is given. */
export interface LaunchOptions {
  /** A folder with a package.json, or the path of a main script. */
  readonly program: string;
  readonly args?: readonly string[];
  /** Added to this process's own, of which nothing else is left out. */
  readonly env?: Readonly<Record<string, string>>;
  /** Scripts that Electron loads before the program. */
  readonly loadedBefore?: readonly string[];
  /** Kept afterwards when given; otherwise a throw-away folder. */
  readonly userData?: string;
}
