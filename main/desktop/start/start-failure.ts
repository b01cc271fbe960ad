import { faultLine } from "../../platform/fault.ts";
import type { LockRefusal } from "./instance-lock.ts";

/** Why the program could not start, for the person: what happened, and what to do. */
export interface StartFailure {
  readonly message: string;
  readonly detail: string;
}

const FULL = new Set(["ENOSPC", "EDQUOT"]);
const CLOSED = new Set(["EACCES", "EPERM", "EROFS", "ENOTDIR", "ENOENT", "EISDIR"]);

/** For an error that the start did not survive. `directory` is where settings and history are kept. */
export function startFailure(error: unknown, directory: string): StartFailure {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return ofTheFolder(code, directory) ?? unexpected(error);
}

/** For a start that did not get the lock of the one instance, though no other one runs here. */
export function lockFailure(
  refusal: Exclude<LockRefusal, { readonly kind: "running" }>,
  directory: string,
): StartFailure {
  if (refusal.kind === "unwritable")
    return ofTheFolder(refusal.code, directory) ?? cannotWrite(directory, ` (${refusal.code})`);
  return {
    message: `Doorbell seems to be running on another computer, ${refusal.host}.`,
    detail: `Both use the same settings folder. Quit it there, then start Doorbell again. If it does not run there any more, delete this file first: ${refusal.lock}`,
  };
}

function ofTheFolder(code: string, directory: string): StartFailure | null {
  if (FULL.has(code)) {
    return {
      message: "Doorbell could not start because the disk is full.",
      detail: "Free some space, then start Doorbell again.",
    };
  }
  return CLOSED.has(code) ? cannotWrite(directory) : null;
}

function cannotWrite(directory: string, why = ""): StartFailure {
  return {
    message: `Doorbell could not start because it cannot use its settings folder${why}.`,
    detail: `Check that this folder is yours and can be written to, then start Doorbell again: ${directory}`,
  };
}

function unexpected(error: unknown): StartFailure {
  const line = faultLine(error).replace(/^doorbell: s/, "S");
  return { message: "Doorbell could not start.", detail: `Try again. If that does not help: ${line}` };
}
