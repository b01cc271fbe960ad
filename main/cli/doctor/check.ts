/** What is looked at, in the order of the lines. */
export type CheckName =
  | "address"
  | "dns"
  | "discovery"
  | "certificate"
  | "signIn"
  | "token"
  | "application"
  | "events"
  | "keychain"
  | "notifications"
  | "tray";

/**
 * - `warning`: `doorbell watch` does without it.
 * - `failed`: `doorbell watch` does not work.
 * - `notReached`: an earlier check failed, so this one says nothing.
 */
export type CheckResult = "ok" | "warning" | "failed" | "notReached";

/** One line of the doctor. `detail` is fit for people, on one line, and holds no secret. */
export interface Check {
  readonly name: CheckName;
  readonly result: CheckResult;
  readonly detail: string;
}

/** Where the doctor's findings go. */
export interface Report {
  check(check: Check): void;
  /** What is being waited for; null when nothing is. */
  progress(what: string | null): void;
  verdict(ok: boolean): void;
  /** A line for standard error. */
  notice(line: string): void;
  /** Settles when the last line is out. */
  close(): Promise<void>;
}
