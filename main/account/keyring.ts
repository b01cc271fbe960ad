import type { Clock } from "../platform/ports.ts";
import { KEYRING_MESSAGE, type KeyringMessage, type KeyringQuestion } from "./keyring-protocol.ts";

/** A process that asks the keyring one question; see `keyring-child.ts`. */
export interface KeyringChild {
  /** Sends nothing after the process has gone. */
  send(question: KeyringQuestion): void;
  /** Ends it at once, whatever it waits for. Its listener is told nothing after that. */
  kill(): void;
}

export interface KeyringChildListener {
  /** As it came; whoever listens checks it. */
  message(message: unknown): void;
  /** It ended by itself, or could not be started. */
  gone(): void;
}

/** Starts a process for one question. May throw. */
export type StartKeyringChild = (listener: KeyringChildListener) => KeyringChild;

/**
 * How a question ended.
 * - `library`: keytar or its system library could not be loaded. `refused`: the keyring said no.
 * - `broken`: the process ended without an answer, gave one that cannot be read, or did not start within twenty seconds.
 * - `givenUp`: by whoever asked.
 */
export type KeyringReply =
  | { readonly outcome: "secret"; readonly secret: string | null }
  | { readonly outcome: "done"; readonly changed: boolean }
  | { readonly outcome: "failed"; readonly why: "library" | "refused" | "broken" | "givenUp" };

/** For the process to start and load its library. After that a person may be what is waited for, and there is no limit. */
const START_LIMIT_MS = 20_000;

/**
 * ```
 * starting → asking → over        starting, asking → over (gone, unreadable, given up)        starting → over (late)
 * ```
 * Asks the keyring one question in a process of its own, which has ended when this settles. Waits for as long as a
 * person takes over a prompt; `signal` gives up. Never rejects.
 */
export function askKeyring(
  question: KeyringQuestion,
  { start, clock }: { readonly start: StartKeyringChild; readonly clock: Clock },
  signal: AbortSignal,
): Promise<KeyringReply> {
  return new Promise((resolve) => {
    let child: KeyringChild | null = null;
    let state: "starting" | "asking" | "over" = "starting";
    const end = (reply: KeyringReply): void => {
      if (state === "over") return;
      state = "over";
      cancelLimit();
      signal.removeEventListener("abort", giveUp);
      child?.kill();
      resolve(reply);
    };
    const broken = (): void => end({ outcome: "failed", why: "broken" });
    const giveUp = (): void => end({ outcome: "failed", why: "givenUp" });
    const cancelLimit = clock.after(START_LIMIT_MS, broken);
    if (signal.aborted) return giveUp();
    signal.addEventListener("abort", giveUp);
    try {
      child = start({
        gone: broken,
        message: (message) => {
          if (state === "over") return;
          const read = KEYRING_MESSAGE.safeParse(message);
          const reply = read.success ? replyTo(question, read.data) : null;
          if (reply !== null) return end(reply);
          if (!read.success || read.data.say !== "asking" || state !== "starting") return broken();
          state = "asking";
          cancelLimit();
        },
      });
      child.send(question);
    } catch {
      broken();
    }
  });
}

/** Null for what is no answer to this question. */
function replyTo(question: KeyringQuestion, message: KeyringMessage): KeyringReply | null {
  switch (message.say) {
    case "secret":
      return question.ask === "get" ? { outcome: "secret", secret: message.secret } : null;
    case "done":
      return question.ask === "get" ? null : { outcome: "done", changed: message.changed };
    case "failed":
      return { outcome: "failed", why: message.why };
    case "asking":
      return null;
  }
}
