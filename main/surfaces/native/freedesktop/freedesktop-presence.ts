import { texts } from "../../../../locales/texts.ts";
import type { Cancel, Clock, Logger } from "../../../platform/ports.ts";
import {
  MATCH_RULES,
  NOTIFICATIONS,
  readCapabilities,
  readOwnerChange,
  serviceCall,
} from "./freedesktop-message.ts";
import type { Capability, NotificationCapabilities, UnavailableReason } from "../notification-service.ts";
import {
  busCall,
  openSessionBus,
  type BusSignal,
  type SessionBus,
} from "../../../platform/bus/session-bus.ts";

export interface PresenceOptions {
  /** From `sessionBusAddress`; null where there is no session bus. */
  readonly address: string | null;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly limitMs: number;
}

export interface PresenceListener {
  /** What is known now. Told after each attempt, also when nothing changed; `replaced` when the owner is another. */
  settled(capability: Capability, replaced: boolean): void;
  /** This connection no longer owns the service's name: what it drew is gone. Told before `settled`. */
  ownerGone(owner: string): void;
  signal(signal: BusSignal): void;
}

/** The service, ready for Notify. */
export interface ReadyService {
  readonly bus: SessionBus;
  readonly owner: string;
  readonly capabilities: NotificationCapabilities;
}

/**
 * ```
 * idle → connecting → connected (owner comes and goes) → waiting → connecting …
 *            └──── no bus ───────────────────────────────↗           any → closed
 * ```
 */
type Link =
  | { readonly name: "idle" | "connecting" | "closed" }
  | { readonly name: "connected"; readonly bus: SessionBus; starting: boolean }
  | { readonly name: "waiting"; readonly cancel: Cancel };

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;

type Detail = "noBus" | "noService" | "stopped" | "starting" | "slow" | "unreadable";

/**
 * Keeps the way to the notification service: the connection, who owns the name, what the owner can do. Reconnects
 * with a back-off by itself, and at once when a notification is wanted. Every step is bounded by `limitMs`.
 */
export class FreedesktopPresence {
  readonly #options: PresenceOptions;
  readonly #listener: PresenceListener;
  #link: Link = { name: "idle" };
  #owner: string | null = null;
  #capabilities: NotificationCapabilities | null = null;
  #failedConnections = 0;
  #wanted = false;
  /** The owner was asked what it can do, and may still answer. */
  #asking = false;

  constructor(options: PresenceOptions, listener: PresenceListener) {
    this.#options = options;
    this.#listener = listener;
  }

