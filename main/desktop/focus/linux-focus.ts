import { Variant } from "@particle/dbus-next";

import type { Cancel, Clock, Logger, Unsubscribe } from "../../platform/ports.ts";
import {
  BUS,
  busCall,
  openSessionBus,
  type BusSignal,
  type SessionBus,
} from "../../platform/bus/session-bus.ts";
import { BUS_TELLERS, type BusTeller, SETTING_TELLERS, type SettingTeller } from "./focus-table.ts";
import type { SystemFocus } from "./system-focus.ts";

export interface LinuxFocusOptions {
  /** From `sessionBusAddress`; null where there is no session bus. */
  readonly address: string | null;
  /** `XDG_CURRENT_DESKTOP`: names with colons in between. */
  readonly desktop: string;
  /** As `readSetting`. */
  readonly read: (schema: string, key: string, signal: AbortSignal) => Promise<string | null>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** For the connection and for every call; what comes later still counts. */
const LIMIT_MS = 10_000;
const NEXT_CONNECTION_MS = 60_000;
const DCONF = "ca.desrt.dconf.Writer";

/** Follows everybody of the table. It is quiet while one of them says so; what cannot be asked says nothing. */
export class LinuxFocus implements SystemFocus {
  readonly #options: LinuxFocusOptions;
  readonly #settings: readonly SettingTeller[];
  readonly #listeners = new Set<(on: boolean) => void>();
  readonly #quiet = new Set<string>();
  readonly #owners = new Map<string, string>();
  /** Counts the questions to each: an answer to an older one says nothing about now. */
  readonly #asked = new Map<string, number>();
  readonly #reading = new Set<SettingTeller>();
  readonly #again = new Set<SettingTeller>();
  readonly #stop = new AbortController();
  #bus: SessionBus | null = null;
  #cancel: Cancel = () => undefined;

  constructor(options: LinuxFocusOptions) {
    this.#options = options;
    const desktops = options.desktop.split(":");
    this.#settings = SETTING_TELLERS.filter(({ desktop }) => desktops.includes(desktop));
    if (options.address !== null) void this.#connect(options.address);
  }

  get on(): boolean {
    return this.#quiet.size > 0;
  }

  subscribe(listener: (on: boolean) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  dispose(): void {
    this.#stop.abort();
    this.#listeners.clear();
    this.#cancel();
    this.#bus?.close();
    this.#bus = null;
  }

  async #connect(address: string): Promise<void> {
    const { clock, logger } = this.#options;
    const listener = {
      signal: (signal: BusSignal) => this.#heard(signal),
      lost: () => this.#lost(address),
    };
    const bus = await openSessionBus({ address, clock, logger, limitMs: LIMIT_MS }, listener);
    if (this.#stop.signal.aborted) return bus?.close();
    if (bus === null) return this.#lost(address);
    this.#bus = bus;
    for (const rule of [...BUS_TELLERS.map(tellsRule), ...this.#settings.map(writtenRule), ...OWNER_RULES])
      bus.call(busCall("AddMatch", "s", [rule]), () => {});
    for (const name of NAMES)
      bus.call(busCall("GetNameOwner", "s", [name]), (result) => {
        if (result.outcome === "answered") this.#owned(name, result.body[0]);
      });
    for (const setting of this.#settings) void this.#read(setting);
  }

  #lost(address: string): void {
    this.#bus = null;
    for (const name of NAMES) this.#owned(name, "");
    for (const { who } of this.#settings) this.#says(who, false);
    this.#cancel = this.#options.clock.after(NEXT_CONNECTION_MS, () => void this.#connect(address));
  }

  #heard({ sender, path, interface: name, member, body }: BusSignal): void {
    if (sender === BUS && member === "NameOwnerChanged") {
      if (NAMES.includes(String(body[0]))) this.#owned(String(body[0]), body[2]);
    } else if (name === DCONF) {
      for (const setting of this.#settings) if (isWritten(setting, body)) void this.#read(setting);
    } else {
      for (const teller of BUS_TELLERS)
        if (path === teller.path && name === teller.tells.interface) this.#ask(teller);
    }
  }

  #owned(name: string, owner: unknown): void {
    const known = this.#owners.get(name) ?? "";
    if (typeof owner !== "string" || owner === known) return;
    if (owner === "") this.#owners.delete(name);
    else this.#owners.set(name, owner);
    for (const teller of BUS_TELLERS) {
      if (teller.name !== name) continue;
      if (known !== "") this.#says(teller.who, false);
      this.#ask(teller);
    }
  }

  /** By its unique name: a call to the well-known one could start it. */
  #ask(teller: BusTeller): void {
    const question = (this.#asked.get(teller.who) ?? 0) + 1;
    this.#asked.set(teller.who, question);
    const destination = this.#owners.get(teller.name);
    if (destination === undefined) return;
    const { path, interface: name, member, body } = teller;
    const call = { destination, path, interface: name, member, signature: "s".repeat(body.length), body };
    this.#bus?.call(call, (result) => {
      if (result.outcome === "late" || question !== this.#asked.get(teller.who)) return;
      this.#says(teller.who, result.outcome === "answered" && isTrue(result.body[0]));
    });
  }

  /** One program at a time for each setting, however often it is written. */
  async #read(setting: SettingTeller): Promise<void> {
    this.#again.add(setting);
    if (this.#reading.has(setting)) return;
    this.#reading.add(setting);
    while (this.#again.delete(setting) && !this.#stop.signal.aborted) {
      const value = await this.#options.read(setting.schema, setting.key, this.#stop.signal);
      this.#says(setting.who, value === String(setting.quietWhen));
    }
    this.#reading.delete(setting);
  }

  #says(who: string, quiet: boolean): void {
    if (this.#stop.signal.aborted || this.#quiet.has(who) === quiet) return;
    const before = this.on;
    if (quiet) this.#quiet.add(who);
    else this.#quiet.delete(who);
    this.#options.logger.info("focus", { who, quiet });
    if (this.on !== before) for (const listener of this.#listeners) listener(this.on);
  }
}

const NAMES = [...new Set(BUS_TELLERS.map(({ name }) => name))];
const OWNER_RULES = NAMES.map(
  (name) => `type='signal',sender='${BUS}',interface='${BUS}',member='NameOwnerChanged',arg0='${name}'`,
);

function tellsRule({ name, path, tells }: BusTeller): string {
  const begins = tells.arguments.map((value, index) => `,arg${index}='${value}'`).join("");
  return `type='signal',sender='${name}',interface='${tells.interface}',path='${path}'${begins}`;
}

/** Of one setting its own path is told, of several the path that they have in common. */
function writtenRule({ path }: SettingTeller): string {
  return `type='signal',interface='${DCONF}',member='Notify',arg0path='${path}'`;
}

/** A single key is named whole, several by what they have in common and the rest of each, a reset by its folder. */
function isWritten({ path, key }: SettingTeller, [prefix, names]: readonly unknown[]): boolean {
  if (typeof prefix !== "string" || !Array.isArray(names)) return false;
  return names.some((name) => {
    const written = `${prefix}${String(name)}`;
    return `${path}${key}` === written || (written.endsWith("/") && path.startsWith(written));
  });
}

function isTrue(value: unknown): boolean {
  return value === true || (value instanceof Variant && value.value === true);
}
