/** Why something could not be done in a conversation. */
export type TalkErrorCode =
  | "unknownConversation"
  | "unknownMessage"
  /** It is over, not connected yet, or the server offers no such thing. */
  | "notAllowed"
  | "invalid"
  | "gone"
  | "refused"
  | "unreachable";

/** Whether the request was taken; what becomes of it, the conversation tells. `message` is one sentence for the person. */
export type TalkReceipt =
  | { readonly ok: true }
  | { readonly ok: false; readonly error: { readonly code: TalkErrorCode; readonly message: string } };

/** What a person does in a conversation; ids as in `Conversation`. None of it rejects. */
export interface Talking {
  /** Sends a message after all that were sent before it; it stands in the conversation before this returns. */
  say(conversation: string, text: string): Promise<TalkReceipt>;
  /** Sends a message again that has failed. */
  sayAgain(conversation: string, message: string): Promise<TalkReceipt>;
  /** The person is typing; may be told at every key. Reference: setIsTyping. */
  typing(conversation: string): void;
  /** The person has all its messages in view. */
  seen(conversation: string): void;
  leave(conversation: string): Promise<TalkReceipt>;
}
