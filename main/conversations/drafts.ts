/** A text that was written in a conversation and not sent. */
export interface Draft {
  readonly conversation: string;
  readonly text: string;
}

/**
 * What the person has written and not sent, by conversation. It is here and not in the page, so that it survives a page
 * that dies and a window that is closed; in memory alone, so that it is on no disk.
 */
export class Drafts {
  readonly #texts = new Map<string, string>();

  get all(): readonly Draft[] {
    return [...this.#texts].map(([conversation, text]) => ({ conversation, text }));
  }

  /** Whether anything but white space would be lost. */
  get isAnyUnsent(): boolean {
    return [...this.#texts.values()].some((text) => text.trim() !== "");
  }

  of(conversation: string): string {
    return this.#texts.get(conversation) ?? "";
  }

  /** An empty text is none. */
  write(conversation: string, text: string): void {
    if (text === "") this.#texts.delete(conversation);
    else this.#texts.set(conversation, text);
  }

  /** Forgets those of all other conversations, which nobody can come back to. */
  keepOnly(conversations: ReadonlySet<string>): void {
    for (const conversation of this.#texts.keys())
      if (!conversations.has(conversation)) this.#texts.delete(conversation);
  }
}
