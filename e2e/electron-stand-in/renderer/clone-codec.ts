/**
 * Carries values between this process and a page, as JSON text. What may be sent is decided by the platform's own structured
 * clone, as in Electron; this is only the form on the wire, with every object once, so that cycles survive.
 *
 * Both functions are also sent to pages as text: they use nothing from outside themselves.
 */

/** Throws Electron's "An object could not be cloned." */
export function encodeClone(value: unknown): string {
  const refused = (): Error => new Error("An object could not be cloned.");
  let clone: unknown;
  try {
    clone = structuredClone(value);
  } catch {
    throw refused();
  }
  const objects: unknown[] = [];
  const ids = new Map<object, number>();

  const bytes = (buffer: ArrayBuffer): string => {
    let text = "";
    for (const byte of new Uint8Array(buffer)) text += String.fromCharCode(byte);
    return btoa(text);
  };

  const write = (item: unknown): unknown => {
    switch (typeof item) {
      case "string":
      case "boolean":
        return item;
      case "number":
        return Number.isFinite(item) && !Object.is(item, -0)
          ? item
          : ["n", Object.is(item, -0) ? "-0" : String(item)];
      case "undefined":
        return ["u"];
      case "bigint":
        return ["i", String(item)];
      case "object":
        return item === null ? null : ["o", reference(item)];
      default:
        throw refused();
    }
  };

  const reference = (item: object): number => {
    const known = ids.get(item);
    if (known !== undefined) return known;
    const id = objects.length;
    ids.set(item, id);
    objects.push(null);
    objects[id] = body(item);
    return id;
  };

  const entries = (item: object): unknown[] =>
    Object.entries(item).map(([key, value]) => [key, write(value)]);

  const body = (item: object): unknown => {
    const kind = Object.prototype.toString.call(item).slice(8, -1);
    if (Array.isArray(item)) return ["Array", item.length, entries(item)];
    if (item instanceof Error)
      return ["Error", item.name, item.message, item.stack ?? "", "cause" in item ? [write(item.cause)] : []];
    if (item instanceof Date) return ["Date", write(item.getTime())];
    if (item instanceof RegExp) return ["RegExp", item.source, item.flags];
    if (item instanceof Map) return ["Map", Array.from(item, ([key, value]) => [write(key), write(value)])];
    if (item instanceof Set) return ["Set", Array.from(item, write)];
    if (item instanceof ArrayBuffer) return ["ArrayBuffer", bytes(item)];
    if (ArrayBuffer.isView(item)) {
      const length = item instanceof DataView ? item.byteLength : (item as Uint8Array).length;
      return ["View", kind, reference(item.buffer), item.byteOffset, length];
    }
    if (["Boolean", "Number", "String", "BigInt"].includes(kind)) return ["Boxed", write(item.valueOf())];
    const prototype: unknown = Object.getPrototypeOf(item);
    if (kind === "Object" && (prototype === Object.prototype || prototype === null))
      return ["Object", entries(item)];
    throw refused();
  };

  const root = write(clone);
  return JSON.stringify([root, objects]);
}

/** Reads what `encodeClone` wrote. */
export function decodeClone(text: string): unknown {
  const [root, bodies] = JSON.parse(text) as [unknown, unknown[][]];
  const made = new Map<number, unknown>();

  const read = (item: unknown): unknown => {
    if (!Array.isArray(item)) return item;
    const [tag, value] = item as [string, unknown];
    if (tag === "u") return undefined;
    if (tag === "n") return Number(value);
    if (tag === "i") return BigInt(String(value));
    return object(Number(value));
  };

  const make = (id: number, value: object): object => {
    made.set(id, value);
    return value;
  };

  const fill = (id: number, target: object, entries: [string, unknown][]): object => {
    make(id, target);
    for (const [key, value] of entries)
      Object.defineProperty(target, key, {
        value: read(value),
        enumerable: true,
        writable: true,
        configurable: true,
      });
    return target;
  };

  const object = (id: number): unknown => {
    if (made.has(id)) return made.get(id);
    const [kind, ...rest] = bodies[id] as [string, ...unknown[]];
    switch (kind) {
      case "Object":
        return fill(id, {}, rest[0] as [string, unknown][]);
      case "Array": {
        const list: unknown[] = [];
        list.length = rest[0] as number;
        return fill(id, list, rest[1] as [string, unknown][]);
      }
      case "Map": {
        const map = make(id, new Map()) as Map<unknown, unknown>;
        for (const [key, value] of rest[0] as [unknown, unknown][]) map.set(read(key), read(value));
        return map;
      }
      case "Set": {
        const set = make(id, new Set()) as Set<unknown>;
        for (const value of rest[0] as unknown[]) set.add(read(value));
        return set;
      }
      case "Date":
        return make(id, new Date(read(rest[0]) as number));
      case "RegExp":
        return make(id, new RegExp(rest[0] as string, rest[1] as string));
      case "ArrayBuffer":
        return make(id, Uint8Array.from(atob(rest[0] as string), (letter) => letter.charCodeAt(0)).buffer);
      case "View": {
        const [view, buffer, offset, length] = rest as [string, number, number, number];
        const View = (globalThis as unknown as Record<string, new (...args: unknown[]) => object>)[view];
        if (View === undefined) throw new Error(`Unknown view: ${view}`);
        return make(id, new View(object(buffer), offset, length));
      }
      case "Boxed":
        return make(id, Object(read(rest[0])) as object);
      case "Error": {
        const [name, message, stack, cause] = rest as [string, string, string, unknown[]];
        const known: Record<string, ErrorConstructor> = {
          EvalError,
          RangeError,
          ReferenceError,
          SyntaxError,
          TypeError,
          URIError,
        };
        const error = make(id, new (known[name] ?? Error)(message)) as Error;
        Object.defineProperty(error, "stack", { value: stack, writable: true, configurable: true });
        if (cause.length > 0) error.cause = read(cause[0]);
        return error;
      }
      default:
        throw new Error(`Unknown kind: ${kind}`);
    }
  };

  return read(root);
}
