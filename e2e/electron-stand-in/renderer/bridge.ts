/** One end of what joins the two worlds of a page. */
export interface Bridge {
  /** Puts a copy of `api` into the other world, as its `window[key]`. */
  expose(key: string, api: unknown): void;
}

/**
 * One end of the context bridge; it runs once in each world of a page, before the page's own scripts, and is sent there as
 * text: it uses nothing from outside itself. `outgoing` and `incoming` are the names of DOM events that only the two ends
 * know. Such an event is delivered at once, and what it carries is a structured clone, so a call over the bridge answers
 * before it returns, as Electron's does.
 *
 * What goes over is Electron's PassValueToOtherContext: primitives and clonable values are copied, objects and arrays are
 * walked, functions and promises are proxied, of an error only its message remains.
 */
export function createBridge(outgoing: string, incoming: string): Bridge {
  type Wire = { readonly kind: string; readonly value?: unknown; readonly id?: number };
  type Message = {
    readonly type: string;
    readonly id?: number;
    readonly key?: string;
    readonly promise?: number;
    readonly ok?: boolean;
    readonly args?: Wire;
    readonly api?: Wire;
    readonly value?: Wire;
    readonly reply?: Reply;
  };
  type Reply = { readonly ok: boolean; readonly value: Wire };

  const LIMIT = 1000;
  const { CustomEvent } = globalThis;
  const dispatch = document.dispatchEvent.bind(document);
  const functions = new Map<number, (...args: unknown[]) => unknown>();
  const promises = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  let nextId = 1;
  let reply: Reply | null = null;

  const post = (message: object): void => void dispatch(new CustomEvent(outgoing, { detail: message }));
  const errorWire = (error: unknown): Wire => ({
    kind: "error",
    value: error instanceof Error ? error.message : String(error),
  });

  const pack = (value: unknown, depth: number, seen: Map<object, number>): Wire => {
    if (depth >= LIMIT)
      throw new TypeError(
        "Electron contextBridge recursion depth exceeded.  Nested objects deeper than 1000 are not supported.",
      );
    if (typeof value === "function") {
      const id = nextId++;
      functions.set(id, value as never);
      return { kind: "function", id };
    }
    if (typeof value !== "object" || value === null) {
      if (typeof value === "symbol")
        throw new Error("The Electron stand-in has no symbols over the context bridge.");
      return { kind: "value", value };
    }
    const known = seen.get(value);
    if (known !== undefined) return { kind: "again", id: known };
    const id = seen.size;
    seen.set(value, id);
    if (value instanceof Promise) {
      const promise = nextId++;
      value.then(
        (result) => post({ type: "settled", promise, ok: true, value: pack(result, 0, new Map()) }),
        (error: unknown) => post({ type: "settled", promise, ok: false, value: errorWire(error) }),
      );
      return { kind: "promise", id: promise };
    }
    if (value instanceof Error) return errorWire(value);
    if (Array.isArray(value))
      return { kind: "array", id, value: value.map((item) => pack(item, depth + 1, seen)) };
    if (Object.prototype.toString.call(value) === "[object Object]")
      return {
        kind: "object",
        id,
        value: Object.entries(value).map(([key, item]) => [key, pack(item, depth + 1, seen)]),
      };
    try {
      return { kind: "value", id, value: structuredClone(value) };
    } catch {
      throw new Error("An object could not be cloned.");
    }
  };

  const unpack = (wire: Wire, made: Map<number, unknown>): unknown => {
    const keep = <T>(value: T): T => {
      if (wire.id !== undefined) made.set(wire.id, value);
      return value;
    };
    switch (wire.kind) {
      case "function":
        return (...args: unknown[]) => call(wire.id as number, args);
      case "promise":
        return new Promise((resolve, reject) => promises.set(wire.id as number, { resolve, reject }));
      case "error":
        return new Error(wire.value as string);
      case "again":
        return made.get(wire.id as number);
      case "array": {
        const list = keep<unknown[]>([]);
        for (const item of wire.value as Wire[]) list.push(unpack(item, made));
        return list;
      }
      case "object": {
        const object = keep<Record<string, unknown>>({});
        for (const [key, item] of wire.value as [string, Wire][])
          Object.defineProperty(object, key, {
            value: unpack(item, made),
            enumerable: true,
            writable: true,
            configurable: true,
          });
        return object;
      }
      default:
        return keep(wire.value);
    }
  };

  const call = (id: number, args: unknown[]): unknown => {
    const seen = new Map<object, number>();
    post({ type: "call", id, args: { kind: "array", value: args.map((arg) => pack(arg, 0, seen)) } });
    return takeReply();
  };

  const takeReply = (): unknown => {
    const answer = reply;
    reply = null;
    if (answer === null) throw new Error("The other world of this page did not answer.");
    const value = unpack(answer.value, new Map());
    if (!answer.ok) throw value as Error;
    return value;
  };

  const answering = (run: () => unknown): void => {
    let answer: Reply;
    try {
      answer = { ok: true, value: pack(run(), 0, new Map()) };
    } catch (error) {
      answer = { ok: false, value: errorWire(error) };
    }
    post({ type: "reply", reply: answer });
  };

  const freeze = (value: unknown): void => {
    if (typeof value !== "object" && typeof value !== "function") return;
    if (value === null || Object.isFrozen(value) || ArrayBuffer.isView(value)) return;
    Object.freeze(value);
    for (const key of Object.getOwnPropertyNames(value)) freeze((value as Record<string, unknown>)[key]);
  };

  document.addEventListener(incoming, (event) => {
    const message = (event as CustomEvent).detail as Message;
    switch (message.type) {
      case "reply":
        reply = message.reply as Reply;
        return;
      case "call":
        return answering(() => {
          const run = functions.get(message.id as number);
          if (!run) throw new Error("This function of the other world is not known.");
          return run(...(unpack(message.args as Wire, new Map()) as unknown[]));
        });
      case "expose":
        return answering(() => {
          const key = message.key as string;
          if (key in window)
            throw new Error("Cannot bind an API on top of an existing property on the window object");
          const value = unpack(message.api as Wire, new Map());
          freeze(value);
          Object.defineProperty(window, key, {
            value,
            enumerable: true,
            writable: false,
            configurable: false,
          });
          return undefined;
        });
      case "settled": {
        const id = message.promise as number;
        const waiting = promises.get(id);
        promises.delete(id);
        const value = unpack(message.value as Wire, new Map());
        if (message.ok) waiting?.resolve(value);
        else waiting?.reject(value);
        return;
      }
      default:
        throw new Error(`Unknown message between the worlds of a page: ${message.type}`);
    }
  });

  return {
    expose: (key, api) => {
      post({ type: "expose", key, api: pack(api, 0, new Map()) });
      takeReply();
    },
  };
}
