import { texts } from "../../../locales/texts.ts";
import { endLabel, nameLabel } from "../../invitations/invitation-labels.ts";
import type { HistoryEntry } from "../../invitations/history/history.ts";
import type { Cancel, Clock, Unsubscribe } from "../../platform/ports.ts";
import { safeLine } from "../../ucwa/resources/safe-text.ts";
import type { SessionState } from "../../ucwa/session-port.ts";
import { attentionLabel } from "../attention-label.ts";
import type { NotificationHandle, NotificationRequest, NotificationService } from "./notification-service.ts";
import { truncate } from "./notification-text.ts";

/** Something that the person should know of although it does not ring. */
export interface Notice {
  /** There is one of each at a time. */
  readonly slot: "missed" | "connection" | "attention";
  /** What it is about; it is told once for each. */
  readonly about: string;
  /** Told only if it lasts for so long, in milliseconds. */
  readonly afterMs: number;
  /** The person knows already, by what is under their eyes. */
  readonly known: boolean;
  readonly summary: string;
  readonly body: string;
}

export interface NoticeFacts {
  readonly session: SessionState;
  /** It has been online since the sign-in. */
  readonly wasOnline: boolean;
  /** The person has asked for the sign-in under way just now, and waits for it. */
  readonly attended: boolean;
  /** Somebody was signed in once, and at this start, which showed no window, nobody could be. */
  readonly leftSignedOut: boolean;
  /** Missed and not looked at yet, the newest first. */
  readonly news: readonly HistoryEntry[];
  /** The newest of them that an earlier run has left; null when there was none. */
  readonly earlier: string | null;
}

/** Longer than a look at the panel takes, which makes what was missed no news any more. */
const MISSED_AFTER_MS = 3_000;
/** Most troubles of a network are over by then. */
const OFFLINE_AFTER_MS = 60_000;
/** The kept password is looked for meanwhile, and whoever has to unlock the keyring is shown the window. */
const SIGNED_OUT_AFTER_MS = 10_000;
/** A timer that is this late has slept with the machine. */
const LATE_MS = 5_000;
const MOST_NAMES = 3;
/** Columns, of which some characters take two. */
const LONGEST = 120;

/** Every notice that holds now. Pure. */
export function noticesOf(facts: NoticeFacts): readonly Notice[] {
  const { session, wasOnline, attended, leftSignedOut, news, earlier } = facts;
  const words = texts.notifications;
  const notices: Notice[] = [];
  const [newest] = news;
  if (newest)
    notices.push({
      slot: "missed",
      about: newest.id,
      afterMs: MISSED_AFTER_MS,
      known: newest.id === earlier,
      ...missedText(newest, news),
    });
  if (session.name === "reconnecting" && wasOnline)
    notices.push({
      slot: "connection",
      about: "",
      afterMs: OFFLINE_AFTER_MS,
      known: false,
      summary: words.offline,
      body: words.offlineDetail,
    });
  if (session.name === "attention")
    notices.push({
      slot: "attention",
      about: session.reason,
      afterMs: 0,
      known: attended,
      summary: words.attention(attentionLabel(session.reason)),
      body: `${truncate(safeLine(session.detail), LONGEST)}\n${words.untilSettled}`.trimStart(),
    });
  if (session.name === "signedOut" && leftSignedOut)
    notices.push({
      slot: "attention",
      about: session.name,
      afterMs: SIGNED_OUT_AFTER_MS,
      known: false,
      summary: words.attention(attentionLabel("badCredentials")),
      body: words.untilSignedIn,
    });
  return notices;
}

function missedText(newest: HistoryEntry, news: readonly HistoryEntry[]): Pick<Notice, "summary" | "body"> {
  const { external, missed, moreMissed } = texts.notifications;
  if (news.length === 1) {
    const isSaid = newest.end === "missed" || newest.end === "cancelled";
    const words = isSaid ? "" : endLabel(newest.end, newest.detail);
    const lines = [newest.subject, words].map((line) => truncate(safeLine(line), LONGEST));
    const name = truncate(nameLabel(newest), LONGEST);
    return {
      summary: missed(newest.external ? external(name) : name),
      body: lines.filter((line) => line !== "").join("\n"),
    };
  }
  const names = [...new Set(news.map(nameLabel))].map((name) => truncate(name, LONGEST));
  const more = names.length - MOST_NAMES;
  return {
    summary: texts.tray.missed(news.length),
    body: [...names.slice(0, MOST_NAMES), ...(more > 0 ? [moreMissed(more)] : [])].join("\n"),
  };
}

