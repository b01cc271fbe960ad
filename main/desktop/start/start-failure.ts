import { texts } from "../../../locales/texts.ts";
import { faultOf } from "../../platform/fault.ts";
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
    return ofTheFolder(refusal.code, directory) ?? cannotWrite(directory, refusal.code);
  const { elsewhere, elsewhereDetail } = texts.program.start;
  return { message: elsewhere(refusal.host), detail: elsewhereDetail(refusal.lock) };
}

function ofTheFolder(code: string, directory: string): StartFailure | null {
  const { full, fullDetail } = texts.program.start;
  if (FULL.has(code)) return { message: full, detail: fullDetail };
  return CLOSED.has(code) ? cannotWrite(directory) : null;
}

function cannotWrite(directory: string, code = ""): StartFailure {
  const { folder, folderWithCode, folderDetail } = texts.program.start;
  return { message: code === "" ? folder : folderWithCode(code), detail: folderDetail(directory) };
}

function unexpected(error: unknown): StartFailure {
  const { start } = texts.program;
  return { message: start.unexpected, detail: start.unexpectedDetail(faultOf(error)) };
}
