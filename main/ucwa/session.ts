import { texts } from "../../locales/texts.ts";
import { errorCode } from "../platform/fault.ts";
import type { Clock, Logger } from "../platform/ports.ts";
import { ImpossibleTransition, isPossible, throwImpossible } from "../platform/transition-table.ts";
import type { OnImpossible } from "../platform/transition-table.ts";
import { createApplication } from "./application/application.ts";
import { ApplicationsAddress } from "./discovery/applications-address.ts";
import { Pause } from "./back-off.ts";
import { CommandChannel } from "./application/command-channel.ts";
import { Discovery } from "./discovery/discovery.ts";
import type { ChannelLoss } from "./application/event-outcome.ts";
import { Http, HttpFailure } from "./http/http.ts";
import { Life, offersOf } from "./application/application-life.ts";
import { problemOf, SessionProblem, wordsOf } from "./session-problem.ts";
import { OF_THE_NETWORK, Recovery, SHORT_LIFE_MS } from "./recovery.ts";
import type { Offers, SessionListener, SessionPort, SessionState } from "./session-port.ts";
import type { SessionOptions } from "./session-options.ts";
import { SESSION_TRANSITIONS } from "./session-state.ts";
import { AuthorizedRequests } from "./auth/authorized-requests.ts";
import { Trust } from "./auth/trust.ts";

export interface Session extends SessionPort {
  /** Signs in and stays signed in. */
  start(): void;
  /** The machine woke up or the network came back: nothing that was parked before can be relied on. */
  resumed(): void;
}

/** Builds a session; nothing is sent before `start`. */
export function createSession(options: SessionOptions): Session {
  return new UcwaSession(options);
}

const SIGN_OUT_MS = 3_000;

class UcwaSession implements Session {
  readonly #options: SessionOptions;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #listener: SessionListener;
  readonly #onImpossible: OnImpossible;
  readonly #requests: AuthorizedRequests;
  readonly #address: ApplicationsAddress;
  readonly #commands: CommandChannel;
  readonly #pause: Pause;
  readonly #recovery: Recovery;
  #instanceId: string;
  #state: SessionState = { name: "signedOut" };
  /** Ends the run between `start` and `signOut` or `attention`. */
  #run: AbortController | null = null;
  #running: Promise<void> = Promise.resolve();
  #life: Life | null = null;
  #generation = 0;
  /** The event channel has failed, and has not been proven since. */
  #inDoubt = false;

  constructor(options: SessionOptions) {
    const { account, clock, logger } = options;
    this.#options = options;
    this.#clock = clock;
    this.#logger = logger;
    this.#listener = options.listener;
    this.#onImpossible = options.onImpossible ?? throwImpossible;
    this.#instanceId = account.instanceId;
    this.#pause = new Pause(clock);
    this.#recovery = new Recovery(clock, options.random);
    const http = new Http(options.fetch, clock);
    const domain = account.address.slice(account.address.lastIndexOf("@") + 1).toLowerCase();
    const trust = new Trust(domain, account.trusted);
    const credentials = {
      username: account.username ?? account.address,
      password: (url: string) => account.password(url),
    };
    this.#requests = new AuthorizedRequests({
      http,
      clock,
      logger,
      trust,
      credentials,
      integrated: options.integrated,
      federation: options.federation,
      pageLeft: () => {
        if (this.#state.name === "reconnecting") this.tryNow();
      },
    });
    const { server } = account;
    this.#address = new ApplicationsAddress({
      discovery: new Discovery({ http, clock, requests: this.#requests, trust, logger, domain, server }),
      trust,
      known: account.applications ?? null,
      discovered: options.discovered ?? (() => undefined),
    });
    if (this.#address.isKnown) this.#recovery.found();
    this.#commands = new CommandChannel(this.#requests, () => this.#life, clock);
  }

  get state(): SessionState {
    return this.#state;
  }

  get offers(): Offers | null {
    return this.#life && offersOf(this.#life);
  }

  start(): void {
    if (this.#run) return;
    const run = new AbortController();
    this.#run = run;
    this.#recovery.begin();
    this.#set({ name: "discovering" });
    this.#running = this.#drive(run.signal).finally(() => {
      if (this.#run === run) this.#run = null;
    });
  }

