import { texts } from "../../../locales/texts.ts";
import { lossOf, reasonOf } from "./application.ts";
import type { ApplicationLoss } from "./application.ts";
import type { EventPackage } from "./events.ts";
import { HttpFailure, retryAfterMs } from "../http/http.ts";
import type { HttpAnswer } from "../http/http.ts";
import { failed, SessionProblem, unexpected } from "../session-problem.ts";
import type { ProblemCode } from "../session-problem.ts";

/** What became of one event request, or of the short one that proves the way back. */
export type Outcome = HttpAnswer | HttpFailure | SessionProblem;

/** What bears on the decision beside the outcome itself. */
export interface Situation {
  /** Failures in a row before this outcome. */
  readonly attempt: number;
  /** How often in a row another instance has taken the channel. */
  readonly replaced: number;
  /** The outcome is of a request whose way was being proven. */
  readonly probing: boolean;
  /** How long the request was open, in milliseconds. */
  readonly heldMs: number;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** What one outcome leads to. */
export type Step =
  | { readonly do: "deliver"; readonly received: EventPackage }
  /** The same URL; `suspect` when the connection may be deaf. */
  | { readonly do: "again"; readonly suspect: boolean }
  /** The same URL, later. */
  | { readonly do: "wait"; readonly problem: SessionProblem; readonly atLeastMs: number | null }
  | { readonly do: "lose"; readonly loss: ChannelLoss };

export type ChannelLoss =
  | ApplicationLoss
  /** Another instance keeps taking the channel. */
  | { readonly cause: "replaced" }
  /** The server gave no link to go on with. */
  | { readonly cause: "noNextLink" }
  | { readonly cause: "rediscover"; readonly problem: SessionProblem }
  /** Stopped by its owner. */
  | { readonly cause: "ended" };

/** Proxies give up what is quiet after 30 or 60 s. A request that lived so long was cut, not refused. */
const CUT_AFTER_MS = 20_000;
/** Asking again at once would take the channel back, and the other would do the same. */
const REPLACED_WAIT_MS = 5_000;
const REPLACED_TRIES = 3;
/** After this many failures in a row the address itself is in doubt. */
const DOUBT_TRIES = 3;
const UNREACHABLE_TRIES = 7;

/**
 * What an outcome of the event request leads to: the whole failure table. Pure. `received` is the package in the answer,
 * where it is one.
 * Reference: EventChannelDetails, EventsInUCWA, ErrorsAndInformationalMessages, RootURL.
 */
export function classifyOutcome(outcome: Outcome, received: EventPackage | null, situation: Situation): Step {
  if (outcome instanceof SessionProblem) return classifyProblem(outcome, situation);
  if (outcome instanceof HttpFailure) return classifyFailure(outcome, situation);
  const answer = outcome;
  const loss = lossOf(answer);
  if (loss) return { do: "lose", loss };
  const wait = (code: ProblemCode): Step => ({
    do: "wait",
    problem: SessionProblem.retry(code, unexpected(answer, "GET events")),
    atLeastMs: retryAfterMs(answer, situation.now),
  });
  switch (answer.status) {
    case 200: {
      if (answer.body.trim() === "") return { do: "again", suspect: false };
      if (received) return { do: "deliver", received };
      if (situation.attempt < DOUBT_TRIES) return wait("notUcwa");
      return { do: "lose", loss: { cause: "rediscover", problem: doubt(answer) } };
    }
    case 204:
    case 408:
      return { do: "again", suspect: false };
    case 403:
      return { do: "lose", loss: { cause: "rediscover", problem: doubt(answer) } };
    case 409:
      if (reasonOf(answer)?.subcode !== "PGetReplaced") return wait("conflict");
      if (situation.replaced >= REPLACED_TRIES) return { do: "lose", loss: { cause: "replaced" } };
      return {
        do: "wait",
        problem: SessionProblem.retry("replaced", texts.server.session.channelTaken),
        atLeastMs: REPLACED_WAIT_MS * (situation.replaced + 1),
      };
    case 429:
      return wait("tooManyRequests");
    default:
      if (isOfProxy(answer) && situation.heldMs >= CUT_AFTER_MS) return { do: "again", suspect: true };
      // A sick server is waited for; a gateway or a stranger that answers in its place puts the address in doubt.
      if ((answer.status >= 500 && answer.status !== 502) || situation.attempt < DOUBT_TRIES) {
        return wait(answer.status >= 500 ? "serverTrouble" : "unexpected");
      }
      return { do: "lose", loss: { cause: "rediscover", problem: doubt(answer) } };
  }
}

/** A gateway that lost its patience: it says so by a page of its own. */
function isOfProxy(answer: HttpAnswer): boolean {
  return (answer.status === 502 || answer.status === 504) && reasonOf(answer) === null;
}

function classifyFailure(failure: HttpFailure, { attempt, probing, heldMs }: Situation): Step {
  if (failure.kind === "aborted") return { do: "again", suspect: true };
  // Cut by an impatient proxy, or deaf for longer than any hold: nobody is told of trouble before the way is proven not
  // to be there. Earlier, the network stack has found no way; while it is proven, our own limit has.
  if (heldMs >= CUT_AFTER_MS && !(probing && failure.kind === "timeout"))
    return { do: "again", suspect: true };
  const said = failed(failure);
  if (attempt >= UNREACHABLE_TRIES) {
    const problem = SessionProblem.rediscover(failure.kind, said);
    return { do: "lose", loss: { cause: "rediscover", problem } };
  }
  return { do: "wait", problem: SessionProblem.retry(failure.kind, said), atLeastMs: null };
}

function classifyProblem(problem: SessionProblem, { attempt }: Situation): Step {
  switch (problem.advice.action) {
    case "stop":
      return { do: "lose", loss: { cause: "stopped", problem } };
    case "retry":
    case "rediscover":
      return attempt < DOUBT_TRIES
        ? { do: "wait", problem, atLeastMs: problem.advice.afterMs }
        : { do: "lose", loss: { cause: "rediscover", problem } };
  }
}

/** What the two kinds say of the address stands in `ApplicationsAddress`. */
function doubt(answer: HttpAnswer): SessionProblem {
  const code = answer.status === 403 || answer.status === 502 ? "moved" : "unexpected";
  return SessionProblem.rediscover(code, unexpected(answer, "GET events"));
}
