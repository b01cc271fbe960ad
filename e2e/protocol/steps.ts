import fc from "fast-check";
import type { Weather } from "./wire.ts";

/** What people do, with the network, the server and the machine in order. */
type Deed = "cancel" | "answerElsewhere" | "forward" | "accept" | "decline" | "tryNow";

/** One thing that happens, and how long nothing else does afterwards, in milliseconds. */
export type Step = { readonly wait: number } & (
  | { readonly do: "invite"; readonly rings: number }
  | { readonly do: Deed | "restart" | "expireTokens" }
  | { readonly do: "weather"; readonly weather: Weather }
  | { readonly do: "cut"; readonly cut: "beforeHeaders" | "midBody"; readonly endpoint: string }
  | { readonly do: "status"; readonly status: number; readonly endpoint: string; readonly html: boolean }
  | { readonly do: "kill"; readonly status: 404 | 410; readonly subcode: string }
  /** `told`: the program hears of its waking, as the app does; in a terminal it has to notice by itself. */
  | { readonly do: "sleep"; readonly ms: number; readonly told: boolean }
  | { readonly do: "setClock"; readonly byMs: number }
);

const ENDPOINTS = [
  "events",
  "accept",
  "decline",
  "invitation",
  "token",
  "applications",
  "application",
  "makeMeAvailable",
];
const HOUR_MS = 3_600_000;
/** Mostly short, so that much happens while something rings; sometimes longer than anything rings. */
const wait = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 4_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 40_000 }) },
);

const invite = fc.record({
  do: fc.constant("invite" as const),
  rings: fc.integer({ min: 1, max: 30_000 }),
  wait,
});
const deed = fc.record({
  do: fc.constantFrom<Deed>("cancel", "answerElsewhere", "forward", "accept", "decline", "tryNow"),
  wait,
});

/** People alone. */
export const peopleStep: fc.Arbitrary<Step> = fc.oneof(invite, deed);

/** Anything that may happen: people, network, server and machine. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: invite },
  { weight: 7, arbitrary: deed },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom("restart", "expireTokens"), wait }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("weather" as const),
      weather: fc.constantFrom<Weather>(
        "fair",
        "fair",
        "impatient",
        "down",
        "deaf",
        "portal",
        "interception",
      ),
      wait,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("cut" as const),
      cut: fc.constantFrom("beforeHeaders", "midBody"),
      endpoint: fc.constantFrom(...ENDPOINTS),
      wait,
    }),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({
        do: fc.constant("status" as const),
        status: fc.constantFrom(404, 408, 429, 500, 502, 503, 504),
        endpoint: fc.constantFrom(...ENDPOINTS),
        html: fc.boolean(),
        wait,
      })
      // A server that says of an invitation that it is not there is to be believed: only a proxy may be wrong about it.
      .map((fault) => ({ ...fault, html: fault.html || fault.status === 404 })),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(
        { do: "kill", status: 404, subcode: "ApplicationNotFound" } as const,
        { do: "kill", status: 410, subcode: "InactiveApplicationExpired" } as const,
      )
      .chain((kill) => wait.map((ms) => ({ ...kill, wait: ms }))),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("sleep" as const),
      ms: fc.integer({ min: 1_000, max: 8 * HOUR_MS }),
      told: fc.boolean(),
      wait,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("setClock" as const),
      byMs: fc.integer({ min: -2 * HOUR_MS, max: 2 * HOUR_MS }),
      wait,
    }),
  },
);

/** How the server is set up while a scenario is told. */
export interface Setting {
  /** Events carry links, and every resource has to be asked for. */
  readonly linkOnly: boolean;
}

export const setting: fc.Arbitrary<Setting> = fc.record({ linkOnly: fc.boolean() });
