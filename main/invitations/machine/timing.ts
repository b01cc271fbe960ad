/**
 * Every wait around an invitation, in milliseconds. On the wire an incoming invitation lived for 25 s and an outgoing
 * one lives for about 30 s (reference: messagingInvitation), so a quiet one is asked after just beyond that.
 */

/** How long an invitation that is over waits for the `completed` event to say why. */
export const REASON_GRACE_MS = 1500;
/** The same for one whose only sign of the end is that it lost its links: time for one GET to confirm it. */
export const WITHDRAWAL_LIMIT_MS = 4000;
/** One that came as a bare link rings without its details after this. */
export const UNDESCRIBED_LIMIT_MS = 1500;
/** A live one that had no word for this long is asked after by GET. */
export const CHECK_EVERY_MS = 30_000;
/** One of our own whose `started` event does not follow its receipt is asked after. */
export const CALL_CHECK_MS = 1000;
/** A ringing one without any word from the server, event or answer to a GET, is over. */
export const SILENCE_LIMIT_MS = 60_000;
/** A GET that is under way is waited for so long, a little beyond the limit of the request itself. */
export const LOOK_UP_LIMIT_MS = 11_000;
/** A quiet one that is asked after later than this is not waited for: nothing rings for so long unanswered. */
export const NAP_MS = 60_000;
/** None rings longer than this, whatever the server says; also how long one may wait in the lobby of a meeting. */
export const LIFE_LIMIT_MS = 600_000;

/** Waits before the checks on an answer that the server has taken: the first two leave room for a slow `completed`. */
export const ANSWER_CHECK_GAPS_MS: readonly number[] = [5000, 7000, 8000, 10_000];
/** A decline of this place only changes nothing elsewhere, so nobody has to report its end. */
export const LOCAL_DECLINE_LIMIT_MS = 5000;
export const DECLINE_LIMIT_MS = 30_000;
/** An accept of which neither an event nor a GET has told anything. */
export const ACCEPT_LIMIT_MS = 120_000;

const FIRST_RETRY_MS = 300;
const LONGEST_RETRY_MS = 10_000;

/** The wait before the next GET after so many failed ones, at least one. One user's requests need no jitter. */
export function lookUpRetryMs(failures: number): number {
  return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1));
}

/**
 * Waits before a meeting that was accepted is asked after, where no event tells that its messaging can be joined: two
 * minutes in all.
 */
export const JOIN_CHECK_GAPS_MS: readonly number[] = [1000, 2000, 4000, 8000, 15_000, 30_000, 60_000];
/** After so many requests to join that came too early, an event is no reason for another; the checks still are. */
export const MOST_EAGER_JOIN_TRIES = 5;
