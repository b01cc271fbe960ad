import type { InvitationRequest } from "../../ucwa-server/index.ts";
import type { Chance } from "./chance.ts";

/** What becomes of a call, unless something comes before it. */
export interface CallPlan {
  readonly request: InvitationRequest;
  readonly caller: { readonly uri: string; readonly name: string };
  /** What the caller's side does, so long after the call began; it rings out where there is nothing. */
  readonly deed: "cancel" | "answerElsewhere" | "forward" | null;
  readonly deedAfterMs: number;
  /** What the person does, so long after it rang. */
  readonly answer: "accept" | "decline" | null;
  readonly answerAfterMs: number;
  /** When the caller hangs up, once it is connected. */
  readonly talksMs: number;
}

const NAMES = [
  "Dana",
  "Erik",
  "Fatima",
  "Goran",
  "Hanna",
  "Ines",
  "Jan",
  "Kofi",
  "Lea",
  "Mei",
  "Noor",
  "Olga",
];
const WORDS = "are you there we wanted to look at the figures before the others come in shall we".split(" ");

/** A call by somebody, with words that are as long on the average at any time of the run. */
export function drawCall(chance: Chance, to: string, subject: string): CallPlan {
  const name = chance.of(NAMES);
  const caller = { uri: `sip:${name.toLowerCase()}@partner.example`, name: `${name} of Partner` };
  const words = Array.from({ length: chance.between(1, 40) }, () => chance.of(WORDS)).join(" ");
  return {
    request: {
      to,
      from: caller,
      subject,
      ...(chance.happens(0.9)
        ? {
            kind: "messaging",
            others: chance.of([[], [], [{ uri: "sip:ola@partner.example", name: "Ola Nordby" }]]),
          }
        : { kind: "onlineMeeting" }),
      rings: chance.between(1_000, 28_000),
      format: chance.of(["plain", "html"]),
      importance: chance.of(["Normal", "Urgent", "Emergency"]),
      message: words,
    },
    caller,
    deed: chance.of([null, null, null, "cancel", "cancel", "answerElsewhere", "forward"]),
    deedAfterMs: chance.between(200, 12_000),
    answer: chance.of([null, null, "accept", "accept", "decline"]),
    answerAfterMs: chance.between(100, 6_000),
    talksMs: chance.between(500, 4_000),
  };
}
