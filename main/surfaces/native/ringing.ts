import type { PhotoAddresses } from "./photo-files.ts";
import type { Invitation } from "../../invitations/invitation.ts";
import type { Cancel } from "../../platform/ports.ts";
import type { Decision } from "../presentation.ts";
import type { NotificationProblem } from "./notification-problem.ts";
import type { NotificationHandle } from "./notification-service.ts";

/** What is known of one live invitation beyond the state that all share. */
export interface Ringing {
  handle: NotificationHandle | null;
  /** Which `show` the handle is of; events of an earlier one are stale. */
  round: number;
  drawn: string;
  /** The address of the photo that it shows. */
  picture: string | null;
  shownAt: number | null;
  dismissedByUser: boolean;
  /** An answer was given here and its outcome is not known yet. */
  awaiting: boolean;
  sawAnswering: boolean;
  problem: string | null;
  trouble: NotificationProblem | null;
  losses: number;
  /** Which one it is among those that ring with the same words. */
  twin: { readonly words: string; readonly number: number };
  /** It waits until it is shown again: for a time, or for another service. */
  retry: Cancel | null;
  /** What was decided last. */
  presentation: Decision | null;
}

export type RingingById = ReadonlyMap<string, Ringing>;

/** Whether it rings, or did until an answer was given that is under way. */
export function isLive({ direction, state }: Invitation): boolean {
  return direction === "incoming" && (state === "ringing" || state === "answering");
}

/** A notification that lived longer is shown again at once when its service takes it away. */
const STABLE_MS = 2_000;
export const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 8_000;

/** How long to wait, in milliseconds, until one that was taken away is shown again. Counts the loss. */
export function delayAfterLoss(ringing: Ringing, nowMs: number, atLeastMs: number): number {
  const { shownAt } = ringing;
  if (shownAt !== null && nowMs - shownAt >= STABLE_MS) ringing.losses = 0;
  const growing = ringing.losses === 0 ? 0 : FIRST_RETRY_MS * 2 ** (ringing.losses - 1);
  ringing.losses += 1;
  return Math.min(LAST_RETRY_MS, Math.max(atLeastMs, growing));
}

/** Whether one that the service has just taken away made room for another of ours: both would do so in turn. */
export function madeRoom(ringing: Ringing, all: RingingById, nowMs: number): boolean {
  return othersUp(ringing, all).some(({ shownAt }) => shownAt === null || nowMs - shownAt < STABLE_MS);
}

/** Those of `all` besides this one that are on the screen or on their way there. */
export function othersUp(ringing: Ringing, all: RingingById): readonly Ringing[] {
  return [...all.values()].filter((other) => other !== ringing && other.handle !== null);
}

/** Which one it is of `all` that ring with these words, from 1; the same for as long as they are its words. */
export function numberAmong(ringing: Ringing, words: string, all: RingingById): number {
  if (ringing.twin.words !== words) {
    const taken = [...all.values()].filter(({ twin }) => twin.words === words).map(({ twin }) => twin.number);
    let number = 1;
    while (taken.includes(number)) number += 1;
    ringing.twin = { words, number };
  }
  return ringing.twin.number;
}

/** An invitation that has just begun to ring. */
export function newRinging(): Ringing {
  return {
    handle: null,
    round: 0,
    drawn: "",
    picture: null,
    shownAt: null,
    dismissedByUser: false,
    awaiting: false,
    sawAnswering: false,
    problem: null,
    trouble: null,
    losses: 0,
    twin: { words: "", number: 1 },
    retry: null,
    presentation: null,
  };
}

/** More would cover the screen; the toast says in one line how many others there are. */
const MOST_BESIDE_TOAST = 4;

/** How many are shown at once, whatever the service has room for. */
export function mostOf({ toast }: { readonly toast: boolean }): number {
  return toast ? MOST_BESIDE_TOAST : Infinity;
}

/** Takes what is up off the screen. Resolves when it is gone. */
export function withdraw(ringing: Ringing): Promise<void> {
  const { handle, retry } = ringing;
  ringing.handle = null;
  ringing.retry = null;
  ringing.round += handle === null ? 0 : 1;
  retry?.();
  return handle === null ? Promise.resolve() : handle.close();
}

/** The address of the caller's photo; null for somebody who does not want to be known. */
export function pictureOf({ from }: Invitation, photos: PhotoAddresses | undefined): string | null {
  return from.anonymous ? null : (photos?.of(from.uri) ?? null);
}
