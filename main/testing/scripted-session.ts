import type { Cancel, Clock } from "../platform/ports.ts";
import { Turns } from "../ucwa/http/turns.ts";
import { originOf } from "../ucwa/http/urls.ts";
import type {
  CommandOutcome,
  FailedLookup,
  InvitationLookup,
  Offers,
  PhotoLookup,
  ResourceLookup,
  SessionListener,
  SessionPort,
  SessionState,
} from "../ucwa/session-port.ts";
import { APPLICATION } from "./invitation-events.ts";

export interface Posted {
  readonly generation: number;
  readonly href: string;
  readonly body: unknown;
}

export interface SentMessage {
  readonly generation: number;
  readonly href: string;
  readonly text: string;
  readonly operationId: string;
}

/** As of the real one: `CommandChannel`. */
const LIMIT_MS = 10_000;
const LOOK_UPS_AT_ONCE = 3;
const BESIDE_AT_ONCE = 1;

/** What is not answered at all. */
const silence = (): Promise<never> => new Promise(() => {});

/**
 * A session that is online in its first generation and whose server answers as a test tells it to; without being told, it
 * is silent. When something is sent, how long it is waited for and what comes of it when the application ends, is as with
 * the real session: `session-behaviours.ts` holds both to it.
 */
export class ScriptedSession implements SessionPort {
  state: SessionState = { name: "online", generation: 1 };
  readonly posted: Posted[] = [];
  readonly said: SentMessage[] = [];
  readonly deleted: string[] = [];
  /** What the living application was asked for, whether its turn has come or not. */
  readonly lookedUp: string[] = [];
  /** The same of what is no invitation. */
  readonly asked: string[] = [];
  /** The photos that it was asked for, each with the etag of one that is known. */
  readonly photosAsked: { readonly href: string; readonly etag: string | null }[] = [];
  /** How often it was told to try now. */
  triedNow = 0;
  onPost: (posted: Posted) => Promise<CommandOutcome> = silence;
  onSend: (sent: SentMessage) => Promise<CommandOutcome> = silence;
  onDelete: (href: string) => Promise<CommandOutcome> = silence;
  onRead: (href: string) => Promise<ResourceLookup> = silence;
  onLookUp: (href: string) => Promise<InvitationLookup> = silence;
  onPhoto: (href: string, etag: string | null) => Promise<PhotoLookup> = silence;
  readonly #clock: Clock;
  readonly #listener: Pick<SessionListener, "stateChanged" | "generationEnded"> | null;
  readonly #turns: Turns;
  readonly #beside: Turns;
  #generation = 1;
  /** Aborted when the application ends; null while there is none. */
  #life: AbortController | null = new AbortController();

  constructor(
    clock: Clock,
    listener: Pick<SessionListener, "stateChanged" | "generationEnded"> | null = null,
  ) {
    this.#clock = clock;
    this.#listener = listener;
    this.#turns = new Turns(LOOK_UPS_AT_ONCE, clock);
    this.#beside = new Turns(BESIDE_AT_ONCE, clock);
  }

