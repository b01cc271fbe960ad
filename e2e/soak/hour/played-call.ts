import type { Call } from "../../protocol/kept-promise.ts";
import type { CallPlan } from "./people.ts";

/** The states of a call at the server in which its end is still to come. */
export const STILL_OPEN = new Set(["ringing", "connecting", "inLobby"]);
/** What is over at a server in order rings on for no longer than this: a package on its way, on a busy machine. */
const LATE_MS = 5_000;
/** The same where an answer, or the word of its end, was lost. `ACCEPT_LIMIT_MS` of the client, and its last question. */
const VERY_LATE_MS = 140_000;

/** A call with what is planned for it. */
export interface Played extends CallPlan {
  readonly call: Call;
  connectedAt: number | null;
  /** How long it has been over at a server in order while the client still shows it. */
  lateMs: number;
  /** When it was over for both sides; a call that never rang here is waited for. */
  finalAt: number | null;
}

/** A sentence when it has just been shown as alive for too long, at a server in order where it is over. */
export function lateness(played: Played, isShown: boolean, passedMs: number): string | null {
  const { call } = played;
  const isOver = !STILL_OPEN.has(call.known) && call.known !== "swallowed";
  const before = played.lateMs;
  played.lateMs = isShown && isOver ? before + passedMs : 0;
  const limitMs = call.disturbed ? VERY_LATE_MS : LATE_MS;
  if (played.lateMs <= limitMs || before > limitMs) return null;
  return `${call.subject} was ${call.known} for the server, and shown as alive ${limitMs} ms later`;
}
