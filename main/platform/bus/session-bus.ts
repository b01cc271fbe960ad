import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { Socket } from "node:net";
import { Message, sessionBus, type MessageBus } from "@particle/dbus-next";
import { busAddresses } from "./bus-address.ts";
import type { Cancel, Clock, Logger } from "../ports.ts";
import { errorCode } from "../fault.ts";

/** One method call. `destination` may be a well-known or a unique name. */
export interface BusCall {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly signature?: string;
  readonly body?: readonly unknown[];
}

/** The name of the bus itself. */
export const BUS = "org.freedesktop.DBus";
const BUS_PATH = "/org/freedesktop/DBus";

/** A call to the bus itself. */
export function busCall(member: string, signature?: string, body?: readonly unknown[]): BusCall {
  const call = { destination: BUS, path: BUS_PATH, interface: BUS, member };
  return signature === undefined ? call : { ...call, signature, body: body ?? [] };
}

/**
 * How one call ended. Never rejects, never stays open.
 * - `answered`: with the unique name of the connection that answered.
 * - `error`: the peer or the bus said no; `name` is a D-Bus error name.
 * - `late`: no answer within the limit.
 * - `lost`: the bus is gone.
 */
export type CallResult =
  | { readonly outcome: "answered"; readonly sender: string; readonly body: readonly unknown[] }
  | { readonly outcome: "error"; readonly name: string }
  | { readonly outcome: "late" }
  | { readonly outcome: "lost" };

export interface BusSignal {
  readonly sender: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly body: readonly unknown[];
}

export interface BusListener {
  signal(signal: BusSignal): void;
  /** The connection is gone; every open call has been settled as `lost` before. Called once, never after `close`. */
  lost(): void;
}

/** An open connection to a session bus. Replies and signals are delivered synchronously, in the order of the wire. */
export interface SessionBus {
  /**
   * `settle` is called once, within the limit. After `late` it is called a second time if the answer or the loss of
   * the bus comes after all, so that what a slow peer did late can be taken up or undone.
   */
  call(call: BusCall, settle: (result: CallResult) => void): void;
  ask(call: BusCall): Promise<CallResult>;
  /** Drops the connection at once and settles what is open as `lost`. */
  close(): void;
}

export interface SessionBusOptions {
  /** `DBUS_SESSION_BUS_ADDRESS`, which may be a list; see `sessionBusAddress`. */
  readonly address: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** For the connection and for every call. */
  readonly limitMs: number;
}

/** Message types of the D-Bus Specification; the library's type declarations number them wrongly. */
const METHOD_RETURN: number = 2;
const ERROR: number = 3;
const SIGNAL: number = 4;

/**
 * The session bus's address as the D-Bus Specification and systemd place it, or null where there is none. The
 * library's own search is not used: without an address it reads files of an X11 session that may be long over.
 */
export function sessionBusAddress(env: Readonly<Record<string, string | undefined>>): string | null {
  const address = env["DBUS_SESSION_BUS_ADDRESS"];
  if (address !== undefined && address !== "") return address;
  const runtime = env["XDG_RUNTIME_DIR"];
  return runtime === undefined || runtime === "" ? null : `unix:path=${runtime}/bus`;
}

/**
 * Connects to the first of its addresses where a bus takes the connection; null when there is none, or when one lets the
 * limit pass. Never rejects.
 */
export function openSessionBus(
  options: SessionBusOptions,
  listener: BusListener,
): Promise<SessionBus | null> {
  const addresses = busAddresses(options.address);
  return new Promise((resolve) => {
    const tryNext = (): void => {
      const address = addresses.shift();
      if (address === undefined) return resolve(null);
      let connection: Connection;
      try {
        connection = new Connection({ ...options, address }, listener, (opening) => {
          if (opening === "failed") return tryNext();
          resolve(opening === "opened" ? connection : null);
        });
      } catch (error) {
        // The library throws for an address that it cannot read.
        options.logger.debug("bus.addressRefused", { error: errorCode(error) });
        tryNext();
      }
    };
    tryNext();
  });
}

type Opening = "opened" | "failed" | "late";

interface OpenCall {
  readonly settle: (result: CallResult) => void;
  cancelLimit: Cancel;
}

/**
 * ```
 * opening → open → gone      opening → gone
 * ```
 * Wraps the library where it is not safe by itself: calls in flight when the bus dies never settle there, a reply
 * reaches its promise only after the signals that came behind it, and an `error` event without listener ends the
 * process.
 */
class Connection implements SessionBus {
  #state: "opening" | "open" | "gone" = "opening";
  readonly #bus: MessageBus;
  readonly #socket: Socket;
  readonly #calls = new Map<number, OpenCall>();
  readonly #options: SessionBusOptions;
  readonly #listener: BusListener;
  readonly #cancelOpening: Cancel;
  readonly #opened: (opening: Opening) => void;

