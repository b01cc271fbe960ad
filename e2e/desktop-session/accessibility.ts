import type { BusCall, SessionBus } from "../../main/platform/bus/session-bus.ts";

/** One thing that a program draws, as assistive technology sees it. Pixels of the screen. */
export interface DrawnElement {
  /** Role name of AT-SPI: `frame`, `label`, `push button`. */
  readonly role: string;
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly children: readonly DrawnElement[];
}

type Reference = readonly [connection: string, path: string];

const ACCESSIBLE = "org.a11y.atspi.Accessible";
const SCREEN_COORDINATES = 0;
const STATE_SHOWING = 25;

/** The address of the accessibility bus, which the session bus starts on demand. */
export async function accessibilityBusAddress(session: SessionBus): Promise<string> {
  const [address] = await answerOf(session, {
    destination: "org.a11y.Bus",
    path: "/org/a11y/bus",
    interface: "org.a11y.Bus",
    member: "GetAddress",
  });
  if (typeof address !== "string") throw new Error("The accessibility bus has no address.");
  return address;
}

/**
 * What the program draws at this moment: its windows, with everything in them that is showing. Empty when no program
 * of that name runs. Assistive Technology Service Provider Interface, `org.a11y.atspi.Accessible` and `Component`.
 */
export async function drawnBy(program: string, bus: SessionBus): Promise<readonly DrawnElement[]> {
  const root: Reference = ["org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root"];
  for (const application of await childrenOf(bus, root)) {
    if ((await nameOf(bus, application)) !== program) continue;
    return drawnAll(bus, await childrenOf(bus, application));
  }
  return [];
}

/** An element and all that is in it. */
export function flat(element: DrawnElement): DrawnElement[] {
  return [element, ...element.children.flatMap(flat)];
}

async function drawnAll(bus: SessionBus, references: readonly Reference[]): Promise<DrawnElement[]> {
  const drawn = await Promise.all(references.map((reference) => drawnElement(bus, reference)));
  return drawn.filter((element) => element !== null);
}

async function drawnElement(bus: SessionBus, reference: Reference): Promise<DrawnElement | null> {
  const [[states], [extents], [role], name, children] = await Promise.all([
    accessible(bus, reference, "GetState"),
    answerOf(bus, {
      destination: reference[0],
      path: reference[1],
      interface: "org.a11y.atspi.Component",
      member: "GetExtents",
      signature: "u",
      body: [SCREEN_COORDINATES],
    }),
    accessible(bus, reference, "GetRoleName"),
    nameOf(bus, reference),
    childrenOf(bus, reference),
  ]);
  const [low] = numbers(states);
  const [x, y, width, height] = numbers(extents);
  if (low === undefined || x === undefined || y === undefined || width === undefined || height === undefined)
    return null;
  if (((low >>> STATE_SHOWING) & 1) === 0) return null;
  const drawnChildren = await drawnAll(bus, children);
  return { role: String(role), name, x, y, width, height, children: drawnChildren };
}

async function nameOf(bus: SessionBus, [destination, path]: Reference): Promise<string> {
  const [variant] = await answerOf(bus, {
    destination,
    path,
    interface: "org.freedesktop.DBus.Properties",
    member: "Get",
    signature: "ss",
    body: [ACCESSIBLE, "Name"],
  });
  const value: unknown =
    typeof variant === "object" && variant !== null ? Reflect.get(variant, "value") : null;
  return typeof value === "string" ? value : "";
}

async function childrenOf(bus: SessionBus, reference: Reference): Promise<Reference[]> {
  const [list] = await accessible(bus, reference, "GetChildren");
  return Array.isArray(list) ? list.filter(isReference) : [];
}

function accessible(
  bus: SessionBus,
  [destination, path]: Reference,
  member: string,
): Promise<readonly unknown[]> {
  return answerOf(bus, { destination, path, interface: ACCESSIBLE, member });
}

/** Empty when the object has gone in the meantime: a window may close while it is being read. */
async function answerOf(bus: SessionBus, call: BusCall): Promise<readonly unknown[]> {
  const result = await bus.ask(call);
  return result.outcome === "answered" ? result.body : [];
}

function isReference(value: unknown): value is Reference {
  return Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === "string");
}

function numbers(value: unknown): number[] {
  return Array.isArray(value) ? value.filter((part) => typeof part === "number") : [];
}
