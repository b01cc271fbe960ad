import type { Clock, Logger, Random } from "../../platform/ports.ts";
import { ImpossibleTransition, isPossible } from "../../platform/transition-table.ts";
import type { OnImpossible } from "../../platform/transition-table.ts";
import { backOffMs, Pause } from "../back-off.ts";
import { CHANNEL_TRANSITIONS, stageOf } from "./channel-state.ts";
import type { ChannelState } from "./channel-state.ts";
import { classifyOutcome } from "./event-outcome.ts";
import type { ChannelLoss, Outcome } from "./event-outcome.ts";
import { packageOf } from "./events.ts";
import type { EventPackage } from "./events.ts";
import { HttpFailure } from "../http/http.ts";
import { SessionProblem } from "../session-problem.ts";
import type { SessionListener } from "../session-port.ts";
import type { AuthorizedRequests } from "../auth/authorized-requests.ts";
import { withParameters } from "../http/urls.ts";

/** How long the server may hold a request; the shortest it offers, kindest to proxies. Reference: events. */
export const HOLD_MS = 180_000;
const HOLD_MARGIN_MS = 60_000;
/**
 * Medium ones tell of the person's own presence, which may quiet what rings: the shortest hold that there is. Low ones tell
 * nothing of use; high ones flush the queue at once.
 */
const PARAMETERS = { timeout: HOLD_MS / 1000, medium: 5, low: 60 };
/** A request that was held for so long is in good hands: one that the server cannot serve is refused at once. */
const HELD_MS = 2_000;
/** An answer that came faster than this was no hold. */
const EARLY_MS = 1_000;
/** From so many in a row without news on, each is followed by a rest. */
const MOST_HARMLESS = 10;
/** So many answers may follow each other faster than that: more than any backlog of a real server holds. */
const MOST_AT_ONCE = 1_000;
/** Then each is followed by a rest, too short to be noticed by somebody who is called, and long enough for a processor. */
const REST_MS = 50;

/** What became of a parked request. */
interface Release {
  readonly outcome: Outcome;
  /** The way was still being proven. */
  readonly unproven: boolean;
  /** How long the request was open; never less than nothing, though somebody may set the clock back. */
  readonly heldMs: number;
}

/**
 * The event channel: one long-polled GET that is always parked. Reference: EventChannelDetails, EventsInUCWA.
 *
 * The cursor moves only by an answer that was read whole; a request that failed is repeated with the same URL, and
 * the server still holds what it did not see acknowledged.
 */
export class EventChannel {
  readonly #requests: Pick<AuthorizedRequests, "send">;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #logger: Logger;
  readonly #listener: Pick<SessionListener, "received" | "channelInterrupted">;
  readonly #changed: (state: ChannelState) => void;
  readonly #generation: number;
  readonly #application: string;
  readonly #onImpossible: OnImpossible;
  readonly #stop: AbortSignal;
  readonly #pause: Pause;
  #state: ChannelState = { name: "idle" };
  #attempt = 0;
  #replaced = 0;
  /** Answers without news in a row that came early. */
  #harmless = 0;
  /** Answers in a row that came early, with news or without. */
  #atOnce = 0;
  /** Gives up what is parked. */
  #cut = new AbortController();
  #recheck = false;

  constructor(deps: {
    requests: Pick<AuthorizedRequests, "send">;
    clock: Clock;
    random: Random;
    logger: Logger;
    onImpossible: OnImpossible;
    /** Gets what arrives. Called after the next request has left. */
    listener: Pick<SessionListener, "received" | "channelInterrupted">;
    changed: (state: ChannelState) => void;
    generation: number;
    /** The application's own href, read to prove that it lives and can be reached. */
    application: string;
    stop: AbortSignal;
  }) {
    this.#requests = deps.requests;
    this.#clock = deps.clock;
    this.#random = deps.random;
    this.#logger = deps.logger;
    this.#onImpossible = deps.onImpossible;
    this.#listener = deps.listener;
    this.#changed = deps.changed;
    this.#generation = deps.generation;
    this.#application = deps.application;
    this.#stop = deps.stop;
    this.#pause = new Pause(deps.clock);
    // One listener for all requests: a joined signal for each costs more than all else that is done to park it.
    this.#stop.addEventListener("abort", () => this.#cut.abort(), { once: true });
  }

