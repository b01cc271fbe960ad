import type { ConversationsState } from "../../preload/contract.ts";

/** A key, as a keyboard event tells it. */
export interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
}

/**
 * The conversation that a key leads to: Ctrl with Page Up and Page Down to the one before and after, round and round, Ctrl
 * with a digit to the one of that number. Null for any other key. Pure.
 */
export function neighbourOf(
  { conversations, selected }: Pick<ConversationsState, "conversations" | "selected">,
  { key, ctrlKey, altKey, shiftKey, metaKey }: Key,
): string | null {
  if (!ctrlKey || altKey || shiftKey || metaKey || conversations.length === 0) return null;
  const at = conversations.findIndex(({ id }) => id === selected);
  const count = conversations.length;
  if (key === "PageDown") return conversations[(at + 1) % count]?.id ?? null;
  if (key === "PageUp") return conversations[(at - 1 + count) % count]?.id ?? null;
  return /^[1-9]$/.test(key) ? (conversations[Number(key) - 1]?.id ?? null) : null;
}
