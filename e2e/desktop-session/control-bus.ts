import type { Clock, Logger } from "../../main/platform/ports.ts";
import { openSessionBus, type BusSignal, type SessionBus } from "../../main/platform/bus/session-bus.ts";

const CALL_MS = 2_000;
const OWNER_MS = 5_000;
const BUS = "org.freedesktop.DBus";
const SILENT: Logger = { error() {}, warn() {}, info() {}, debug() {} };

/** The real time, for real processes. */
export const REAL_CLOCK: Clock = {
  now: () => Date.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Opens a connection to a bus of the desktop; rejects when nothing answers. */
export async function openBus(
  address: string,
  signal: (signal: BusSignal) => void = () => {},
): Promise<SessionBus> {
  const options = { address, clock: REAL_CLOCK, logger: SILENT, limitMs: CALL_MS };
  const bus = await openSessionBus(options, { signal, lost: () => {} });
  if (bus === null) throw new Error(`Nothing answers at ${address}.`);
  return bus;
}

/** The desktop's own connection to its session bus: knows who owns which name. */
export class ControlBus {
  readonly bus: SessionBus;
  readonly #waiting: Set<(signal: BusSignal) => void>;

  private constructor(bus: SessionBus, waiting: Set<(signal: BusSignal) => void>) {
    this.bus = bus;
    this.#waiting = waiting;
  }

  static async open(address: string): Promise<ControlBus> {
    const waiting = new Set<(signal: BusSignal) => void>();
    const bus = await openBus(address, (signal) => {
      for (const listener of waiting) listener(signal);
    });
    await bus.ask(busCall("AddMatch", `type='signal',sender='${BUS}',member='NameOwnerChanged'`));
    return new ControlBus(bus, waiting);
  }

  async hasOwner(name: string): Promise<boolean> {
    const result = await this.bus.ask(busCall("NameHasOwner", name));
    return result.outcome === "answered" && result.body[0] === true;
  }

  /** Resolves when the name has an owner, or has none; told by the bus itself, so it neither polls nor sleeps. */
  async waitForOwner(name: string, wanted: boolean, limitMs = OWNER_MS): Promise<void> {
    const changed = Promise.withResolvers<void>();
    const listener = ({ member, body }: BusSignal) => {
      if (member === "NameOwnerChanged" && body[0] === name && (body[2] !== "") === wanted) changed.resolve();
    };
    const limit = setTimeout(
      () => changed.reject(new Error(`${name} did not ${wanted ? "appear on" : "leave"} the bus.`)),
      limitMs,
    );
    this.#waiting.add(listener);
    try {
      const result = await this.bus.ask(busCall("NameHasOwner", name));
      if (result.outcome !== "answered" || result.body[0] !== wanted) await changed.promise;
    } finally {
      clearTimeout(limit);
      this.#waiting.delete(listener);
    }
  }

  close(): void {
    this.bus.close();
  }
}

function busCall(member: string, argument: string) {
  return {
    destination: BUS,
    path: "/org/freedesktop/DBus",
    interface: BUS,
    member,
    signature: "s",
    body: [argument],
  };
}
