import { texts } from "../../locales/texts.ts";
import type { Cancel, Clock, Logger } from "../platform/ports.ts";
import { safeLine } from "../ucwa/resources/safe-text.ts";
import { messageDataUri } from "../ucwa/resources/data-uri.ts";
import type { CommandOutcome, SessionPort } from "../ucwa/session-port.ts";
import type { ConversationStore } from "./conversation-store.ts";
import type { SaidMessage, Talk, TalkKey } from "./machine/talk.ts";

export interface OutboxDeps {
  readonly store: ConversationStore;
  readonly session: () => SessionPort | null;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What was taken and is never told to be delivered has been: the server tells of a failure within this. */
const QUIET_MS = 60_000;
/**
 * After a request whose answer was lost: as long as a deaf event channel needs to be found out, and some more. A channel
 * that has been in order for so long would have told of the message, had it arrived.
 */
export const SETTLE_MS = 10_000;
const EARLY_MS = 1_000;
/** For all tries of one message. */
const GIVE_UP_MS = 120_000;

/** The try of the message that is being sent: one at a time in each conversation, so that they arrive in their order. */
interface Sending {
  readonly operationId: string;
  readonly since: number;
  phase: "posting" | "unsure" | "early";
  /** Since when the session has been in order, while nobody knows whether the message arrived; null while it is not. */
  inOrderSince: number | null;
  wake: Cancel | null;
}

/**
 * Sends what is said, in its order and each once:
 * ```
 * posting → taken                (201; the events tell the rest)
 *           failed               (refused, gone, the application is no more)
 *           early → posting      (409: not connected yet)
 *           unsure → taken       (its event comes after all)
 *                    posting     (the event channel was in order for a while without it: it never arrived)
 *                    failed      (after two minutes)
 * ```
 * A POST whose answer was lost is not repeated before the operation id has been looked for among the events.
 * Reference: sendMessage, OperationResource.
 */
export class Outbox {
  readonly #deps: OutboxDeps;
  readonly #sending = new Map<string, Sending>();
  readonly #quiet = new Map<string, Cancel>();

  constructor(deps: OutboxDeps) {
    this.#deps = deps;
    deps.store.subscribe(() => this.work());
  }

  /** Sends what can be sent now; told at every change of the session, too. */
  work(): void {
    for (const talk of this.#deps.store.talks) this.#pump(talk);
    for (const name of this.#sending.keys()) {
      const [generation = "", href = ""] = name.split(" ");
      if (!this.#deps.store.at({ generation: Number(generation), href })) this.#stop(name);
    }
  }

  #pump(talk: Talk): void {
    // Of hundreds that were only heard of, and at every event of the channel.
    if (talk.messages.length === 0) return;
    const name = `${talk.generation} ${talk.href}`;
    const sending = this.#sending.get(name);
    const next = talk.messages.find(({ state, taken }) => state === "sending" && !taken);
    const operationId = next?.operations.at(-1);
    if (sending && sending.operationId !== operationId) this.#stop(name);
    if (next === undefined || operationId === undefined || talk.end !== null) return;
    const current = this.#sending.get(name);
    if (current?.phase === "unsure") return this.#wait(name, talk, current);
    if (current) return;
    void this.#post(name, talk, next, operationId, this.#deps.clock.now());
  }

  async #post(
    name: string,
    talk: Talk,
    message: SaidMessage,
    operationId: string,
    since: number,
  ): Promise<void> {
    const { clock, logger, store } = this.#deps;
    const { messages, talking } = texts.conversations;
    const sending: Sending = { operationId, since, phase: "posting", inOrderSince: null, wake: null };
    this.#sending.set(name, sending);
    const outcome = await this.#send(talk, message, operationId);
    logger.info("message posted", { id: message.id, outcome: outcome.outcome });
    if (outcome.outcome === "taken") this.#taken(talk, operationId, outcome.location ?? null);
    // Its own event has come meanwhile, or the conversation is over.
    if (this.#sending.get(name) !== sending) return;
    switch (outcome.outcome) {
      case "taken":
        this.#stop(name);
        return this.work();
      case "conflict":
        if (clock.now() - since < GIVE_UP_MS) return this.#retryLater(name, talk, sending);
        return this.#fail(name, talk, operationId, messages.notReady);
      case "unreachable":
        sending.phase = "unsure";
        return this.#wait(name, talk, sending);
      case "gone":
        store.dispatch(talk, { type: "interrupted" });
        return this.#fail(name, talk, operationId, talking.over);
      case "refused": {
        const said = safeLine(outcome.reason?.message ?? "");
        const problem = said === "" ? messages.refused : messages.refusedBecause(said);
        return this.#fail(name, talk, operationId, problem);
      }
      case "superseded":
        return this.#fail(name, talk, operationId, messages.lost);
    }
  }

  #taken(talk: TalkKey, operationId: string, href: string | null): void {
    const { clock, store } = this.#deps;
    store.dispatch(talk, { type: "sendingTaken", operationId, href });
    this.#quiet.get(operationId)?.();
    const cancel = clock.after(QUIET_MS, () => {
      this.#quiet.delete(operationId);
      store.dispatch(talk, { type: "sendingQuiet", operationId });
    });
    this.#quiet.set(operationId, cancel);
  }

