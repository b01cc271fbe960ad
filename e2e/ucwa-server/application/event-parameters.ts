import { invalidParameter } from "../http/endpoint.ts";
import type { Answer } from "../http/endpoint.ts";

/** What an event request may ask for; what it leaves out stays as it was asked before. Reference: events */
export interface EventParameters {
  readonly timeoutMs: number;
  readonly mediumMs: number;
  readonly lowMs: number;
}

/** What holds until a client asks for something else. */
export const defaultEventParameters: EventParameters = { timeoutMs: 180_000, mediumMs: 5000, lowMs: 15_000 };

/** The query parameters that a client may add to an event link. */
export const eventParameterNames = ["timeout", "medium", "low", "priority"] as const;

type Read =
  | { readonly ok: true; readonly parameters: EventParameters; readonly priority: number | null }
  | { readonly ok: false; readonly answer: Answer };

/** Reads the parameters of an event request over those that hold already. */
export function readEventParameters(query: URLSearchParams, held: EventParameters): Read {
  const timeout = seconds(query.get("timeout"), 180, held.timeoutMs);
  const medium = seconds(query.get("medium"), 5, held.mediumMs);
  const low = seconds(query.get("low"), 5, held.lowMs);
  if (timeout === null) return refuse("timeout", "180 to 1800 seconds");
  if (medium === null) return refuse("medium", "5 to 1800 seconds");
  if (low === null) return refuse("low", "5 to 1800 seconds");
  const priority = query.get("priority");
  if (priority !== null && !/^-?\d{1,9}$/.test(priority)) return refuse("priority", "an integer");
  return {
    ok: true,
    parameters: { timeoutMs: timeout, mediumMs: medium, lowMs: low },
    priority: priority === null ? null : Number(priority),
  };
}

function seconds(text: string | null, least: number, heldMs: number): number | null {
  if (text === null) return heldMs;
  const value = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= 1800 ? value * 1000 : null;
}

function refuse(name: string, why: string): Read {
  return { ok: false, answer: invalidParameter(name, why) };
}
