import { texts } from "../../../../locales/texts.ts";
import type { Cancel, Clock } from "../../../platform/ports.ts";
import { EXPIRES_MS, OPEN, readId } from "./freedesktop-message.ts";
import {
  REPLY,
  type NotificationEvent,
  type NotificationHandle,
  type NotificationRequest,
} from "../notification-service.ts";
import type { CallResult } from "../../../platform/bus/session-bus.ts";

/** What one notification needs of the service behind it. */
export interface NotificationLine {
  readonly clock: Clock;
  readonly limitMs: number;
  /** Sends Notify; returns the owner it went to, or null while no service is ready. `settle` as `SessionBus.call`. */
  notify(request: NotificationRequest, replaces: number, settle: (result: CallResult) => void): string | null;
  /** Sends CloseNotification; resolves when confirmed or after the limit. */
  withdraw(place: Place): Promise<void>;
  /** The notification is on the screen, perhaps in another place than before. */
  placed(): void;
  /** The notification has ended: nothing will be told about it any more. */
  ended(notification: LiveNotification): void;
}

/** The last third of its time is left for a process or a service that is late. */
const RENEWAL_MS = (EXPIRES_MS * 2) / 3;

/** Where a notification is drawn: ids mean something only together with the connection that gave them. */
export interface Place {
  readonly owner: string;
  readonly id: number;
}

/**
 * One notification from `show` to its end.
 * ```
 * waiting → sending → up ⇄ up (a Notify that replaces is under way)      any → ended
 * ```
 * At most one Notify is under way; what is wanted meanwhile is sent when it has been answered, the latest only. While it
 * is up, it is sent again before it expires.
 */
type State =
  | { readonly name: "waiting" }
  | { readonly name: "sending"; readonly owner: string }
  | { readonly name: "up"; readonly place: Place; readonly replacing: boolean }
  | { readonly name: "ended"; readonly replyDue: boolean };

export class LiveNotification implements NotificationHandle {
  readonly #line: NotificationLine;
  #listener: ((event: NotificationEvent) => void) | null;
  #state: State = { name: "waiting" };
  #wanted: NotificationRequest;
  #sent: NotificationRequest | null = null;
  #shown = false;
  readonly #keys = new Set<string>();
  readonly #cancelLimit: Cancel;
  #cancelRenewal: Cancel = () => {};
  #closing: Promise<void> | null = null;
  #withdrawn: () => void = () => {};