  get state(): ChannelState {
    return this.#state;
  }

  /** Try now: ends a wait, and gives up a parked request that may be deaf (after sleep) for a new one. */
  recheck(): void {
    this.#recheck = true;
    if (this.#pause.waiting) this.#pause.end();
    else this.#cut.abort();
  }

  /** Runs from the `events` link until the channel is lost. `probing` after a failure, which this may be in as well. */
  async run(events: string, probing = false): Promise<ChannelLoss> {
    let cursor = withParameters(events, PARAMETERS);
    let parked = this.#park(cursor, probing);
    for (;;) {
      const { outcome, unproven, heldMs } = await parked;
      if (this.#stop.aborted) return this.#lose({ cause: "ended" });
      const received = outcome instanceof Error ? null : packageOf(outcome, this.#generation);
      const step = classifyOutcome(outcome, received, {
        attempt: this.#attempt,
        replaced: this.#replaced,
        probing: unproven,
        heldMs,
        now: this.#clock.now(),
      });
      switch (step.do) {
        case "deliver": {
          const { onward, hasEvents } = step.received;
          this.#attempt = 0;
          this.#replaced = 0;
          const waitMs = this.#restraintMs(heldMs, hasEvents);
          const rests = waitMs > 0;
          if (rests) this.#deliver(step.received);
          if (rests) await this.#rest(waitMs);
          if (onward.by === "nothing") {
            if (!rests) this.#deliver(step.received);
            return this.#lose({ cause: "noNextLink" });
          }
          // The server forgets the parameters when it makes the channel anew.
          cursor = onward.by === "resume" ? withParameters(onward.href, PARAMETERS) : onward.href;
          parked = this.#park(cursor);
          if (!rests) this.#deliver(step.received);
          break;
        }
        case "again":
          await this.#rest(this.#restraintMs(heldMs, false));
          // Nothing new is no proof where it comes at once, nor is a way that brings nothing else.
          parked = this.#park(cursor, step.suspect || unproven || this.#harmless >= MOST_HARMLESS);
          break;
        case "wait":
          if (step.problem.code === "replaced") this.#replaced++;
          await this.#wait(step.problem, step.atLeastMs);
          if (this.#stop.aborted) return this.#lose({ cause: "ended" });
          parked = this.#park(cursor, true);
          break;
        case "lose":
          return this.#lose(step.loss);
      }
    }
  }

  /**
   * Sends the request that waits for news; resolves with whatever became of it. The way back is proven when the
   * application answers and the request is still held after two seconds: a front end may serve the one and not the
   * other, and a request that vanished into a dead connection looks held, too.
   */
  async #park(url: string, probing = false): Promise<Release> {
    this.#recheck = false;
    // One for all requests that nobody cuts: to make one is dear, and this is on the way from the event to the ringing.
    if (this.#cut.signal.aborted) this.#cut = new AbortController();
    const cut = this.#cut;
    if (this.#stop.aborted) cut.abort();
    const { signal } = cut;
    const since = this.#clock.now();
    this.#set({ name: "parked", probing });
    const answer = this.#requests.send({ method: "GET", url, timeoutMs: HOLD_MS + HOLD_MARGIN_MS, signal });
    const released = (outcome: Outcome, unproven: boolean): Release => {
      return { outcome, unproven, heldMs: Math.max(0, this.#clock.now() - since) };
    };
    if (!probing) {
      // No promise between that is not needed: this is on the way from the event to the ringing.
      try {
        return released(await answer, false);
      } catch (error) {
        return released(failureOf(error), false);
      }
    }
    const parked = answer.catch(failureOf);
    const answered = parked.then((outcome) => ({ of: "parked", outcome }) as const);
    // Where empty answers come at once, one after the other, there is nothing that the application could add.
    const first =
      this.#harmless >= MOST_HARMLESS ? null : await Promise.race([answered, this.#probe(signal)]);
    if (first?.of === "probe" && (first.outcome instanceof Error || first.outcome.status !== 200)) {
      // The parked request would find out too, but only after its whole hold.
      cut.abort();
      return released(first.outcome, true);
    }
    const second = first?.of === "parked" ? first : await this.#held(answered);
    if (second !== "held") {
      cut.abort();
      return released(second.outcome, true);
    }
    this.#attempt = 0;
    this.#set({ name: "parked", probing: false });
    return released(await parked, false);
  }

  async #probe(signal: AbortSignal) {
    const answer = this.#requests.send({ method: "GET", url: this.#application, signal });
    return { of: "probe", outcome: await answer.catch(failureOf) } as const;
  }

  /** What was answered within two seconds, or that nothing was. */
  async #held<Answered>(answered: Promise<Answered>): Promise<Answered | "held"> {
    const { promise, resolve } = Promise.withResolvers<"held">();
    const cancel = this.#clock.after(HELD_MS, () => resolve("held"));
    const first = await Promise.race([answered, promise]);
    cancel();
    return first;
  }

  #deliver(received: EventPackage): void {
    const { events, unreadable } = received.read();
    if (unreadable > 0) this.#logger.warn("events stepped over", { count: unreadable });
    this.#listener.received(events);
    const { by } = received.onward;
    // What this package brought may be as stale as what was there before it.
    if (by === "resume" || by === "resync") this.#listener.channelInterrupted(this.#generation, by);
  }

  /**
   * How long to wait before the next request. A server or proxy that answers at once must not be asked in a tight loop,
   * with nothing or with the same news again and again. Some in a row are harmless; the wait stays short, because the
   * next answer may hold an invitation.
   */
  #restraintMs(heldMs: number, hasEvents: boolean): number {
    if (heldMs >= EARLY_MS || this.#recheck) {
      this.#harmless = 0;
      this.#atOnce = 0;
      return 0;
    }
    this.#harmless = hasEvents ? 0 : this.#harmless + 1;
    if (this.#harmless >= MOST_HARMLESS) return EARLY_MS - heldMs;
    return ++this.#atOnce > MOST_AT_ONCE ? REST_MS : 0;
  }

  async #rest(ms: number): Promise<void> {
    if (ms > 0) await this.#pause.wait(ms, this.#stop);
  }

  async #wait(problem: SessionProblem, atLeastMs: number | null): Promise<void> {
    this.#attempt++;
    const ms = backOffMs(this.#attempt, this.#random.fraction(), atLeastMs);
    this.#logger.info("event channel waits", { code: problem.code, attempt: this.#attempt, ms });
    this.#set({ name: "waiting", attempt: this.#attempt, until: this.#clock.now() + ms, problem });
    await this.#pause.wait(ms, this.#stop);
  }

  #lose(loss: ChannelLoss): ChannelLoss {
    this.#set({ name: "lost", loss });
    return loss;
  }

  #set(state: ChannelState): void {
    const [from, to] = [stageOf(this.#state), stageOf(state)];
    if (!isPossible(CHANNEL_TRANSITIONS, from, to))
      return this.#onImpossible(new ImpossibleTransition("the event channel", `${from} to ${to}`));
    this.#state = state;
    // One request after the other changes nothing for anybody, and this is on the way from the event to the ringing.
    if (from !== "parked" || to !== "parked") this.#changed(state);
  }
}

/** What came in place of an answer; throws what is no such failure. */
function failureOf(error: unknown): Outcome {
  if (error instanceof HttpFailure || error instanceof SessionProblem) return error;
  throw error;
}
