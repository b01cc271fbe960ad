import { Message, NameFlag, sessionBus, Variant, type MessageBus } from "@particle/dbus-next";

import type { BusTeller } from "../focus-table.ts";

/** Somebody of the table on a real bus, who answers as a test wants it to, and no question that is not in the table. */
export class StagedTeller {
  readonly #bus: MessageBus;
  readonly #teller: BusTeller;
  #answer: unknown;
  #silent: boolean;
  #stopped = false;
  readonly #held: Message[] = [];
  /** How often it was asked. */
  asked = 0;

  private constructor(bus: MessageBus, teller: BusTeller, quiet: boolean, silent: boolean) {
    this.#bus = bus;
    this.#teller = teller;
    this.#answer = quiet;
    this.#silent = silent;
    bus.on("error", () => {});
    bus.addMethodHandler((message: Message) => this.#handle(message));
  }

  /** `silent`: it owns the name and answers nothing before `release`. */
  static async start(
    address: string,
    teller: BusTeller,
    { quiet = false, silent = false } = {},
  ): Promise<StagedTeller> {
    const bus = sessionBus({ busAddress: address, authMethods: ["EXTERNAL"] });
    const staged = new StagedTeller(bus, teller, quiet, silent);
    await bus.requestName(teller.name, NameFlag.ALLOW_REPLACEMENT | NameFlag.REPLACE_EXISTING);
    return staged;
  }

  /** Anything but a boolean is sent as a text. */
  set(answer: unknown): void {
    this.#answer = answer;
    const { path, tells } = this.#teller;
    const begin = [...tells.arguments];
    this.#bus.send(
      Message.newSignal(path, tells.interface, "Changed", `${"s".repeat(begin.length)}b`, [...begin, true]),
    );
  }

  silence(): void {
    this.#silent = true;
  }

  release(): void {
    this.#silent = false;
    for (const message of this.#held.splice(0)) this.#handle(message);
  }

  stop(): void {
    this.#stopped = true;
    this.#bus.disconnect();
  }

  #handle(message: Message): boolean {
    // What was on its way when it left cannot be answered any more.
    if (this.#stopped) return true;
    const { path, interface: name, member, body } = this.#teller;
    if (message.path !== path || message.interface !== name || message.member !== member) return false;
    if (JSON.stringify(message.body) !== JSON.stringify(body)) return false;
    this.asked += 1;
    if (this.#silent) {
      this.#held.push(message);
      return true;
    }
    const bare = typeof this.#answer === "boolean" ? "b" : "s";
    const value = bare === "b" ? this.#answer : String(this.#answer);
    // Properties come as variants, and so does what xfconf keeps.
    const reply = body.length > 0 ? new Variant(bare, value) : value;
    this.#bus.send(Message.newMethodReturn(message, body.length > 0 ? "v" : bare, [reply]));
    return true;
  }
}
