import { parseArgs } from "node:util";
import { texts } from "../../locales/texts.ts";
import { problemOfServer } from "../account/server-address.ts";
import { LOG_LEVELS } from "../platform/logger.ts";
import type { LogLevel } from "../platform/ports.ts";
import { safeLine } from "../ucwa/resources/safe-text.ts";
import { nearest } from "./suggestion.ts";

/** The options of `doorbell doctor`; null where nothing was said. */
export interface DoctorOptions {
  readonly user: string | null;
  readonly server: string | null;
  readonly passwordStdin: boolean;
  readonly json: boolean;
  readonly trust: readonly string[];
  readonly log: LogLevel;
}

/** The options of `doorbell watch`. */
export interface WatchOptions extends DoctorOptions {
  readonly notify: boolean;
}

/** What a help text or a usage error is about. */
export type Topic = "doorbell" | "watch" | "doctor";

export type Invocation =
  | { readonly command: "help"; readonly of: Topic }
  | { readonly command: "version" }
  | { readonly command: "doctor"; readonly options: DoctorOptions }
  | { readonly command: "watch"; readonly options: WatchOptions }
  /** `message` says what is wrong without quoting a value: it might be a password in the wrong place. */
  | { readonly command: "usageError"; readonly message: string; readonly of: Topic };

type OptionTable = Readonly<Record<string, { readonly type: "string" | "boolean" }>>;

const DOCTOR: OptionTable = {
  user: { type: "string" },
  server: { type: "string" },
  "password-stdin": { type: "boolean" },
  json: { type: "boolean" },
  trust: { type: "string" },
  log: { type: "string" },
  help: { type: "boolean" },
};
const WATCH: OptionTable = { ...DOCTOR, notify: { type: "boolean" } };
const COMMANDS = ["watch", "doctor", "help"] as const;

/** Reads the arguments after the program's name. */
export function readArguments(argv: readonly string[]): Invocation {
  const [first, ...rest] = argv;
  if (first === undefined) return usage(texts.terminal.usage.noCommand);
  if (first === "--help" || first === "-h") return { command: "help", of: "doorbell" };
  if (first === "--version") return { command: "version" };
  if (first === "help") {
    const [of] = rest;
    return { command: "help", of: of === "watch" || of === "doctor" ? of : "doorbell" };
  }
  if (first === "watch" || first === "doctor") return readOptions(rest, first);
  const { unknownOption, unknownCommand } = texts.terminal.usage;
  return usage(
    first.startsWith("-")
      ? unknown(unknownOption, first, ["--help", "--version"])
      : unknown(unknownCommand, first, COMMANDS),
  );
}

function readOptions(args: readonly string[], command: "watch" | "doctor"): Invocation {
  const wrong = (message: string): Invocation => ({ command: "usageError", message, of: command });
  const table = command === "watch" ? WATCH : DOCTOR;
  const words = texts.terminal.usage;
  const { tokens } = parseArgs({
    args: [...args],
    options: table,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind !== "option") return wrong(words.optionsOnly(command));
    if (token.rawName === "-h") return { command: "help", of: command };
    if (token.rawName === "--password") return wrong(words.password);
    const option = Object.entries(table).find(([name]) => token.rawName === `--${name}`)?.[1];
    if (option === undefined) {
      const known = Object.keys(table).map((name) => `--${name}`);
      return wrong(unknown(words.unknownOption, token.rawName, known));
    }
    if (option.type === "boolean") {
      if (token.value !== undefined) return wrong(words.noValue(token.rawName));
      values.set(token.name, []);
      continue;
    }
    // "--user --json" has forgotten the address; an address that begins with a dash can be given as --user=-x.
    if (
      token.value === undefined ||
      token.value === "" ||
      (!token.inlineValue && token.value.startsWith("-"))
    )
      return wrong(words.needsValue(token.rawName));
    values.set(token.name, [...(values.get(token.name) ?? []), token.value]);
  }
  if (values.has("help")) return { command: "help", of: command };

  const last = (name: string): string | null => values.get(name)?.at(-1) ?? null;
  const server = last("server");
  const serverProblem = server === null ? null : problemOfServer(server, "--server");
  if (serverProblem !== null) return wrong(serverProblem);
  const trust = values.get("trust") ?? [];
  for (const origin of trust) {
    const problem = problemOfOrigin(origin);
    if (problem !== null) return wrong(problem);
  }
  const typedLevel = last("log");
  const log = typedLevel === null ? "warn" : LOG_LEVELS.find((level) => level === typedLevel);
  if (log === undefined) return wrong(words.logLevels(LOG_LEVELS.join(", ")));
  const options: DoctorOptions = {
    user: last("user"),
    server,
    passwordStdin: values.has("password-stdin"),
    json: values.has("json"),
    trust: trust.map((origin) => new URL(origin).origin),
    log,
  };
  if (command === "doctor") return { command, options };
  return { command, options: { ...options, notify: values.has("notify") } };
}

function problemOfOrigin(origin: string): string | null {
  const problem = problemOfServer(origin, "--trust");
  if (problem !== null) return problem;
  const url = new URL(origin);
  if (url.href !== `${url.origin}/`) return texts.terminal.usage.originOnly;
  return null;
}

function usage(message: string): Invocation {
  return { command: "usageError", message, of: "doorbell" };
}

function unknown(say: (name: string) => string, word: string, known: readonly string[]): string {
  const shown = safeLine(word);
  const sentence = say(shown.length > 40 ? `${shown.slice(0, 40)}…` : shown);
  const meant = nearest(word, known);
  return meant === null ? sentence : `${sentence} ${texts.terminal.usage.didYouMean(meant)}`;
}
