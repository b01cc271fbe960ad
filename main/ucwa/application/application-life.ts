import { texts } from "../../../locales/texts.ts";
import type { Cancel, Clock, Logger, Random } from "../../platform/ports.ts";
import type { OnImpossible } from "../../platform/transition-table.ts";
import { Activity } from "./activity.ts";
import { lossOf, readApplication } from "./application.ts";
import type { Application } from "./application.ts";
import { backOffMs, Pause } from "../back-off.ts";
import { EventChannel } from "./event-channel.ts";
import type { ChannelLoss } from "./event-outcome.ts";
import type { Offers, SessionListener } from "../session-port.ts";
import { problemOf, SessionProblem } from "../session-problem.ts";
import type { AuthorizedRequests } from "../auth/authorized-requests.ts";

/** What the person may begin with its application. */
export function offersOf({ generation, application }: Pick<Life, "generation" | "application">): Offers {
  const { communication, people } = application;
  return {
    generation,
    communication: communication.self,
    startMessaging: communication.startMessaging,
    people: people.self,
    search: people.search,
  };
}

/** What a life tells of itself; what arrives goes to the session's own listener. */
export interface LifeListener {
  /** A request is parked and the user has been made available. */
  online(): void;
  /**
   * Trying again at `retryAt`, epoch milliseconds. Null: for some seconds it has not been certain that the user can be
   * called, and a try is under way.
   */
  waiting(problem: SessionProblem, retryAt: number | null): void;
}

/** Whoever waits to be called hears within ten seconds that it is not certain any more. */
const UNCERTAIN_MS = 8_000;
/** What is refused so often would be refused again. */
const REFUSED_TRIES = 3;

/**
 * One application from its creation to its loss: its event channel, the user's availability and activity.
 * `generation` counts the applications of a run; everything that carries a smaller number is dead.
 */
export class Life {
  readonly generation: number;
  readonly application: Application;
  readonly #requests: AuthorizedRequests;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #logger: Logger;
  readonly #listener: LifeListener;
  readonly #events: Pick<SessionListener, "received" | "channelInterrupted">;
  readonly #activity: Activity;
  readonly #channel: EventChannel;
  readonly #inDoubt: boolean;
  readonly #stop = new AbortController();
  readonly #pause: Pause;
  readonly #availability: Pause;
  #available = false;
  /** Runs from the moment on in which it is not certain that the user can be called. */
  #cancelUncertainty: Cancel | null = null;

