import { Message, sessionBus, type MessageBus } from "@particle/dbus-next";

const NAME = "org.freedesktop.login1";
const PATH = "/org/freedesktop/login1";
const MANAGER = "org.freedesktop.login1.Manager";

/**
 * Says on a private bus that the machine sleeps, wakes or shuts down, as systemd's login manager does on the system
 * bus; nothing happens to the machine. Programs find it with DBUS_SYSTEM_BUS_ADDRESS.
 */
export class LoginManager {
  readonly #bus: MessageBus;

  private constructor(bus: MessageBus) {
    this.#bus = bus;
  }

  static async open(busAddress: string): Promise<LoginManager> {
    const bus = sessionBus({ busAddress, authMethods: ["EXTERNAL"] });
    await new Promise((resolve, reject) => {
      bus.once("connect", resolve);
      bus.once("error", reject);
    });
    // It grants no delay: a program that asks for one is told so, and carries on.
    await bus.requestName(NAME, 0);
    return new LoginManager(bus);
  }

  /** The machine is about to sleep, or has woken. */
  sleep(isAboutTo: boolean): void {
    this.#say("PrepareForSleep", isAboutTo);
  }

  /** The machine is about to shut down. */
  shutDown(): void {
    this.#say("PrepareForShutdown", true);
  }

  close(): void {
    this.#bus.disconnect();
  }

  #say(member: string, value: boolean): void {
    this.#bus.send(Message.newSignal(PATH, MANAGER, member, "b", [value]));
  }
}
