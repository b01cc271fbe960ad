import type { DraftView } from "../../preload/contract.ts";

export interface KeptDraftsOptions {
  /** Milliseconds of any clock that does not run back. */
  readonly now: () => number;
  /** Calls `run` once after that time; the returned function takes that back. */
  readonly after: (delayMs: number, run: () => void) => () => void;
  /** Gives one to main, where it survives this page. */
  readonly write: (conversation: string, text: string) => void;
}

/** What a page that dies can lose: main is told that often while the person types. */
const EVERY_MS = 250;

/** What is written and not sent, as this page knows it; main has the same, a moment later. */
export class KeptDrafts {
  readonly #options: KeptDraftsOptions;
  readonly #texts: Map<string, string>;
  /** Those that main is still to be told of. */
  readonly #owed = new Map<string, () => void>();
  #writtenAt = -Infinity;

  /** `kept` is what main has. */
  constructor(kept: readonly DraftView[], options: KeptDraftsOptions) {
    this.#texts = new Map(kept.map(({ conversation, text }) => [conversation, text]));
    this.#options = options;
  }

  of(conversation: string): string {
    return this.#texts.get(conversation) ?? "";
  }

  write(conversation: string, text: string): void {
    this.#texts.set(conversation, text);
    if (this.#owed.has(conversation)) return;
    const { now, after } = this.#options;
    const delayMs = this.#writtenAt + EVERY_MS - now();
    if (delayMs <= 0) this.#send(conversation);
    else
      this.#owed.set(
        conversation,
        after(delayMs, () => this.#send(conversation)),
      );
  }

  /** It was sent: main knows. */
  clear(conversation: string): void {
    this.#owed.get(conversation)?.();
    this.#owed.delete(conversation);
    this.#texts.delete(conversation);
  }

  /** Tells main at once. */
  flush(): void {
    for (const [conversation, cancel] of this.#owed) {
      cancel();
      this.#send(conversation);
    }
  }

  #send(conversation: string): void {
    this.#owed.delete(conversation);
    this.#writtenAt = this.#options.now();
    this.#options.write(conversation, this.of(conversation));
  }
}
