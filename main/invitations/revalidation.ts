import type { Cancel, Clock, Logger } from "../platform/ports.ts";
import { textOf } from "../ucwa/resources/read-resource.ts";
import type { InvitationLookup, SessionPort } from "../ucwa/session-port.ts";
import type { InvitationKey } from "./machine/entry.ts";
import { DutyQueue } from "./machine/duty-queue.ts";
import { findByKey } from "./machine/inbox-state.ts";
import { isAccepting } from "./machine/invitation-life.ts";
import type { InboxStore } from "./inbox-store.ts";

export interface RevalidationDeps {
  readonly store: InboxStore;
  readonly session: () => SessionPort | null;
  readonly clock: Clock;
  readonly logger: Logger;
}

const RETRY_AFTER_FAULT_MS = 1000;

/**
 * Does what `duty.ts` finds due for the live invitations: asks the server after them, and tells the inbox when a wait
 * is over. One timer in all; a GET that is under way holds up neither events nor other invitations.
 */
export class Revalidation {
  readonly #deps: RevalidationDeps;
  readonly #duties = new DutyQueue();
  #cancel: Cancel | null = null;
  #working = false;

  constructor(deps: RevalidationDeps) {
    this.#deps = deps;
    deps.store.subscribe(() => this.#work());
  }

  #work(): void {
    this.#duties.note(this.#deps.store.inbox);
    // Everything done here changes the inbox and so calls this again; the loop is already at it.
    if (this.#working) return;
    this.#working = true;
    try {
      this.#cancel?.();
      this.#cancel = null;
      this.#doWhatIsDue();
    } finally {
      this.#working = false;
    }
  }

  #doWhatIsDue(): void {
    const { store, logger } = this.#deps;
    for (;;) {
      const next = this.#duties.next(store.inbox);
      if (!next) return;
      const waitMs = next.duty.at - store.now();
      if (waitMs > 0) return this.#wakeIn(waitMs);
      const before = store.inbox;
      if (next.duty.todo === "timeUp") store.dispatch({ type: "timeUp", ...keyOf(next.of) });
      else this.#lookUp(keyOf(next.of));
      if (store.inbox === before) {
        logger.error("a due duty changed nothing", { todo: next.duty.todo });
        return this.#wakeIn(RETRY_AFTER_FAULT_MS);
      }
    }
  }

  #wakeIn(delayMs: number): void {
    const { store, clock } = this.#deps;
    const at = store.now() + delayMs;
    this.#cancel = clock.after(delayMs, () => {
      store.timeHasCome(at);
      this.#work();
    });
  }

  #lookUp(key: InvitationKey): void {
    const { store, logger } = this.#deps;
    const session = this.#deps.session();
    store.dispatch({ type: "lookUpStarted", ...key });
    if (!session) return store.dispatch({ type: "lookedUp", ...key, result: { outcome: "superseded" } });
    void session
      .lookUp(key.generation, key.href)
      .catch((): InvitationLookup => {
        logger.error("looking up an invitation failed unexpectedly", { generation: key.generation });
        return { outcome: "unreachable", detail: "unexpected failure" };
      })
      .then(async (result) => {
        if (result.outcome === "gone") await this.#askConversation(session, key);
        logger.debug("invitation looked up", { generation: key.generation, outcome: result.outcome });
        // Another session counts its generations anew: what this one says is no longer about ours.
        if (this.#deps.session() !== session) return;
        const wasOver = isOver(store, key);
        store.dispatch({ type: "lookedUp", ...key, result });
        // The event channel should have told, and only it says why: it is behind, or deaf.
        if (!wasOver && isOver(store, key)) session.tryNow();
      });
  }

  /** That an invitation is gone does not tell whether our accept was carried out; the conversation that it led to does. */
  async #askConversation(session: SessionPort, key: InvitationKey): Promise<void> {
    const { store, logger } = this.#deps;
    const entry = findByKey(store.inbox, key);
    const href = entry !== null && isAccepting(entry) ? entry.links.conversation : null;
    if (href === null) return;
    try {
      const answer = await session.read(key.generation, href);
      if (answer.outcome !== "found" || this.#deps.session() !== session) return;
      const state = textOf(answer.resource, "state");
      store.dispatch({ type: "conversationFound", ...key, state });
    } catch {
      logger.error("reading a conversation failed unexpectedly", { generation: key.generation });
    }
  }
}

function isOver({ inbox }: InboxStore, key: InvitationKey): boolean {
  const over = findByKey(inbox, key)?.over ?? null;
  return over !== null;
}

function keyOf({ generation, href }: InvitationKey): InvitationKey {
  return { generation, href };
}