  get ready(): ReadyService | null {
    if (this.#link.name !== "connected" || this.#owner === null || this.#capabilities === null) return null;
    return { bus: this.#link.bus, owner: this.#owner, capabilities: this.#capabilities };
  }

  /** Watches the service without starting it. */
  watch(): void {
    if (this.#link.name === "idle") this.#connect();
  }

  /** Does what it takes to get the service up; the outcome is told by `settled`, unless the service is ready already. */
  want(): void {
    if (this.ready !== null) return;
    this.#wanted = true;
    switch (this.#link.name) {
      case "idle":
        this.#connect();
        return;
      case "waiting":
        this.#link.cancel();
        this.#connect();
        return;
      case "connected":
        if (this.#owner === null) this.#start(this.#link);
        else if (!this.#asking) this.#ask(this.#link.bus, this.#owner);
        return;
      case "connecting":
      case "closed":
        return;
    }
  }

  close(): void {
    if (this.#link.name === "connected") this.#link.bus.close();
    if (this.#link.name === "waiting") this.#link.cancel();
    this.#link = { name: "closed" };
    this.#capabilities = null;
  }

  #connect(): void {
    const { address } = this.#options;
    if (address === null) {
      this.#link = { name: "idle" };
      this.#unavailable("noBus", "noBus");
      return;
    }
    this.#link = { name: "connecting" };
    const listener = {
      signal: (signal: BusSignal) => this.#signal(signal),
      lost: () => this.#disconnected(),
    };
    void openSessionBus({ ...this.#options, address }, listener).then((bus) => {
      if (this.#link.name !== "connecting") bus?.close();
      else if (bus === null) this.#disconnected();
      else this.#connected(bus);
    });
  }

  #connected(bus: SessionBus): void {
    const link = { name: "connected" as const, bus, starting: false };
    this.#link = link;
    for (const rule of MATCH_RULES) bus.call(busCall("AddMatch", "s", [rule]), () => {});
    let told = false;
    bus.call(busCall("GetNameOwner", "s", [NOTIFICATIONS]), (result) => {
      if (this.#link !== link || told || result.outcome === "lost") return;
      // A bus that does not answer for itself is as good as none; without an answer no signal can be trusted.
      if (result.outcome === "late") {
        told = true;
        bus.close();
        this.#disconnected();
        return;
      }
      this.#failedConnections = 0;
      const owner = result.outcome === "answered" ? result.body[0] : null;
      if (typeof owner === "string") this.#ownerChanged(link, owner);
      else if (this.#wanted) this.#start(link);
      else this.#unavailable("noService", "noService");
    });
  }

  #disconnected(): void {
    const delayMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#failedConnections);
    this.#failedConnections += 1;
    this.#link = { name: "waiting", cancel: this.#options.clock.after(delayMs, () => this.#connect()) };
    this.#dropOwner();
    this.#unavailable("noBus", "noBus");
  }

  #signal(signal: BusSignal): void {
    const owner = readOwnerChange(signal);
    if (owner === null) this.#listener.signal(signal);
    else if (this.#link.name === "connected") this.#ownerChanged(this.#link, owner);
  }

  #ownerChanged(link: Link & { name: "connected" }, owner: string): void {
    if (owner === (this.#owner ?? "")) return;
    this.#dropOwner();
    if (owner === "") {
      this.#unavailable("noService", "stopped");
      return;
    }
    this.#owner = owner;
    this.#ask(link.bus, owner);
  }

  #dropOwner(): void {
    const owner = this.#owner;
    this.#owner = null;
    this.#capabilities = null;
    this.#asking = false;
    if (owner !== null) this.#listener.ownerGone(owner);
  }

  /** Lets the bus start the service. The bus itself may take minutes over it; then the name's new owner tells. */
  #start(link: Link & { name: "connected" }): void {
    if (link.starting) return;
    link.starting = true;
    link.bus.call(busCall("StartServiceByName", "su", [NOTIFICATIONS, 0]), (result) => {
      if (result.outcome !== "late") link.starting = false;
      if (this.#link !== link || this.#owner !== null || result.outcome === "lost") return;
      // `answered` without an owner: its name is announced in a moment.
      if (result.outcome === "late") this.#unavailable("slow", "starting");
      else if (result.outcome === "error") this.#unavailable("noService", "noService");
    });
  }

  /** A slow service is told as slow after the limit, and as available when its answers come after all. */
  #ask(bus: SessionBus, owner: string): void {
    this.#asking = true;
    const answers = new Map<string, readonly unknown[]>();
    for (const member of ["GetServerInformation", "GetCapabilities"] as const) {
      bus.call(serviceCall(owner, member), (result) => {
        if (this.#owner !== owner || !this.#asking || result.outcome === "lost") return;
        if (result.outcome === "late") {
          this.#unavailable("slow", "slow");
          return;
        }
        if (result.outcome === "answered") answers.set(member, result.body);
        else this.#asking = false;
        const information = answers.get("GetServerInformation");
        const list = answers.get("GetCapabilities");
        if (this.#asking && (information === undefined || list === undefined)) return;
        this.#asking = false;
        this.#capabilities = readCapabilities(information ?? [], list ?? []);
        if (this.#capabilities === null) this.#unavailable("failed", "unreadable");
        else this.#settle({ available: true, capabilities: this.#capabilities }, true);
      });
    }
  }

  #unavailable(reason: UnavailableReason, detail: Detail): void {
    this.#settle({ available: false, reason, detail: texts.notifications.problems[detail] }, false);
  }

  #settle(capability: Capability, replaced: boolean): void {
    this.#wanted = false;
    this.#options.logger.debug("notification.service", {
      available: capability.available,
      reason: capability.available ? "" : capability.reason,
    });
    this.#listener.settled(capability, replaced);
  }
}
