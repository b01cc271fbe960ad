import { isDeepStrictEqual } from "node:util";

import { texts } from "../../../locales/texts.ts";
import type { Answering, AppState } from "../../core/app-state.ts";
import type { Invitation } from "../../invitations/invitation.ts";
import { errorCode } from "../../platform/fault.ts";
import { graphemes } from "../../platform/graphemes.ts";
import type { Clock, Logger, Unsubscribe } from "../../platform/ports.ts";
import { type Decision, LOUD, presentation, type PresentationFacts } from "../presentation.ts";
import { answerBy } from "./native-answer.ts";
import { problemOf, unavailable, type NotificationProblem } from "./notification-problem.ts";
import {
  delayAfterLoss,
  FIRST_RETRY_MS,
  isLive,
  madeRoom,
  mostOf,
  newRinging,
  numberAmong,
  othersUp,
  pictureOf,
  type Ringing,
  withdraw,
} from "./ringing.ts";
import { profileIn, type Capability, type NotificationEvent } from "./notification-service.ts";
import type { NotificationService } from "./notification-service.ts";
import type { PhotoAddresses } from "./photo-files.ts";
import { notificationRequest, numbered } from "./notification-text.ts";

export interface RingerOptions {
  readonly answering: Answering;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Called once a change; null when all is well again. */
  readonly report: (problem: NotificationProblem | null) => void;
  /** Brings the invitation in front of the user; left out where there is no window. */
  readonly open?: (invitationId: string) => void;
  /** A toast window takes over where `decided` says so. Without one, the native way is tried again and again. */
  readonly toast: boolean;
  /** Who wants quiet, and which sounds are wanted and played; left out where nobody can say. `lookAgain` after a change. */
  readonly wishes?: () => Pick<PresentationFacts, "quiet" | "sounds">;
  /** What comes while it rings is drawn into what is up; left out where no service draws it. */
  readonly photos?: PhotoAddresses;
  /** Called after each drawing with what is decided for every live invitation, by id. */
  readonly decided?: (decisions: ReadonlyMap<string, Decision>) => void;
}

/**
 * Decides where each invitation rings, and draws the native notifications: a function of `AppState` that draws only the
 * difference. One notification for each, up until its invitation ends.
 * ```
 * (ringing) → up → withdrawn (the invitation ended)
 *             up → silent (dismissed by the user)
 *             up → lost (taken away by the service) → up
 * ```
 */
export class Ringer {
  readonly #options: RingerOptions;
  readonly #ringing = new Map<string, Ringing>();
  #service: NotificationService | null = null;
  #unsubscribe: Unsubscribe = () => undefined;
  #invitations: readonly Invitation[] = [];
  #capability: Capability | null = null;
  /** How many of ours the service has room for, as far as is known, and the person for all of them. */
  #room: number;
  #reported: NotificationProblem["code"] | null = null;
  #scheduled = false;
  #disposed = false;

