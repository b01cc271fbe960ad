import type { MessageNoticesOptions } from "../message-notices.ts";

/** For tests in which no message comes: whatever would be done about one fails. */
export const NOBODY_WRITES: Omit<MessageNoticesOptions, "clock" | "heard"> = {
  isInFront: unexpected,
  open: unexpected,
  reply: unexpected,
  untold: unexpected,
};

function unexpected(): never {
  throw new Error("Nobody has written.");
}
