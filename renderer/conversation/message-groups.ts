import type { CallerView, MessageView } from "../../preload/contract.ts";

/** Where the messages begin that the person has not seen. */
export interface NewMark {
  /** Id of the first of them. */
  readonly message: string;
  readonly count: number;
}

/** Messages that one person has said in one go. */
export interface MessageGroup {
  /** Null for the person's own. */
  readonly sender: CallerView | null;
  /** Epoch milliseconds, of the first. */
  readonly sentAt: number;
  /** A day begins with it. */
  readonly beginsDay: boolean;
  /** How many new ones begin with it; 0 for none. */
  readonly news: number;
  readonly messages: readonly MessageView[];
}

/** A longer pause begins anew, with a time of its own. */
const PAUSE_MS = 5 * 60_000;

/** Puts together what belongs together. Pure; a day is one of this computer's. */
export function messageGroups(
  messages: readonly MessageView[],
  mark: NewMark | null,
): readonly MessageGroup[] {
  const groups: (MessageGroup & { readonly messages: MessageView[] })[] = [];
  let before: MessageView | null = null;
  for (const message of messages) {
    const beginsDay = before === null || dayOf(before) !== dayOf(message);
    const news = mark?.message === message.id ? mark.count : 0;
    const goesOn =
      !beginsDay &&
      news === 0 &&
      before !== null &&
      senderOf(before) === senderOf(message) &&
      message.sentAt - before.sentAt < PAUSE_MS;
    if (goesOn) groups.at(-1)?.messages.push(message);
    else
      groups.push({
        sender: message.sender,
        sentAt: message.sentAt,
        beginsDay,
        news,
        messages: [message],
      });
    before = message;
  }
  return groups;
}

/**
 * The mark for so many unseen messages of others at the end; null when there are none, or when nothing was read before
 * them. Pure.
 */
export function newMark(messages: readonly MessageView[], unread: number): NewMark | null {
  if (unread === 0) return null;
  const theirs = messages.filter(({ own }) => !own).slice(-unread);
  const [first] = theirs;
  return first === undefined || first === messages[0] ? null : { message: first.id, count: theirs.length };
}

/** An address tells people apart who have one name. */
function senderOf({ sender }: MessageView): string | null {
  return sender === null ? null : sender.address || sender.name;
}

function dayOf({ sentAt }: MessageView): string {
  return new Date(sentAt).toDateString();
}
