import { texts } from "../../locales/texts.ts";
import { failureLabel } from "../invitations/call-labels.ts";
import type { InboxStore } from "../invitations/inbox-store.ts";
import type { Entry } from "../invitations/machine/entry.ts";
import type { OwnCall } from "../invitations/machine/inbox-event.ts";
import { findById, findByKey, findByOperation } from "../invitations/machine/inbox-state.ts";
import type { Clock, Logger, Random } from "../platform/ports.ts";
import { ownHref } from "../ucwa/resources/read-resource.ts";
import type { CommandOutcome, Offers, SessionPort } from "../ucwa/session-port.ts";
import { readCallRequest, startMessagingBody, wrong } from "./call-request.ts";
import type { Calling, CallReceipt, CallRequest, PeopleSearch } from "./calling.ts";
import { searchPeople } from "./people-search.ts";

export interface CallingOutDeps {
  readonly store: InboxStore;
  readonly session: () => SessionPort | null;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

const TICK_MS = 1000;
/** A session that is not in order says so within eight of these; then its events have told of every call that arrived. */
const TICKS_IN_ORDER = 9;
/** A call that is not told of by then is over. Reference: messagingInvitation. */
const MOST_TICKS = 30;

/**
 * Calls out. What the server made of a call is an outgoing invitation in the inbox, known by the operation id that we
 * gave it: its `started` event may come before the receipt, after it or, where the receipt got lost, instead of it.
 * A call whose request got no answer is never repeated by itself: the reference does not say that a server knows the
 * same operation again, and somebody would be rung twice. Reference: startMessaging, OperationResource, cancel.
 */
export class CallingOut implements Calling {
  readonly #deps: CallingOutDeps;

  constructor(deps: CallingOutDeps) {
    this.#deps = deps;
  }

  async invite(request: CallRequest): Promise<CallReceipt> {
    const { calling } = texts.conversations;
    const reading = readCallRequest(request, this.#deps.random.uuid());
    if (!reading.ok) return reading;
    const session = this.#deps.session();
    const offers = session?.offers ?? null;
    if (session === null || offers === null) return wrong("notOnline", calling.offline);
    const href = offers.startMessaging ?? (await this.#startMessaging(session, offers));
    if (href === undefined) return wrong("unreachable", calling.unanswered);
    if (href === null) return wrong("notAllowed", calling.notAllowed);
    const { call } = reading;
    this.#deps.store.dispatch({ type: "callSent", call });
    const outcome = await this.#post(session, offers.generation, href, startMessagingBody(call));
    this.#deps.logger.info("call posted", { operationId: call.operationId, outcome: outcome.outcome });
    return await this.#conclude(session, offers.generation, call, outcome);
  }

  async cancel(invitation: string): Promise<CallReceipt> {
    const { store, logger } = this.#deps;
    const { calling } = texts.conversations;
    const entry = findById(store.inbox, invitation);
    if (!entry?.shown || entry.details.direction !== "outgoing")
      return wrong("unknownInvitation", calling.unknown);
    if (entry.phase.name === "ended") return wrong("alreadyEnded", calling.over);
    if (entry.shown.answering === "cancel") return { ok: true, invitation };
    if (entry.over) return wrong("gone", calling.over);
    const session = this.#deps.session();
    const href = entry.links.cancel;
    if (href === null || session === null) return wrong("notAllowed", calling.cannotCancel);
    store.dispatch({ type: "cancelSent", id: invitation });
    let outcome = await this.#post(session, entry.generation, href);
    // The first try may have arrived. A second one does no harm while nobody has answered.
    const repeated = outcome.outcome === "unreachable" && this.#isUnderWay(invitation);
    if (repeated) outcome = await this.#post(session, entry.generation, href);
    logger.info("cancel posted", { id: invitation, outcome: outcome.outcome, repeated });
    return this.#concludeCancel(invitation, outcome, repeated);
  }

  async search(query: string): Promise<PeopleSearch> {
    try {
      return await searchPeople(this.#deps.session(), query);
    } catch {
      this.#deps.logger.error("a search failed unexpectedly");
      return wrong("unreachable", texts.conversations.search.failed);
    }
  }

  /** For an application that only links to its communication; undefined when that does not answer. */
  async #startMessaging(session: SessionPort, offers: Offers): Promise<string | null | undefined> {
    const { generation, communication } = offers;
    if (communication === null) return null;
    try {
      const answer = await session.read(generation, communication);
      return answer.outcome === "found" ? ownHref(answer.resource, "startMessaging") : undefined;
    } catch {
      this.#deps.logger.error("reading what can be started failed unexpectedly");
      return undefined;
    }
  }

  async #post(
    session: SessionPort,
    generation: number,
    href: string,
    body?: Readonly<Record<string, unknown>>,
  ): Promise<CommandOutcome> {
    try {
      return await session.post(generation, href, body);
    } catch {
      this.#deps.logger.error("posting a call failed unexpectedly");
      return { outcome: "unreachable", detail: "unexpected failure" };
    }
  }

  async #conclude(
    session: SessionPort,
    generation: number,
    call: OwnCall,
    outcome: CommandOutcome,
  ): Promise<CallReceipt> {
    const { store } = this.#deps;
    if (outcome.outcome === "taken" && outcome.location !== undefined && this.#deps.session() === session) {
      const key = { generation, href: outcome.location };
      store.dispatch({ type: "invited", ...key, call });
      const entry = findByKey(store.inbox, key);
      if (entry) return { ok: true, invitation: entry.id };
    }
    const lost = outcome.outcome === "taken" || outcome.outcome === "unreachable";
    const entry = lost ? await this.#awaitMade(session, generation, call) : this.#made(generation, call);
    if (entry) return { ok: true, invitation: entry.id };
    const { calling } = texts.conversations;
    switch (outcome.outcome) {
      case "taken":
      case "unreachable":
        return wrong("unreachable", calling.unclear);
      case "superseded":
        return wrong("gone", calling.lost);
      case "gone":
        return wrong("gone", calling.notTaken);
      case "conflict":
      case "refused":
        return wrong("refused", calling.refused(failureLabel(outcome.reason)));
    }
  }