  async #send(talk: Talk, { text }: SaidMessage, operationId: string): Promise<CommandOutcome> {
    const { generation, links } = talk;
    const session = this.#deps.session();
    if (!session) return { outcome: "superseded" };
    const words = text?.text ?? "";
    try {
      if (links.sendMessage !== null)
        return await session.sendMessage(generation, links.sendMessage, { text: words, operationId });
      if (links.addMessaging === null) return { outcome: "conflict", reason: null };
      const message = { href: messageDataUri(words) };
      return await session.post(generation, links.addMessaging, { operationId, _links: { message } });
    } catch {
      this.#deps.logger.error("sending a message failed unexpectedly");
      return { outcome: "unreachable", detail: "unexpected failure" };
    }
  }

  /** Nobody knows whether it arrived. */
  #wait(name: string, talk: Talk, sending: Sending): void {
    const { clock, session } = this.#deps;
    const now = clock.now();
    sending.wake?.();
    sending.wake = null;
    if (now - sending.since >= GIVE_UP_MS)
      return this.#fail(name, talk, sending.operationId, texts.conversations.messages.unclear);
    if (session()?.state.name !== "online") {
      sending.inOrderSince = null;
      sending.wake = clock.after(sending.since + GIVE_UP_MS - now, () => this.work());
      return;
    }
    sending.inOrderSince ??= now;
    const waitMs = sending.inOrderSince + SETTLE_MS - now;
    if (waitMs > 0) {
      sending.wake = clock.after(waitMs, () => this.work());
      return;
    }
    this.#again(name, talk, sending);
  }

  #retryLater(name: string, talk: TalkKey, sending: Sending): void {
    sending.phase = "early";
    sending.wake = this.#deps.clock.after(EARLY_MS, () => this.#again(name, talk, sending));
  }

  #again(name: string, key: TalkKey, { operationId, since }: Sending): void {
    this.#stop(name);
    const talk = this.#deps.store.at(key);
    const message = talk?.messages.find(({ operations }) => operations.includes(operationId));
    if (talk && talk.end === null && message?.state === "sending")
      void this.#post(name, talk, message, operationId, since);
  }

  #fail(name: string, talk: TalkKey, operationId: string, problem: string): void {
    this.#stop(name);
    this.#deps.store.dispatch(talk, { type: "sendingFailed", operationId, problem });
  }

  #stop(name: string): void {
    this.#sending.get(name)?.wake?.();
    this.#sending.delete(name);
  }
}
