import { texts } from "../../locales/texts.ts";
import { conversationOf } from "../invitations/machine/entry.ts";
import { findById } from "../invitations/machine/inbox-state.ts";
import type { Inbox } from "../invitations/machine/inbox-state.ts";
import type { Invitation } from "../invitations/invitation.ts";
import type { Clock, Logger, Random } from "../platform/ports.ts";
import { LONGEST_TEXT, safeText } from "../ucwa/resources/safe-text.ts";
import type { CommandOutcome, SessionPort } from "../ucwa/session-port.ts";
import { ConversationLookUps } from "./conversation-look-ups.ts";
import type { ConversationStore } from "./conversation-store.ts";
import { canSay } from "./machine/talk.ts";
import type { Opening, Talk } from "./machine/talk.ts";
import { Outbox } from "./outbox.ts";
import type { Talking, TalkErrorCode, TalkReceipt } from "./talking.ts";

export interface ConversationTalkingDeps {
  readonly store: ConversationStore;
  readonly session: () => SessionPort | null;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

/** The server takes somebody for typing for a moment; it is told again while they go on. */
const TYPING_EVERY_MS = 3_000;

/**
 * What follows an accept: begins with the invitation, hears what the channel says of it, and carries out what the person
 * does. Reference: conversation, messaging, sendMessage, setIsTyping.
 */
export class ConversationTalking implements Talking {
  readonly #deps: ConversationTalkingDeps;
  readonly #outbox: Outbox;
  readonly #typedAt = new Map<string, number>();
  /** Whoever leaves again meanwhile has the answer of the first. */
  readonly #leaving = new Map<string, Promise<TalkReceipt>>();

  constructor(deps: ConversationTalkingDeps) {
    this.#deps = deps;
    this.#outbox = new Outbox(deps);
    void new ConversationLookUps(deps);
  }

  /** An invitation has changed; it may have come to a conversation. */
  follow(invitation: Invitation, inbox: Inbox): void {
    const stage = stageOf(invitation);
    // Nearly all that changes is what rings, and is none of these.
    if (invitation.conversation === null || (stage === "open" && !this.#deps.store.isOpenedBy(invitation.id)))
      return;
    const entry = findById(inbox, invitation.id);
    const href = entry && conversationOf(entry);
    if (!entry || href === null) return;
    const key = { generation: entry.generation, href };
    const isNew = stage === "accepting" || stage === "accepted";
    if (isNew || this.#deps.store.at(key)?.opening?.id === invitation.id)
      this.#deps.store.open(key, openingOf(invitation, stage));
  }

  /** A wait for the session may be over, or begin. */
  sessionChanged(): void {
    this.#outbox.work();
  }

  channelInterrupted(generation: number): void {
    const { store } = this.#deps;
    store.batch(() => {
      for (const talk of store.talks)
        if (talk.generation === generation && talk.shown !== null)
          store.dispatch(talk, { type: "interrupted" });
    });
  }

  async say(conversation: string, text: string): Promise<TalkReceipt> {
    const talk = this.#deps.store.byId(conversation);
    if (!talk) return unknown();
    if (!canSay(talk)) return no("notAllowed", texts.conversations.talking.notNow);
    const problem = problemOfText(text);
    if (problem !== null) return no("invalid", problem);
    this.#deps.store.dispatch(talk, {
      type: "said",
      text: safeText(text).trimEnd(),
      operationId: this.#deps.random.uuid(),
    });
    return { ok: true };
  }

  async sayAgain(conversation: string, message: string): Promise<TalkReceipt> {
    const talk = this.#deps.store.byId(conversation);
    if (!talk) return unknown();
    const failed = talk.messages.find(({ id }) => id === message);
    if (failed?.direction !== "outgoing")
      return no("unknownMessage", texts.conversations.talking.unknownMessage);
    if (failed.state !== "failed" || !canSay(talk))
      return no("notAllowed", texts.conversations.talking.notAgain);
    this.#deps.store.dispatch(talk, { type: "saidAgain", message, operationId: this.#deps.random.uuid() });
    return { ok: true };
  }

  typing(conversation: string): void {
    const talk = this.#deps.store.byId(conversation);
    const href = talk?.links.setIsTyping ?? null;
    const session = this.#deps.session();
    if (!talk || href === null || !session || talk.end !== null) return;
    const now = this.#deps.clock.now();
    const last = this.#typedAt.get(conversation) ?? Number.NEGATIVE_INFINITY;
    if (now >= last && now - last < TYPING_EVERY_MS) return;
    this.#typedAt.clear();
    this.#typedAt.set(conversation, now);
    // Whoever does not hear of it misses nothing.
    void session.post(talk.generation, href).catch(() => undefined);
  }

  seen(conversation: string): void {
    const talk = this.#deps.store.byId(conversation);
    if (talk) this.#deps.store.dispatch(talk, { type: "seen" });
  }

  leave(conversation: string): Promise<TalkReceipt> {
    const underWay = this.#leaving.get(conversation);
    if (underWay !== undefined) return underWay;
    const leaving = this.#leave(conversation).finally(() => this.#leaving.delete(conversation));
    this.#leaving.set(conversation, leaving);
    return leaving;
  }

  async #leave(conversation: string): Promise<TalkReceipt> {
    const { store, logger } = this.#deps;
    const { talking } = texts.conversations;
    const talk = store.byId(conversation);
    const session = this.#deps.session();
    if (!talk) return unknown();
    if (talk.end !== null || !session) return no("gone", talking.over);
    let outcome = await this.#delete(session, talk);
    // To leave twice does no harm.
    if (outcome.outcome === "unreachable") outcome = await this.#delete(session, talk);
    logger.info("conversation left", { conversation, outcome: outcome.outcome });
    switch (outcome.outcome) {
      case "taken":
      case "gone":
        store.dispatch(talk, { type: "over", cause: "left" });
        return { ok: true };
      case "superseded":
        return no("gone", talking.over);
      case "refused":
      case "conflict":
        return no("refused", talking.leaveRefused);
      case "unreachable":
        return no("unreachable", talking.leaveUnanswered);
    }
  }

