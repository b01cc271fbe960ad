/// <reference types="electron" />
import { EventEmitter } from "node:events";

/** The program used a part of Electron that the stand-in does not have. */
export class NotInStandIn extends Error {
  override readonly name = "NotInStandIn";

  constructor(part: string, why = "see e2e/electron-stand-in/README.md for how to add it") {
    super(`The Electron stand-in has no ${part}: ${why}.`);
  }
}

/** What the language, `await`, JSON and test libraries look for on any object. */
const ASKED_OF_ANYTHING = new Set([
  "then",
  "toJSON",
  "constructor",
  "prototype",
  "domain",
  "asymmetricMatch",
  "nodeType",
]);

/**
 * An object to stand at the end of a prototype chain, before `last`: whatever is not found on the way there throws
 * `NotInStandIn` instead of being `undefined`. Being at the end, it costs nothing to what exists and leaves identity and
 * private fields alone.
 */
export function endOfChain(last: object, nameOf: (receiver: object) => string): object {
  // A class at the end of the chain of statics is also what super() calls.
  const behind =
    typeof last === "function" && last !== Function.prototype ? last : (Object.create(last) as object);
  return new Proxy(behind, {
    get(target, key, receiver: object) {
      if (typeof key === "symbol" || key in target || ASKED_OF_ANYTHING.has(key)) {
        const value: unknown = Reflect.get(target, key, receiver);
        return value;
      }
      throw new NotInStandIn(`${nameOf(receiver)}.${key}`);
    },
  });
}

const className = (receiver: object): string =>
  receiver.constructor === Object ? "object" : receiver.constructor.name;

/** Makes every use of a member that the class does not declare throw, statics included. Returns the class. */
export function strictClass<C extends new (...args: never[]) => object>(given: C): C {
  const prototype = given.prototype as object;
  const parent = Object.getPrototypeOf(prototype) as object;
  Object.setPrototypeOf(prototype, endOfChain(parent, className));
  Object.setPrototypeOf(
    given,
    endOfChain(Object.getPrototypeOf(given) as object, (receiver) => (receiver as { name: string }).name),
  );
  return given;
}

/** Makes every use of a member that the object does not have throw. Returns the object. */
export function strictObject<T extends object>(name: string, given: T): T {
  Object.setPrototypeOf(
    given,
    endOfChain(Object.prototype, () => name),
  );
  return given;
}

/** Something to export under the name of a part that is not here at all: every use of it throws. */
export function absent(name: string): object {
  const use = (): never => {
    throw new NotInStandIn(name);
  };
  return new Proxy(use, {
    get: (_, key) => (typeof key === "symbol" || ASKED_OF_ANYTHING.has(key) ? undefined : use()),
    apply: use,
    construct: use,
  });
}

/**
 * An emitter that knows its events. Listening for one that it never emits is an error, unless Electron documents it for
 * other systems or for something that cannot happen here: those are named in `never`.
 */
export class StandInEmitter extends EventEmitter {
  constructor(emitted: readonly string[], never: readonly string[] = []) {
    super();
    const known = new Set([...emitted, ...never, "newListener", "removeListener"]);
    super.on("newListener", (event: string | symbol) => {
      if (typeof event === "string" && !known.has(event))
        throw new NotInStandIn(`event "${event}" of ${className(this)}`);
    });
  }
}
strictClass(StandInEmitter);

/** The first argument of Electron's listeners. */
export interface PreventableEvent {
  readonly defaultPrevented: boolean;
  preventDefault(): void;
}

/** An event object with Electron's `preventDefault`, and the given members. */
export function preventable<T extends object>(members: T): T & PreventableEvent {
  let prevented = false;
  return Object.defineProperties(members, {
    defaultPrevented: { get: () => prevented, enumerable: true },
    preventDefault: { value: () => (prevented = true) },
  }) as T & PreventableEvent;
}
