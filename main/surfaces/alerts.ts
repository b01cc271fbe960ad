import type { Answering, AppState } from "../core/app-state.ts";
import type { Invitation } from "../invitations/invitation.ts";
import type { Clock, Logger } from "../platform/ports.ts";
import type { Presentation } from "./presentation.ts";
import type { NotificationProblem } from "./native/notification-problem.ts";
import { Ringer } from "./native/ringer.ts";
import type { NotificationService } from "./native/notification-service.ts";
import { toastDecision } from "./toast/toast-decision.ts";

export interface AlertsOptions {
  /** Opened when notifications are wanted, disposed of when they are not. */
  readonly openService: () => NotificationService;
  /** Without it, everything rings by the system's notifications, wanted or not. */
  readonly canToast: boolean;
  readonly answering: Answering;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Brings an invitation in front of the person. */
  readonly open: () => void;
  /** What the toast shows, or the problem with notifications, has changed. */
  readonly changed: () => void;
}

/**
 * Puts what rings in front of the person, once: by the system's notifications if they are wanted and work, else on the
 * toast. Whoever is asked later is told by which of them and why.
 */
export class Alerts {
  readonly #options: AlertsOptions;
  readonly #decisions = new Map<string, Presentation>();
  readonly #dismissed = new Set<string>();
  readonly #toasted = new Set<string>();
  readonly #presented = new Map<string, string>();
  #native: { readonly service: NotificationService; readonly ringer: Ringer } | null = null;
  #state: AppState;
  #toasts: readonly Invitation[] = [];
  #problem: NotificationProblem | null = null;

  constructor(options: AlertsOptions, state: AppState, notifications: boolean) {
    this.#options = options;
    this.#state = state;
    if (notifications || !options.canToast) this.#openNative();
    this.#draw();
  }

  /** Whether there is a toast at all on this desktop. */
  get canToast(): boolean {
    return this.#options.canToast;
  }

  /** What the toast shows, oldest first. */
  get toasts(): readonly Invitation[] {
    return this.#toasts;
  }

  /** Why the system's notifications do not work; null when they do, or are not wanted. */
  get problem(): NotificationProblem | null {
    return this.#problem;
  }

  /** How an invitation was put in front of the person, and why so; empty when it never was. */
  presented(id: string): string {
    return this.#presented.get(id) ?? "";
  }

  setState(state: AppState): void {
    if (state.invitations === this.#state.invitations) return;
    this.#state = state;
    this.#native?.ringer.update(state);
    this.#draw();
  }

  /** Takes effect on what rings right now, too. */
  setNotifications(on: boolean): void {
    const wanted = on || !this.canToast;
    if (wanted === (this.#native !== null)) return;
    if (wanted) this.#openNative();
    else void this.#closeNative();
    this.#draw();
  }

  dismissToast(id: string): void {
    this.#dismissed.add(id);
    this.#draw();
  }

  /** Withdraws everything; bounded by the service's own limits. */
  async dispose(): Promise<void> {
    this.#state = { ...this.#state, invitations: [] };
    await this.#closeNative();
    this.#draw();
  }

  #openNative(): void {
    const { openService, canToast, answering, clock, logger, open } = this.#options;
    const service = openService();
    const ringer = new Ringer({
      service,
      answering,
      clock,
      logger,
      toast: canToast,
      open,
      report: (problem) => {
        if (this.#native?.ringer !== ringer) return;
        this.#problem = problem;
        this.#options.changed();
      },
      decided: (id, decision) => {
        if (this.#native?.ringer !== ringer) return;
        this.#decisions.set(id, decision);
        this.#draw();
      },
    });
    this.#native = { service, ringer };
    ringer.update(this.#state);
  }

  async #closeNative(): Promise<void> {
    const native = this.#native;
    this.#native = null;
    this.#problem = null;
    this.#decisions.clear();
    await native?.ringer.dispose();
    await native?.service.dispose();
  }

  #draw(): void {
    const live = new Set<string>();
    const toasts = this.#state.invitations.filter((invitation) => {
      const { id } = invitation;
      if (invitation.endedAt === null) live.add(id);
      const decision = toastDecision(invitation, {
        notifications: this.#native !== null,
        decision: this.#decisions.get(id),
        dismissed: this.#dismissed.has(id),
        alreadyUp: this.#toasted.has(id),
      });
      if (!decision.shown) this.#note(id);
      else if (decision.reason !== "answering") this.#presented.set(id, `toast: ${decision.reason}`);
      if (decision.shown) this.#toasted.add(id);
      return decision.shown;
    });
    for (const ids of [this.#dismissed, this.#toasted, this.#decisions])
      for (const id of ids.keys()) if (!live.has(id)) ids.delete(id);
    const known = new Set(this.#state.invitations.map(({ id }) => id));
    for (const id of this.#presented.keys()) if (!known.has(id)) this.#presented.delete(id);
    const same =
      toasts.length === this.#toasts.length && toasts.every((toast, index) => toast === this.#toasts[index]);
    this.#toasts = toasts;
    if (!same) this.#options.changed();
  }

  #note(id: string): void {
    const decision = this.#decisions.get(id);
    // Waved off later, it was shown all the same.
    if (decision?.way === "native") this.#presented.set(id, `native: ${decision.reason}`);
    else if (decision?.way === "none" && !this.#presented.has(id))
      this.#presented.set(id, `silent: ${decision.reason}`);
  }
}
