import { Message, MessageType, sessionBus, type MessageBus } from "@particle/dbus-next";

/** A call that one program on the bus made of another. */
export interface SeenCall {
  readonly member: string;
  readonly body: readonly unknown[];
}

/** Sees the calls of one interface that go over a session bus, whoever makes them. D-Bus Specification, `BecomeMonitor`. */
export class BusMonitor {
  readonly calls: SeenCall[] = [];
  readonly #bus: MessageBus;

  private constructor(bus: MessageBus) {
    this.#bus = bus;
  }

  static async open(busAddress: string, face: string): Promise<BusMonitor> {
    const bus = sessionBus({ busAddress, authMethods: ["EXTERNAL"] });
    await new Promise((resolve, reject) => {
      bus.once("connect", resolve);
      bus.once("error", reject);
    });
    const monitor = new BusMonitor(bus);
    // The bus throws out a monitor that sends anything, so no call is answered from here.
    bus.addMethodHandler(() => true);
    bus.on("message", ({ type, member, body, interface: called }: Message) => {
      if (type === MessageType.METHOD_CALL && called === face) monitor.calls.push({ member, body });
    });
    const name = "org.freedesktop.DBus";
    await bus.call(
      new Message({
        destination: name,
        path: "/org/freedesktop/DBus",
        interface: `${name}.Monitoring`,
        member: "BecomeMonitor",
        signature: "asu",
        body: [[`type='method_call',interface='${face}'`], 0],
      }),
    );
    return monitor;
  }

  close(): void {
    this.#bus.disconnect();
  }
}
