import * as z from "zod";
import { ControlError } from "../control/control-error.ts";
import { failureNames } from "./failures.ts";
import { oddAnswers } from "./faults.ts";
import type { Fault, FaultAnswer } from "./faults.ts";
import { portalAddress } from "./intermediary.ts";
import { sipUri } from "../sign-in/users.ts";

const places = z.enum(["beforeHeaders", "midBody"]);
const longestMs = 24 * 3_600_000;

/** A fault to be put in the way of requests: what is answered, how that gets to the client, or both. */
export const faultSchema = z.strictObject({
  endpoint: z.string().max(50),
  times: z.number().int().min(1).max(100_000).optional(),
  user: z.string().max(300).optional(),
  application: z.string().max(50).optional(),
  /** See `Fault.at`. Default: `arrival` for another answer, else `answer`. */
  at: z.enum(["arrival", "answer"]).optional(),
  /** Also answers the event requests that are parked now. */
  now: z.boolean().optional(),

  status: z.number().int().min(200).max(599).optional(),
  subcode: z.string().max(100).optional(),
  html: z.boolean().optional(),
  retryAfter: z.number().int().min(0).optional(),
  failure: z.string().max(50).optional(),
  answer: z.enum(oddAnswers).optional(),
  location: z.string().max(2000).optional(),
  bytes: z
    .number()
    .int()
    .min(1)
    .max(256 * 1024 * 1024)
    .optional(),

  delayMs: z.number().int().min(0).max(longestMs).optional(),
  stall: places.optional(),
  forMs: z.number().int().min(0).max(longestMs).optional(),
  slow: z
    .strictObject({
      bytes: z.number().int().min(1),
      everyMs: z.number().int().min(1).max(longestMs),
    })
    .optional(),
  cut: places.optional(),
  reset: z.boolean().optional(),
});

/** Reference: `faultSchema`, field by field. */
export type FaultRequest = Readonly<z.input<typeof faultSchema>>;

/** What was asked for, as a fault. Throws a `ControlError` for what means nothing or contradicts itself. */
export function faultOf(request: FaultRequest, id: string): Fault {
  const answer = answerOf(request);
  const stall = stallOf(request);
  const { application, cut, endpoint, retryAfter, slow, times, user } = request;
  if (!answer && !stall && !slow && cut === undefined)
    throw new ControlError(
      400,
      "A fault needs an effect: status, failure, answer, delayMs, stall, slow or cut.",
    );
  if (answer && cut === "beforeHeaders")
    throw new ControlError(400, "What is cut before its headers has no answer.");
  if (request.reset === true && cut === undefined)
    throw new ControlError(400, "A reset belongs to a cut, which says where.");
  return {
    id,
    endpoint,
    user: user === undefined ? null : sipUri(user),
    application: application ?? null,
    at: request.at ?? (answer ? "arrival" : "answer"),
    answer,
    delivery: { stall, slow: slow ?? null, cut: cut ?? null, reset: request.reset ?? false },
    retryAfterSeconds: retryAfter ?? null,
    remaining: times ?? 1,
  };
}

function answerOf(request: FaultRequest): FaultAnswer | null {
  const { status, failure, answer } = request;
  if ([status, failure, answer].filter((one) => one !== undefined).length > 1)
    throw new ControlError(400, "status, failure and answer exclude each other.");
  if (status !== undefined)
    return {
      kind: "status",
      status,
      subcode: request.subcode ?? null,
      html: request.html ?? status === 502,
    };
  if (failure !== undefined) {
    if (!failureNames.includes(failure))
      throw new ControlError(400, `There is no failure ${failure}. Known are ${failureNames.join(", ")}.`);
    return { kind: "failure", name: failure };
  }
  switch (answer) {
    case undefined:
      return null;
    case "redirect":
      return { kind: "redirect", location: request.location ?? portalAddress };
    case "tooLarge":
      return { kind: "tooLarge", bytes: request.bytes ?? 32 * 1024 * 1024 };
    default:
      return { kind: answer };
  }
}

function stallOf({ delayMs, stall, forMs }: FaultRequest): Fault["delivery"]["stall"] {
  if (delayMs === undefined) return stall === undefined ? null : { at: stall, forMs: forMs ?? null };
  if (stall !== undefined) throw new ControlError(400, "delayMs and stall exclude each other.");
  return { at: "beforeHeaders", forMs: delayMs };
}
