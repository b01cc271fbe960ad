import { isDeepStrictEqual } from "node:util";

import type { AppState, Calling, StateSource } from "./app-state.ts";
import { CallingOut } from "../conversations/calling-out.ts";
import { ConversationStore } from "../conversations/conversation-store.ts";
import { ConversationTalking } from "../conversations/conversation-talking.ts";
import type { Talking } from "../conversations/talking.ts";
import { wantPhotosOfCallers } from "./caller-photos.ts";
import type { AnswerReceipt, Answering, DeclineScope } from "../invitations/answer.ts";
import { InvitationAnswering } from "../invitations/answering.ts";
import { ContactNames } from "../invitations/contact-names.ts";
import { InboxStore } from "../invitations/inbox-store.ts";
import type { Leaving } from "../invitations/machine/inbox-event.ts";
import type { Invitation } from "../invitations/invitation.ts";
import { MeetingJoin } from "../invitations/meeting-join/meeting-join.ts";
import { receive } from "../invitations/reception.ts";
import { VisibleInvitations, type Visible } from "../invitations/visible-invitations.ts";
import { Revalidation } from "../invitations/revalidation.ts";
import { ContactPhotos } from "../people/contact-photos.ts";
import { OwnPresence } from "../people/own-presence.ts";
import type { Clock, Logger, Random, Unsubscribe } from "../platform/ports.ts";
import { ImpossibleTransition } from "../platform/transition-table.ts";
import type { OnImpossible } from "../platform/transition-table.ts";
import type { ChannelEvent } from "../ucwa/application/channel-event.ts";
import type { SessionListener, SessionPort, SessionState } from "../ucwa/session-port.ts";

export interface DoorbellDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Without it an impossible transition throws, as it is to do in tests. */
  readonly onImpossible?: OnImpossible;
  /** There is a surface that draws photos: those of callers are asked for. */
  readonly drawsPhotos?: true;
  /** There is somebody who is quiet by the person's own presence: it is asked for. */
  readonly followsPresence?: true;
}

type Listener = (state: AppState, previous: AppState) => void;

/**
 * The core of both programs: what the session says and what the user answers, as one state that every surface draws.
 * It is the session's listener; build the session with it, then `attach` the session.
 */
export class Doorbell implements StateSource, Answering, SessionListener {
  /** Calls out. */
  readonly calling: Calling;
  /** Of whoever called, and of whom else is wanted. */
  readonly photos: ContactPhotos;
  /** Never known unless it is followed. */
  readonly ownPresence: OwnPresence;
  readonly #followsPresence: boolean;
  readonly #logger: Logger;
  readonly #store: InboxStore;
  readonly #visible = new VisibleInvitations();
  readonly #answering: InvitationAnswering;
  readonly #meetings: MeetingJoin;
  readonly #names: ContactNames;
  readonly #conversations: ConversationStore;
  readonly #talking: ConversationTalking;
  readonly #listeners = new Set<Listener>();
  readonly #undelivered: AppState[] = [];
  #session: SessionPort | null = null;
  /** What the listeners were last told, or are being told. */
  #state: AppState = { session: { name: "signedOut" }, invitations: [], conversations: [] };
  /** The same with all that is still to be told. */
  #newest: AppState = this.#state;
  #delivering = false;
  #skippedEvents = 0;

