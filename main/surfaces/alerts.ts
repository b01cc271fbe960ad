import type { Answering, AppState } from "../core/app-state.ts";
import { isMissed, type Presented } from "../invitations/history/history.ts";
import type { Invitation } from "../invitations/invitation.ts";
import type { Clock, Logger } from "../platform/ports.ts";
import type { SoundSwitches } from "../platform/settings/sound-settings.ts";
import { quietFor } from "../core/quiet/quiet.ts";
import { MessageNotices, type MessageNoticesOptions } from "./conversation/message-notices.ts";
import { type Decision, loudest, type PresentationFacts, type RingSound } from "./presentation.ts";
import type { NotificationProblem } from "./native/notification-problem.ts";
import { Notices, type Notice } from "./native/notices.ts";
import { Ringer } from "./native/ringer.ts";
import type { NotificationService } from "./native/notification-service.ts";
import type { PhotoAddresses } from "./native/photo-files.ts";

export type Wishes = Pick<PresentationFacts, "quiet"> & { readonly sounds: SoundSwitches };

export interface AlertsOptions {
  /** Opened when notifications are wanted, disposed of when they are not. */
  readonly openService: () => NotificationService;
  /** Without it, everything rings by the system's notifications, wanted or not. */
  readonly canToast: boolean;
  /** For notifications; left out where no service draws them. */
  readonly photos?: PhotoAddresses;
  readonly answering: Answering;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Brings an invitation in front of the person. */
  readonly open: () => void;
  readonly messages: Omit<MessageNoticesOptions, "clock" | "heard">;
  /** Who wants quiet, and which sounds are wanted; `wishesChanged` after a change. */
  readonly wishes: () => Wishes;
  /** Somebody was missed, or has written, and nobody wants quiet: the time to hear it, where that is wanted. */
  readonly heard: (sound: "missed" | "message") => void;
  /** What the toast shows, what is heard, or the problem with notifications, has changed. */
  readonly changed: () => void;
  /** Called with what is decided for all that ring, by id, each time that it is. */
  readonly decided?: (decisions: ReadonlyMap<string, Decision>) => void;
}

/**
 * Puts what rings in front of the person, once: by the system's notifications if they are wanted and work, else on the
 * toast. Whoever is asked later is told by which of them and why.
 */
export class Alerts {
  readonly #options: AlertsOptions;
  readonly #ringer: Ringer;
  readonly #notices: Notices;
  readonly #messages: MessageNotices;
  readonly #presented = new Map<string, Decision>();
  /** For what rings. */
  #decisions: ReadonlyMap<string, Decision> = new Map();
  #sounding: RingSound | null = null;
  #service: NotificationService | null;
  #state: AppState;
  #toasts: readonly Invitation[] = [];
  #problem: NotificationProblem | null = null;