/** `waiting` (for `afterMs`) → `told` (with a handle while it is up); `unshown` while quiet is wanted or no service draws it. */
interface Held {
  notice: Notice;
  handle: NotificationHandle | null;
  unshown: boolean;
  /** Null once it was told. */
  wait: Cancel | null;
}

export interface NoticesOptions {
  readonly clock: Clock;
  /** Brings the window to the person. */
  readonly open: () => void;
}

/**
 * Tells what does not ring by ordinary notifications, once each, and takes each away when it is over. A notice that the
 * person or the service has taken away does not come back.
 */
export class Notices {
  readonly #options: NoticesOptions;
  readonly #held = new Map<Notice["slot"], Held>();
  #service: NotificationService | null = null;
  #quiet = false;
  #sound = false;
  #unsubscribe: Unsubscribe = () => undefined;

  constructor(options: NoticesOptions) {
    this.#options = options;
  }

  /** Tells nothing while somebody wants quiet, and then what still holds. */
  setQuiet(quiet: boolean): void {
    this.#quiet = quiet;
    if (!quiet) this.#showUnshown();
  }

  /** Whether Doorbell plays a sound of its own for who was missed. */
  setSound(sound: boolean): void {
    this.#sound = sound;
  }

  /** Goes over to another service, or to none, when the person wants no notifications. Resolves when all are gone. */
  async use(service: NotificationService | null): Promise<void> {
    if (service === this.#service) return;
    const handles = [...this.#held.values()].map((held) => this.#take(held));
    this.#unsubscribe();
    this.#service = service;
    this.#unsubscribe =
      service?.onAvailability(({ available }) => {
        if (available) this.#showUnshown();
      }) ?? (() => undefined);
    await Promise.all(handles);
  }

  /** These hold now. */
  update(notices: readonly Notice[]): void {
    const wanted = new Set(notices.map(({ slot }) => slot));
    for (const [slot, held] of this.#held) {
      if (wanted.has(slot)) continue;
      this.#held.delete(slot);
      void this.#take(held);
    }
    for (const notice of notices) this.#hold(notice);
  }

  /** Takes everything away. */
  async dispose(): Promise<void> {
    const closing = this.use(null);
    this.update([]);
    await closing;
  }

  #hold(notice: Notice): void {
    const before = this.#held.get(notice.slot);
    const held = before ?? { notice, handle: null, unshown: false, wait: null };
    const told = before?.notice.about === notice.about;
    held.notice = notice;
    this.#held.set(notice.slot, held);
    if (told || held.wait !== null) return;
    if (held.handle !== null) held.handle.update(this.#requestOf(notice));
    else if (!notice.known) this.#wait(held);
  }

  #wait(held: Held): void {
    const { clock } = this.#options;
    const { afterMs } = held.notice;
    if (afterMs === 0) return this.#show(held);
    const due = clock.now() + afterMs;
    held.wait = clock.after(afterMs, () => {
      held.wait = null;
      if (clock.now() - due > LATE_MS) this.#wait(held);
      else this.#show(held);
    });
  }

  #showUnshown(): void {
    for (const held of this.#held.values()) if (held.unshown) this.#show(held);
  }

  #show(held: Held): void {
    held.unshown = this.#quiet;
    if (this.#quiet) return;
    held.handle =
      this.#service?.show(this.#requestOf(held.notice), (event) => {
        if (event.type === "opened") this.#options.open();
        if (event.type === "failed") held.unshown = !event.mayStillAppear && !event.final;
        if (event.type === "closed" || held.unshown) held.handle = null;
      }) ?? null;
  }

  #requestOf(notice: Notice): NotificationRequest {
    const request = requestOf(notice);
    return notice.slot === "missed" && this.#sound ? { ...request, silent: true } : request;
  }

  #take(held: Held): Promise<void> {
    const { handle, wait } = held;
    wait?.();
    held.wait = null;
    held.handle = null;
    held.unshown = false;
    return handle?.close() ?? Promise.resolve();
  }
}

const CATEGORY: Readonly<Record<Notice["slot"], string>> = {
  missed: "call.unanswered",
  connection: "network.disconnected",
  attention: "network.error",
};

function requestOf({ slot, summary, body }: Notice): NotificationRequest {
  return {
    summary,
    body,
    urgency: "normal",
    category: CATEGORY[slot],
    actions: [],
    openLabel: texts.notifications.open,
    passing: true,
  };
}
