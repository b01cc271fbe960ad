import { Variant } from "@particle/dbus-next";

import type { Clock, Logger } from "../../platform/ports.ts";
import {
  BUS,
  busCall,
  openSessionBus,
  type BusSignal,
  type CallResult,
  type SessionBus,
} from "../../platform/bus/session-bus.ts";

/** Whether somebody draws tray icons here. `unknown`: there is no session bus, or it has not answered. */
export type TrayHost = "unknown" | "absent" | "present";

export interface TrayHostOptions {
  /** From `sessionBusAddress`; null where there is no session bus. */
  readonly address: string | null;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** For the connection and for every call: a panel that is just starting may be slow. */
const LIMIT_MS = 10_000;
/** A start does not wait longer for the first answer, which comes within milliseconds as a rule. */
const OPEN_LIMIT_MS = 500;

const WATCHER = "org.kde.StatusNotifierWatcher";
const WATCHER_PATH = "/StatusNotifierWatcher";
const PROPERTIES = "org.freedesktop.DBus.Properties";
const HOST_SIGNALS = new Set(["StatusNotifierHostRegistered", "StatusNotifierHostUnregistered"]);

const MATCH_RULES: readonly string[] = [
  `type='signal',sender='${BUS}',interface='${BUS}',member='NameOwnerChanged',arg0='${WATCHER}'`,
  `type='signal',sender='${WATCHER}',interface='${WATCHER}',path='${WATCHER_PATH}'`,
];

/**
 * Knows whether a tray icon would be seen: who owns the watcher's name, and whether a host has registered with it.
 * Electron asks the same once, when an icon is made, and tells nobody. Reference: StatusNotifierItem specification.
 */
export class TrayHostWatch {
  readonly #options: TrayHostOptions;
  #bus: SessionBus | null = null;
  #host: TrayHost = "unknown";
  #changed: () => void = () => {};
  /** Counts questions: an answer to an older one says nothing about now. */
  #asked = 0;
  #closed = false;

  constructor(options: TrayHostOptions) {
    this.#options = options;
  }

  get host(): TrayHost {
    return this.#host;
  }

  /** Resolves with the first answer, or after half a second; what comes later is a change. Never rejects. Called once. */
  async open(): Promise<TrayHost> {
    const { address, clock } = this.#options;
    if (address === null) return this.#host;
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const cancel = clock.after(OPEN_LIMIT_MS, resolve);
    await Promise.race([this.#connect(address), late]);
    cancel();
    return this.#host;
  }

  /** Calls `changed` at every change from now on. */
  follow(changed: () => void): void {
    this.#changed = changed;
  }

  close(): void {
    this.#closed = true;
    this.#bus?.close();
    this.#bus = null;
  }

  async #connect(address: string): Promise<void> {
    const listener = {
      signal: (signal: BusSignal) => this.#signal(signal),
      lost: () => this.#become("unknown"),
    };
    const bus = await openSessionBus({ ...this.#options, address, limitMs: LIMIT_MS }, listener);
    if (this.#closed) bus?.close();
    if (bus === null || this.#closed) return;
    this.#bus = bus;
    for (const rule of MATCH_RULES) bus.call(busCall("AddMatch", "s", [rule]), () => {});
    await this.#ask(bus);
  }

  #signal({ sender, interface: name, member, body }: BusSignal): void {
    const bus = this.#bus;
    if (bus === null) return;
    const ownerChanged = sender === BUS && member === "NameOwnerChanged" && body[0] === WATCHER;
    if (ownerChanged || (name === WATCHER && HOST_SIGNALS.has(member))) void this.#ask(bus);
  }

  async #ask(bus: SessionBus): Promise<void> {
    const question = ++this.#asked;
    const host = await hostOn(bus);
    if (question === this.#asked) this.#become(host);
  }

  #become(host: TrayHost): void {
    if (this.#closed || host === this.#host) return;
    this.#host = host;
    this.#options.logger.info("tray.host", { host });
    this.#changed();
  }
}

/** The owner is asked by its unique name: a call to the well-known one could start it. */
async function hostOn(bus: SessionBus): Promise<TrayHost> {
  const owned = await bus.ask(busCall("GetNameOwner", "s", [WATCHER]));
  if (owned.outcome !== "answered") return withoutAnswer(owned);
  const registered = await bus.ask({
    destination: String(owned.body[0]),
    path: WATCHER_PATH,
    interface: PROPERTIES,
    member: "Get",
    signature: "ss",
    body: [WATCHER, "IsStatusNotifierHostRegistered"],
  });
  if (registered.outcome !== "answered") return withoutAnswer(registered);
  const [variant] = registered.body;
  return variant instanceof Variant && variant.value === true ? "present" : "absent";
}

function withoutAnswer({ outcome }: CallResult): TrayHost {
  // An error is a word of the bus or of the owner: there is nobody, or somebody who cannot say.
  return outcome === "error" ? "absent" : "unknown";
}