  /** Without a service, because the person wants none, everything is for the toast. */
  constructor(options: RingerOptions, service: NotificationService | null) {
    this.#options = options;
    this.#room = mostOf(options);
    options.photos?.subscribe(() => this.#schedule());
    this.#open(service);
  }

  update(state: AppState): void {
    if (state.invitations === this.#invitations) return;
    this.#invitations = state.invitations;
    this.#render();
  }

  /** What the person wishes has changed. */
  lookAgain(): void {
    this.#render();
  }

  /** The person does not want to see it any longer. */
  dismiss(id: string): void {
    const ringing = this.#ringing.get(id);
    if (!ringing) return;
    ringing.dismissedByUser = true;
    this.#render();
  }

  /** Goes over to another service, or to none. Resolves when what the former one showed is withdrawn. */
  async use(service: NotificationService | null): Promise<void> {
    const closing: Promise<void>[] = [];
    for (const ringing of this.#ringing.values()) {
      closing.push(withdraw(ringing));
      ringing.trouble = null;
      ringing.losses = 0;
    }
    this.#unsubscribe();
    this.#open(service);
    this.#render();
    await Promise.all(closing);
  }

  /** Withdraws what is up; bounded by the service's own limits. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#unsubscribe();
    const closing = [...this.#ringing.values()].map((ringing) => withdraw(ringing));
    this.#ringing.clear();
    await Promise.all(closing);
  }

  #open(service: NotificationService | null): void {
    // The first text that is cut takes milliseconds, and is not to be that of the first ring.
    if (service !== null) graphemes("");
    this.#service = service;
    this.#capability = null;
    this.#unsubscribe =
      service?.onAvailability((capability) => this.#availability(capability)) ?? (() => undefined);
    this.#probe();
  }

  /** A service that goes tells that in several events; what they come to is drawn once. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#render();
    });
  }

  #render(): void {
    if (this.#disposed) return;
    const live = new Map(this.#invitations.filter(isLive).map((invitation) => [invitation.id, invitation]));
    for (const [id, ringing] of this.#ringing) {
      if (live.has(id)) continue;
      this.#ringing.delete(id);
      void withdraw(ringing);
    }
    for (const invitation of live.values()) {
      if (!this.#ringing.has(invitation.id) && this.#capability?.available === false) this.#probe();
      const ringing = this.#ringing.get(invitation.id) ?? newRinging();
      this.#ringing.set(invitation.id, ringing);
      this.#draw(invitation, ringing);
    }
    this.#report();
    const decisions = new Map<string, Decision>();
    for (const [id, { presentation: decided }] of this.#ringing) if (decided) decisions.set(id, decided);
    this.#options.decided?.(decisions);
  }

  #draw(invitation: Invitation, ringing: Ringing): void {
    if (invitation.state === "answering") ringing.sawAnswering = true;
    else if (ringing.sawAnswering) {
      ringing.sawAnswering = false;
      ringing.awaiting = false;
    }
    const decision = this.#decide(invitation, ringing);
    const service = this.#service;
    if (decision.way !== "native" || service === null) {
      void withdraw(ringing);
      return;
    }
    // What would be folded with its buttons keeps the picture that it came with.
    if (ringing.handle === null || profileIn(this.#capability)?.foldsChanged !== true)
      ringing.picture = pictureOf(invitation, this.#options.photos);
    const { problem, picture } = ringing;
    const canOpen = this.#options.open !== undefined;
    const plays = this.#options.wishes !== undefined && decision.sound !== null;
    const text = {
      ...notificationRequest(invitation, { problem, canOpen, picture }),
      ...(plays && { silent: true as const }),
    };
    const request = numbered(text, numberAmong(ringing, text.summary + text.body, this.#ringing));
    const drawn = JSON.stringify(request);
    if (ringing.handle !== null) {
      if (drawn !== ringing.drawn) ringing.handle.update(request);
      ringing.drawn = drawn;
      return;
    }
    const waits = decision.reason === "noRoom" || ringing.retry !== null || ringing.awaiting;
    if (waits || invitation.state !== "ringing") return;
    ringing.round += 1;
    ringing.drawn = drawn;
    ringing.shownAt = null;
    const { round } = ringing;
    ringing.handle = service.show(request, (event) => {
      if (ringing.round === round) this.#event(invitation.id, ringing, event);
    });
  }

  #decide(invitation: Invitation, ringing: Ringing): Decision {
    const capability = ringing.trouble === null ? this.#capability : unavailable(ringing.trouble);
    const decision = presentation(invitation, {
      service: this.#service === null ? "off" : capability,
      dismissedByUser: ringing.dismissedByUser,
      last: ringing.presentation,
      full: othersUp(ringing, this.#ringing).length >= this.#room,
      toast: this.#options.toast,
      ...(this.#options.wishes?.() ?? LOUD),
    });
    if (!isDeepStrictEqual(decision, ringing.presentation))
      this.#options.logger.info("ringer.decided", { id: invitation.id, ...decision });
    ringing.presentation = decision;
    return decision;
  }

  #event(id: string, ringing: Ringing, event: NotificationEvent): void {
    this.#options.logger.debug("ringer.event", { id, event: event.type });
    switch (event.type) {
      case "shown":
        ringing.shownAt ??= this.#options.clock.now();
        ringing.trouble = null;
        break;
      case "answered":
        answerBy(event.key, id, ringing, { ...this.#options, changed: () => this.#schedule() });
        break;
      case "opened":
        this.#options.open?.(id);
        break;
      case "closed":
        ringing.handle = null;
        // An answer that may not arrive is no wish to be left alone.
        if (event.by === "user") ringing.dismissedByUser ||= !ringing.awaiting;
        // Once may be chance: LXQt closes what the pointer leaves because another one comes.
        else if (ringing.losses > 0 && madeRoom(ringing, this.#ringing, this.#options.clock.now()))
          this.#room = othersUp(ringing, this.#ringing).length;
        else this.#lost(ringing, 0);
        break;
      case "failed":
        ringing.trouble = { code: event.mayStillAppear ? "slow" : "failed", detail: event.detail };
        if (event.mayStillAppear) break;
        if (this.#capability?.available === false) ringing.trouble = null;
        ringing.handle = null;
        if (event.final) ringing.retry = () => {};
        else this.#lost(ringing, FIRST_RETRY_MS);
        break;
    }
    this.#schedule();
  }

  /** Shown again soon: at once after a good while on the screen, ever later when it does not stay. */
  #lost(ringing: Ringing, atLeastMs: number): void {
    const delayMs = delayAfterLoss(ringing, this.#options.clock.now(), atLeastMs);
    if (delayMs === 0) return;
    if (this.#capability?.available === true)
      ringing.trouble ??= { code: "failed", detail: texts.notifications.problems.notKept };
    if (this.#options.toast) return;
    ringing.retry = this.#options.clock.after(delayMs, () => {
      ringing.retry = null;
      this.#schedule();
    });
  }

  #availability(capability: Capability): void {
    this.#capability = capability;
    this.#room = Math.min(profileIn(capability)?.room ?? Infinity, mostOf(this.#options));
    for (const ringing of this.#ringing.values()) {
      if (!capability.available || ringing.handle !== null) continue;
      ringing.retry?.();
      ringing.retry = null;
      ringing.trouble = null;
    }
    this.#schedule();
  }

  /** Asks what the service can do, which also starts one that can be started. */
  #probe(): void {
    const service = this.#service;
    service?.capabilities().then(
      (capability) => {
        if (this.#service === service) this.#availability(capability);
      },
      (error: unknown) => this.#options.logger.error("ringer.probeThrew", { error: errorCode(error) }),
    );
  }

  #report(): void {
    const troubles = [...this.#ringing.values()].map(({ trouble }) => trouble);
    const problem = troubles.find((trouble) => trouble !== null) ?? problemOf(this.#capability);
    const code = problem?.code ?? null;
    if (code === this.#reported) return;
    this.#reported = code;
    this.#options.report(problem);
  }
}
