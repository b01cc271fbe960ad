import { Message, sessionBus, Variant, type MessageBus } from "@particle/dbus-next";

const NAME = "org.kde.StatusNotifierWatcher";
const PATH = "/StatusNotifierWatcher";

/** A watcher of tray icons on a real bus, with or without a host that draws them, that answers as a test wants it to. */
export class StagedWatcher {
  /** Who registered an icon, in order. */
  readonly items: string[] = [];
  readonly #bus: MessageBus;
  #host: boolean;
  #silent: boolean;
  readonly #held: Message[] = [];

  private constructor(bus: MessageBus, host: boolean, silent: boolean) {
    this.#bus = bus;
    this.#host = host;
    this.#silent = silent;
    bus.on("error", () => {});
    bus.addMethodHandler((message: Message) => this.#handle(message));
  }

  /** `silent`: it owns the name and answers nothing before `answer`. */
  static async start(address: string, { host = true, silent = false } = {}): Promise<StagedWatcher> {
    const bus = sessionBus({ busAddress: address, authMethods: ["EXTERNAL"] });
    const watcher = new StagedWatcher(bus, host, silent);
    await bus.requestName(NAME);
    return watcher;
  }

  /** A host comes, or goes. */
  setHost(host: boolean): void {
    this.#host = host;
    const member = host ? "StatusNotifierHostRegistered" : "StatusNotifierHostUnregistered";
    this.#bus.send(Message.newSignal(PATH, NAME, member));
  }

  /** What it was asked so far, and from now on. */
  answer(): void {
    this.#silent = false;
    for (const message of this.#held.splice(0)) this.#handle(message);
  }

  stop(): void {
    this.#bus.disconnect();
  }

  #handle(message: Message): boolean {
    if (message.path !== PATH) return false;
    if (this.#silent) {
      this.#held.push(message);
      return true;
    }
    if (message.member === "Get") {
      const registered = message.body[1] === "IsStatusNotifierHostRegistered";
      const value = registered ? new Variant("b", this.#host) : new Variant("i", 0);
      this.#bus.send(Message.newMethodReturn(message, "v", [value]));
      return true;
    }
    if (message.member !== "RegisterStatusNotifierItem") return false;
    this.items.push(message.sender);
    this.#bus.send(Message.newMethodReturn(message));
    return true;
  }
}
