import type { Context } from "../context.ts";
import type { Conversation } from "../conversation/served-conversation.ts";
import type { Settled } from "../conversation/conversation-message.ts";
import type { MessageFormat } from "../resources/message-uri.ts";
import type { DeclineReason, InvitationContent } from "./invitation-content.ts";
import { endingOf } from "./invitation-endings.ts";
import type { Ending } from "./invitation-endings.ts";
import type { Participant } from "../conversation/conversation-participants.ts";
import type { Invitation } from "./served-invitation.ts";
import type { Person } from "../people/person.ts";
import { digits } from "../random.ts";

/** How a call stands, over all endpoints of the one who is called. */
export type CallState =
  | { readonly kind: "ringing"; readonly until: number }
  /** An endpoint has accepted and is being connected. */
  | { readonly kind: "connecting" }
  /** An endpoint has accepted and waits to be let into the meeting. */
  | { readonly kind: "inLobby" }
  | { readonly kind: "connected" }
  /** An endpoint has accepted, and by a switch nothing more is ever said. */
  | { readonly kind: "swallowed" }
  | { readonly kind: "declined"; readonly reason: DeclineReason }
  | { readonly kind: "missed" }
  | { readonly kind: "cancelled" }
  | { readonly kind: "answeredElsewhere" }
  | { readonly kind: "forwarded"; readonly to: Person }
  /** It ended as it was told to, with this subcode or without a reason. */
  | { readonly kind: "ended"; readonly subcode: string | null }
  /** It was connected, and someone has left. */
  | { readonly kind: "over" }
  /** Every application that it rang at has ended or lost its conversations. */
  | { readonly kind: "lost" };

/** Whoever called, when that is somebody on this server: hears how it goes on, and what the one called says. */
export interface CallPeer {
  /** The caller's side of it. */
  readonly conversation: Conversation;
  changed(state: CallState): void;
  hears(text: string, format: MessageFormat, settled: Settled): void;
  types(begins: boolean): unknown;
}

/**
 * The life of one incoming invitation, from the caller's side: it rings at every available endpoint of the user, each
 * with a copy of its own, until one of them answers or it ends otherwise. The first end wins.
 *
 *     ringing ──accept──▶ connecting ─┬───────────────▶ connected ──(a side leaves)──▶ over
 *        │                    │       └▶ inLobby ─admit─▶┘
 *        │                    └──(switch)──▶ swallowed
 *        ├──decline──▶ declined            Global, or when no copy is left ringing
 *        ├──time is up──▶ missed
 *        ├──the caller gives up──▶ cancelled
 *        ├──another endpoint takes it──▶ answeredElsewhere
 *        ├──moved to somebody else──▶ forwarded
 *        ├──as told, with any subcode──▶ ended
 *        └──every application has gone──▶ lost
 *
 * Reference: messagingInvitation, onlineMeetingInvitation
 */
export class Call {
  readonly id: string;
  readonly content: InvitationContent;
  readonly startedAt: number;
  readonly copies: Invitation[] = [];
  /** Set by whoever calls from this server. */
  peer: CallPeer | null = null;
  readonly #context: Context;
  readonly #logged: (status: "Missed" | "Archived") => void;
  #endedAt: number | null = null;
  #state: CallState;
  #stopRinging: () => void;

