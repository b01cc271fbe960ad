import type { Answer } from "../../preload/contract.ts";

/** What a part of a conversation calls with an answer that may be a no, for the person to read. */
export type Attempt = (answer: Promise<Answer<null>>) => void;
