import type { Entry } from "./entry.ts";

/** Which part of its life an invitation is in, with what became of an answer of ours. */
export type LifePhase =
  | "unseen"
  | "ringing"
  /** After an answer that did not arrive. */
  | "ringingAgain"
  | "answerUnderWay"
  | "answerTaken"
  | "answerUnclear"
  | "answerRefused"
  | "answerGone"
  | "inviting"
  | "ended";

/** Whether something shows that it is over although it has not ended yet. */
export type EndSign = "none" | "linksWithdrawn" | "seenOver" | "completed";

/** The GET that asks after it. */
export type Question = "none" | "due" | "underWay" | "underWayAndDue";

/** Whether the newest representation had lost its answer links although no answer of ours was on its way. */
export type AnswerLinks = "notWithdrawn" | "withdrawn";

/** The state of one invitation in the four parts that it is made of. */
export interface Condition {
  readonly phase: LifePhase;
  readonly sign: EndSign;
  readonly question: Question;
  readonly links: AnswerLinks;
}

export function conditionOf(entry: Entry): Condition {
  return {
    phase: phaseOf(entry),
    sign: signOf(entry),
    question: questionOf(entry),
    links: entry.linksWithdrawn ? "withdrawn" : "notWithdrawn",
  };
}

function phaseOf({ phase }: Entry): LifePhase {
  switch (phase.name) {
    case "ringing":
      return phase.bounced === null ? "ringing" : "ringingAgain";
    case "answering":
      return ANSWERING[phase.answer.arrival];
    case "unseen":
    case "inviting":
    case "ended":
      return phase.name;
  }
}

const ANSWERING = {
  underWay: "answerUnderWay",
  taken: "answerTaken",
  unclear: "answerUnclear",
  refused: "answerRefused",
  gone: "answerGone",
} as const satisfies Readonly<Record<string, LifePhase>>;

function signOf({ over }: Entry): EndSign {
  if (over === null) return "none";
  return over.cause === "completed" || over.cause === "linksWithdrawn" ? over.cause : "seenOver";
}

function questionOf({ lookUps: { dueAt, underWay } }: Entry): Question {
  if (underWay) return dueAt === null ? "underWay" : "underWayAndDue";
  return dueAt === null ? "none" : "due";
}
