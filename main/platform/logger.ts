import { EOL } from "node:os";

import type { Clock, LogFields, Logger, LogLevel } from "./ports.ts";

/** From the gravest to the most talkative. */
export const LOG_LEVELS: readonly LogLevel[] = ["error", "warn", "info", "debug"];

/** Of one value, in UTF-16 code units: some of them come from the server. */
const LONGEST_VALUE = 200;

/**
 * A logger of plain lines: `TIME LEVEL event key=value …`. `write` gets one line without its line feed. Whatever is
 * not printable ASCII is escaped, so a value can neither forge a line nor steer the terminal it is read on; what is
 * too long is cut, and its length is told.
 */
export function lineLogger(level: LogLevel, clock: Clock, write: (line: string) => void): Logger {
  const threshold = LOG_LEVELS.indexOf(level);
  const at =
    (own: LogLevel) =>
    (event: string, fields: LogFields = {}): void => {
      if (LOG_LEVELS.indexOf(own) > threshold) return;
      const pairs = Object.entries(fields).map(([key, value]) => ` ${escape(key)}=${show(value)}`);
      write(`${new Date(clock.now()).toISOString()} ${own} ${escape(event)}${pairs.join("")}`);
    };
  return { error: at("error"), warn: at("warn"), info: at("info"), debug: at("debug") };
}

function show(value: string | number | boolean | null): string {
  if (typeof value !== "string") return String(value);
  if (value.length > LONGEST_VALUE) {
    return `${escape(JSON.stringify(value.slice(0, LONGEST_VALUE)))}...(${value.length})`;
  }
  return /^[\w.:/+-]+$/.test(value) ? value : escape(JSON.stringify(value));
}

function escape(text: string): string {
  return text.replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Hands on what is written in one turn of the event loop, in one piece and after it: nothing that rings waits for it. */
export function writtenLater(clock: Clock, write: (lines: string) => void): (line: string) => void {
  const waiting: string[] = [];
  return (line) => {
    if (waiting.push(line) === 1) clock.after(0, () => write(waiting.splice(0).join(EOL)));
  };
}

/** Keeps nothing: for a look at the system that is no part of a run. */
export const SILENT_LOGGER: Logger = { error() {}, warn() {}, info() {}, debug() {} };
