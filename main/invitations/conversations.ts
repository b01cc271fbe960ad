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
  const pending = before === "Incoming" || before === "Connecting" || before === "Conferencing";
  return pending && (after === "Connected" || after === "Conferenced");
}
