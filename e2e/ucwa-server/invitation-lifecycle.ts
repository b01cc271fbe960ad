import type { Context } from "./context.ts";
import type { DeclineReason, InvitationContent } from "./invitation-content.ts";
import type { Invitation } from "./invitation.ts";
import type { Person } from "./people.ts";
import { digits } from "./random.ts";
import type { Reason } from "./resource.ts";

/** How a call stands, over all endpoints of the one who is called. */
export type CallState =
  | { readonly kind: "ringing"; readonly until: number }
  /** An endpoint has accepted and is being connected. */
  | { readonly kind: "connecting" }
  | { readonly kind: "connected" }
  /** An endpoint has accepted, and by a switch nothing more is ever said. */
  | { readonly kind: "swallowed" }
  | { readonly kind: "declined"; readonly reason: DeclineReason }
  | { readonly kind: "missed" }
  | { readonly kind: "cancelled" }
  | { readonly kind: "answeredElsewhere" }
  | { readonly kind: "forwarded"; readonly to: Person }
  /** It was connected, and someone has left. */
  | { readonly kind: "over" }
  /** Every application that it rang at has ended or lost its conversations. */
  | { readonly kind: "lost" };

/** The reasons that invitations end with. Texts are our own; codes and subcodes are ErrorCode's and ErrorSubcode's. */
const reasons = {
  declined: { code: "RemoteFailure", subcode: "Declined", message: "Your invitation was declined." },
  cancelled: { code: "RemoteFailure", subcode: "Canceled", message: "The invitation was canceled." },
  // INFERRED: the recorded miss came without its reason; Missed is the documented word for it.
  missed: { code: "LocalFailure", subcode: "Missed", message: "The invitation was not answered." },
  // INFERRED: how real servers end the copies of an invitation that was answered elsewhere is not recorded anywhere.
  answeredElsewhere: {
    code: "RemoteFailure",
    subcode: "ConnectedElsewhere",
    message: "The invitation was answered on another endpoint.",
  },
  forwarded: { code: "RemoteFailure", subcode: "Forwarded", message: "The invitation was forwarded." },
} as const satisfies Record<string, Reason>;

/**
 * The life of one incoming invitation, from the caller's side: it rings at every available endpoint of the user, each
 * with a copy of its own, until one of them answers or it ends otherwise. The first end wins.
 *
 *     ringing ──accept──▶ connecting ──▶ connected ──(a side leaves)──▶ over
 *        │                    └──(switch)──▶ swallowed
 *        ├──decline──▶ declined            Global, or when no copy is left ringing
 *        ├──time is up──▶ missed
 *        ├──the caller gives up──▶ cancelled
 *        ├──another endpoint takes it──▶ answeredElsewhere
 *        ├──moved to somebody else──▶ forwarded
 *        └──every application has gone──▶ lost
 *
 * Reference: messagingInvitation
 */
export class Call {
  readonly id: string;
  readonly content: InvitationContent;
  readonly startedAt: number;
  readonly copies: Invitation[] = [];
  readonly #context: Context;
  readonly #missed: () => void;
  #endedAt: number | null = null;
  #state: CallState;
  #stopRinging: () => void;

  constructor(context: Context, content: InvitationContent, ringMs: number, missed: () => void) {
    this.#context = context;
    this.content = content;
    this.#missed = missed;
    this.id = `call-${digits(context.random, 8)}`;
    this.startedAt = context.clock.now();
    this.#state = { kind: "ringing", until: this.startedAt + ringMs };
    this.#stopRinging = context.clock.after(ringMs, () => this.#miss());
  }

  get state(): CallState {
    return this.#state;
  }

  get endedAt(): number | null {
    return this.#endedAt;
  }

  get ringing(): boolean {
    return this.#state.kind === "ringing";
  }

  /** The copy that was accepted and is connected. */
  get connectedCopy(): Invitation | undefined {
    return this.#state.kind === "connected"
      ? this.copies.find((copy) => copy.phase === "connected")
      : undefined;
  }

  /** Rings at these endpoints. */
  ring(copies: readonly Invitation[]): void {
    const { clock, timings } = this.#context;
    this.copies.push(...copies);
    for (const copy of copies) copy.start();
    clock.after(timings.participantMs, () => {
      for (const copy of this.copies)
        if (copy.phase === "ringing" || copy.phase === "answering") copy.conversation.announceCaller();
    });
  }

  /** An endpoint accepts: the others stop, this one is connected a moment later. */
  accepted(by: Invitation): void {
    const { clock, switches, timings } = this.#context;
    this.#stopRinging();
    this.#endOthers(by, reasons.answeredElsewhere);
    if (switches.swallowCompletion) {
      this.#become({ kind: "swallowed" });
      return;
    }
    this.#become({ kind: "connecting" });
    clock.after(timings.connectMs, () => {
      if (this.#state.kind !== "connecting") return;
      by.connect();
      this.#become({ kind: "connected" });
      clock.after(timings.firstMessageMs, () => by.repeatMessage());
    });
  }

  /** An endpoint declines. Only Global stops the user's other endpoints. Reference: decline, CallDeclineReason */
  declined(by: Invitation, reason: DeclineReason): void {
    by.end("Declined", reasons.declined, { missed: false });
    if (reason === "Global") this.#endOthers(by, reasons.declined);
    if (this.copies.some((copy) => copy.phase === "ringing")) this.#context.changed();
    else this.#become({ kind: "declined", reason });
  }

  /** A side leaves the connected conversation. */
  left(): void {
    if (this.#state.kind === "connected") this.#become({ kind: "over" });
  }

  /** The caller gives up, or hangs up when already connected. `false` when there is nothing to give up. */
  cancel(): boolean {
    const connected = this.connectedCopy;
    if (connected) {
      connected.conversation.close();
      this.left();
      return true;
    }
    if (!this.ringing && this.#state.kind !== "connecting") return false;
    for (const copy of this.copies) copy.end("Cancelled", reasons.cancelled, { missed: false });
    this.#become({ kind: "cancelled" });
    return true;
  }

  /** An endpoint that is no UCWA application takes it. */
  answerElsewhere(): boolean {
    if (!this.ringing) return false;
    this.#endOthers(null, reasons.answeredElsewhere);
    this.#become({ kind: "answeredElsewhere" });
    return true;
  }

  /** It moves to somebody else, who takes it. Reference: acceptedByContact */
  forward(to: Person): boolean {
    if (!this.ringing) return false;
    for (const copy of this.copies)
      copy.end("Forwarded", reasons.forwarded, { missed: false, acceptedBy: to });
    this.#become({ kind: "forwarded", to });
    return true;
  }

  /** An application has gone, or has lost its conversations: its copy is over without a word. */
  lose(copy: Invitation): void {
    const wasConnected = copy === this.connectedCopy;
    copy.unmount();
    if (wasConnected) this.left();
    else if (
      this.#endedAt === null &&
      this.#state.kind !== "connected" &&
      this.copies.every((one) => one.phase === "ended")
    )
      this.#become({ kind: "lost" });
  }

  #miss(): void {
    if (!this.ringing) return;
    this.#missed();
    for (const copy of this.copies) copy.end("Failed", reasons.missed, { missed: true });
    this.#become({ kind: "missed" });
  }

  #endOthers(except: Invitation | null, reason: Reason): void {
    for (const copy of this.copies) if (copy !== except) copy.end("Failed", reason, { missed: false });
  }

  #become(state: CallState): void {
    this.#state = state;
    this.#stopRinging();
    if (state.kind !== "connecting" && state.kind !== "connected") this.#endedAt = this.#context.clock.now();
    this.#context.changed();
  }
}
