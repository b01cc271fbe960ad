import type { InvitationSnapshot } from "../../ucwa/resources/wire-invitation.ts";
import type { UcwaReason } from "../../ucwa/resources/resource.ts";
import { deadlineOf } from "./duty.ts";
import { mayHaveArrived } from "./end-reason.ts";
import { finish, overBy, seenOver, settle } from "./ending.ts";
import { isLive, ownAnswer } from "./entry.ts";
import type { Entry } from "./entry.ts";
import { giveUp, noteArrived } from "./own-answer.ts";
import { hasAnswerLink, isFinal, learn } from "./invitation-details.ts";
import { CHECK_EVERY_MS } from "./timing.ts";

/** A `started` or `updated` event. Without a representation it asks for one. */
export function heard(
  entry: Entry,
  type: "started" | "updated",
  snapshot: InvitationSnapshot | null,
  at: number,
): Entry {
  if (!isLive(entry)) return entry;
  // Nothing starts twice: a second `started` is a replay, older than everything else that was said.
  const replay = type === "started" && entry.described;
  if (!snapshot) return replay || entry.over ? entry : askAt(entry, at);
  if (replay) return learn(entry, snapshot, "older");
  const learnt = learn(entry, snapshot, "newest");
  const asked = entry.over ? learnt : askAt(learnt, at + CHECK_EVERY_MS);
  return decide({ ...asked, words: entry.words + 1, heardAt: at }, type, at);
}

/** The `completed` event: the truth about how it ended. */
export function completed(
  entry: Entry,
  word: {
    readonly status: "Success" | "Failure" | null;
    readonly reason: UcwaReason | null;
    readonly snapshot: InvitationSnapshot | null;
  },
  at: number,
): Entry {
  if (!isLive(entry)) return entry;
  // That the final representation has no answer links says nothing about who answered.
  const learnt = word.snapshot
    ? { ...learn(entry, word.snapshot, "newest"), linksWithdrawn: entry.linksWithdrawn }
    : entry;
  const status = word.status ?? (learnt.wireState === "Connected" ? "Success" : "Failure");
  const over = { cause: "completed", status, reason: word.reason, since: at } as const;
  // The same word again says nothing new; what was asked after it is still waited for.
  if (learnt.over?.cause === "completed") return word.snapshot ? settle(learnt) : learnt;
  // Only the representation says who took a call of our own, and where it goes on.
  if (status === "Success" && !word.snapshot && learnt.phase.name === "inviting" && !learnt.over)
    return askAt(seenOver({ ...learnt, words: learnt.words + 1 }, over), at);
  if (learnt.described || learnt.over || learnt.phase.name !== "unseen") return finish(learnt, over);
  // Over before anything was known of it. It will not ring, so there is time to find out who it was.
  return askAt(seenOver(learnt, over), at);
}

/** The conversation was deleted or is Disconnected, or the resource was taken away. */
export function vanished(entry: Entry, cause: "conversationEnded" | "gone", at: number): Entry {
  // What we, or others of us, accepted goes on in another conversation; how it ended is told by `completed`, or by a GET.
  const taken = isAccepting(entry) || entry.phase.name === "inviting";
  if (cause === "conversationEnded" && taken && hasMoved(entry)) return askAt(entry, at);
  return seenOver(entry, overBy(cause, at));
}

/** The conversation became Connected: an accept of ours that is on its way has arrived. */
export function conversationConnected(entry: Entry, at: number): Entry {
  if (!isAccepting(entry)) return entry;
  return finish({ ...entry, wireState: "Connected" }, overBy("state", at));
}

/** The conversation as the event channel describes it: whether the organiser lets us wait. Reference: conversation. */
export function conversationHeard(entry: Entry, state: string): Entry {
  const inLobby = state === "InLobby";
  return entry.inLobby === inLobby ? entry : { ...entry, inLobby };
}

/** Whether an accept of ours is on its way or has been taken. */
export function isAccepting(entry: Entry): boolean {
  const answer = ownAnswer(entry);
  return answer?.kind === "accept" && mayHaveArrived(answer.arrival);
}

/** Somebody else's accept made another conversation of it. Reference: derivedConversation. */
function hasMoved({ links }: Entry): boolean {
  const { derivedConversation, derivedMessaging, derivedPhoneAudio, derivedAudioVideo } = links;
  return [derivedConversation, derivedMessaging, derivedPhoneAudio, derivedAudioVideo].some(
    (href) => href !== null,
  );
}

/** The wait that `deadlineOf` names has passed. */
export function timeUp(entry: Entry, at: number): Entry {
  if (at < (deadlineOf(entry) ?? at)) return entry;
  if (entry.over) return settle(entry);
  switch (entry.phase.name) {
    case "unseen":
      return surface(entry);
    case "answering":
      return giveUp(entry, entry.phase.answer, at);
    case "ringing":
    case "inviting":
      return finish(entry, overBy("silence", at));
    case "ended":
      return entry;
  }
}

/** Asks for the representation no later than at the given time. */
export function askAt(entry: Entry, dueAt: number): Entry {
  return { ...entry, lookUps: { ...entry.lookUps, dueAt } };
}

/** What the newest representation comes to. `word` tells where it came from. */
export function decide(entry: Entry, word: "started" | "updated" | "found", at: number): Entry {
  if (entry.over?.cause === "completed") return settle(entry);
  const { wireState } = entry;
  if (entry.details.direction === "outgoing") {
    const decided = isFinal(wireState) || wireState === "Connected";
    return decided ? seenOver(entry, overBy("state", at)) : surface(entry);
  }
  const answer = ownAnswer(entry);
  const ours = answer !== null && mayHaveArrived(answer.arrival);
  if (ours && answer.kind === "accept" && wireState === "Connected") {
    return finish(entry, overBy("state", at));
  }
  if (isFinal(wireState)) return seenOver(entry, overBy("state", at));
  if (hasAnswerLink(entry)) return surface(withoutWithdrawal(entry));
  if (ours) return noteArrived(entry, answer, at);
  // Connected without us, or first heard of when it could not be answered any more: it never rings.
  const tooLate = wireState === "Connected" || (word === "updated" && entry.phase.name === "unseen");
  if (!entry.linksWithdrawn && !tooLate) return surface(entry);
  return seenOver({ ...entry, linksWithdrawn: true }, overBy("linksWithdrawn", at));
}

/** Puts it in front of the user, unless it is there already or over. */
function surface(entry: Entry): Entry {
  if (entry.over) return entry;
  const { name } = entry.phase;
  // One that was shown before it was described may turn out to be a call of our own, or the other way round.
  if (entry.details.direction === "outgoing") {
    return name === "unseen" || name === "ringing"
      ? { ...entry, phase: { name: "inviting", cancel: null } }
      : entry;
  }
  const hidden = name === "unseen" || name === "inviting";
  return hidden ? { ...entry, phase: { name: "ringing", bounced: null } } : entry;
}

function withoutWithdrawal(entry: Entry): Entry {
  return entry.over?.cause === "linksWithdrawn" ? { ...entry, over: null } : entry;
}