  /** The system's notifications are not wanted before `setNotifications`. */
  constructor(options: AlertsOptions, state: AppState) {
    this.#options = options;
    this.#state = state;
    this.#service = options.canToast ? null : options.openService();
    const { answering, clock, logger, canToast, open, changed, photos, wishes } = options;
    const ringer = {
      answering,
      ...(photos && { photos }),
      clock,
      logger,
      toast: canToast,
      wishes,
      open,
      report: (problem: NotificationProblem | null) => {
        this.#problem = problem;
        changed();
      },
      decided: (decisions: ReadonlyMap<string, Decision>) => this.#decided(decisions),
    };
    this.#ringer = new Ringer(ringer, this.#service);
    this.#notices = new Notices({ clock, open });
    this.#messages = new MessageNotices({
      ...options.messages,
      clock,
      heard: () => options.heard("message"),
    });
    this.#quietNotices();
    this.#ringer.update(state);
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

  /** What is heard now, for as long as that does not change. */
  get sounding(): RingSound | null {
    return this.#sounding;
  }

  /** The name of the service that draws notifications; empty when none does, or it does not say. */
  async serviceName(): Promise<string> {
    const capability = await this.#service?.capabilities();
    return capability?.available === true ? capability.capabilities.name : "";
  }

  /** How an invitation was put in front of the person, and why so; null when nothing was decided. */
  presented(id: string): Presented | null {
    const presented = this.#presented.get(id);
    if (!presented) return null;
    const { way, reason, until } = presented;
    return { how: `${way === "none" ? "silent" : way}: ${reason}`, until };
  }

  setState(state: AppState): void {
    const { invitations, conversations } = this.#state;
    this.#state = state;
    if (state.invitations !== invitations) {
      const decisions = this.#decisions;
      this.#ringer.update(state);
      if (
        decisions.size > 0 &&
        state.invitations.some((one) => this.#isHeardMissed(one, decisions.get(one.id)))
      )
        this.#options.heard("missed");
    }
    if (state.conversations !== conversations) this.#messages.update(state.conversations);
  }

  /** Takes effect on what rings right now, too. */
  wishesChanged(): void {
    this.#quietNotices();
    this.#ringer.lookAgain();
  }

  /** What does not ring and holds now. It is told only by notifications, and only if they are wanted. */
  setNotices(notices: readonly Notice[]): void {
    this.#notices.update(notices);
  }

  /** Takes effect on what rings right now, too. */
  setNotifications(on: boolean): void {
    const wanted = on || !this.canToast;
    const former = this.#service;
    const changes = wanted !== (former !== null);
    if (changes) this.#service = wanted ? this.#options.openService() : null;
    const withdrawn = [this.#useForNotices(on)];
    if (changes) withdrawn.push(this.#ringer.use(this.#service));
    void Promise.all(withdrawn).then(() => (changes ? former?.dispose() : undefined));
  }

  dismissToast(id: string): void {
    this.#ringer.dismiss(id);
  }

  /** Withdraws everything; bounded by the service's own limits. */
  async dispose(): Promise<void> {
    this.#state = { ...this.#state, invitations: [] };
    this.#decided(new Map());
    await Promise.all([this.#ringer.dispose(), this.#notices.dispose(), this.#messages.dispose()]);
    await this.#service?.dispose();
  }

  /** What does not ring is told by notifications alone, if they are wanted. */
  async #useForNotices(wanted: boolean): Promise<void> {
    const service = wanted ? this.#service : null;
    await Promise.all([this.#notices.use(service), this.#messages.use(service)]);
  }

  #quietNotices(): void {
    const { quiet, sounds } = this.#options.wishes();
    this.#notices.setSound(sounds.missed);
    this.#messages.setSound(sounds.message);
    this.#notices.setQuiet(quiet.length > 0);
    this.#messages.setQuiet(quiet.length > 0);
  }

  /** It rang until now, given what was decided for it then. Whoever has waved it off knows. */
  #isHeardMissed({ state, direction, importance, endedAt }: Invitation, last: Decision | undefined): boolean {
    if (last === undefined || last.soundReason === "dismissedByUser" || endedAt === null) return false;
    return isMissed({ end: state, direction }) && !quietFor(importance, this.#options.wishes().quiet);
  }

  #decided(decisions: ReadonlyMap<string, Decision>): void {
    this.#options.decided?.(decisions);
    this.#decisions = decisions;
    for (const [id, decision] of decisions)
      // Waved off later, it was shown all the same.
      if (decision.way !== "none" || !this.#presented.has(id)) this.#presented.set(id, decision);
    const known = new Set(this.#state.invitations.map(({ id }) => id));
    for (const id of this.#presented.keys()) if (!known.has(id)) this.#presented.delete(id);
    const toasts = this.#state.invitations.filter(({ id }) => decisions.get(id)?.way === "toast");
    const same =
      toasts.length === this.#toasts.length && toasts.every((toast, index) => toast === this.#toasts[index]);
    this.#toasts = toasts;
    const sounding = loudest(decisions.values());
    const changed = !same || sounding !== this.#sounding;
    this.#sounding = sounding;
    if (changed) this.#options.changed();
  }
}
