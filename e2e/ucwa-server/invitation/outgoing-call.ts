import type { Context } from "../context.ts";
import type { Conversation } from "../conversation/conversation.ts";
import type { MessageFormat } from "../resources/message-uri.ts";
import { endingOf } from "./invitation-endings.ts";
import type { Call, CallPeer, CallState } from "./invitation-lifecycle.ts";
import type { OutgoingContent, OutgoingInvitation } from "./outgoing-invitation.ts";
import type { Person } from "../people/people.ts";
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

  get conversation(): Conversation {
    return this.invitation.conversation;
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
    incoming.peer = this;
  }

  /** Somebody answers: whoever was called, or somebody else. `false` when it is too late. */
  answered(by: Person | null): boolean {
    if (this.#state.kind !== "calling") return false;
    const meeting = this.conversation.topic.attendees !== null;
    this.invitation.answered(meeting ? [] : [by ?? this.content.to]);
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
    this.conversation.close();
    this.#become({ kind: "over" });
    return true;
  }

  /** The application has gone, or has forgotten its conversations. */
  lost(): void {
    this.invitation.unmount();
    this.conversation.unmount();
    if (this.#endedAt === null) this.#become({ kind: "lost" });
    this.#release();
  }

  heard(text: string, format: MessageFormat): void {
    this.#incoming?.connectedCopy?.conversation.receive(text, format);
  }

  typed(): void {
    this.#incoming?.connectedCopy?.conversation.remoteTypes(true);
  }

  /** The other one says something, or is about to. `false` when there is no connected conversation. */
  says(text: string, format: MessageFormat): boolean {
    if (this.#state.kind !== "connected" || !this.conversation.messagingConnected) return false;
    this.conversation.receive(text, format);
    return true;
  }

  types(begins: boolean): boolean {
    if (this.#state.kind !== "connected" || !this.conversation.messagingConnected) return false;
    this.conversation.remoteTypes(begins);
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
