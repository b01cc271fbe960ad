import { isProblemStatus, problem } from "../http/endpoint.ts";
import type { Answer } from "../http/endpoint.ts";
import type { Context } from "../context.ts";
import type { Delivery } from "../http/delivery.ts";
import { namedFailure } from "./failures.ts";
import { respond } from "../http/message.ts";

/** Bodies that no server should send with 200, and two that proxies send: what stands for the true answer. */
export const oddAnswers = ["page", "empty", "wrongType", "garbage", "tooLarge", "redirect"] as const;

/** What is said instead of the true answer. */
export type FaultAnswer =
  | {
      readonly kind: "status";
      readonly status: number;
      readonly subcode: string | null;
      /** HTML as a proxy in between would send; otherwise a UCWA error where the status has one. */
      readonly html: boolean;
    }
  /** A documented failure by its name. */
  | { readonly kind: "failure"; readonly name: string }
  | { readonly kind: Exclude<(typeof oddAnswers)[number], "redirect" | "tooLarge"> }
  | { readonly kind: "tooLarge"; readonly bytes: number }
  | { readonly kind: "redirect"; readonly location: string };

/** One answer of the server put out of order. Applies to the next `remaining` requests that it is meant for. */
export interface Fault {
  readonly id: string;
  /** An endpoint's name, such as `events`, `token`, `accept`; `any` for all of them. */
  readonly endpoint: string;
  /** The SIP URI of the only user that it is meant for; `null` for everybody. */
  readonly user: string | null;
  /** The id of the only application that it is meant for; `null` for all. */
  readonly application: string | null;
  /**
   * `arrival`: before anything is done about the request, which is then done late or, when something else is
   * answered or the connection is cut, never. `answer`: once all is done.
   */
  readonly at: "arrival" | "answer";
  /** `null`: the true answer. */
  readonly answer: FaultAnswer | null;
  readonly delivery: Delivery;
  readonly retryAfterSeconds: number | null;
  readonly remaining: number;
}

/** The request that a fault is looked for. */
export interface Faultable {
  readonly endpoint: string;
  readonly user: string | null;
  readonly application: string | null;
}

/** The faults that wait for their request, in the order they were asked for. */
export class Faults {
  #faults: Fault[] = [];

  get list(): readonly Fault[] {
    return this.#faults;
  }

  add(fault: Fault): void {
    this.#faults.push(fault);
  }

  clear(): void {
    this.#faults = [];
  }

  /** Takes the next fault for a request at this point of its way, counting it down. */
  take(request: Faultable, at: Fault["at"]): Fault | null {
    const index = this.#faults.findIndex((fault) => fault.at === at && isMeantFor(fault, request));
    const fault = this.#faults[index];
    if (!fault) return null;
    if (fault.remaining <= 1) this.#faults.splice(index, 1);
    else this.#faults[index] = { ...fault, remaining: fault.remaining - 1 };
    return fault;
  }
}

/** What a parked request is released with when a fault is meant for it now. */
export const woken = problem(503);

/** Whether a fault is for such a request. */
export function isMeantFor(fault: Fault, { endpoint, user, application }: Faultable): boolean {
  return (
    (fault.endpoint === endpoint || fault.endpoint === "any") &&
    (fault.user === null || fault.user === user) &&
    (fault.application === null || fault.application === application)
  );
}

/** The answer that a fault stands for, at this origin. */
export function faultAnswer(
  answer: FaultAnswer,
  retryAfterSeconds: number | null,
  context: Context,
  origin: string,
): Answer {
  const made = bare(answer, context, origin);
  if (retryAfterSeconds === null) return made;
  const headers = [["Retry-After", String(retryAfterSeconds)]] as const;
  if (made.kind === "response")
    return {
      kind: "response",
      response: { ...made.response, headers: [...made.response.headers, ...headers] },
    };
  return made.kind === "problem" ? { ...made, headers: [...(made.headers ?? []), ...headers] } : made;
}

function bare(answer: FaultAnswer, context: Context, origin: string): Answer {
  switch (answer.kind) {
    case "status": {
      const { status, html, subcode } = answer;
      if (!html && isProblemStatus(status)) return problem(status, subcode ?? undefined);
      return raw(status, "text/html", `<!DOCTYPE html><title>${status}</title><h1>Server Error</h1>`);
    }
    case "failure":
      return namedFailure(answer.name, context, origin) ?? problem(500);
    case "page":
      return raw(200, "text/html", "<!DOCTYPE html><title>Welcome</title><h1>Please accept our terms.</h1>");
    case "empty":
      return raw(200, null, "");
    case "wrongType":
      return raw(200, "text/plain", '{"_links":{}}');
    case "garbage":
      return raw(200, "application/json", '{"_links":{"next":{"href":"\u0000\uFFFD');
    case "tooLarge":
      return raw(200, "application/json", `{"padding":"${"x".repeat(answer.bytes)}"}`);
    case "redirect":
      return { kind: "response", response: respond(302, null, "", [["Location", answer.location]]) };
  }
}

function raw(status: number, type: string | null, body: string): Answer {
  return { kind: "response", response: respond(status, type, body) };
}
