import { isProblemStatus, problem } from "./answer.ts";
import type { Answer } from "./answer.ts";
import type { Cut, ServerResponse } from "./message.ts";

/** One answer of the server put out of order. Applies to the next `times` requests to endpoints of this name. */
export interface Fault {
  readonly id: string;
  /** An endpoint's name, such as `events`, `token`, `accept`; `any` for all of them. */
  readonly endpoint: string;
  /** Status: answered at once instead of what was asked. Cut: everything is done, and the connection dies. */
  readonly effect:
    | {
        readonly kind: "status";
        readonly status: number;
        readonly subcode: string | null;
        /** HTML as a proxy in between would send; otherwise a UCWA error where the status has one. */
        readonly html: boolean;
        readonly retryAfterSeconds: number | null;
      }
    | { readonly kind: "cut"; readonly cut: Cut };
  readonly remaining: number;
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

  /** Takes the next fault of this kind for an endpoint, counting it down. */
  take(endpoint: string, kind: Fault["effect"]["kind"]): Fault["effect"] | null {
    const index = this.#faults.findIndex(
      (fault) => fault.effect.kind === kind && (fault.endpoint === endpoint || fault.endpoint === "any"),
    );
    const fault = this.#faults[index];
    if (!fault) return null;
    if (fault.remaining <= 1) this.#faults.splice(index, 1);
    else this.#faults[index] = { ...fault, remaining: fault.remaining - 1 };
    return fault.effect;
  }
}

/** The answer that a status fault stands for. */
export function faultAnswer(effect: Fault["effect"] & { kind: "status" }): Answer {
  const headers =
    effect.retryAfterSeconds === null ? [] : ([["Retry-After", String(effect.retryAfterSeconds)]] as const);
  if (!effect.html && isProblemStatus(effect.status))
    return { ...problem(effect.status, effect.subcode ?? undefined), headers };
  const response: ServerResponse = {
    status: effect.status,
    headers: [["Content-Type", "text/html"], ...headers],
    body: `<!DOCTYPE html><title>${effect.status}</title><h1>Server Error</h1>`,
  };
  return { kind: "response", response };
}
