/** A conversation as far as invitations need it. Reference: conversation, ConversationState. */
export interface Conversation {
  /** Opaque, the same for everything that belongs to the conversation. */
  readonly id: string;
  /** As sent; null until an event brought it. */
  readonly state: string | null;
  /** The name of a remote participant, for a caller whose invitation brings none. */
  readonly remoteName: string;
  /** Keys of the invitations that were made in it. */
  readonly invitations: ReadonlySet<string>;
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