  async #delete(session: SessionPort, { generation, href }: Talk): Promise<CommandOutcome> {
    try {
      return await session.delete(generation, href);
    } catch {
      this.#deps.logger.error("leaving a conversation failed unexpectedly");
      return { outcome: "unreachable", detail: "unexpected failure" };
    }
  }
}

function stageOf({ state, answering }: Invitation): Opening["stage"] {
  switch (state) {
    case "ringing":
    case "inviting":
      return "open";
    case "answering":
      return answering === "accept" ? "accepting" : "open";
    case "accepted":
      return "accepted";
    case "answeredElsewhere":
    case "cancelled":
    case "declined":
    case "failed":
    case "forwarded":
    case "missed":
    case "withdrawn":
      return "failed";
  }
}

function openingOf(invitation: Invitation, stage: Opening["stage"]): Opening {
  const { id, direction, subject, message, operationId, acceptedBy, callee, from, receivedAt } = invitation;
  const incoming = direction === "incoming";
  // Who has answered in somebody's place is the one who is talked to.
  const { name, uri } = acceptedBy ?? callee ?? { name: "", uri: "" };
  const called = { name, uri, network: "Unknown", anonymous: false } as const;
  return {
    id,
    conversation: invitation.conversation ?? "",
    direction,
    kind: invitation.kind === "onlineMeeting" ? "meeting" : "messaging",
    subject,
    partner: incoming ? from : called,
    message,
    operationId,
    at: receivedAt,
    stage,
  };
}

function problemOfText(text: string): string | null {
  const { empty, long } = texts.conversations.talking;
  if (text.trim() === "") return empty;
  return text.length > LONGEST_TEXT ? long(LONGEST_TEXT) : null;
}

function unknown(): Extract<TalkReceipt, { ok: false }> {
  return no("unknownConversation", texts.conversations.talking.unknown);
}

function no(code: TalkErrorCode, message: string): Extract<TalkReceipt, { ok: false }> {
  return { ok: false, error: { code, message } };
}
