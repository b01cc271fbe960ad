import type { Cancel, Clock, Logger, Random } from "../../platform/ports.ts";
import type { ChannelEvent } from "../../ucwa/application/channel-event.ts";
import { linkOf, ownHref, textOf } from "../../ucwa/resources/read-resource.ts";
import type { Resource } from "../../ucwa/resources/resource.ts";
import type { CommandOutcome, ResourceLookup, SessionPort } from "../../ucwa/session-port.ts";
import { isEstablished } from "../conversations.ts";
import type { InvitationKey } from "../machine/entry.ts";
import { ENDED_SHOWN, findById, findByKey } from "../machine/inbox-state.ts";
import type { InboxStore } from "../inbox-store.ts";
import type { Invitation } from "../invitation.ts";
import { isAccepting } from "../machine/invitation-life.ts";
import { JOIN_CHECK_GAPS_MS, MOST_EAGER_JOIN_TRIES } from "../machine/timing.ts";

export interface MeetingJoinDeps {
  readonly store: InboxStore;
  readonly session: () => SessionPort | null;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

/** What joining has made is told from calls for as long as it can be seen: while it is alive, and among the last ended. */
const MOST_REMEMBERED = 2 * ENDED_SHOWN;

/** A meeting on the way from our accept to its messaging, with what the server has said of it so far. */
interface Join {
  readonly id: string;
  readonly generation: number;
  readonly conversation: string;
  /** One for all tries, so that the server and we recognise a try that had arrived after all. */
  readonly operationId: string;
  phase: "answering" | "waiting" | "busy";
  state: string | null;
  messaging: string | null;
  messagingState: string | null;
  addMessaging: string | null;
  tries: number;
  checks: number;
  timer: Cancel | null;
}

/**
 * Joins the messaging of a meeting that was accepted here: the server's side of an accept ends with the user on the
 * roster, and every modality has to be joined by the client itself.
 * ```
 * answering → waiting → busy (POST addMessaging) → joined
 *                       busy → waiting            (409: not ready yet; or nobody knows whether it arrived)
 *             waiting ⇄ busy (GET)                (what no event has told, at growing gaps)
 * any → given up (the meeting or the session is over, refused, too many tries)
 * ```
 * The POST is made once the conversation is Conferenced and its `messaging` offers `addMessaging`, and repeated only
 * while the server answers that it is too early. A meeting that offers no messaging is accepted all the same, since
 * the link is the permission; then there is nothing to join.
 * Reference: onlineMeetingInvitation, addMessaging, messaging.
 */
export class MeetingJoin {
  readonly #deps: MeetingJoinDeps;
  readonly #joins = new Map<string, Join>();
  /** Of every POST that was made: the invitations that come of them are ours, and nobody is rung by them. */
  readonly #operations = new Set<string>();
  readonly #made = new Set<InvitationKey>();
  readonly #own = new Set<string>();

