import { PassThrough } from "node:stream";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { SecretReader } from "../../account/secrets.ts";
import type { Settings } from "../../account/settings.ts";
import type { CallReceipt, Calling, PeopleSearch } from "../../conversations/calling.ts";
import type { TalkReceipt, Talking } from "../../conversations/talking.ts";
import type { AnswerReceipt, AppState } from "../../core/app-state.ts";
import type { Unsubscribe } from "../../platform/ports.ts";
import type { RingSound } from "../../surfaces/presentation.ts";
import { VirtualClock } from "../../testing/virtual-clock.ts";
import type { SessionState } from "../../ucwa/session-port.ts";
import type { SessionAccount } from "../../ucwa/session-options.ts";
import type { Bell, Core, Parts, ProgramIo } from "../composition.ts";
import { Interruption } from "../interruption.ts";
import type { JobControl, JobListener, JobPlace } from "../job-control.ts";
import { run } from "../run.ts";

/** A session and a bell that do what a test says and refuse what it did not expect. */
export class FakeCore implements Core {
  readonly done: string[] = [];
  /** What listeners of the bell threw. The real one logs it. */
  readonly failures: unknown[] = [];
  receipt: (id: string) => AnswerReceipt | Promise<AnswerReceipt> = (id) =>
    this.bell.state.invitations.some((invitation) => invitation.id === id)
      ? { ok: true }
      : { ok: false, error: { code: "unknownInvitation", message: "There is no such invitation." } };
  /** Of what is done in a conversation, by its id. */
  talkReceipt: (conversation: string) => TalkReceipt | Promise<TalkReceipt> = (id) =>
    this.bell.state.conversations.some((conversation) => conversation.id === id)
      ? { ok: true }
      : { ok: false, error: { code: "unknownConversation", message: "There is no such conversation." } };
  /** Of an invitation to this address, or of taking one back. */
  callReceipt: (about: string) => CallReceipt | Promise<CallReceipt> = () => ({ ok: true, invitation: "o1" });
  found: PeopleSearch | Promise<PeopleSearch> = { ok: true, people: [], moreAvailable: false };
  signOutTakes: Promise<void> = Promise.resolve();
  readonly bell = new FakeBell(this);
  readonly session = new FakeSession(this);

  async approve(origin: string): Promise<void> {
    this.done.push(`approve ${origin}`);
  }

  leave(): void {
    this.done.push("leave");
  }

  async close(): Promise<void> {
    this.done.push("close");
  }

  becomes(change: Partial<AppState>): void {
    this.bell.becomes({ ...this.bell.newest, ...change });
  }
}

class FakeBell implements Bell {
  state: AppState = { session: { name: "signedOut" }, invitations: [], conversations: [] };
  readonly #core: FakeCore;
  readonly #listeners = new Set<(state: AppState, previous: AppState) => void>();
  /** What is still to be told, the newest last. */
  readonly #untold: AppState[] = [];
  #telling = false;

  constructor(core: FakeCore) {
    this.#core = core;
  }

  subscribe(listener: (state: AppState, previous: AppState) => void): Unsubscribe {
    const own = (state: AppState, previous: AppState): void => listener(state, previous);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  /** The state with all that is still to be told. */
  get newest(): AppState {
    return this.#untold.at(-1) ?? this.state;
  }

  async accept(id: string): Promise<AnswerReceipt> {
    this.#core.done.push(`accept ${id}`);
    return await this.#core.receipt(id);
  }

  async decline(id: string, reason: "Global" | "Local" = "Global"): Promise<AnswerReceipt> {
    this.#core.done.push(`decline ${id} ${reason}`);
    return await this.#core.receipt(id);
  }

  readonly talking: Talking = {
    say: async (id, text) => await this.#inConversation(id, `say ${id} ${text}`),
    sayAgain: async (id, message) => await this.#inConversation(id, `sayAgain ${id} ${message}`),
    leave: async (id) => await this.#inConversation(id, `leave ${id}`),
    typing: (id) => void this.#core.done.push(`typing ${id}`),
    seen: (id) => {
      this.#core.done.push(`seen ${id}`);
      const { newest } = this;
      const conversations = newest.conversations.map((one) => (one.id === id ? { ...one, unread: 0 } : one));
      this.becomes({ ...newest, conversations });
    },
  };

  readonly calling: Calling = {
    invite: async (request) => {
      this.#core.done.push(`invite ${JSON.stringify(request)}`);
      return await this.#core.callReceipt(request.to);
    },
    cancel: async (id) => {
      this.#core.done.push(`cancel ${id}`);
      return await this.#core.callReceipt(id);
    },
    search: async (query) => {
      this.#core.done.push(`search ${query}`);
      return await this.#core.found;
    },
  };

  async #inConversation(id: string, done: string): Promise<TalkReceipt> {
    this.#core.done.push(done);
    return await this.#core.talkReceipt(id);
  }

