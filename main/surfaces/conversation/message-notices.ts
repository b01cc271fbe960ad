import { texts } from "../../../locales/texts.ts";
import type { Conversation, ConversationMessage } from "../../conversations/conversation.ts";
import { isGroup, titleLabel } from "../../conversations/conversation-labels.ts";
import { nameLabel } from "../../invitations/invitation-labels.ts";
import type { Cancel, Clock } from "../../platform/ports.ts";
import {
  REPLY,
  type NotificationEvent,
  type NotificationHandle,
  type NotificationRequest,
  type NotificationService,
} from "../native/notification-service.ts";
import { firstLine, truncate } from "../native/notification-text.ts";

export interface MessageNoticesOptions {
  readonly clock: Clock;
  /** The person has this conversation under their eyes. */
  readonly isInFront: (conversation: string) => boolean;
  readonly open: (conversation: string) => void;
  /** Says it there. Resolves to why it could not be said, one sentence; null when it was. Never rejects. */
  readonly reply: (conversation: string, text: string) => Promise<string | null>;
  /** There is no notification service that could tell of it. */
  readonly untold: (conversation: string) => void;
  /** A message is told, or was told by what is up already: the time to hear it. */
  readonly heard: () => void;
}

/** A page that is in front says within that time that a message was seen; and a window that was just opened is there. */
const UNSEEN_AFTER_MS = 600;
/** Columns, of which some characters take two. */
const LONGEST = { name: 36, title: 36, message: 120 } as const;

interface Held {
  conversation: Conversation;
  /** Id of the newest message of others that was told, or need not be. */
  newest: string | null;
  wait: Cancel | null;
  /** It would have been told, but somebody wants quiet. */
  untold: boolean;
  handle: NotificationHandle | null;
}

/**
 * Tells of messages that nobody looks at by ordinary notifications, one for each conversation: later messages take the
 * place of earlier ones, and it goes when they were seen. What a conversation began with was told by its invitation.
 */
export class MessageNotices {
  readonly #options: MessageNoticesOptions;
  readonly #held = new Map<string, Held>();
  #service: NotificationService | null = null;
  #quiet = false;
  #sound = false;

  constructor(options: MessageNoticesOptions) {
    this.#options = options;
  }

  /** Tells nothing while somebody wants quiet, and then what nobody has seen. */
  setQuiet(quiet: boolean): void {
    this.#quiet = quiet;
    if (!quiet) for (const held of this.#held.values()) if (held.untold) this.#due(held);
  }

  /** Whether Doorbell plays a sound of its own for a message. */
  setSound(sound: boolean): void {
    this.#sound = sound;
  }

  /** Goes over to another service, or to none. Resolves when all notifications are gone. */
  async use(service: NotificationService | null): Promise<void> {
    if (service === this.#service) return;
    this.#service = service;
    await Promise.all([...this.#held.values()].map((held) => take(held)));
  }

  update(conversations: readonly Conversation[]): void {
    const there = new Set(conversations.map(({ id }) => id));
    for (const [id, held] of this.#held) {
      if (there.has(id)) continue;
      this.#held.delete(id);
      void take(held);
    }
    for (const conversation of conversations) this.#look(conversation);
  }

  /** Takes everything away. */
  async dispose(): Promise<void> {
    const closing = this.use(null);
    this.update([]);
    await closing;
  }

  #look(conversation: Conversation): void {
    const newest = newestOf(conversation)?.id ?? null;
    const held = this.#held.get(conversation.id);
    if (held === undefined) {
      this.#held.set(conversation.id, { conversation, newest, wait: null, untold: false, handle: null });
      return;
    }
    held.conversation = conversation;
    const isNew = newest !== held.newest;
    held.newest = newest;
    if (conversation.unread === 0) void take(held);
    else if (isNew && held.handle !== null) {
      held.handle.update(this.#requestOf(conversation));
      if (!this.#quiet && !this.#options.isInFront(conversation.id)) this.#options.heard();
    } else if (isNew) held.wait ??= this.#options.clock.after(UNSEEN_AFTER_MS, () => this.#due(held));
  }

  #due(held: Held): void {
    held.wait = null;
    held.untold = this.#quiet;
    const { conversation } = held;
    if (this.#quiet || this.#options.isInFront(conversation.id)) return;
    this.#show(held, this.#requestOf(conversation));
    this.#options.heard();
  }

  #requestOf(conversation: Conversation): NotificationRequest {
    const request = requestOf(conversation);
    return this.#sound ? { ...request, silent: true } : request;
  }

  #show(held: Held, request: NotificationRequest): void {
    if (this.#service === null) return this.#options.untold(held.conversation.id);
    held.handle = this.#service.show(request, (event) => this.#event(held, event));
  }

  #event(held: Held, event: NotificationEvent): void {
    const { id } = held.conversation;
    switch (event.type) {
      case "opened":
        this.#options.open(id);
        break;
      case "answered":
        if (event.key === REPLY) void this.#reply(held, event.text ?? "");
        break;
      case "closed":
        held.handle = null;
        break;
      case "failed":
        if (event.mayStillAppear) break;
        held.handle = null;
        this.#options.untold(id);
        break;
      case "shown":
        break;
    }
  }

  async #reply(held: Held, text: string): Promise<void> {
    if (text.trim() === "") return;
    // Some services leave it where it is.
    void take(held);
    const problem = await this.#options.reply(held.conversation.id, text);
    if (problem === null || this.#held.get(held.conversation.id) !== held) return;
    const summary = texts.notifications.notSent(truncate(titleLabel(held.conversation), LONGEST.title));
    void take(held);
    this.#show(held, { ...plain(), summary, body: problem });
  }
}

function take(held: Held): Promise<void> {
  const { handle, wait } = held;
  wait?.();
  held.wait = null;
  held.untold = false;
  held.handle = null;
  return handle?.close() ?? Promise.resolve();
}

function plain() {
  const { open: openLabel } = texts.notifications;
  return { urgency: "normal", category: "im.received", actions: [], openLabel, passing: true } as const;
}

/** What tells of the newest message and of how many there are. Pure. */
function requestOf(conversation: Conversation): NotificationRequest {
  const newest = newestOf(conversation);
  const name = truncate(senderLabel(newest, conversation), LONGEST.name);
  const { unread, canSay } = conversation;
  const lines = [
    truncate(firstLine(newest?.text ?? ""), LONGEST.message),
    unread > 1 ? texts.notifications.newMessages(unread) : "",
  ];
  const { inGroup, reply, replyTo } = texts.notifications;
  return {
    ...plain(),
    summary: isGroup(conversation) ? inGroup(name, truncate(titleLabel(conversation), LONGEST.title)) : name,
    body: lines.filter((line) => line !== "").join("\n"),
    ...(canSay && { reply: { label: reply, placeholder: replyTo(name) } }),
  };
}

function senderLabel(message: ConversationMessage | undefined, { partner }: Conversation): string {
  return message?.from ? nameLabel({ ...message.from, anonymous: false }) : nameLabel(partner);
}

function newestOf({ messages }: Conversation): ConversationMessage | undefined {
  return messages.findLast(({ direction }) => direction === "incoming");
}
