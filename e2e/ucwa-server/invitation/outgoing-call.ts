import type { Context } from "../context.ts";
import type { Conversation } from "../conversation/served-conversation.ts";
import { heardOutside, notDelivered } from "../conversation/conversation-message.ts";
import type { Settled } from "../conversation/conversation-message.ts";
import type { Participant } from "../conversation/conversation-participants.ts";
import type { MessageFormat } from "../resources/message-uri.ts";
import { endingOf } from "./invitation-endings.ts";
import type { Call, CallPeer, CallState } from "./invitation-lifecycle.ts";
import type { OutgoingContent, OutgoingInvitation } from "./outgoing-invitation.ts";
import type { Person } from "../people/person.ts";
import { digits } from "../random.ts";

/** How an outgoing call stands. */
export type OutgoingState =
  | { readonly kind: "calling"; readonly until: number }
  | { readonly kind: "connected" }
  | { readonly kind: "failed"; readonly subcode: string }
  | { readonly kind: "cancelled" }
  | { readonly kind: "over" }
  /** The application that called has gone, or has lost its conversations. */
  | { readonly kind: "lost" };

/**
 * One call by a user to somebody else: a person that the control API plays, or another user, at whom it rings.
 *
 *     calling ──answered──▶ connected ──(a side leaves)──▶ over
 *        ├──declined, not answered in time, not reachable──▶ failed
 *        ├──cancelled by the user──▶ cancelled
 *        └──the application has gone──▶ lost
 *
 * Reference: messagingInvitation, startMessaging
 */
export class OutgoingCall implements CallPeer {
  readonly id: string;
  readonly from: string;
  readonly content: OutgoingContent;
  readonly startedAt: number;
  /** How often the same operation was asked for again. It was not carried out again. */
  repeats = 0;
  /** The id of the call at a user of this server that it rang; `null` when it rang none. */
  rang: string | null = null;
  readonly #context: Context;
  readonly #ended: () => void;
  #invitation: OutgoingInvitation | null = null;
  /** The same call at the endpoints of the one who is called, when that is a user here. */
  #incoming: Call | null = null;
  #state: OutgoingState;
  #endedAt: number | null = null;
  #stopCalling: () => void = () => {};

  constructor(context: Context, from: string, content: OutgoingContent, ended: () => void) {
    this.#context = context;
    this.from = from;
    this.content = content;
    this.#ended = ended;
    this.startedAt = context.clock.now();
    this.id = `out-${digits(context.random, 8)}`;
    this.#state = { kind: "calling", until: context.clock.now() + context.timings.outgoingMs };
  }

  get state(): OutgoingState {
    return this.#state;
  }

  get endedAt(): number | null {
    return this.#endedAt;
  }