  constructor(
    context: Context,
    content: InvitationContent,
    ringMs: number,
    logged: (status: "Missed" | "Archived") => void,
  ) {
    this.#context = context;
    this.content = content;
    this.#logged = logged;
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

  /** Where the user and the other one talk: the conversation that was accepted, or what it has become. */
  get conversation(): Conversation | undefined {
    const derived = this.copies.find((copy) => copy.derived?.state === "Connected")?.derived;
    return this.connectedCopy?.conversation ?? derived ?? undefined;
  }

  /** The caller says something, or somebody else in it. `false` when there is no conversation to say it in. */
  says(text: string, format: MessageFormat, by?: Participant, settled?: Settled): boolean {
    if (!this.conversation?.messagingConnected) return false;
    this.connectedCopy?.repeatMessage();
    this.conversation.receive(text, format, by, settled);
    return true;
  }

  /** The caller, or somebody else in it, begins or stops to type. `false` when there is no conversation. */
  types(begins: boolean, who?: Participant): boolean {
    if (!this.conversation?.messagingConnected) return false;
    this.conversation.remoteTypes(begins, who);
    return true;
  }

  /** Rings at these endpoints. */
  ring(copies: readonly Invitation[]): void {
    const { clock, timings } = this.#context;
    this.copies.push(...copies);
    for (const copy of copies) copy.start();
    clock.after(timings.participantMs, () => {
      for (const copy of this.copies) copy.announceCaller();
    });
  }

  /** An endpoint accepts: the others stop, this one is connected a moment later. */
  accepted(by: Invitation): void {
    const { clock, switches, timings } = this.#context;
    const { details } = this.content;
    this.#stopRinging();
    this.#endOthers(by, endingOf("ConnectedElsewhere"));
    if (switches.swallowCompletion) {
      this.#become({ kind: "swallowed" });
      return;
    }
    this.#become({ kind: "connecting" });
    const delayMs = details.kind === "onlineMeeting" ? timings.conferenceMs : timings.connectMs;
    clock.after(delayMs, () => {
      if (this.#state.kind !== "connecting") return;
      if (details.kind === "onlineMeeting" && details.lobby) {
        by.enterLobby();
        this.#become({ kind: "inLobby" });
      } else this.#connect(by);
    });
  }

  /** Somebody lets the user into the meeting. `false` when nobody waits. */
  admit(): boolean {
    const waiting = this.copies.find((copy) => copy.phase === "answering");
    if (this.#state.kind !== "inLobby" || !waiting) return false;
    this.#connect(waiting);
    return true;
  }

  /** The user answers the phone that rings beside the endpoints. `false` when it does not ring, or is no phone call. */
  answerPhone(): boolean {
    if (!this.ringing || this.content.details.kind !== "phoneAudio") return false;
    this.#logged("Archived");
    for (const copy of this.copies) if (copy.phase === "ringing") copy.connect();
    this.#become({ kind: "connected" });
    return true;
  }

  /** An endpoint declines. Only Global stops the user's other endpoints. Reference: decline, CallDeclineReason */
  declined(by: Invitation, reason: DeclineReason): void {
    by.end(endingOf("Declined"));
    if (reason === "Global") this.#endOthers(by, endingOf("Declined"));
    if (this.copies.some((copy) => copy.phase === "ringing")) this.#context.changed();
    else this.#become({ kind: "declined", reason });
  }

  /** The user leaves the conversation, before or after it was connected; or it ends under an invitation into it. */
  left(by: Invitation): void {
    if (this.#state.kind === "connected") this.#become({ kind: "over" });
    else if (this.#state.kind === "ringing") this.end(endingOf("Ended"), by.application.id);
    else if (this.#state.kind === "connecting" || this.#state.kind === "inLobby") {
      by.end(endingOf("Canceled"));
      this.#become({ kind: "over" });
    }
  }

  /** The caller gives up, or hangs up when already connected. `false` when there is nothing to give up. */
  cancel(): boolean {
    const { conversation } = this;
    if (conversation && !this.connectedCopy) {
      conversation.hangUp();
      return true;
    }
    if (this.#state.kind === "connected") {
      for (const copy of this.copies) if (copy.phase === "connected") copy.conversation.hangUp();
      this.#become({ kind: "over" });
      return true;
    }
    if (!this.#isPending()) return false;
    this.#endOthers(null, endingOf("Canceled"));
    this.#become({ kind: "cancelled" });
    return true;
  }

  /** An endpoint that is no UCWA application takes it. */
  answerElsewhere(): boolean {
    if (!this.ringing) return false;
    this.#endOthers(null, endingOf("ConnectedElsewhere"));
    this.#become({ kind: "answeredElsewhere" });
    return true;
  }

  /** It moves to somebody else, who takes it. Reference: acceptedByContact */
  forward(to: Person): boolean {
    if (!this.ringing) return false;
    this.#endOthers(null, endingOf("Forwarded", { acceptedBy: to }));
    this.#become({ kind: "forwarded", to });
    return true;
  }

  /** It ends as told, at every endpoint or at one application only. `false` when nothing is left to end there. */
  end(ending: Ending, application?: string): boolean {
    const here = this.copies.filter(
      (copy) =>
        (copy.phase === "ringing" || copy.phase === "answering") &&
        (application === undefined || copy.application.id === application),
    );
    if (!this.#isPending() || here.length === 0) return false;
    if (ending.missed) this.#logged("Missed");
    for (const copy of here) copy.end(ending);
    if (this.copies.every((copy) => copy.phase === "ended"))
      this.#become({ kind: "ended", subcode: ending.reason?.subcode ?? null });
    else this.#context.changed();
    return true;
  }

  /** An application has gone, or has lost its conversations: its copy is over without a word. */
  lose(copy: Invitation): void {
    const wasConnected = copy === this.connectedCopy;
    copy.unmount();
    if (wasConnected) this.#become({ kind: "over" });
    else if (
      this.#endedAt === null &&
      this.#state.kind !== "connected" &&
      this.copies.every((one) => one.phase === "ended")
    )
      this.#become({ kind: "lost" });
  }

  #connect(by: Invitation): void {
    const { clock, timings } = this.#context;
    this.#logged("Archived");
    by.connect();
    this.#become({ kind: "connected" });
    clock.after(timings.firstMessageMs, () => by.repeatMessage());
  }

  #miss(): void {
    if (!this.ringing) return;
    this.#logged("Missed");
    this.#endOthers(null, endingOf("Missed"));
    this.#become({ kind: "missed" });
  }

  #endOthers(except: Invitation | null, ending: Ending): void {
    for (const copy of this.copies) if (copy !== except) copy.end(ending);
  }

  #isPending(): boolean {
    return ["ringing", "connecting", "inLobby"].includes(this.#state.kind);
  }

  #become(state: CallState): void {
    this.#state = state;
    this.#stopRinging();
    const lives = ["connecting", "inLobby", "connected"].includes(state.kind);
    if (!lives) this.#endedAt = this.#context.clock.now();
    this.peer?.changed(state);
    this.#context.changed();
  }
}