  post(generation: number, href: string, body?: Readonly<Record<string, unknown>>): Promise<CommandOutcome> {
    return this.#send(generation, href, () => {
      const posted = { generation, href, body };
      this.posted.push(posted);
      return this.onPost(posted);
    });
  }

  get offers(): Offers | null {
    return this.#life && offersOf(this.#generation);
  }

  sendMessage(
    generation: number,
    href: string,
    message: { readonly text: string; readonly operationId: string },
  ): Promise<CommandOutcome> {
    return this.#send(generation, href, () => {
      const sent = { generation, href, ...message };
      this.said.push(sent);
      return this.onSend(sent);
    });
  }

  delete(generation: number, href: string): Promise<CommandOutcome> {
    return this.#send(generation, href, () => {
      this.deleted.push(href);
      return this.onDelete(href);
    });
  }

  lookUp(generation: number, href: string): Promise<InvitationLookup> {
    const note = () => this.lookedUp.push(href);
    return this.#ask(generation, href, this.#turns, note, () => this.onLookUp(href));
  }

  read(generation: number, href: string, how?: "beside"): Promise<ResourceLookup> {
    const turns = how === "beside" ? this.#beside : this.#turns;
    const note = () => this.asked.push(href);
    return this.#ask(generation, href, turns, note, () => this.onRead(href));
  }

  async readPhoto(generation: number, href: string, etag: string | null): Promise<PhotoLookup> {
    const note = () => this.photosAsked.push({ href, etag });
    const send = () => this.onPhoto(href, etag);
    const answer = await this.#ask(generation, href, this.#beside, note, send);
    return answer.outcome === "refused" || answer.outcome === "gone" ? { outcome: "none" } : answer;
  }

  tryNow(): void {
    this.triedNow++;
  }

  async signOut(): Promise<void> {
    this.#end();
    await Promise.resolve();
    if (this.state.name !== "signedOut") this.#become({ name: "signedOut" });
  }

  /** The server has ended the application: everything of its generation is over, and the session signs in again. */
  lose(): void {
    this.#end();
    this.#become({
      name: "reconnecting",
      reason: "applicationGone",
      detail: "The server has ended the session; signing in again.",
      retryAt: this.#clock.now(),
    });
  }

  /** The session is online again, in the next generation. */
  recover(): void {
    this.#life = new AbortController();
    this.#become({ name: "online", generation: ++this.#generation });
  }

  #end(): void {
    const life = this.#life;
    if (life === null) return;
    this.#life = null;
    life.abort();
    this.#listener?.generationEnded(this.#generation);
  }

  #become(state: SessionState): void {
    this.state = state;
    this.#listener?.stateChanged(state);
  }

  /** The signal of the application that lives in that generation. */
  #lifeOf(generation: number): AbortSignal | null {
    return this.#life !== null && generation === this.#generation ? this.#life.signal : null;
  }

  async #ask<Found>(
    generation: number,
    href: string,
    turns: Turns,
    note: () => void,
    send: () => Promise<Found | FailedLookup>,
  ): Promise<Found | FailedLookup> {
    const ended = this.#lifeOf(generation);
    if (ended === null) return { outcome: "superseded" };
    note();
    const leave = await turns.next(LIMIT_MS, ended);
    if (leave === null) return ended.aborted ? { outcome: "superseded" } : LATE;
    try {
      return await this.#send(generation, href, send);
    } finally {
      leave();
    }
  }

  #send<Answer>(
    generation: number,
    href: string,
    send: () => Promise<Answer | FailedLookup>,
  ): Promise<Answer | FailedLookup> {
    const ended = this.#lifeOf(generation);
    if (ended === null) return Promise.resolve({ outcome: "superseded" });
    if (originOf(href) !== originOf(APPLICATION)) return foreign();
    let cancel: Cancel = () => undefined;
    let giveUp: () => void = () => undefined;
    const limits = new Promise<FailedLookup>((resolve) => {
      cancel = this.#clock.after(LIMIT_MS, () => resolve(LATE));
      giveUp = () => resolve({ outcome: "superseded" });
      ended.addEventListener("abort", giveUp);
    });
    return Promise.race([send(), limits]).finally(() => {
      cancel();
      ended.removeEventListener("abort", giveUp);
    });
  }
}

const LATE = { outcome: "unreachable", detail: "No answer came in time." } as const;

/** What the application of these tests offers. */
export function offersOf(generation: number): Offers {
  const at = (path: string): string => `${APPLICATION}/${path}`;
  return {
    generation,
    communication: at("communication"),
    startMessaging: at("communication/startMessaging"),
    people: at("people"),
    search: at("people/search"),
  };
}

function foreign(): Promise<FailedLookup> {
  const reason = { code: "LocalFailure", subcode: null, message: "The link leads to another server." };
  return Promise.resolve({ outcome: "refused", status: null, reason });
}