  #made(generation: number, { operationId }: OwnCall): Entry | null {
    return findByOperation(this.#deps.store.inbox, generation, operationId);
  }

  /** Waits for the event that tells of the call; null when none comes although the session is in order, or in time. */
  #awaitMade(session: SessionPort, generation: number, call: OwnCall): Promise<Entry | null> {
    const { store, clock } = this.#deps;
    return new Promise((resolve) => {
      let ticks = 0;
      let inOrder = 0;
      let cancelTick = (): void => undefined;
      const settle = (entry: Entry | null): void => {
        cancelTick();
        unsubscribe();
        resolve(entry);
      };
      const look = (): void => {
        const entry = this.#made(generation, call);
        if (entry || generation <= store.inbox.endedGeneration) settle(entry);
      };
      const tick = (): void => {
        inOrder = session.state.name === "online" ? inOrder + 1 : 0;
        const over = ++ticks >= MOST_TICKS || this.#deps.session() !== session;
        if (over || inOrder >= TICKS_IN_ORDER) settle(null);
        else cancelTick = clock.after(TICK_MS, tick);
      };
      const unsubscribe = store.subscribe(look);
      cancelTick = clock.after(TICK_MS, tick);
      look();
    });
  }

  #concludeCancel(id: string, outcome: CommandOutcome, repeated: boolean): CallReceipt {
    const { store } = this.#deps;
    const { calling } = texts.conversations;
    if (outcome.outcome === "taken") {
      store.dispatch({ type: "cancelTaken", id });
      return { ok: true, invitation: id };
    }
    const phase = findById(store.inbox, id)?.phase;
    if (phase?.name === "ended")
      return phase.state === "cancelled"
        ? { ok: true, invitation: id }
        : wrong("alreadyEnded", calling.overBefore);
    const not = (
      arrival: "unclear" | "refused" | "gone",
      code: "unreachable" | "refused" | "gone",
      problem: string,
    ) => {
      store.dispatch({ type: "cancelNotTaken", id, arrival, problem });
      return wrong(code, problem);
    };
    switch (outcome.outcome) {
      case "refused":
        return not("refused", "refused", calling.cancelRefused(failureLabel(outcome.reason)));
      case "gone":
      // It was answered, or ended, meanwhile; after a try that was not answered it may be the doing of that try.
      case "conflict":
        if (!repeated) return not("gone", "gone", calling.cancelTooLate);
        return not("unclear", "unreachable", calling.cancelUnanswered);
      case "superseded":
        return not("unclear", "gone", calling.cancelLost);
      case "unreachable":
        return not("unclear", "unreachable", calling.cancelUnanswered);
    }
  }

  #isUnderWay(id: string): boolean {
    return findById(this.#deps.store.inbox, id)?.phase.name === "inviting";
  }
}
