/** A conversation as far as invitations need it. Reference: conversation, ConversationState. */
export interface Conversation {
  /** Opaque, the same for everything that belongs to the conversation. */
  readonly id: string;
  readonly href: string;
  /** As sent; null until an event brought it. */
  readonly state: string | null;
  /** Href of its messaging; null until an event named it. */
  readonly messaging: string | null;
  /** Names of remote participants by href, for a caller whose invitation brings none; no more than are needed for that. */
  readonly remotes: ReadonlyMap<string, string>;
  /** Keys of the invitations that were made in it. */
  readonly invitations: ReadonlySet<string>;
}

/** A conversation of more people than these is none whose caller is to be guessed. */
const MOST_REMOTES = 100;

/** The conversation with one more name known; the same where it was known, or nobody needs it. */
export function withRemote(conversation: Conversation, href: string, name: string): Conversation {
  const { remotes } = conversation;
  if (remotes.get(href) === name || remotes.size >= MOST_REMOTES) return conversation;
  return { ...conversation, remotes: new Map(remotes).set(href, name) };
}

/** That one has ended may never be told: of more than so many, the oldest go; but none before something alive in it. */
export const MOST_CONVERSATIONS = 200;

/** Makes room in the map for one that was added. Looks at no more than goes: a hostile server makes many at once. */
export function forgetOldest(all: Map<string, Conversation>, live: ReadonlyMap<string, unknown>): void {
  if (all.size <= MOST_CONVERSATIONS) return;
  for (const [key, { invitations }] of all) {
    if (all.size <= MOST_CONVERSATIONS || [...invitations].some((one) => live.has(one))) return;
    all.delete(key);
  }
}

/** Whether the step from one state to the next means that a pending accept has been carried out. */
export function isConnecting(before: string | null, after: string): boolean {
  return PENDING.has(before) && isEstablished(after);
}

/** Whether the user is in it with somebody. */
export function isEstablished(state: string | null): boolean {
  return state === "Connected" || state === "Conferenced";
}

const PENDING: ReadonlySet<string | null> = new Set(["Incoming", "Connecting", "Conferencing", "InLobby"]);
