import { Agent, fetch } from "undici";
import { readOptions, start, type Listening } from "../../ucwa-server/index.ts";

export const USER = "sip:tosh@contoso.example";
export const PASSWORD = "p&ss+w%rd of Tosh";
export const CALLER = { name: "Lene Aaling", uri: "sip:lene@contoso.example" };

export interface Invite {
  readonly to?: string;
  readonly from?: { readonly name: string; readonly uri: string };
  readonly subject?: string;
  readonly message?: string;
  readonly format?: "plain" | "html";
  readonly sourceNetwork?: "SameEnterprise" | "Federated";
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

interface Breach {
  readonly rule: string;
  readonly method: string;
  readonly address: string;
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
  readonly breaches: readonly Breach[];
  readonly notes: readonly Breach[];
}

/**
 * The server on sockets of this process, driven through its control API. A process of its own costs half a second of
 * processor time for each test; that the program starts so is held by the tests of its `main.ts`.
 */
export class UcwaServer implements AsyncDisposable {
  #listening: Listening | null = null;
  #ports: readonly string[] = ["--port", "0"];
  #url = "";
  #http = new Agent();
  readonly #options: readonly string[];

  private constructor(options: readonly string[]) {
    this.#options = options;
  }

  /** With these options of its command line, besides its ports and its user. */
  static async start(options: readonly string[] = []): Promise<UcwaServer> {
    const server = new UcwaServer(options);
    await server.start();
    return server;
  }

  /** Where discovery starts, and where the page is. */
  get url(): string {
    return this.#url;
  }

  /** Where discovery may begin too, in the clear; with the option `--entrance`. */
  get entrance(): string {
    return `${this.#listening?.entrance ?? ""}/`;
  }

  /** Starts it, after `kill` on the same ports. */
  async start(): Promise<void> {
    const told = readOptions([...this.#ports, "--user", `${USER}=${PASSWORD}`, ...this.#options]);
    if (told.kind !== "run")
      throw new Error(told.kind === "mistake" ? told.message : "No server was asked for.");
    const listening = await start(told);
    this.#listening = listening;
    this.#url = `${listening.discovery}/`;
    const [port, applicationsPort] = [listening.discovery, listening.applications].map(
      (origin) => new URL(origin).port,
    );
    this.#ports = ["--port", String(port), "--applications-port", String(applicationsPort)];
    if (listening.certificate) this.#http = new Agent({ connect: { ca: listening.certificate.authority } });
  }

  /** Ends it without a word to anybody: every connection is cut, and all that it knew is forgotten. */
  async kill(): Promise<void> {
    await this.#listening?.close();
    this.#listening = null;
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
    await this.kill();
    await this.#http.destroy();
  }
}
