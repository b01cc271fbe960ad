import { texts } from "../../locales/texts.ts";
import type { Logger } from "../platform/ports.ts";
import type { InvitationKind } from "../ucwa/resources/wire-invitation.ts";
import type { CommandOutcome, SessionPort } from "../ucwa/session-port.ts";
import { safeLine } from "../ucwa/resources/safe-text.ts";
import type { AnswerErrorCode, Answering, AnswerKind, AnswerReceipt, DeclineScope } from "./answer.ts";
import type { EndState } from "./invitation.ts";
import { isLive } from "./machine/entry.ts";
import type { Entry, Phase } from "./machine/entry.ts";
import { findById } from "./machine/inbox-state.ts";
import type { InboxStore } from "./inbox-store.ts";

export interface AnsweringDeps {
  readonly store: InboxStore;
  readonly session: () => SessionPort | null;
  readonly logger: Logger;
}

/**
 * Answers invitations. Shows at once that an answer is under way, posts it, and gives a receipt as soon as the server
 * has spoken or could not be reached twice; what the answer comes to is left to the inbox. Reference: accept, decline.
 */
export class InvitationAnswering implements Answering {
  readonly #deps: AnsweringDeps;

  constructor(deps: AnsweringDeps) {
    this.#deps = deps;
  }

  accept(id: string): Promise<AnswerReceipt> {
    return this.#answer(id, "accept", "Global");
  }

  decline(id: string, scope: DeclineScope = "Global"): Promise<AnswerReceipt> {
    return this.#answer(id, "decline", scope);
  }

  async #answer(id: string, kind: AnswerKind, scope: DeclineScope): Promise<AnswerReceipt> {
    const { store, logger } = this.#deps;
    const link = linkFor(findById(store.inbox, id), kind);
    if ("ok" in link) return link;
    const session = this.#deps.session();
    if (!session) return no("notAllowed", texts.invitations.answers.notNow);

    store.dispatch({ type: "answerSent", id, answer: kind, scope });
    const send = () => this.#post(session, link, kind, scope);
    let outcome = await send();
    // The first try may have arrived. A second accept or decline does no harm, a second of anything else might.
    const repeated = outcome.outcome === "unreachable" && this.#phaseOf(id)?.name === "answering";
    if (repeated) outcome = await send();
    const status = "status" in outcome ? outcome.status : null;
    logger.info("answer posted", { id, kind, outcome: outcome.outcome, status, repeated });
    return this.#conclude(id, kind, outcome, repeated);
  }

  #conclude(id: string, kind: AnswerKind, outcome: CommandOutcome, repeated: boolean): AnswerReceipt {
    const { store } = this.#deps;
    if (outcome.outcome === "taken") {
      store.dispatch({ type: "answerTaken", id });
      return { ok: true };
    }
    const phase = this.#phaseOf(id);
    if (phase?.name === "ended" && phase.state === WANTED[kind]) return { ok: true };
    switch (outcome.outcome) {
      case "superseded":
        store.dispatch({ type: "answerSuperseded", id });
        return no("gone", texts.invitations.answers.lost);
      case "gone":
      // Something else has happened to the invitation meanwhile.
      case "conflict":
        return this.#tooLate(id, outcome, repeated);
      case "refused": {
        const { refused, refusedBecause } = texts.invitations.answers;
        const said = safeLine(outcome.reason?.message ?? "");
        const problem = said === "" ? refused : refusedBecause(said);
        store.dispatch({
          type: "answerNotTaken",
          id,
          arrival: "refused",
          problem,
          reason: outcome.reason,
        });
        return no("refused", problem);
      }
      case "unreachable":
        return this.#notReached(id);
    }
  }

  #tooLate(
    id: string,
    outcome: Extract<CommandOutcome, { outcome: "gone" | "conflict" }>,
    repeated: boolean,
  ): AnswerReceipt {
    // After a try that was not answered, "no longer there" may well be the doing of that try.
    if (repeated) return this.#notReached(id);
    const problem = texts.invitations.answers.gone;
    this.#deps.store.dispatch({
      type: "answerNotTaken",
      id,
      arrival: "gone",
      problem,
      reason: outcome.reason,
    });
    return no("gone", problem);
  }

  #notReached(id: string): AnswerReceipt {
    const problem = texts.invitations.answers.unanswered;
    this.#deps.store.dispatch({
      type: "answerNotTaken",
      id,
      arrival: "unclear",
      problem,
      reason: null,
    });
    return no("unreachable", problem);
  }

  async #post(
    session: SessionPort,
    { generation, href }: AnswerLink,
    kind: AnswerKind,
    scope: DeclineScope,
  ): Promise<CommandOutcome> {
    try {
      return kind === "accept"
        ? await session.post(generation, href)
        : await session.post(generation, href, { reason: scope });
    } catch {
      this.#deps.logger.error("posting an answer failed unexpectedly", { kind });
      return { outcome: "unreachable", detail: "unexpected failure" };
    }
  }

  /** None for one that ended so long ago that it is forgotten. */
  #phaseOf(id: string): Phase | undefined {
    return findById(this.#deps.store.inbox, id)?.phase;
  }
}

/** A link of the application of that generation. */
interface AnswerLink {
  readonly generation: number;
  readonly href: string;
}

/** The link to post to, or why there is none. */
function linkFor(entry: Entry | null, kind: AnswerKind): AnswerLink | AnswerReceipt {
  const { answers } = texts.invitations;
  if (!entry?.shown) return no("unknownInvitation", answers.unknown);
  if (!isLive(entry)) return no("alreadyEnded", answers.over);
  if (entry.phase.name === "answering") return no("alreadyAnswering", answers.underWay);
  if (entry.over) return no("gone", answers.gone);
  const allowed = kind === "accept" ? entry.shown.canAccept : entry.shown.canDecline;
  const href = allowed ? entry.links[kind] : null;
  if (href !== null) return { generation: entry.generation, href };
  const elsewhere = kind === "accept" ? ANSWERED_ELSEWHERE.get(entry.details.kind) : undefined;
  return no("notAllowed", elsewhere === undefined ? answers.notAllowed[kind] : answers[elsewhere]);
}

const WANTED = { accept: "accepted", decline: "declined" } as const satisfies Record<AnswerKind, EndState>;

const ANSWERED_ELSEWHERE: ReadonlyMap<InvitationKind, "onThePhone" | "onAnotherDevice"> = new Map([
  ["phoneAudio", "onThePhone"],
  ["audioVideo", "onAnotherDevice"],
]);

function no(code: AnswerErrorCode, message: string): AnswerReceipt {
  return { ok: false, error: { code, message } };
}
