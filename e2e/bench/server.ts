import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { PackageSpec } from "./packages.ts";
import { within } from "./time.ts";

/** What the server's process is told. */
export type Command =
  | {
      readonly do: "emit";
      /** Path of the application. */
      readonly base: string;
      readonly packages: readonly PackageSpec[];
      /** Made now, sent on `release`. */
      readonly held: boolean;
      /** Each is reported when it has left, for those that cannot look at their answers. */
      readonly told: boolean;
    }
  | { readonly do: "release"; readonly base: string }
  /** Wanted: the report `application`. */
  | { readonly do: "tellApplication" }
  | { readonly do: "takeNotifications"; readonly address: string };

/** What it tells. Times are those of `nowMicros`. */
export type Report =
  | { readonly type: "listening"; readonly root: string; readonly pool: string }
  | { readonly type: "prepared" }
  | { readonly type: "sent"; readonly sentAt: number }
  /** The application that was created last, and whether its event request is parked. */
  | { readonly type: "application"; readonly base: string; readonly parked: boolean }
  | { readonly type: "notified"; readonly receivedAt: number };

const LIMIT_MS = 30_000;

/** The server's process. Ends with `close`, and by itself when this process ends. */
export class Server {
  readonly #process: ChildProcess;
  #listening: { readonly root: string; readonly pool: string } = { root: "", pool: "" };

  private constructor() {
    const entry = fileURLToPath(new URL("programs/server-process.ts", import.meta.url));
    this.#process = fork(entry, { execArgv: [], stdio: ["ignore", "inherit", "inherit", "ipc"] });
  }

  static async start(): Promise<Server> {
    const server = new Server();
    server.#listening = await server.#next("listening");
    return server;
  }

  /** Autodiscover root. */
  get root(): string {
    return this.#listening.root;
  }

  /** Origin of the applications. */
  get pool(): string {
    return this.#listening.pool;
  }

  emit(base: string, ...packages: readonly PackageSpec[]): void {
    this.#process.send({ do: "emit", base, packages, held: false, told: false } satisfies Command);
  }

  /** The same with one package; resolves with the moment at which it left. */
  async send(base: string, spec: PackageSpec): Promise<number> {
    const sent = this.#next("sent");
    this.#process.send({ do: "emit", base, packages: [spec], held: false, told: true } satisfies Command);
    return (await sent).sentAt;
  }

  /** Path of the application that was created last. */
  async lastApplication(): Promise<{ readonly base: string; readonly parked: boolean }> {
    const told = this.#next("application");
    this.#process.send({ do: "tellApplication" } satisfies Command);
    return await told;
  }

  /** Resolves when all of them are made; they go out on `release`. */
  async prepare(base: string, packages: readonly PackageSpec[]): Promise<void> {
    const prepared = this.#next("prepared");
    this.#process.send({ do: "emit", base, packages, held: true, told: false } satisfies Command);
    await prepared;
  }

  release(base: string): void {
    this.#process.send({ do: "release", base } satisfies Command);
  }

  /** Owns `org.freedesktop.Notifications` on the bus at this address from now on. */
  async takeNotifications(address: string): Promise<void> {
    const prepared = this.#next("prepared");
    this.#process.send({ do: "takeNotifications", address } satisfies Command);
    await prepared;
  }

  /** When the notification service was called next. */
  async notified(): Promise<number> {
    return (await this.#next("notified")).receivedAt;
  }

  close(): void {
    this.#process.disconnect();
  }

  async #next<T extends Report["type"]>(type: T): Promise<Extract<Report, { type: T }>> {
    const { promise, resolve, reject } = Promise.withResolvers<Extract<Report, { type: T }>>();
    const listen = (message: Report) => {
      if (isOf(message, type)) resolve(message);
    };
    const ended = () => reject(new Error("The server of the benchmark has ended."));
    this.#process.on("message", listen);
    this.#process.once("exit", ended);
    try {
      return await within(LIMIT_MS, `the server's report "${type}"`, promise);
    } finally {
      this.#process.off("message", listen);
      this.#process.off("exit", ended);
    }
  }
}

function isOf<T extends Report["type"]>(report: Report, type: T): report is Extract<Report, { type: T }> {
  return report.type === type;
}