  tryNow(): void {
    if (this.#state.name === "attention") {
      this.#requests.forgetRefusal();
      void this.#running.then(() => {
        if (this.#state.name === "attention") this.start();
      });
    } else if (this.#pause.waiting) {
      this.#pause.end();
    } else {
      this.#life?.tryNow();
    }
  }

  resumed(): void {
    const state = this.#state;
    if (state.name !== "attention" || OF_THE_NETWORK.has(state.reason)) this.tryNow();
  }

  readonly post: SessionPort["post"] = (...request) => this.#commands.post(...request);
  readonly sendMessage: SessionPort["sendMessage"] = (...request) => this.#commands.sendMessage(...request);
  readonly delete: SessionPort["delete"] = (...request) => this.#commands.delete(...request);
  readonly lookUp: SessionPort["lookUp"] = (...request) => this.#commands.lookUp(...request);
  readonly read: SessionPort["read"] = (...request) => this.#commands.read(...request);
  readonly readPhoto: SessionPort["readPhoto"] = (...request) => this.#commands.readPhoto(...request);

  async signOut(): Promise<void> {
    const life = this.#life;
    this.#run?.abort();
    this.#pause.end();
    this.#endLife();
    await life?.delete(SIGN_OUT_MS);
    await this.#running;
    this.#requests.clear();
    this.#address.clear();
    this.#recovery.forget();
    this.#inDoubt = false;
    if (this.#state.name !== "signedOut") this.#set({ name: "signedOut" });
  }

  /** Signs in, lives, and signs in again, until told to stop or until only the person can help. */
  async #drive(run: AbortSignal): Promise<void> {
    while (!run.aborted) {
      const problem = await this.#liveOnce(run);
      if (run.aborted) return;
      if (problem) await this.#recover(problem, run);
      if (this.#state.name === "attention") return;
    }
  }

  /** One life of an application; resolves with what is to be recovered from, or null to go on at once. */
  async #liveOnce(run: AbortSignal): Promise<SessionProblem | null> {
    try {
      const life = await this.#address.reach(
        (applications) => this.#create(applications, run),
        run,
        () => this.#progress("authenticating"),
      );
      const bornAt = this.#clock.now();
      const loss = await life.run();
      return this.#afterLoss(loss, life, this.#clock.now() - bornAt);
    } catch (error) {
      if (run.aborted) return null;
      return this.#problemOf(error);
    }
  }

  /** A fault of our own, or of what was handed in, ends no session: it is logged, and the next try may succeed. */
  #problemOf(error: unknown): SessionProblem {
    if (error instanceof SessionProblem || error instanceof HttpFailure) return problemOf(error);
    if (error instanceof ImpossibleTransition) throw error;
    const name = errorCode(error);
    this.#logger.error("session fault", { error: name });
    this.#endLife();
    return SessionProblem.retry("fault", { sentence: texts.server.session.fault, technical: name });
  }

  async #create(url: string, run: AbortSignal): Promise<Life> {
    this.#progress("authenticating");
    this.#progress("creating");
    const { userAgent, culture, endpointId } = this.#options.account;
    const identity = { userAgent, culture, endpointId, instanceId: this.#instanceId };
    const now = () => this.#clock.now();
    const application = await createApplication(this.#requests, url, identity, now, run);
    this.#recovery.created();
    // The server may hand back the one we had: then nothing is lost, but what rings has to be looked at again.
    const same = this.#life?.application.self === application.self;
    if (!same) {
      this.#endLife();
      this.#generation++;
    }
    const generation = this.#generation;
    const life = new Life({
      generation,
      application,
      requests: this.#requests,
      clock: this.#clock,
      random: this.#options.random,
      logger: this.#logger,
      onImpossible: this.#onImpossible,
      inDoubt: this.#inDoubt,
      present: this.#options.present ?? (() => true),
      listener: {
        online: () => this.#online(generation),
        waiting: (problem, retryAt) => {
          this.#inDoubt = true;
          if (retryAt !== null || this.#state.name === "online") this.#reconnecting(problem, retryAt);
        },
      },
      events: this.#listener,
    });
    this.#life = life;
    if (same) this.#listener.channelInterrupted(generation, "resync");
    return life;
  }

  #online(generation: number): void {
    if (this.#state.name === "online") return;
    this.#inDoubt = false;
    this.#requests.prove();
    this.#set({ name: "online", generation });
  }

  /** What an application's end leads to; only the address may be kept from it. */
  #afterLoss(loss: ChannelLoss, life: Life, livedMs: number): SessionProblem | null {
    this.#logger.info("event channel lost", { cause: loss.cause, generation: life.generation });
    // Of one that is said to be gone, or to have expired, one of several front ends may be wrong: it may be handed back.
    if (loss.cause === "replaced") this.#endLife();
    // That an application ends after a while is no failure of its channel.
    this.#inDoubt ||= loss.cause === "gone" ? livedMs < SHORT_LIFE_MS : loss.cause !== "inactive";
    if (loss.cause === "replaced") this.#instanceId = this.#options.random.uuid();
    return this.#recovery.problemOf(loss, livedMs);
  }

  /** Waits, or gives the matter to the person. */
  async #recover(problem: SessionProblem, run: AbortSignal): Promise<void> {
    this.#address.note(problem);
    const remedy = this.#recovery.remedy(problem);
    if (remedy.do === "ask") {
      const { reason, origin } = remedy;
      this.#endLife();
      const state = { name: "attention", reason, ...wordsOf(problem.said) } as const;
      this.#set(origin === undefined ? state : { ...state, origin });
      return;
    }
    this.#reconnecting(problem, this.#clock.now() + remedy.ms);
    await this.#pause.wait(remedy.ms, run);
  }

  #endLife(): void {
    const life = this.#life;
    if (!life) return;
    this.#life = null;
    life.end();
    this.#listener.generationEnded(life.generation);
  }

  /** The first sign-in shows its stages; a return stays `reconnecting` until it is online. */
  #progress(name: "authenticating" | "creating"): void {
    const before = name === "authenticating" ? "discovering" : "authenticating";
    if (this.#state.name === before) this.#set({ name });
  }

  #reconnecting({ code: reason, said }: SessionProblem, retryAt: number | null): void {
    this.#set({ name: "reconnecting", reason, ...wordsOf(said, said.advice), retryAt });
  }

  #set(state: SessionState): void {
    const from = this.#state.name;
    if (!isPossible(SESSION_TRANSITIONS, from, state.name))
      return this.#onImpossible(new ImpossibleTransition("the session", `${from} to ${state.name}`));
    this.#state = state;
    this.#logger.info("session", { state: state.name });
    this.#listener.stateChanged(state);
  }
}