  constructor(deps: DoorbellDeps) {
    this.#logger = deps.logger;
    this.#store = new InboxStore(deps.clock, deps.onImpossible);
    const shared = { ...deps, store: this.#store, session: () => this.#session };
    // Surfaces are told of a change before anything is done about it.
    this.#store.subscribe(() => this.#publishInvitations());
    void new Revalidation(shared);
    this.#answering = new InvitationAnswering(shared);
    this.#meetings = new MeetingJoin(shared);
    this.#names = new ContactNames(shared);
    this.calling = new CallingOut(shared);
    this.#conversations = new ConversationStore(deps.clock);
    this.#conversations.subscribe(() => this.#publishConversations());
    this.#talking = new ConversationTalking({ ...shared, store: this.#conversations });
    this.photos = new ContactPhotos(shared);
    this.ownPresence = new OwnPresence(shared);
    this.#followsPresence = deps.followsPresence ?? false;
    if (deps.drawsPhotos) wantPhotosOfCallers(this.#store, this.photos);
  }

  /** What the person does in a conversation. */
  get talking(): Talking {
    return this.#talking;
  }

  /** What listeners were told last. Inside a listener: what it is being told. */
  get state(): AppState {
    return this.#state;
  }

  /** A listener that throws is logged and skipped; one that answers an invitation is told of it after this change. */
  subscribe(listener: Listener): Unsubscribe {
    const own: Listener = (state, previous) => listener(state, previous);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  /** Takes the session that was built with this as its listener. Everything of an earlier one is withdrawn. */
  attach(session: SessionPort): void {
    if (this.#session !== null && this.#session !== session) {
      this.#store.dispatch({ type: "sessionReplaced" });
      this.#names.forget();
      this.#conversations.retire();
      this.ownPresence.forget();
    }
    this.#session = session;
    this.stateChanged(session.state);
  }

  /** The person is about to sign out or to quit: what still rings ends, and its end says so. Sign out right after. */
  leave(leaving: Leaving): void {
    this.#store.dispatch({ type: "signedOut", leaving });
  }

  accept(id: string): Promise<AnswerReceipt> {
    const receipt = this.#answering.accept(id);
    this.#meetings.follow(id);
    return receipt;
  }

  decline(id: string, reason: DeclineScope = "Global"): Promise<AnswerReceipt> {
    return this.#answering.decline(id, reason);
  }

  stateChanged(state: SessionState): void {
    if (state.name === "signedOut") {
      this.#store.dispatch({ type: "signedOut", leaving: null });
      this.photos.forget();
      this.ownPresence.forget();
    }
    if (isDeepStrictEqual(state, this.#newest.session)) return;
    this.#tell({ ...this.#newest, session: state });
    this.#deliver();
    this.#talking.sessionChanged();
  }

  /** Nothing rings that the same package ends. An event that cannot be worked through is logged, counted, stepped over. */
  received(events: readonly ChannelEvent[]): void {
    this.#conversations.batch(() => {
      let read = events;
      this.#store.batch(() => {
        read = events.filter((event) => this.#guarded(event, this.#workThrough));
      });
      // What rings has been told by now.
      for (const event of read) this.#guarded(event, this.#hear);
    });
    if (this.#followsPresence) for (const event of events) this.ownPresence.hear(event);
  }

  readonly #workThrough = (event: ChannelEvent): void => {
    const received = receive(event, this.#reportUnreadable);
    if (received) this.#store.dispatch(received);
    this.#meetings.event(event);
  };

  readonly #hear = (event: ChannelEvent): void => this.#conversations.hear(event);

  /** Whether it could be worked through. */
  #guarded(event: ChannelEvent, work: (event: ChannelEvent) => void): boolean {
    try {
      work(event);
      return true;
    } catch (cause) {
      if (cause instanceof ImpossibleTransition) throw cause;
      this.#reportUnreadable(event, cause);
      return false;
    }
  }

  generationEnded(generation: number): void {
    this.#store.dispatch({ type: "generationEnded", generation });
    this.#meetings.generationEnded(generation);
    this.#conversations.generationEnded(generation);
    this.ownPresence.forget();
  }

  channelInterrupted(generation: number, how: "resume" | "resync"): void {
    this.#logger.info("asking after every live invitation", { generation, how });
    this.#store.dispatch({ type: "channelInterrupted", generation });
    this.#talking.channelInterrupted(generation);
    this.ownPresence.channelInterrupted(generation);
  }

  readonly #reportUnreadable = (event: ChannelEvent, cause: unknown): void => {
    // The text of the cause may quote what could not be read.
    this.#logger.warn("an event could not be read", {
      generation: event.generation,
      rel: event.link.rel,
      type: event.type,
      error: nameOf(cause),
      count: ++this.#skippedEvents,
    });
  };

  #publishInvitations(): void {
    const before = this.#newest.invitations;
    const visible = this.#visible.update(this.#store.inbox);
    const { all: after, changed } = this.#meetings.haveInvited ? this.#withoutOwn(visible) : visible;
    if (changed.length > 0 || after.length !== before.length)
      this.#tell({ ...this.#newest, invitations: after });
    this.#deliver();
    for (const invitation of changed) {
      const { id, kind, state } = invitation;
      // Here, so that what rings does not wait for the log.
      this.#logger.info("invitation", { id, kind, state });
      this.#talking.follow(invitation, this.#store.inbox);
    }
  }

  #publishConversations(): void {
    const { visible } = this.#conversations;
    const before = this.#newest.conversations;
    if (visible.length === before.length && visible.every((one, index) => one === before[index])) return;
    this.#tell({ ...this.#newest, conversations: visible });
    this.#deliver();
  }

  #withoutOwn({ all, changed }: Visible): Visible {
    const concerning = new Set(all.filter((one) => this.#concerns(one)));
    return { all: [...concerning], changed: changed.filter((one) => concerning.has(one)) };
  }

  /** What joining a meeting makes is no call of the user's; but one that surfaces know of is told to its end. */
  #concerns(invitation: Invitation): boolean {
    if (!this.#meetings.isOwn(invitation)) return true;
    return this.#newest.invitations.some(({ id }) => id === invitation.id);
  }

  #tell(state: AppState): void {
    this.#newest = state;
    this.#undelivered.push(state);
  }

  /** A change made by a listener waits until everybody knows of the one that it was told of. */
  #deliver(): void {
    if (this.#delivering) return;
    this.#delivering = true;
    try {
      for (let next = this.#undelivered.shift(); next; next = this.#undelivered.shift()) {
        const previous = this.#state;
        this.#state = next;
        for (const listener of this.#listeners) this.#call(listener, next, previous);
      }
    } finally {
      this.#delivering = false;
    }
  }

  #call(listener: Listener, state: AppState, previous: AppState): void {
    try {
      listener(state, previous);
    } catch (cause) {
      this.#logger.error("a listener failed", { error: nameOf(cause) });
    }
  }
}

/** The text of what was thrown may quote anything. */
function nameOf(cause: unknown): string {
  return cause instanceof Error ? cause.name : typeof cause;
}