  constructor(deps: MeetingJoinDeps) {
    this.#deps = deps;
    deps.store.subscribe(() => this.#inboxChanged());
  }

  /** The user has accepted this one; whether it is a meeting and what comes of it shows later. */
  follow(id: string): void {
    const entry = findById(this.#deps.store.inbox, id);
    if (!entry || entry.details.kind !== "onlineMeeting" || this.#joins.has(id) || !isAccepting(entry))
      return;
    const { conversation } = entry.links;
    if (conversation === null) return;
    this.#joins.set(id, {
      id,
      generation: entry.generation,
      conversation,
      operationId: this.#deps.random.uuid(),
      phase: "answering",
      state: null,
      messaging: null,
      messagingState: null,
      addMessaging: null,
      tries: 0,
      checks: 0,
      timer: null,
    });
  }

  event(event: ChannelEvent): void {
    for (const join of this.#joins.values()) {
      if (join.generation !== event.generation) continue;
      if (event.link.rel === "conversation" && event.link.href === join.conversation) {
        if (event.type === "deleted") this.#drop(join, "conversation deleted");
        else if (event.resource) this.#learnConversation(join, event.resource);
        this.#heard(join);
      } else if (isMessagingOf(join, event)) {
        join.messaging = event.link.href;
        if (event.resource) learnMessaging(join, event.resource);
        else join.addMessaging = null;
        this.#heard(join);
      }
    }
  }

  generationEnded(generation: number): void {
    for (const join of this.#joins.values())
      if (join.generation === generation) this.#drop(join, "session lost");
  }

  /** Whether joining has made any invitation yet. */
  get haveInvited(): boolean {
    return this.#operations.size > 0;
  }

  /**
   * Whether an invitation is the one that joining has made. It is told by its operation id, since its `started` event
   * may come before the answer to the POST; and by its address, where the event says no more. Reference: OperationResource.
   */
  isOwn({ id, direction, operationId }: Invitation): boolean {
    const { inbox } = this.#deps.store;
    const own =
      this.#own.has(id) ||
      (direction === "outgoing" && operationId !== null && this.#operations.has(operationId)) ||
      [...this.#made].some((key) => findByKey(inbox, key)?.id === id);
    if (own) remember(this.#own, id);
    return own;
  }

  #inboxChanged(): void {
    for (const join of this.#joins.values()) {
      if (join.phase !== "answering") continue;
      const entry = findById(this.#deps.store.inbox, join.id);
      if (entry && isAccepting(entry)) continue;
      if (entry?.shown?.state !== "accepted") {
        this.#drop(join, "not accepted");
        continue;
      }
      join.phase = "waiting";
      this.#checkLater(join);
      this.#step(join);
    }
  }

  /** A server that keeps talking and keeps saying that it is too early is left to the checks. */
  #heard(join: Join): void {
    if (join.tries < MOST_EAGER_JOIN_TRIES) this.#step(join);
  }

  /** Joins if it can be done now; tells whether anything was done. */
  #step(join: Join): boolean {
    if (join.phase !== "waiting" || !this.#joins.has(join.id)) return false;
    const { messagingState, addMessaging } = join;
    if (messagingState === "Connected" || messagingState === "Connecting") this.#drop(join, "joined");
    else if (isEstablished(join.state) && addMessaging !== null) void this.#post(join, addMessaging);
    else return false;
    return true;
  }

  async #post(join: Join, href: string): Promise<void> {
    join.tries++;
    join.phase = "busy";
    remember(this.#operations, join.operationId);
    const { generation, operationId } = join;
    const outcome = await this.#asked<CommandOutcome>((session) =>
      session.post(generation, href, { operationId }),
    );
    this.#deps.logger.info("joining the meeting's messaging", { id: join.id, outcome: outcome.outcome });
    if (outcome.outcome === "taken") {
      if (outcome.location !== undefined) remember(this.#made, { generation, href: outcome.location });
      return this.#drop(join, "joined");
    }
    const early = outcome.outcome === "conflict";
    if (!early && outcome.outcome !== "unreachable") return this.#drop(join, outcome.outcome);
    // It may have arrived: the server is asked before it is repeated.
    if (!early) join.addMessaging = null;
    this.#waitOn(join);
  }

  /** Asks for what no event has told. */
  async #check(join: Join): Promise<void> {
    if (join.phase !== "waiting") return;
    join.phase = "busy";
    const conversation = await this.#read(join, join.conversation);
    if (conversation === "gone") return this.#drop(join, "conversation gone");
    if (conversation) this.#learnConversation(join, conversation);
    const messaging = join.messaging === null ? null : await this.#read(join, join.messaging);
    if (messaging !== null && messaging !== "gone") learnMessaging(join, messaging);
    join.phase = "waiting";
    if (!this.#step(join)) this.#waitOn(join);
  }

  async #read(join: Join, href: string): Promise<Resource | "gone" | null> {
    const answer = await this.#asked<ResourceLookup>((session) => session.read(join.generation, href));
    if (answer.outcome === "found") return answer.resource;
    return answer.outcome === "gone" || answer.outcome === "superseded" ? "gone" : null;
  }

  async #asked<Outcome>(
    ask: (session: SessionPort) => Promise<Outcome>,
  ): Promise<Outcome | { readonly outcome: "superseded" } | { readonly outcome: "unreachable" }> {
    const session = this.#deps.session();
    if (!session) return { outcome: "superseded" };
    try {
      return await ask(session);
    } catch {
      this.#deps.logger.error("joining a meeting failed unexpectedly");
      return { outcome: "unreachable" };
    }
  }

  #waitOn(join: Join): void {
    if (!this.#joins.has(join.id)) return;
    join.phase = "waiting";
    this.#checkLater(join);
  }

  /** Unless a check is due already: what the events say in between does not use up the waits. */
  #checkLater(join: Join): void {
    if (join.timer) return;
    const gap = JOIN_CHECK_GAPS_MS[join.checks++];
    if (gap === undefined) return this.#drop(join, "never ready");
    join.timer = this.#deps.clock.after(gap, () => {
      join.timer = null;
      void this.#check(join);
    });
  }

  #learnConversation(join: Join, resource: Resource): void {
    join.state = textOf(resource, "state") ?? join.state;
    join.messaging = linkOf(resource, "messaging")?.href ?? join.messaging;
    if (join.state === "Disconnected") this.#drop(join, "conversation ended");
  }

  #drop(join: Join, why: string): void {
    join.timer?.();
    join.timer = null;
    if (!this.#joins.delete(join.id) || join.phase === "answering") return;
    const { id, tries } = join;
    if (why === "joined") this.#deps.logger.info("meeting joined", { id, tries });
    else this.#deps.logger.warn("the meeting's messaging was not joined", { id, tries, why });
  }
}

/** The oldest goes. */
function remember<T>(all: Set<T>, one: T): void {
  all.add(one);
  const [oldest] = all;
  if (all.size > MOST_REMEMBERED && oldest !== undefined) all.delete(oldest);
}

function learnMessaging(join: Join, resource: Resource): void {
  join.messagingState = textOf(resource, "state");
  join.addMessaging = ownHref(resource, "addMessaging");
}

function isMessagingOf(join: Join, { link, sender, resource, type }: ChannelEvent): boolean {
  if (link.rel !== "messaging" || type === "deleted") return false;
  const owner = resource && linkOf(resource, "conversation")?.href;
  return sender.href === join.conversation || link.href === join.messaging || owner === join.conversation;
}
