import { Message, sessionBus, Variant, type MessageBus } from "@particle/dbus-next";
import { z } from "zod";

const WATCHER = "org.kde.StatusNotifierWatcher";
const ITEM = "org.kde.StatusNotifierItem";
const MENU = "com.canonical.dbusmenu";
const PROPERTIES = "org.freedesktop.DBus.Properties";
const LIMIT_MS = 5_000;
const POLL_MS = 25;

/** One entry of an icon's menu, as a panel draws it. */
export interface OfferedEntry {
  readonly label: string;
  readonly enabled: boolean;
  readonly separator: boolean;
}

const REGISTERED = z.array(z.string());
const PICTURES = z.array(z.tuple([z.number(), z.number(), z.unknown()]));
const TOOL_TIP = z.tuple([z.string(), z.unknown(), z.string(), z.string()]);
/** What is left out has these values: com.canonical.dbusmenu. */
const SHOWN = z.object({
  label: z.string().default(""),
  enabled: z.boolean().default(true),
  type: z.string().default("standard"),
});
const LAYOUT = z.tuple([
  z.number(),
  z.tuple([z.number(), z.unknown(), z.array(z.tuple([z.number(), SHOWN, z.unknown()]))]),
]);

/**
 * What the panel of a desktop is to a program with a tray icon: it is told of the icon over the session bus, asks what
 * to draw, and says what a person chose. Status Notifier Item Specification; dbusmenu, as com.canonical.dbusmenu.
 */
export class StatusNotifierHost {
  readonly #bus: MessageBus;
  readonly #items: OfferedItem[] = [];

  private constructor(bus: MessageBus) {
    this.#bus = bus;
    bus.addMethodHandler((call: Message) => this.#answer(call));
  }

  /** Resolves when programs on that bus find it. */
  static async open(busAddress: string): Promise<StatusNotifierHost> {
    const bus = await connect(busAddress);
    const host = new StatusNotifierHost(bus);
    await bus.requestName(WATCHER, 0);
    await ask(
      bus,
      "org.freedesktop.DBus",
      "/org/freedesktop/DBus",
      ["org.freedesktop.DBus", "AddMatch"],
      "s",
      [`type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged'`],
    );
    bus.on("message", ({ member, body }: Message) => {
      if (member === "NameOwnerChanged" && body[2] === "") host.#forget(String(body[0]));
    });
    return host;
  }

  /** The icon that was offered last; waits for it. */
  async waitForItem(): Promise<OfferedItem> {
    return await this.#poll("No icon was offered", () => this.#items.at(-1));
  }

  /** Waits until no icon is left. */
  async waitForNoItem(): Promise<void> {
    await this.#poll("The icon stayed", () => (this.#items.length === 0 ? true : undefined));
  }

  close(): void {
    this.#bus.disconnect();
  }

  #answer(call: Message): boolean {
    if (call.path !== "/StatusNotifierWatcher") return false;
    const answer = (signature: string, body: unknown[]) =>
      this.#bus.send(Message.newMethodReturn(call, signature, body));
    if (call.member === "RegisterStatusNotifierItem") {
      this.#items.push(new OfferedItem(this.#bus, String(call.body[0])));
      answer("", []);
    } else if (call.interface === PROPERTIES) {
      // The only properties that a program asks for: whether somebody draws, and the version of the protocol.
      answer("v", [call.body[1] === "ProtocolVersion" ? new Variant("i", 0) : new Variant("b", true)]);
    } else return false;
    return true;
  }

  #forget(service: string): void {
    const index = this.#items.findIndex((item) => item.service === service);
    if (index >= 0) this.#items.splice(index, 1);
  }

  async #poll<T>(complaint: string, look: () => T | undefined): Promise<T> {
    for (const deadline = Date.now() + LIMIT_MS; Date.now() < deadline;) {
      const found = look();
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    throw new Error(`${complaint} within ${LIMIT_MS} ms.`);
  }
}

