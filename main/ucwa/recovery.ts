import { texts } from "../../locales/texts.ts";
import type { Clock, Random } from "../platform/ports.ts";
import { backOffMs } from "./back-off.ts";
import type { ChannelLoss } from "./application/event-outcome.ts";
import { SessionProblem } from "./session-problem.ts";
import type { Advice } from "./session-problem.ts";
import type { AttentionReason } from "./session-port.ts";

/** What the session does about a problem. */
export type Remedy =
  /** Only the person can help; by approving the origin, where there is one. */
  | { readonly do: "ask"; readonly reason: AttentionReason; readonly origin?: string }
  /** Try again after a pause; where, `ApplicationsAddress` knows. */
  | { readonly do: "wait"; readonly ms: number };

/** An application that the server ended for inactivity is created anew at most this often. */
const INACTIVE_GUARD_MS = 5 * 60_000;
/** An application that died younger counts as a failure to create one. */
export const SHORT_LIFE_MS = 60_000;
/** A first sign-in that finds no server, or is refused, is given up after so many tries: the address may be wrong. */
const FIRST_TRIES = 3;
/**
 * What another network may mend: without one no name is found, a hotel shows its own certificate, an office has its own
 * proxy. A refused password is left alone.
 */
export const OF_THE_NETWORK: ReadonlySet<AttentionReason> = new Set(["notFound", "certificate", "proxy"]);
/** At growing gaps that is half an hour and more. */
const PORTAL_TRIES = 12;

/** How a session comes back: the policy, and the few things that it has to remember. Reference: ApplicationDashboard. */
export class Recovery {
  readonly #clock: Clock;
  readonly #random: Random;
  #attempt = 0;
  #everCreated = false;
  #everFound = false;
  #inactiveAt = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  /** Somebody asks for a fresh try. */
  begin(): void {
    this.#attempt = 0;
  }

  /** An earlier run has been online: there is a server, whatever it looks like just now. */
  found(): void {
    this.#everFound = true;
  }

  /** An application was created: what worked once will work again. */
  created(): void {
    this.#everFound = true;
    this.#everCreated = true;
  }

  /** The person has signed out: the next sign-in is a first one. */
  forget(): void {
    this.#everFound = false;
    this.#everCreated = false;
  }

  /** The problem that an application's end amounts to; null when it was wanted. */
  problemOf(loss: ChannelLoss, livedMs: number): SessionProblem | null {
    const { advice, session } = texts.server;
    if (livedMs >= SHORT_LIFE_MS) this.#attempt = 0;
    switch (loss.cause) {
      case "gone":
        return SessionProblem.retry("applicationGone", session.ended, 0);
      case "inactive": {
        const now = this.#clock.now();
        // Somebody may have set the clock back.
        const waitMs = Math.min(INACTIVE_GUARD_MS, Math.max(0, this.#inactiveAt + INACTIVE_GUARD_MS - now));
        this.#inactiveAt = now + waitMs;
        return SessionProblem.retry("inactive", session.inactive, waitMs);
      }
      case "replaced":
        return SessionProblem.retry("replaced", session.replaced);
      case "noNextLink":
        return SessionProblem.retry("noNextLink", {
          sentence: session.noWayOn,
          advice: advice.askIfItLasts,
        });
      case "rediscover":
      case "stopped":
        return loss.problem;
      case "ended":
        return null;
    }
  }

  /** What to do about a problem, which counts as one more try. */
  remedy(problem: SessionProblem): Remedy {
    this.#attempt++;
    const { advice, code } = problem;
    if (!this.#everFound && this.#attempt >= FIRST_TRIES) {
      if (code === "notFound" || code === "unknownHost") return { do: "ask", reason: "notFound" };
      if (code === "refused") return { do: "ask", reason: "refused" };
    }
    switch (advice.action) {
      case "stop": {
        if (this.#mayBePortal(advice)) return this.#wait(null);
        const { reason, origin } = advice;
        return origin === undefined ? { do: "ask", reason } : { do: "ask", reason, origin };
      }
      case "retry":
      case "rediscover":
        return this.#wait(advice.afterMs);
    }
  }

  /**
   * A captive portal shows its own certificate, or sends everybody to an address of its own. Nobody is to approve a
   * hotel; but a server that has really moved must not be kept from asking for ever.
   */
  #mayBePortal({ reason, origin }: Extract<Advice, { action: "stop" }>): boolean {
    // Of a place, a proxy that wants a password is no more than that either.
    if (reason === "certificate" || reason === "proxy") return this.#everFound;
    if (reason !== "untrustedServer" || !this.#everCreated) return false;
    return origin === undefined || this.#attempt <= PORTAL_TRIES;
  }

  #wait(afterMs: number | null): Remedy {
    // What was lost while all was well is taken up at once; only a repeated failure waits.
    const atOnce = afterMs === 0 && this.#attempt === 1;
    const ms = atOnce ? 0 : backOffMs(this.#attempt, this.#random.fraction(), afterMs);
    return { do: "wait", ms };
  }
}
