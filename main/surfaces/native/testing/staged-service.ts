import { Message, NameFlag, sessionBus, type MessageBus } from "@particle/dbus-next";
import { z } from "zod";
import type { Cancel, Clock } from "../../../platform/ports.ts";

export interface Staging {
  readonly capabilities?: readonly string[];
  /** Methods that are not answered until `release`. */
  readonly holds?: readonly string[];
  /** Methods that are answered with an error. */
  readonly refuses?: readonly string[];
  /** In GetServerInformation. */
  readonly name?: string;
  readonly vendor?: string;
  /** Says that it has closed what it was told to, and leaves it drawn until its time is over: notification-daemon. */
  readonly leavesClosed?: true;
  /** Takes a notification away for another of the same words: dunst. */
  readonly takesEqualForOne?: true;
  /** Has room for so many, and takes the first away for one more: GNOME Shell. */
  readonly room?: number;
  /** Makes something else of what it is asked for, and answers 0: notify-osd, of what is never to expire. */
  readonly answersZero?: true;
  /** Lets critical notifications expire as well, as dunst and mako do. Xfce and GNOME do not. */
  readonly criticalExpires?: true;
}

/** Notify as the specification has it. */
const NOTIFY = z.tuple([
  z.string(),
  z.number(),
  z.string(),
  z.string(),
  z.string(),
  z.array(z.string()),
  z.record(z.string(), z.object({ value: z.unknown() })),
  z.number(),
]);
const CRITICAL = 2;
/** Reasons of NotificationClosed. */
const EXPIRED = 1;
const BY_CALL = 3;

const NAME = "org.freedesktop.Notifications";
const PATH = "/org/freedesktop/Notifications";

/**
 * A notification service on a real bus, behind a connection of its own, that behaves as a test wants it to. Of itself it
 * does what real ones do: `e2e/desktop-session/notification-service.test.ts` holds it to one.
 */
export class StagedService {
  /** What was called, in order. */
  readonly calls: Array<{ readonly member: string; readonly body: readonly unknown[] }> = [];
  readonly #bus: MessageBus;
  readonly #staging: Staging;
  readonly #clock: Clock;
  /** What is on the screen, and how its time is stopped. */
  readonly #up = new Map<number, Cancel>();
  readonly #words = new Map<number, string>();
  readonly #held: Array<() => void> = [];
  #lastId = 40;
  #client = "";
  #stopped = false;

  private constructor(bus: MessageBus, clock: Clock, staging: Staging) {
    this.#bus = bus;
    this.#clock = clock;
    this.#staging = staging;
    bus.on("error", () => {});
    bus.addMethodHandler((message: Message) => this.#handle(message));
  }

  static async start(address: string, clock: Clock, staging: Staging = {}): Promise<StagedService> {
    const bus = sessionBus({ busAddress: address, authMethods: ["EXTERNAL"] });
    const service = new StagedService(bus, clock, staging);
    await bus.requestName(NAME, NameFlag.ALLOW_REPLACEMENT | NameFlag.REPLACE_EXISTING);
    return service;
  }

  /** A connection that sends the signals of a notification service without being it. */
  static impostor(address: string, clock: Clock): StagedService {
    return new StagedService(sessionBus({ busAddress: address, authMethods: ["EXTERNAL"] }), clock, {});
  }

  /** The ids of what is on the screen. */
  get up(): readonly number[] {
    return [...this.#up.keys()];
  }

  called(member: string): ReadonlyArray<readonly unknown[]> {
    return this.calls.filter((call) => call.member === member).map(({ body }) => body);
  }

  signal(member: string, signature: string, body: unknown[]): void {
    this.#bus.send(Message.newSignal(PATH, NAME, member, signature, body));
  }

  invoke(id: number, key: string): void {
    this.signal("ActionInvoked", "us", [id, key]);
  }

  /** The person has written an answer, at a service of KDE's kind. */
  reply(id: number, text: string): void {
    this.signal("NotificationReplied", "us", [id, text]);
  }

  closed(id: number, reason: number): void {
    this.#up.get(id)?.();
    this.#up.delete(id);
    this.signal("NotificationClosed", "uu", [id, reason]);
  }

  /** Answers everything that was held. */
  release(): void {
    for (const answer of this.#held.splice(0)) answer();
  }

  /** Calls a method of the connection that sent the last Notify. */
  async callBack(call: { path: string; interface: string; member: string }): Promise<void> {
    await this.#bus.call(new Message({ ...call, destination: this.#client }));
  }

  stop(): void {
    this.#stopped = true;
    for (const cancel of this.#up.values()) cancel();
    this.#up.clear();
    this.#bus.disconnect();
  }

  #handle(message: Message): boolean {
    if (message.interface !== NAME) return false;
    const { member, body } = message;
    this.calls.push({ member, body });
    this.#client = message.sender;
    const answer = () => {
      if (!this.#stopped) this.#bus.send(this.#answer(message));
    };
    if (this.#staging.holds?.includes(member)) this.#held.push(answer);
    else answer();
    return true;
  }

  #answer(message: Message): Message {
    if (this.#staging.refuses?.includes(message.member)) {
      const refusal = Message.newMethodReturn(message, "s", ["Too many"]);
      refusal.type = 3;
      refusal.errorName = "org.freedesktop.DBus.Error.LimitsExceeded";
      return refusal;
    }
    switch (message.member) {
      case "GetServerInformation":
        return Message.newMethodReturn(message, "ssss", [
          this.#staging.name ?? "Stage",
          this.#staging.vendor ?? "Doorbell",
          "1.0",
          "1.2",
        ]);
      case "GetCapabilities": {
        const capabilities = this.#staging.capabilities ?? ["actions", "body", "body-markup"];
        return Message.newMethodReturn(message, "as", [[...capabilities]]);
      }
      case "Notify":
        return Message.newMethodReturn(message, "u", [this.#put(message.body)]);
      case "CloseNotification": {
        const [id] = z.tuple([z.number()]).parse(message.body);
        if (this.#up.has(id)) {
          if (this.#staging.leavesClosed) this.signal("NotificationClosed", "uu", [id, BY_CALL]);
          else this.closed(id, BY_CALL);
        }
        return Message.newMethodReturn(message);
      }
      default:
        return Message.newMethodReturn(message);
    }
  }

  /** Puts it on the screen, or another in its place, whose time begins anew. */
  #put(body: unknown): number {
    const [, replaces, , summary, text, , hints, expires] = NOTIFY.parse(body);
    if (this.#staging.answersZero) return 0;
    const id = replaces > 0 ? replaces : ++this.#lastId;
    const words = `${summary}\n${text}`;
    this.#words.delete(id);
    const equal = [...this.#words].find(([other, its]) => this.#up.has(other) && its === words)?.[0];
    if (this.#staging.takesEqualForOne && equal !== undefined) this.closed(equal, EXPIRED);
    this.#words.set(id, words);
    const [first] = this.up;
    if (!this.#up.has(id) && first !== undefined && this.#up.size === this.#staging.room)
      this.closed(first, EXPIRED);
    this.#up.get(id)?.();
    const stays = hints["urgency"]?.value === CRITICAL && this.#staging.criticalExpires !== true;
    const cancel =
      expires > 0 && !stays ? this.#clock.after(expires, () => this.closed(id, EXPIRED)) : () => {};
    this.#up.set(id, cancel);
    return id;
  }
}
