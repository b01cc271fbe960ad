import { parseArgs } from "node:util";
import { problemOfServer } from "../account/server-address.ts";
import { LOG_LEVELS } from "../logger.ts";
import type { LogLevel } from "../ports.ts";
import { safeLine } from "../ucwa/text.ts";
import { nearest } from "./suggestion.ts";

/** The options of `doorbell watch`; null where nothing was said. */
export interface WatchOptions {
  readonly user: string | null;
  readonly server: string | null;
  readonly passwordStdin: boolean;
  readonly json: boolean;
  readonly trust: readonly string[];
  readonly notify: boolean;
  readonly log: LogLevel;
}

export type Invocation =
  | { readonly command: "help"; readonly of: "doorbell" | "watch" }
  | { readonly command: "version" }
  | { readonly command: "doctor" }
  | { readonly command: "watch"; readonly options: WatchOptions }
  /** `message` says what is wrong without quoting a value: it might be a password in the wrong place. */
  | { readonly command: "usageError"; readonly message: string; readonly of: "doorbell" | "watch" };

const WATCH = {
  user: { type: "string" },
  server: { type: "string" },
  "password-stdin": { type: "boolean" },
  json: { type: "boolean" },
  trust: { type: "string", multiple: true },
  notify: { type: "boolean" },
  log: { type: "string" },
  help: { type: "boolean" },
} as const;
const COMMANDS = ["watch", "doctor", "help"] as const;

/** Reads the arguments after the program's name. */
export function readArguments(argv: readonly string[]): Invocation {
  const [first, ...rest] = argv;
  if (first === undefined) return usage("Name a command.");
  if (first === "--help" || first === "-h") return { command: "help", of: "doorbell" };
  if (first === "--version") return { command: "version" };
  if (first === "help") return { command: "help", of: rest[0] === "watch" ? "watch" : "doorbell" };
  if (first === "doctor") return { command: "doctor" };
  if (first === "watch") return readWatch(rest);
  const what = first.startsWith("-") ? "option" : "command";
  const known = what === "option" ? ["--help", "--version"] : COMMANDS;
  return usage(`There is no ${what} ${quoted(first)}.${didYouMean(first, known)}`);
}

function readWatch(args: readonly string[]): Invocation {
  const { tokens } = parseArgs({
    args: [...args],
    options: { ...WATCH, h: { type: "boolean" } },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind !== "option") return watchUsage("watch takes options only.");
    if (token.rawName === "-h") return { command: "help", of: "watch" };
    if (token.rawName === "--password")
      return watchUsage(
        "A password among the arguments could be read by everybody on this machine; use --password-stdin.",
      );
    const option = Object.entries(WATCH).find(([name]) => token.rawName === `--${name}`)?.[1];
    if (option === undefined) {
      const known = Object.keys(WATCH).map((name) => `--${name}`);
      return watchUsage(`There is no option ${quoted(token.rawName)}.${didYouMean(token.rawName, known)}`);
    }
    if (option.type === "boolean") {
      if (token.value !== undefined) return watchUsage(`${token.rawName} takes no value.`);
      values.set(token.name, []);
      continue;
    }
    // "--user --json" has forgotten the address; an address that begins with a dash can be given as --user=-x.
    if (
      token.value === undefined ||
      token.value === "" ||
      (!token.inlineValue && token.value.startsWith("-"))
    )
      return watchUsage(`${token.rawName} needs a value.`);
    values.set(token.name, [...(values.get(token.name) ?? []), token.value]);
  }
  if (values.has("help")) return { command: "help", of: "watch" };

  const last = (name: string): string | null => values.get(name)?.at(-1) ?? null;
  const server = last("server");
  const serverProblem = server === null ? null : problemOfServer(server, "--server");
  if (serverProblem !== null) return watchUsage(serverProblem);
  const trust = values.get("trust") ?? [];
  for (const origin of trust) {
    const problem = problemOfOrigin(origin);
    if (problem !== null) return watchUsage(problem);
  }
  const typedLevel = last("log");
  const log = typedLevel === null ? "warn" : LOG_LEVELS.find((level) => level === typedLevel);
  if (log === undefined) return watchUsage(`--log takes one of ${LOG_LEVELS.join(", ")}.`);
  return {
    command: "watch",
    options: {
      user: last("user"),
      server,
      passwordStdin: values.has("password-stdin"),
      json: values.has("json"),
      trust: trust.map((origin) => new URL(origin).origin),
      notify: values.has("notify"),
      log,
    },
  };
}

function problemOfOrigin(origin: string): string | null {
  const problem = problemOfServer(origin, "--trust");
  if (problem !== null) return problem;
  const url = new URL(origin);
  if (url.href !== `${url.origin}/`) return "--trust takes an origin: scheme, host and port, without a path.";
  return null;
}

function usage(message: string): Invocation {
  return { command: "usageError", message, of: "doorbell" };
}

function watchUsage(message: string): Invocation {
  return { command: "usageError", message, of: "watch" };
}

function quoted(word: string): string {
  const shown = safeLine(word);
  return `"${shown.length > 40 ? `${shown.slice(0, 40)}…` : shown}"`;
}

function didYouMean(word: string, known: readonly string[]): string {
  const meant = nearest(word, known);
  return meant === null ? "" : ` Did you mean "${meant}"?`;
}