  becomes(state: AppState): void {
    if (isDeepStrictEqual(state, this.newest)) return;
    this.#untold.push(state);
    if (this.#telling) return;
    this.#telling = true;
    for (let next = this.#untold[0]; next; next = this.#untold[0]) {
      const previous = this.state;
      this.state = next;
      for (const listener of this.#listeners) {
        try {
          listener(next, previous);
        } catch (error) {
          this.#core.failures.push(error);
        }
      }
      this.#untold.shift();
    }
    this.#telling = false;
  }
}

type CoreSession = Core["session"];

class FakeSession implements CoreSession {
  readonly #core: FakeCore;

  constructor(core: FakeCore) {
    this.#core = core;
  }

  get state(): SessionState {
    return this.#core.bell.state.session;
  }

  start(): void {
    this.#core.done.push("start");
    this.#core.becomes({ session: { name: "discovering" } });
  }

  tryNow(): void {
    this.#core.done.push("tryNow");
  }

  async signOut(): Promise<void> {
    this.#core.done.push("signOut");
    await this.#core.signOutTakes;
    this.#core.becomes({ session: { name: "signedOut" } });
  }
}

export type FakeInput = PassThrough & { isTTY?: boolean; setRawMode?: (raw: boolean) => unknown };

/** A job of a shell's that the test is. */
export class FakeJob implements JobControl {
  at: JobPlace = "foreground";
  readonly listeners = new Set<JobListener>();
  /** What was done when somebody asked for it to be stopped. */
  onStop: () => void = () => undefined;

  place(): JobPlace {
    return this.at;
  }

  stop(): void {
    for (const listener of this.listeners) listener.stopping();
    this.onStop();
    this.continue();
  }

  /** As after SIGCONT. */
  continue(): void {
    for (const listener of this.listeners) listener.continued();
  }

  listen(listener: JobListener): Unsubscribe {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

/** One run of the program, with everything around it in the hands of the test. */
export class FakeProgram {
  readonly clock = new VirtualClock();
  readonly core = new FakeCore();
  readonly stdin: FakeInput = new PassThrough();
  readonly stdout: PassThrough & { isTTY?: boolean; columns?: number; rows?: number } = new PassThrough();
  readonly stderr: PassThrough & { isTTY?: boolean } = new PassThrough();
  readonly env: Record<string, string | undefined> = {};
  readonly exits: number[] = [];
  readonly interruption = new Interruption((status) => this.exits.push(status));
  readonly job = new FakeJob();
  readonly accounts: SessionAccount[] = [];
  readonly rawModes: boolean[] = [];
  settings: Settings = { address: null, server: null, trustedOrigins: {}, endpointId: null };
  problems: string[] = [];
  secrets: SecretReader = {
    look: async () => "absent",
    get: async () => ({ outcome: "failed", why: "absent" }),
  };
  notifications: Parts["openNotifications"] = null;
  /** What was to be heard, one change after the other. */
  readonly played: (RingSound | null)[] = [];
  #out = "";
  #err = "";

  constructor() {
    this.stdout.on("data", (chunk) => (this.#out += String(chunk)));
    this.stderr.on("data", (chunk) => (this.#err += String(chunk)));
  }

  get out(): string {
    return this.#out;
  }

  get err(): string {
    return this.#err;
  }

  /** The lines of standard output so far, parsed. */
  get lines(): Record<string, unknown>[] {
    return this.#out
      .split("\n")
      .slice(0, -1)
      .map((line) => parsed(line));
  }

  terminal(columns = 80, rows = 24): this {
    this.stdin.isTTY = true;
    this.stdin.setRawMode = (raw) => this.rawModes.push(raw);
    this.stdout.isTTY = true;
    this.stdout.columns = columns;
    this.stdout.rows = rows;
    this.stderr.isTTY = true;
    return this;
  }

  run(...argv: string[]): Promise<number> {
    const parts: Parts = {
      clock: this.clock,
      random: { uuid: () => "11111111-1111-4111-8111-111111111111", fraction: () => 0.5 },
      version: "1.2.3",
      culture: "en-GB",
      machine: () => "machine",
      readSettings: () => ({ settings: this.settings, problems: this.problems }),
      secrets: this.secrets,
      openCore: (account) => {
        this.accounts.push(account);
        return this.core;
      },
      openNotifications: this.notifications,
      ringPlayer: {
        play: (sound) => {
          if (sound !== (this.played.at(-1) ?? null)) this.played.push(sound);
        },
      },
      surroundings: { resolve: async () => [], certificate: async () => null, desktop: null },
    };
    const { stdin, stdout, stderr, env, interruption, job } = this;
    const io: ProgramIo = { stdin, stdout, stderr, env, interruption, job, shown: (text) => text };
    return run(argv, parts, io);
  }

  /** Lets streams and promises settle. Throws what a listener of the bell threw meanwhile. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 5; turn++) await this.clock.settle();
    const [failure] = this.core.failures;
    if (failure !== undefined) throw new Error("A listener of the bell failed.", { cause: failure });
  }
}

function parsed(line: string): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).parse(JSON.parse(line));
}