  constructor(options: SessionBusOptions, listener: BusListener, opened: (opening: Opening) => void) {
    this.#options = options;
    this.#listener = listener;
    this.#opened = opened;
    [this.#bus, this.#socket] = connect(options.address);
    this.#bus.on("error", (error: unknown) => this.#gone(errorCode(error)));
    this.#bus.on("message", (message) => this.#message(message));
    this.#bus.addMethodHandler((call: Message) => this.#refuse(call));
    this.#bus.on("connect", () => this.#connected());
    this.#socket.once("close", () => this.#gone("closed"));
    this.#cancelOpening = options.clock.after(options.limitMs, () => this.#gone("late"));
  }

  call(call: BusCall, settle: (result: CallResult) => void): void {
    if (this.#state !== "open") {
      settle({ outcome: "lost" });
      return;
    }
    const message = new Message({ ...call, body: [...(call.body ?? [])] });
    const serial = this.#bus.newSerial();
    message.serial = serial;
    const open: OpenCall = { settle, cancelLimit: () => {} };
    this.#calls.set(serial, open);
    open.cancelLimit = this.#options.clock.after(this.#options.limitMs, () => settle({ outcome: "late" }));
    try {
      this.#bus.send(message);
    } catch (error) {
      this.#gone(errorCode(error));
    }
  }

  ask(call: BusCall): Promise<CallResult> {
    return new Promise((resolve) => this.call(call, resolve));
  }

  close(): void {
    this.#end();
  }

  #connected(): void {
    if (this.#state !== "opening") return;
    this.#cancelOpening();
    this.#state = "open";
    this.#opened("opened");
  }

  #message(message: Message): void {
    // What is thrown here would be swallowed by the library and answered to the sender.
    try {
      this.#deliver(message);
    } catch (error) {
      this.#options.logger.error("bus.listenerFailed", {
        member: message.member ?? "",
        error: errorCode(error),
      });
    }
  }

  #deliver(message: Message): void {
    if (this.#state !== "open") return;
    const body: readonly unknown[] = message.body;
    const type: number = message.type;
    if (type === SIGNAL) {
      const { sender, path, interface: name, member } = message;
      this.#listener.signal({ sender, path, interface: name, member, body });
      return;
    }
    if (type !== METHOD_RETURN && type !== ERROR) return;
    const serial = Number(message.replySerial);
    const open = this.#calls.get(serial);
    if (open === undefined) return;
    this.#calls.delete(serial);
    open.cancelLimit();
    if (type === METHOD_RETURN) open.settle({ outcome: "answered", sender: message.sender, body });
    else open.settle({ outcome: "error", name: message.errorName });
  }

  /**
   * Nobody has anything to call here. Left to the library, a call that meets a connection just closed would be
   * answered with an exception out of the socket's callback, which ends the process.
   */
  #refuse(call: Message): true {
    if (this.#state !== "open") return true;
    try {
      // The library's declarations of an error reply are wrong, so it is made from a method return.
      const refusal = Message.newMethodReturn(call);
      refusal.type = ERROR;
      refusal.errorName = "org.freedesktop.DBus.Error.UnknownMethod";
      this.#bus.send(refusal);
    } catch (error) {
      this.#gone(errorCode(error));
    }
    return true;
  }

  #gone(cause: string): void {
    const before = this.#state;
    if (before === "gone") return;
    this.#options.logger.debug("bus.gone", { cause, was: before });
    this.#end();
    if (before === "opening") this.#opened(cause === "late" ? "late" : "failed");
    else this.#listener.lost();
  }

  #end(): void {
    this.#state = "gone";
    this.#cancelOpening();
    // `disconnect` waits for the peer's own end; a bus that hangs would keep the process alive.
    this.#socket.destroy();
    const calls = [...this.#calls.values()];
    this.#calls.clear();
    for (const open of calls) {
      open.cancelLimit();
      open.settle({ outcome: "lost" });
    }
  }
}

/** The library tells nobody that its socket has closed and hands it to nobody; Node.js tells of each socket that it makes. */
function connect(busAddress: string): readonly [MessageBus, Socket] {
  const made: { socket?: unknown } = {};
  const take = (told: unknown): void => void Object.assign(made, told);
  subscribe("net.client.socket", take);
  try {
    // EXTERNAL alone: the library's other methods throw out of a socket callback when a server answers tersely.
    const bus = sessionBus({ busAddress, authMethods: ["EXTERNAL"] });
    if (made.socket instanceof Socket) return [bus, made.socket];
    throw new TypeError("This kind of bus address is not supported.");
  } finally {
    unsubscribe("net.client.socket", take);
  }
}
