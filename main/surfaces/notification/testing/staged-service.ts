import { Message, NameFlag, sessionBus, type MessageBus } from "@particle/dbus-next";

export interface Staging {
  readonly capabilities?: readonly string[];
  /** Methods that are not answered until `release`. */
  readonly holds?: readonly string[];
  /** Methods that are answered with an error. */
  readonly refuses?: readonly string[];
}

const NAME = "org.freedesktop.Notifications";
const PATH = "/org/freedesktop/Notifications";

/** A notification service on a real bus, behind a connection of its own, that behaves as a test wants it to. */
export class StagedService {
  /** What was called, in order. */
  readonly calls: Array<{ readonly member: string; readonly body: readonly unknown[] }> = [];
  readonly #bus: MessageBus;
  readonly #staging: Staging;
  readonly #held: Array<() => void> = [];
  #lastId = 40;
  #client = "";
  #stopped = false;

  private constructor(bus: MessageBus, staging: Staging) {
    this.#bus = bus;
    this.#staging = staging;
    bus.on("error", () => {});
    bus.addMethodHandler((message: Message) => this.#handle(message));
  }

  static async start(address: string, staging: Staging = {}): Promise<StagedService> {
    const bus = sessionBus({ busAddress: address, authMethods: ["EXTERNAL"] });
    const service = new StagedService(bus, staging);
    await bus.requestName(NAME, NameFlag.ALLOW_REPLACEMENT | NameFlag.REPLACE_EXISTING);
    return service;
  }

  /** A connection that sends the signals of a notification service without being it. */
  static impostor(address: string): StagedService {
    return new StagedService(sessionBus({ busAddress: address, authMethods: ["EXTERNAL"] }), {});
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

  closed(id: number, reason: number): void {
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
        return Message.newMethodReturn(message, "ssss", ["Stage", "Doorbell", "1.0", "1.2"]);
      case "GetCapabilities": {
        const capabilities = this.#staging.capabilities ?? ["actions", "body", "body-markup"];
        return Message.newMethodReturn(message, "as", [[...capabilities]]);
      }
      case "Notify": {
        const [, replaces] = message.body as unknown[];
        const id = typeof replaces === "number" && replaces > 0 ? replaces : ++this.#lastId;
        return Message.newMethodReturn(message, "u", [id]);
      }
      default:
        return Message.newMethodReturn(message);
    }
  }
}
