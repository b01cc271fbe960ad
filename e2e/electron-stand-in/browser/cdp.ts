import type { Readable, Writable } from "node:stream";
import type { Protocol } from "./devtools-protocol.ts";

type Commands = Protocol.CommandParameters;
type Answers = Protocol.CommandReturnValues;
type Events = Protocol.Events;
type Listener = (params: never, sessionId: string) => void;

interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: object;
  readonly result?: object;
  readonly error?: { readonly message: string };
}

interface Waiting {
  readonly method: string;
  readonly resolve: (value: object) => void;
  readonly reject: (error: Error) => void;
}

/** The browser refused a command, or ended before it answered. */
export class CdpError extends Error {
  override readonly name = "CdpError";
}

/**
 * The Chrome DevTools Protocol over the two pipes of a browser started with `--remote-debugging-pipe`: messages are JSON,
 * each ended by a zero byte. One connection carries the browser's own session and one session for each attached target.
 */
export class CdpConnection {
  readonly #input: Writable;
  readonly #waiting = new Map<number, Waiting>();
  readonly #sessions = new Map<string, CdpSession>();
  readonly browser: CdpSession;
  #nextId = 1;
  #closed = false;

  constructor(input: Writable, output: Readable) {
    this.#input = input;
    this.browser = this.session("");
    // A browser that has ended closes its ends of the pipes while a command may still be on its way.
    input.on("error", () => this.#close());
    output.on("close", () => this.#close());
    let rest: Buffer = Buffer.alloc(0);
    output.on("data", (chunk: Buffer) => {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
        const text = rest.toString("utf8", 0, end);
        rest = rest.subarray(end + 1);
        this.#receive(JSON.parse(text) as Message);
      }
    });
  }

  /** The session with this id, the same object every time. */
  session(id: string): CdpSession {
    const known = this.#sessions.get(id);
    if (known) return known;
    const session = new CdpSession(this, id);
    this.#sessions.set(id, session);
    return session;
  }

  send(method: string, params: object, sessionId: string): Promise<object> {
    if (this.#closed) return Promise.reject(new CdpError(`${method}: the browser has ended.`));
    const id = this.#nextId++;
    const message = { id, method, params, ...(sessionId === "" ? {} : { sessionId }) };
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, method });
      this.#input.write(`${JSON.stringify(message)}\0`);
    });
  }

  #receive(message: Message): void {
    if (message.id === undefined) {
      if (message.method === undefined) return;
      this.#sessions.get(message.sessionId ?? "")?.deliver(message.method, message.params ?? {});
      if (message.method === "Target.detachedFromTarget") {
        const gone = message.params as Events["Target.detachedFromTarget"];
        this.#sessions.delete(gone.sessionId);
      }
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error) waiting?.reject(new CdpError(`${waiting.method}: ${message.error.message}`));
    else waiting?.resolve(message.result ?? {});
  }

  #close(): void {
    this.#closed = true;
    for (const { method, reject } of this.#waiting.values())
      reject(new CdpError(`${method}: the browser has ended.`));
    this.#waiting.clear();
  }
}

/** One target's part of a connection. */
export class CdpSession {
  readonly #connection: CdpConnection;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly id: string;

  constructor(connection: CdpConnection, id: string) {
    this.#connection = connection;
    this.id = id;
  }

  /** Rejects with `CdpError`. */
  send<M extends keyof Commands>(method: M, params?: Commands[M]): Promise<Answers[M]> {
    return this.#connection.send(method, params ?? {}, this.id) as Promise<Answers[M]>;
  }

  /** For a command whose failure only means that the page or the browser went away meanwhile. */
  tell<M extends keyof Commands>(method: M, params?: Commands[M]): void {
    this.send(method, params).catch(() => {});
  }

  on<E extends keyof Events>(event: E, listener: (params: Events[E]) => void): () => void {
    const listeners = this.#listeners.get(event) ?? new Set<Listener>();
    this.#listeners.set(event, listeners);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Takes every listener off. */
  silence(): void {
    this.#listeners.clear();
  }

  deliver(method: string, params: object): void {
    for (const listener of this.#listeners.get(method) ?? []) listener(params as never, this.id);
  }
}
