/** What a person may say to an invitation, and what the asker is told at once. Reference: accept, decline. */

export type AnswerKind = "accept" | "decline";

/** `Global` tells the caller and stops the user's other devices; `Local` is silent here only. */
export type DeclineScope = "Global" | "Local";

/** Whether a request to answer was taken; how the invitation ends is told by the state. */
export type AnswerReceipt =
  | { readonly ok: true }
  | { readonly ok: false; readonly error: { readonly code: AnswerErrorCode; readonly message: string } };

export type AnswerErrorCode =
  | "unknownInvitation"
  | "alreadyEnded"
  | "alreadyAnswering"
  | "notAllowed"
  | "refused"
  | "gone"
  | "unreachable";

/** The door through which every surface answers. Never rejects. */
export interface Answering {
  accept(id: string): Promise<AnswerReceipt>;
  decline(id: string, scope?: DeclineScope): Promise<AnswerReceipt>;
}
