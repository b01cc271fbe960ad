import { busCall, openSessionBus, type BusCall, type SessionBus } from "../platform/bus/session-bus.ts";
import type { Clock, Logger } from "../platform/ports.ts";

/**
 * What can be seen of a keyring without asking it for anything.
 * - `absent`: nobody keeps secrets here, and nobody can be started who would.
 * - `locked`: what is kept in it by default is locked; a question raises the system's prompt.
 * - `available`: there, or started on demand.
 */
export type KeyringState = "absent" | "locked" | "available";

export interface SecretServiceOptions {
  /** From `sessionBusAddress`; null where there is no session bus. */
  readonly address: string | null;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** For the connection and for each of at most four calls; a program that has just started may be busy for a second. */
const LIMIT_MS = 5_000;
const SERVICE = "org.freedesktop.secrets";
const COLLECTION = "org.freedesktop.Secret.Collection";
/** What stands for no object. Secret Service API, ReadAlias. */
const NO_OBJECT = "/";

/**
 * Looks at the Secret Service of a session bus. Starts nothing and raises no prompt, settles within twenty seconds,
 * and never rejects. Absent is what the bus says, or that there is none; what does not answer in time counts as there. Reference: Secret Service API (freedesktop.org), `ReadAlias` and `Locked`.
 */
export async function lookAtSecretService(options: SecretServiceOptions): Promise<KeyringState> {
  if (options.address === null) return "absent";
  const bus = await openSessionBus(
    { address: options.address, clock: options.clock, logger: options.logger, limitMs: LIMIT_MS },
    { signal() {}, lost() {} },
  );
  if (bus === null) return "absent";
  try {
    const owned = await bus.ask(busCall("GetNameOwner", "s", [SERVICE]));
    const owner = owned.outcome === "answered" ? owned.body[0] : null;
    if (typeof owner === "string") return (await isLocked(bus, owner)) ? "locked" : "available";
    const startable = await bus.ask(busCall("ListActivatableNames"));
    if (startable.outcome !== "answered") return "available";
    const [names] = startable.body;
    return Array.isArray(names) && names.includes(SERVICE) ? "available" : "absent";
  } finally {
    bus.close();
  }
}

/** Asks the owner by its unique name, so that a call never starts another. One that says nothing counts as not locked. */
async function isLocked(bus: SessionBus, owner: string): Promise<boolean> {
  const [collection] = await answerOf(bus, {
    destination: owner,
    path: "/org/freedesktop/secrets",
    interface: "org.freedesktop.Secret.Service",
    member: "ReadAlias",
    signature: "s",
    body: ["default"],
  });
  if (typeof collection !== "string" || collection === NO_OBJECT) return false;
  const [locked] = await answerOf(bus, {
    destination: owner,
    path: collection,
    interface: "org.freedesktop.DBus.Properties",
    member: "Get",
    signature: "ss",
    body: [COLLECTION, "Locked"],
  });
  return typeof locked === "object" && locked !== null && Reflect.get(locked, "value") === true;
}

async function answerOf(bus: SessionBus, call: BusCall): Promise<readonly unknown[]> {
  const result = await bus.ask(call);
  return result.outcome === "answered" ? result.body : [];
}
