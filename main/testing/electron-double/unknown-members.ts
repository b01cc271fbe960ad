import { EventEmitter } from "node:events";

/** The program touched a part of Electron that the double does not have. */
export class UnknownToDouble extends Error {
  override readonly name = "UnknownToDouble";

  constructor(part: string) {
    super(`The double of Electron does not know ${part}.`);
  }
}

/** What the language, `await` and the test runner look for on any object. */
const ASKED_OF_ANYTHING: ReadonlySet<string> = new Set(["then", "toJSON", "constructor", "asymmetricMatch"]);

/**
 * What stands behind the members of an object: whatever is looked for and not found throws instead of being
 * `undefined`. A link of the prototype chain, and not a proxy of the object, because private fields know only the
 * object itself.
 */
function refusing(parent: object, nameOf: (receiver: object) => string): object {
  return new Proxy(parent, {
    get(target, key, receiver: object): unknown {
      if (typeof key === "symbol" || key in target || ASKED_OF_ANYTHING.has(key))
        return Reflect.get(target, key, receiver);
      throw new UnknownToDouble(`${nameOf(receiver)}.${key}`);
    },
  });
}

/** Makes every member that the class does not have throw when it is touched, of its objects and of itself. */
export function strictClass(name: string, given: new (...args: never[]) => object): void {
  const prototype: object = given.prototype;
  const prototypeParent: object = Object.getPrototypeOf(prototype);
  const parent: object = Object.getPrototypeOf(given);
  Object.setPrototypeOf(
    prototype,
    refusing(prototypeParent, () => name),
  );
  Object.setPrototypeOf(
    given,
    refusing(parent, () => name),
  );
}

/** Makes every member that the object does not have throw when it is touched. Returns the object. */
export function strictObject<T extends object>(name: string, given: T): T {
  const parent: object = Object.getPrototypeOf(given);
  Object.setPrototypeOf(
    given,
    refusing(parent, () => name),
  );
  return given;
}

/** A part of Electron that the double has nothing of: it can be imported, and every use of it throws. */
export function unknownPart(name: string): unknown {
  // No arrow function: a class that is unknown is refused when it is constructed, too.
  const use = function unknown(): never {
    throw new UnknownToDouble(name);
  };
  return new Proxy(use, {
    get: (_target, key) => (typeof key === "symbol" || ASKED_OF_ANYTHING.has(key) ? undefined : use()),
    apply: use,
    construct: use,
  });
}

/** Electron's own classes cannot be subclassed. Reference: Electron's FAQ. */
export function refuseSubclass(made: unknown, own: { readonly name: string }): void {
  if (made !== own) throw new TypeError(`Electron's classes cannot be subclassed: ${own.name}`);
}

type Listener = Parameters<EventEmitter["on"]>[1];

/** An emitter that knows its events: listening for any other throws. */
export class DoubleEmitter extends EventEmitter {
  readonly #part: string;
  readonly #events: readonly string[];

  constructor(part: string, events: readonly string[]) {
    super();
    this.#part = part;
    this.#events = events;
  }

  override on(event: string, listener: Listener): this {
    this.#expect(event);
    return super.on(event, listener);
  }

  override once(event: string, listener: Listener): this {
    this.#expect(event);
    return super.once(event, listener);
  }

  override addListener(event: string, listener: Listener): this {
    return this.on(event, listener);
  }

  #expect(event: string): void {
    if (!this.#events.includes(event)) throw new UnknownToDouble(`the event "${event}" of ${this.#part}`);
  }
}

/** The first argument of Electron's listeners. */
export function electronEvent<Members extends object>(members: Members): Electron.Event<Members> {
  let prevented = false;
  const event = {
    preventDefault: (): void => {
      prevented = true;
    },
    get defaultPrevented() {
      return prevented;
    },
  };
  return Object.assign(event, members);
}
