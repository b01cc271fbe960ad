import type { Answer } from "../../preload/contract.ts";

/** What a part of a conversation calls with an answer that may be a no, for the person to read, and with what a yes means. */
export type Attempt = (answer: Promise<Answer<null>>, done?: string) => void;
