import { spawn } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { readFileSync } from "node:fs";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { Agent, fetch } from "undici";

/** Node.js keeps there what it compiled of the server's sources, so that the next one starts in half the time. */
const COMPILED = fileURLToPath(new URL("../../../node_modules/.cache/node", import.meta.url));
const END_LIMIT_MS = 2_000;

export const USER = "sip:tosh@contoso.example";
export const PASSWORD = "p&ss+w%rd of Tosh";
export const CALLER = { name: "Lene Aaling", uri: "sip:lene@contoso.example" };

export interface Invite {
  readonly to?: string;
  readonly from?: { readonly name: string; readonly uri: string };
  readonly subject?: string;
  readonly message?: string;
  readonly format?: "plain" | "html";
  readonly importance?: "Normal" | "Urgent" | "Emergency";
  readonly onBehalfOf?: { readonly name: string; readonly uri: string };
}

export interface SeenRequest {
  readonly method: string;
  readonly address: string;
  readonly endpoint: string;
  /** Null while it is under way, 0 when it was cut. */
  readonly status: number | null;
  /** When it came, in milliseconds of the server's clock. */
  readonly at: number;
}

/** What the server tells of itself. */
export interface UcwaServerState {
  readonly origins: { readonly applications: string };
  readonly applications: readonly {
    readonly userAgent: string;
    readonly available: boolean;
    /** Event requests that wait now. */
    readonly parked: number;
  }[];
  readonly invitations: readonly { readonly id: string; readonly state: string }[];
  readonly requests: readonly SeenRequest[];
  readonly breaches: readonly {
    readonly rule: string;
    readonly method: string;
    readonly address: string;
  }[];
}

/** The server as a process of its own, driven through its control API. */
export class UcwaServer implements AsyncDisposable {
  #child: ChildProcessByStdio<null, Readable, null> | null = null;
  #port = 0;
  #applicationsPort = 0;
  #scheme = "http";
  #entrance = "";
  #http = new Agent();
  readonly #options: readonly string[];

  private constructor(options: readonly string[]) {
    this.#options = options;
  }

  /** With these options besides its ports and its user. */
  static async start(options: readonly string[] = []): Promise<UcwaServer> {
    const server = new UcwaServer(options);
    await server.start();
    return server;
  }

  /** Where discovery starts, and where the page is. */
  get url(): string {
    return `${this.#scheme}://127.0.0.1:${this.#port}/`;
  }

  /** Where discovery may begin too, in the clear; with the option `--entrance`. */
  get entrance(): string {
    return this.#entrance;
  }

  /** Starts it, after `kill` on the same ports. */
  async start(): Promise<void> {
    const ports = ["--port", String(this.#port), "--applications-port", String(this.#applicationsPort)];
    const child = spawn(
      process.execPath,
      ["e2e/ucwa-server/main.ts", ...ports, "--user", `${USER}=${PASSWORD}`, ...this.#options],
      { env: { ...process.env, NODE_COMPILE_CACHE: COMPILED }, stdio: ["ignore", "pipe", "inherit"] },
    );
    this.#child = child;
    for await (const line of createInterface({ input: child.stdout })) {
      const [, what = "", scheme = "", port = ""] =
        /^ *(\S+).* (https?):\/\/127\.0\.0\.1:(\d+)\/$/.exec(line) ?? [];
      if (what === "Root") {
        this.#scheme = scheme;
        this.#port = Number(port);
      }
      if (what === "Where") this.#entrance = `${scheme}://127.0.0.1:${port}/`;
      if (/^ *Who can sign in/.test(line)) break;
    }
    const authority = this.#options[this.#options.indexOf("--ca-file") + 1];
    if (this.#scheme === "https" && authority !== undefined)
      this.#http = new Agent({ connect: { ca: readFileSync(authority) } });
    child.stdout.resume();
    const { origins } = await this.state();
    this.#applicationsPort = Number(new URL(origins.applications).port);
  }

  /** Ends it without a word to anybody. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  async invite(invite: Invite = {}): Promise<string> {
    const body = { to: USER, from: CALLER, subject: "", message: "Hi Tosh", ...invite };
    const { id } = (await this.control("POST", "invitations", body)) as { id: string };
    return id;
  }

  async control(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.url}_control/${path}`, {
      method,
      dispatcher: this.#http,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === "" ? null : JSON.parse(text);
  }

  async state(): Promise<UcwaServerState> {
    return (await this.control("GET", "state")) as never;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // In good order, or Node.js keeps nothing of what it compiled.
    await this.#end("SIGTERM");
    await this.#http.destroy();
  }

  async #end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    const limit = setTimeout(() => child.kill("SIGKILL"), END_LIMIT_MS);
    await once(child, "exit");
    clearTimeout(limit);
  }
}
