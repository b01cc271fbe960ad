import type { Conversation } from "../../conversations/conversation.ts";
import type { AppState } from "../../core/app-state.ts";

/** Which conversations the window shows, and which of them is selected. */
export class OpenConversations {
  #all: readonly Conversation[] = [];
  readonly #begun = new Set<string>();
  /** The person has taken them out of the window. */
  readonly #closed = new Set<string>();
  #selected: string | null = null;

  /** In the order in which they began. */
  get shown(): readonly Conversation[] {
    return this.#all.filter(({ id }) => !this.#closed.has(id));
  }

  /** Null when there is none. */
  get selected(): string | null {
    return this.#selected;
  }

  find(id: string): Conversation | null {
    return this.shown.find((one) => one.id === id) ?? null;
  }

  /** Returns those that have begun by this: accepted here, or called out to. */
  setState({ conversations, invitations }: AppState): readonly Conversation[] {
    this.#all = conversations;
    const known = new Set(conversations.map(({ id }) => id));
    for (const set of [this.#begun, this.#closed]) for (const id of set) if (!known.has(id)) set.delete(id);
    const ringing = new Set(invitations.filter(({ state }) => state === "ringing").map(({ id }) => id));
    const begun = conversations.filter(
      ({ id, state, invitation }) =>
        state !== "ended" && !this.#begun.has(id) && (invitation === null || !ringing.has(invitation)),
    );
    for (const { id } of begun) this.#begun.add(id);
    this.#mendSelection();
    return begun;
  }

  /** Unknown ones change nothing. */
  select(id: string): void {
    if (this.find(id) !== null) this.#selected = id;
  }

  /** One that is not over stays, since it would go on unseen. */
  close(id: string): void {
    const place = this.shown.findIndex((one) => one.id === id);
    if (this.shown[place]?.state !== "ended") return;
    this.#closed.add(id);
    if (this.#selected === id) this.#selected = (this.shown[place] ?? this.shown[place - 1])?.id ?? null;
  }

  #mendSelection(): void {
    if (this.#selected !== null && this.find(this.#selected) !== null) return;
    this.#selected = this.shown.at(-1)?.id ?? null;
  }
}