  constructor(deps: {
    generation: number;
    application: Application;
    requests: AuthorizedRequests;
    clock: Clock;
    random: Random;
    logger: Logger;
    onImpossible: OnImpossible;
    listener: LifeListener;
    events: Pick<SessionListener, "received" | "channelInterrupted">;
    /** The channel of the one before failed: this one has to prove itself. */
    inDoubt: boolean;
    /** Whether somebody is at the machine. */
    present: () => boolean;
  }) {
    this.generation = deps.generation;
    this.application = deps.application;
    this.#requests = deps.requests;
    this.#clock = deps.clock;
    this.#random = deps.random;
    this.#logger = deps.logger;
    this.#listener = deps.listener;
    this.#events = deps.events;
    this.#inDoubt = deps.inDoubt;
    this.#pause = new Pause(deps.clock);
    this.#availability = new Pause(deps.clock);
    const { requests, clock, random, logger, onImpossible } = deps;
    const stop = this.#stop.signal;
    this.#activity = new Activity({
      requests,
      clock,
      logger,
      me: deps.application.me,
      present: deps.present,
      doubt: () => this.tryNow(),
      unanswered: () => this.suspect(),
      stop,
    });
    this.#channel = new EventChannel({
      requests,
      clock,
      random,
      logger,
      onImpossible,
      generation: deps.generation,
      application: deps.application.self,
      stop,
      listener: {
        received: (events) => {
          deps.events.received(events);
          if (!this.#available && events.some(({ link }) => link.rel === "me")) this.#meChanged();
        },
        channelInterrupted: (generation, how) => deps.events.channelInterrupted(generation, how),
      },
      changed: () => this.#changed(),
    });
  }

  /** Aborted when the life is over: whatever was asked in its name is given up. */
  get ended(): AbortSignal {
    return this.#stop.signal;
  }

  end(): void {
    this.#stop.abort();
    this.#certain();
  }

  /** The whole of it within the deadline, a renewed token included: nobody waits for a server when quitting. */
  async delete(deadlineMs: number): Promise<void> {
    const deadline = new AbortController();
    const cancel = this.#clock.after(deadlineMs, () => deadline.abort());
    try {
      const url = this.application.self;
      await this.#requests.send({ method: "DELETE", url, signal: deadline.signal }, "background");
    } catch (error) {
      this.#logger.warn("application not deleted", { code: problemOf(error).code });
    } finally {
      cancel();
      deadline.abort();
    }
  }

  /** Ends a wait, and replaces a parked request that may be deaf. */
  tryNow(): void {
    this.#pause.end();
    this.#availability.end();
    this.#channel.recheck();
  }

  /** A request beside the event channel got no answer: a channel that takes itself for healthy has to find out. */
  suspect(): void {
    const { state } = this.#channel;
    if (state.name === "parked" && !state.probing) this.#channel.recheck();
  }

  /** Runs until the application is lost, or given up by `end`. */
  async run(): Promise<ChannelLoss> {
    const followed = this.#follow();
    const refused = await Promise.race([followed.then(() => null), this.#stayAvailable()]);
    if (refused) this.end();
    const loss = await followed;
    this.end();
    return refused ? { cause: "stopped", problem: refused } : loss;
  }

  /** Runs the channel; where the server gave no way on, the application is asked for its `events` link again. */
  async #follow(): Promise<ChannelLoss> {
    const signal = this.#stop.signal;
    let events = this.application.events;
    for (let rounds = 1; ; rounds++) {
      const loss = await this.#channel.run(events, this.#inDoubt || rounds > 1);
      if (loss.cause !== "noNextLink") return loss;
      await this.#pause.wait(backOffMs(rounds, this.#random.fraction(), null), signal);
      try {
        const answer = await this.#requests.send({ method: "GET", url: this.application.self, signal });
        const application = readApplication(answer);
        if (!application) return lossOf(answer) ?? { cause: "gone" };
        events = application.events;
        this.#events.channelInterrupted(this.generation, "resync");
      } catch (error) {
        if (signal.aborted) return { cause: "ended" };
        return { cause: "rediscover", problem: problemOf(error) };
      }
    }
  }

  /**
   * Tries until the user is available, and again when the server says that this is over; resolves with a problem that
   * only the person can solve, or null at the end of the life.
   */
  async #stayAvailable(): Promise<SessionProblem | null> {
    const signal = this.#stop.signal;
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#activity.makeAvailable();
        this.#available = true;
        const over = this.#activity.keepReporting();
        this.#changed();
        await over;
        if (signal.aborted) return null;
        attempt = 0;
        this.#available = false;
        this.#changed();
      } catch (error) {
        if (signal.aborted) return null;
        const problem = problemOf(error);
        if (problem.advice.action === "stop") return problem;
        if (problem.code === "refused" && attempt >= REFUSED_TRIES)
          return SessionProblem.stop("refused", problem.said);
        const ms = backOffMs(attempt, this.#random.fraction(), problem.advice.afterMs);
        this.#listener.waiting(problem, this.#clock.now() + ms);
        await this.#availability.wait(ms, signal);
        if (signal.aborted) return null;
      }
    }
  }

  #meChanged(): void {
    this.#activity.meChanged();
    this.#availability.end();
  }

  #changed(): void {
    const state = this.#channel.state;
    if (state.name === "waiting") this.#listener.waiting(state.problem, state.until);
    if (state.name === "parked" && !state.probing && this.#available) {
      this.#certain();
      this.#listener.online();
    } else if (!this.#stop.signal.aborted) {
      this.#cancelUncertainty ??= this.#clock.after(UNCERTAIN_MS, () =>
        this.#listener.waiting(this.#doubt(), null),
      );
    }
  }

  #certain(): void {
    this.#cancelUncertainty?.();
    this.#cancelUncertainty = null;
  }

  #doubt(): SessionProblem {
    const { host } = new URL(this.application.self);
    return SessionProblem.retry("timeout", {
      sentence: texts.server.session.doubt(host),
      advice: texts.server.advice.checkNetwork,
    });
  }
}
