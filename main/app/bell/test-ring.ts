import { texts } from "../../../locales/texts.ts";
import type { TestRingView } from "../../../preload/contract.ts";
import type { Answering, AnswerReceipt, AppState } from "../../core/app-state.ts";
import { silenceLabel } from "../../core/quiet/quiet-label.ts";
import type { DeclineScope } from "../../invitations/answer.ts";
import type { Invitation } from "../../invitations/invitation.ts";
import { Refusal } from "../../ipc/router.ts";
import { ringing } from "../../ipc/views.ts";
import type { Cancel, Clock } from "../../platform/ports.ts";
import type { Decision, Presentation } from "../../surfaces/presentation.ts";

export interface TestRingOptions {
  /** For every invitation that is a real one. */
  readonly answering: Answering;
  readonly clock: Clock;
  /** As `Alerts.serviceName`. */
  readonly serviceName: () => Promise<string>;
  /** What `shown` adds, or `view`, is another now. */
  readonly changed: () => void;
}

type End = "accepted" | "declined" | "dismissed" | "unanswered" | "interrupted";

const LIFE_MS = 15_000;

/**
 * A pretended invitation that goes the way of a real one: the decision, the notification or the toast, the sound, the
 * tray and the panel. It is put into the state that these draw and into no other: neither the core nor the server, the
 * history nor a conversation ever knows of it. A real invitation ends it at once, so that it is in nobody's way.
 */
export class TestRing implements Answering {
  readonly #options: TestRingOptions;
  #count = 0;
  #invitation: Invitation | null = null;
  #decision: Decision | null = null;
  #serviceName = "";
  #words = "";
  #cancel: Cancel = () => undefined;

  constructor(options: TestRingOptions) {
    this.#options = options;
  }

  get view(): TestRingView {
    const isRinging = this.#invitation !== null;
    return { ringing: isRinging, words: isRinging ? texts.testRing.ringing : this.#words };
  }

  /** The same state with the test in it while it rings; itself while none does. */
  shown(state: AppState): AppState {
    if (this.#invitation === null || ringing(state.invitations).length > 0) return state;
    return { ...state, invitations: [...state.invitations, this.#invitation] };
  }

  /** Rejects with `Refusal` while something rings already. `state`: of the core. */
  async start(state: AppState): Promise<void> {
    if (this.#invitation !== null || ringing(state.invitations).length > 0)
      throw new Refusal("failed", texts.testRing.alreadyRinging);
    const { clock, serviceName, changed } = this.#options;
    this.#decision = null;
    this.#serviceName = "";
    this.#invitation = pretended(`test${++this.#count}`, clock.now());
    this.#cancel = clock.after(LIFE_MS, () => this.#end("unanswered"));
    changed();
    this.#serviceName = await serviceName();
  }

  /** The core has another state. */
  follow(state: AppState): void {
    if (this.#invitation !== null && ringing(state.invitations).length > 0) this.#end("interrupted");
  }

  /** What the alerts have decided for all that rings. */
  decided(decisions: ReadonlyMap<string, Decision>): void {
    const invitation = this.#invitation;
    const decision = decisions.get(invitation?.id ?? "");
    if (invitation === null || decision === undefined) return;
    if (decision.reason !== "dismissedByUser") this.#decision = decision;
    // Not while it is being drawn.
    else
      this.#options.clock.after(0, () => {
        if (this.#invitation === invitation) this.#end("dismissed");
      });
  }

  accept(id: string): Promise<AnswerReceipt> {
    return this.#answered(id, "accepted") ?? this.#options.answering.accept(id);
  }

  decline(id: string, scope?: DeclineScope): Promise<AnswerReceipt> {
    return this.#answered(id, "declined") ?? this.#options.answering.decline(id, scope);
  }

  dispose(): void {
    this.#cancel();
    this.#invitation = null;
  }

  #answered(id: string, end: End): Promise<AnswerReceipt> | null {
    if (id !== this.#invitation?.id) return null;
    this.#end(end);
    return Promise.resolve({ ok: true });
  }

  #end(end: End): void {
    this.#cancel();
    this.#invitation = null;
    const { clock, changed } = this.#options;
    this.#words =
      `${shownLabel(this.#decision, this.#serviceName, clock.now())} ${texts.testRing.ends[end]}`.trimStart();
    changed();
  }
}

function pretended(id: string, receivedAt: number): Invitation {
  return {
    id,
    kind: "messaging",
    direction: "incoming",
    state: "ringing",
    from: { name: texts.testRing.name, uri: "", network: "SameEnterprise", anonymous: false },
    to: null,
    callee: null,
    onBehalfOf: null,
    delegator: null,
    forwardedBy: null,
    transferredBy: null,
    subject: texts.testRing.subject,
    message: null,
    otherMessageType: null,
    customContentType: null,
    importance: "Normal",
    threadId: null,
    operationId: null,
    canAccept: true,
    canDecline: true,
    canCancel: false,
    conversation: null,
    acceptedBy: null,
    privateLine: false,
    phoneNumber: null,
    meeting: null,
    inKnownConversation: false,
    inLobby: false,
    declineScope: null,
    receivedAt,
    endedAt: null,
    reason: null,
    answering: null,
    answerProblem: null,
  };
}

/** How it was put in front of the person and why so, in one sentence or two. */
function shownLabel(decision: Decision | null, serviceName: string, now: number): string {
  if (decision === null) return "";
  const { testRing } = texts;
  const { until, soundReason } = decision;
  if (decision.way === "none") return testRing.silent(silenceLabel(`silent: ${decision.reason}`, until, now));
  const shown = wayLabel(decision, serviceName);
  return soundReason === "soundOff" ? `${shown} ${testRing.soundOff}` : shown;
}

function wayLabel(decision: Exclude<Presentation, { way: "none" }>, serviceName: string): string {
  const { inPopUp, sent, shownBy, shownBySystem } = texts.testRing;
  if (decision.way === "toast") return inPopUp[decision.reason];
  if (decision.reason !== "shown") return sent[decision.reason];
  return serviceName === "" ? shownBySystem : shownBy(serviceName);
}