/** The icons that a panel's own watcher was told of. */
export class RegisteredItems {
  readonly #bus: MessageBus;

  private constructor(bus: MessageBus) {
    this.#bus = bus;
  }

  static async open(busAddress: string): Promise<RegisteredItems> {
    return new RegisteredItems(await connect(busAddress));
  }

  /** Those of this moment, the newest last. */
  async now(): Promise<readonly OfferedItem[]> {
    const property = [WATCHER, "RegisteredStatusNotifierItems"];
    const answer = await ask(
      this.#bus,
      WATCHER,
      "/StatusNotifierWatcher",
      [PROPERTIES, "Get"],
      "ss",
      property,
    );
    // Each is the name of a connection and the path of the icon there.
    return REGISTERED.parse(answer[0]).map((name) => new OfferedItem(this.#bus, name.split("/")[0] ?? name));
  }

  close(): void {
    this.#bus.disconnect();
  }
}

/** The icon of one program. */
export class OfferedItem {
  readonly #bus: MessageBus;
  readonly service: string;

  constructor(bus: MessageBus, service: string) {
    this.#bus = bus;
    this.service = service;
  }

  /** The size of its picture, in pixels; null when there is none. */
  async picture(): Promise<{ readonly width: number; readonly height: number } | null> {
    const [first] = PICTURES.parse(await this.#property("IconPixmap"));
    return first === undefined ? null : { width: first[0], height: first[1] };
  }

  async toolTip(): Promise<string> {
    return TOOL_TIP.parse(await this.#property("ToolTip"))[2];
  }

  /** The entries on the first level of its menu, from top to bottom. */
  async menu(): Promise<readonly OfferedEntry[]> {
    return (await this.#layout()).map(([, { label, enabled, type }]) => ({
      // A single underscore marks the letter to press.
      label: label.replaceAll(/_(.)/g, "$1"),
      enabled,
      separator: type === "separator",
    }));
  }

  /** Chooses an entry by its label; throws when a person could not. */
  async choose(label: string): Promise<void> {
    const entry = (await this.#layout()).find(([, shown]) => shown.label === label && shown.enabled);
    if (entry === undefined) throw new Error(`No entry "${label}" that can be chosen.`);
    await this.#ask([MENU, "Event"], "isvu", [entry[0], "clicked", new Variant("i", 0), 0]);
  }

  /** Clicks on the icon. */
  async click(): Promise<void> {
    await this.#ask([ITEM, "Activate"], "ii", [0, 0]);
  }

  async #layout(): Promise<z.infer<typeof LAYOUT>[1][2]> {
    return LAYOUT.parse(await this.#ask([MENU, "GetLayout"], "iias", [0, -1, []]))[1][2];
  }

  async #property(name: string): Promise<unknown> {
    const [value] = await this.#ask([PROPERTIES, "Get"], "ss", [ITEM, name]);
    return value;
  }

  async #ask(method: readonly [string, string], signature: string, body: unknown[]): Promise<unknown[]> {
    const path = method[0] === MENU ? "/com/canonical/dbusmenu" : "/StatusNotifierItem";
    return await ask(this.#bus, this.service, path, method, signature, body);
  }
}

async function connect(busAddress: string): Promise<MessageBus> {
  const bus = sessionBus({ busAddress, authMethods: ["EXTERNAL"] });
  await new Promise((resolve, reject) => {
    bus.once("connect", resolve);
    bus.once("error", reject);
  });
  return bus;
}

async function ask(
  bus: MessageBus,
  destination: string,
  path: string,
  [face, member]: readonly [string, string],
  signature: string,
  body: unknown[],
): Promise<unknown[]> {
  const answer = await bus.call(new Message({ destination, path, interface: face, member, signature, body }));
  return (answer?.body ?? []).map(plain);
}

/** With every variant unwrapped. */
function plain(value: unknown): unknown {
  if (value instanceof Variant) return plain(value.value);
  if (value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
  return value;
}
