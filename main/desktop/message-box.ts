/** What a box of the system's own says and asks. */
export interface Question {
  readonly type: "info" | "question" | "error";
  readonly message: string;
  readonly detail: string;
  /** The first one is the default, and the answer of whoever closes the box. */
  readonly buttons: readonly string[];
  /** Takes the box away. */
  readonly signal?: AbortSignal;
}

/** Resolves to the number of the chosen button; 0 when it was closed, taken away or could not be shown. Never rejects. */
export type Ask = (question: Question) => Promise<number>;