  constructor(
    line: NotificationLine,
    request: NotificationRequest,
    listener: (event: NotificationEvent) => void,
  ) {
    this.#line = line;
    this.#listener = listener;
    this.#wanted = request;
    this.#cancelLimit = line.clock.after(line.limitMs, () =>
      this.#tell({ type: "failed", detail: texts.notifications.problems.slow, mayStillAppear: true }),
    );
  }

  get waiting(): boolean {
    return this.#state.name === "waiting";
  }

  /** Null when it is not on the screen. */
  get place(): Place | null {
    return this.#state.name === "up" ? this.#state.place : null;
  }

  update(request: NotificationRequest): void {
    this.#wanted = request;
    this.send();
  }

  /** Sends what is wanted, if a service is ready and nothing is under way. */
  send(): void {
    const state = this.#state;
    if (state.name !== "waiting" && (state.name !== "up" || state.replacing)) return;
    if (this.#sent !== null && sameRequest(this.#sent, this.#wanted)) return;
    const replaces = state.name === "up" ? state.place.id : 0;
    const owner = this.#line.notify(this.#wanted, replaces, (result) => this.#answered(result));
    if (owner === null) return;
    this.#sent = this.#wanted;
    for (const { key } of this.#wanted.actions) this.#keys.add(key);
    if (this.#wanted.openLabel !== undefined) this.#keys.add(OPEN);
    this.#state = state.name === "up" ? { ...state, replacing: true } : { name: "sending", owner };
  }

  close(): Promise<void> {
    this.#listener = null;
    this.#closing ??= this.#withdraw();
    return this.#closing;
  }

  /** There is no service to send it to. */
  noService(detail: string): void {
    if (this.#state.name === "waiting") this.#end({ type: "failed", detail });
  }

  /** The connection that drew it is gone. */
  ownerGone(owner: string): void {
    const state = this.#state;
    if (state.name === "up" && state.place.owner === owner) this.#end({ type: "closed", by: "service" });
    else if (state.name === "sending" && state.owner === owner)
      this.#end({ type: "failed", detail: texts.notifications.problems.wentAway });
  }

  actionInvoked(key: string): void {
    if (this.#keys.has(key)) this.#tell(key === OPEN ? { type: "opened" } : { type: "answered", key });
  }

  replied(text: string): void {
    if (this.#sent?.reply !== undefined) this.#tell({ type: "answered", key: REPLY, text });
  }

  /** Reasons of the specification: 1 expired, 2 dismissed by the user, 3 CloseNotification, 4 undefined. */
  closedByService(reason: number): void {
    this.#end({ type: "closed", by: reason === 2 ? "user" : "service" });
  }

  #answered(result: CallResult): void {
    const state = this.#state;
    // Lost: `ownerGone` follows. Late: the limit has been told, and the answer may still come.
    if (result.outcome === "late" || result.outcome === "lost" || state.name === "waiting") return;
    const id = result.outcome === "answered" ? readId(result.body) : null;
    const place = !id || result.outcome !== "answered" ? null : { owner: result.sender, id };
    if (state.name === "ended") {
      // Closed while Notify was under way: what it has just put up must go, or it would ring on with nobody behind it.
      if (state.replyDue && place !== null) void this.#line.withdraw(place).then(this.#withdrawn);
      else this.#withdrawn();
      return;
    }
    if (id === 0) {
      // Such as a dialog, which no call closes, and which stays for good.
      this.#end({ type: "failed", detail: texts.notifications.problems.notShown, final: true });
      return;
    }
    if (place === null && state.name === "sending") {
      const { refused, unreadable } = texts.notifications.problems;
      this.#end({ type: "failed", detail: result.outcome === "error" ? refused : unreadable });
      return;
    }
    this.#cancelLimit();
    if (place !== null) this.#state = { name: "up", place, replacing: false };
    else if (state.name === "up") this.#state = { ...state, replacing: false };
    this.#cancelRenewal();
    if (!this.#wanted.passing) this.#cancelRenewal = this.#line.clock.after(RENEWAL_MS, () => this.#renew());
    if (!this.#shown) {
      this.#shown = true;
      this.#tell({ type: "shown" });
    }
    this.send();
    this.#line.placed();
  }

  /** The same once more starts the service's time anew, and changes nothing that a person sees. */
  #renew(): void {
    if (this.#state.name !== "up" || this.#state.replacing) return;
    this.#sent = null;
    this.send();
  }

  #withdraw(): Promise<void> {
    const state = this.#state;
    this.#end(null);
    if (state.name === "up") return this.#line.withdraw(state.place);
    if (state.name !== "sending") return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = this.#line.clock.after(this.#line.limitMs, resolve);
      this.#withdrawn = () => {
        cancel();
        resolve();
      };
    });
  }

  #end(event: NotificationEvent | null): void {
    const state = this.#state;
    if (state.name === "ended") return;
    this.#cancelLimit();
    this.#cancelRenewal();
    const replyDue = state.name === "sending" || (state.name === "up" && state.replacing);
    this.#state = { name: "ended", replyDue };
    this.#line.ended(this);
    if (event !== null) this.#tell(event);
    this.#listener = null;
  }

  #tell(event: NotificationEvent): void {
    this.#listener?.(event);
  }
}

function sameRequest(a: NotificationRequest, b: NotificationRequest): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