  get invitation(): OutgoingInvitation {
    if (!this.#invitation) throw new Error("An outgoing call was asked for before it began.");
    return this.#invitation;
  }

  /** Where it goes on: what was begun, or what that has become because somebody else has taken it. */
  get conversation(): Conversation {
    return this.invitation.derived ?? this.invitation.conversation;
  }

  /** Who has taken it, when somebody has. */
  get acceptedBy(): Person | null {
    return this.invitation.acceptedBy[0] ?? null;
  }

  /** The call at a user of this server that this one rings, or rang. */
  get incoming(): Call | null {
    return this.#incoming;
  }

  /** Says that it is under way, and waits a limited time. */
  begin(invitation: OutgoingInvitation): void {
    const { clock, timings } = this.#context;
    this.#invitation = invitation;
    invitation.start();
    this.#stopCalling = clock.after(timings.outgoingMs, () => this.failed("Timeout"));
    this.#context.changed();
  }

  /** It rings at a user of this server, whose answer decides. */
  rings(incoming: Call): void {
    this.#incoming = incoming;
    this.rang = incoming.id;
    incoming.peer = this;
  }

  /**
   * Somebody answers: whoever was called, or somebody else, with whom it may go on in another conversation.
   * `false` when it is too late.
   */
  answered(by: Person | null, derived = false): boolean {
    if (this.#state.kind !== "calling") return false;
    const meeting = this.conversation.topic.attendees !== null;
    const taker = by ?? this.content.to;
    if (derived && !meeting) this.invitation.derivedTo(taker);
    else this.invitation.answered(meeting ? [] : [taker]);
    this.#become({ kind: "connected" });
    return true;
  }

  /** It comes to nothing, with this subcode. `false` when it is too late. */
  failed(subcode: string): boolean {
    if (this.#state.kind !== "calling") return false;
    this.invitation.failed(endingOf(subcode));
    this.#become({ kind: "failed", subcode });
    this.#release();
    return true;
  }

  /** The user gives up. */
  cancelled(): void {
    if (this.#state.kind !== "calling") return;
    this.invitation.failed(endingOf("Canceled"));
    this.#become({ kind: "cancelled" });
    this.#release();
  }

  /** The user leaves the conversation. */
  left(): void {
    if (this.#state.kind === "calling") this.cancelled();
    else if (this.#state.kind === "connected") this.#become({ kind: "over" });
    this.#release();
  }

  /** The other one hangs up. `false` when it is not connected. */
  hungUp(): boolean {
    if (this.#state.kind !== "connected") return false;
    this.conversation.hangUp();
    this.#become({ kind: "over" });
    return true;
  }

  /** The application has gone, or has forgotten its conversations. */
  lost(): void {
    this.invitation.unmount();
    this.invitation.conversation.unmount();
    this.invitation.derived?.unmount();
    if (this.#endedAt === null) this.#become({ kind: "lost" });
    this.#release();
  }

  /** The user who has called says something. */
  heard(text: string, format: MessageFormat, settled: Settled): void {
    const { state } = this.#incoming ?? {};
    // Whoever has taken it outside of this server hears it there.
    const outside = state?.kind === "answeredElsewhere" || state?.kind === "forwarded";
    if (!this.#incoming || outside) heardOutside(this.#context, settled);
    else if (!this.#incoming.says(text, format, undefined, settled)) settled(notDelivered);
  }

  typed(): void {
    this.#incoming?.types(true);
  }

  stopped(): void {
    this.#incoming?.conversation?.remoteStops();
  }

  /** The user who was called says something. */
  hears(text: string, format: MessageFormat, settled: Settled): void {
    if (!this.says(text, format, undefined, settled)) settled(notDelivered);
  }

  /** The other one says something, or is about to. `false` when there is no connected conversation. */
  says(text: string, format: MessageFormat, by?: Participant, settled?: Settled): boolean {
    if (this.#state.kind !== "connected" || !this.conversation.messagingConnected) return false;
    this.conversation.receive(text, format, by, settled);
    return true;
  }

  types(begins: boolean, who?: Participant): boolean {
    if (this.#state.kind !== "connected" || !this.conversation.messagingConnected) return false;
    this.conversation.remoteTypes(begins, who);
    return true;
  }

  /** How it goes on at the user who is called. */
  changed(state: CallState): void {
    switch (state.kind) {
      case "ringing":
      case "connecting":
      case "inLobby":
      case "swallowed":
        return;
      case "connected":
        this.answered(null);
        return;
      case "over":
        this.hungUp();
        return;
      case "declined":
        this.failed("Declined");
        return;
      case "missed":
        this.failed("Timeout");
        return;
      case "forwarded":
        this.answered(state.to);
        return;
      // Somewhere that this server does not see, but by the one who was called.
      case "answeredElsewhere":
        this.answered(null);
        return;
      case "ended":
        this.failed(state.subcode ?? "Unreachable");
        return;
      case "cancelled":
      case "lost":
        this.failed("Unreachable");
    }
  }

  /** Whoever is rung at stops to ring, or is left alone. */
  #release(): void {
    const incoming = this.#incoming;
    this.#incoming = null;
    if (incoming) {
      incoming.peer = null;
      incoming.cancel();
    }
  }

  #become(state: OutgoingState): void {
    this.#state = state;
    this.#stopCalling();
    if (state.kind !== "connected") {
      this.#endedAt = this.#context.clock.now();
      this.#ended();
    }
    this.#context.changed();
  }
}
