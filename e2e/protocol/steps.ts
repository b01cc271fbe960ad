import fc from "fast-check";
import type { FaultRequest } from "../ucwa-server/index.ts";
import type { Setting, Weather } from "./wire.ts";

/** What people do, with the network, the server and the machine in order. */
type Deed =
  | "cancel"
  | "answerElsewhere"
  | "forward"
  | "accept"
  | "decline"
  | "tryNow"
  /** Of the newest conversation: the person leaves, the caller does, what has failed is sent again. */
  | "leave"
  | "hangUp"
  | "sayAgain";

/** Before the request was worked on, or instead of the answer when all was done. */
type At = "arrival" | "answer";

const SICKNESSES = ["500", "502", "400", "404 page", "reset"] as const;
/** How an event request fails. */
type Sickness = (typeof SICKNESSES)[number];

/** One thing that happens, and how long nothing else does afterwards, in milliseconds. */
export type Step = { readonly wait: number } &
  /** `others`: so many are in the conversation before the caller. `opens`: with a first message. */
  (
    | {
        readonly do: "invite";
        readonly rings: number;
        readonly others?: number;
        readonly opens?: boolean;
      }
    /** So many messages, one right after the other, in the newest conversation. */
    | { readonly do: "say"; readonly count: number }
    | { readonly do: "callerSays"; readonly count: number }
    | { readonly do: Deed | "restart" | "expireTokens" }
    | { readonly do: "weather"; readonly weather: Weather }
    | {
        readonly do: "cut";
        readonly cut: "beforeHeaders" | "midBody";
        readonly endpoint: string;
        readonly at?: At;
      }
    | { readonly do: "status"; readonly status: number; readonly endpoint: string; readonly html: boolean }
    /** A page of somebody in between, with any status. */
    | { readonly do: "page"; readonly status: number; readonly endpoint: string; readonly at: At }
    /** Event requests fail, each so late, and nothing else does. */
    | { readonly do: "sicken"; readonly how: Sickness; readonly lateMs: number; readonly times: number }
    /** So many packages in a row, each without an event or with one that nobody knows. */
    | { readonly do: "prattle"; readonly packages: number; readonly events: boolean }
    /** A front end that does not know the application says so, which lives on. */
    | { readonly do: "deny"; readonly endpoint: "events" | "application" }
    | { readonly do: "kill"; readonly status: 404 | 410; readonly subcode: string }
    /** `told`: the program hears of its waking, as the app does; in a terminal it has to notice by itself. */
    | { readonly do: "sleep"; readonly ms: number; readonly told: boolean }
    | { readonly do: "setClock"; readonly byMs: number }
  );

const ENDPOINTS = [
  "events",
  "sendMessage",
  "messaging",
  "message",
  "conversation",
  "accept",
  "decline",
  "invitation",
  "token",
  "applications",
  "application",
  "makeMeAvailable",
  "me",
  "participant",
];
/** What happens to answers as well: the server takes for told what nobody has heard. */
export const LOSSY: ReadonlySet<Step["do"]> = new Set(["cut", "page", "sicken", "sleep", "weather"]);
/** Nothing goes wrong by these. */
export const PEACEFUL: ReadonlySet<Step["do"]> = new Set([
  "invite",
  "cancel",
  "answerElsewhere",
  "forward",
  "accept",
  "decline",
  "tryNow",
  "prattle",
  "say",
  "callerSays",
  "sayAgain",
  "leave",
  "hangUp",
]);
/** The faults of sick event requests. */
export const FAILURES = {
  "500": { status: 500 },
  "502": { status: 502 },
  "400": { status: 400 },
  "404 page": { status: 404, html: true },
  reset: { cut: "beforeHeaders", reset: true, at: "arrival" },
} as const satisfies Record<Sickness, Partial<FaultRequest>>;
const HOUR_MS = 3_600_000;
/** Mostly short, so that much happens while something rings; sometimes longer than anything rings. */
const wait = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 4_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 40_000 }) },
);

const invite = fc.record({
  do: fc.constant("invite" as const),
  rings: fc.integer({ min: 1, max: 30_000 }),
  others: fc.constantFrom(0, 0, 1, 2),
  opens: fc.boolean(),
  wait,
});
const deed = fc.record({
  do: fc.constantFrom<Deed>("cancel", "answerElsewhere", "forward", "accept", "decline", "tryNow"),
  wait,
});
/** Soon after the invitation, so that there is a conversation. */
const accept = fc.constant({ do: "accept" as const, wait: 1_000 });
const talk = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom("say" as const, "callerSays" as const),
      count: fc.integer({ min: 1, max: 3 }),
      wait,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom<Deed>("leave", "hangUp", "sayAgain"), wait }),
  },
);
const prattle = fc.record({
  do: fc.constant("prattle" as const),
  packages: fc.integer({ min: 1, max: 8 }),
  events: fc.boolean(),
  wait,
});
const at = fc.constantFrom<At>("arrival", "answer");

/** People alone, and a server that says what is of no use. */
export const peopleStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: invite },
  { weight: 5, arbitrary: deed },
  { weight: 2, arbitrary: accept },
  { weight: 6, arbitrary: talk },
  { weight: 1, arbitrary: prattle },
);

/** Anything that may happen: people, network, server and machine. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: invite },
  { weight: 7, arbitrary: deed },
  { weight: 2, arbitrary: accept },
  { weight: 8, arbitrary: talk },
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
      at,
      wait,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("page" as const),
      status: fc.integer({ min: 200, max: 504 }),
      endpoint: fc.constantFrom(...ENDPOINTS),
      at,
      wait,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("sicken" as const),
      how: fc.constantFrom(...SICKNESSES),
      lateMs: fc.integer({ min: 5, max: 3_000 }),
      times: fc.integer({ min: 1, max: 8 }),
      wait,
    }),
  },
  { weight: 1, arbitrary: prattle },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("deny" as const),
      endpoint: fc.constantFrom("events" as const, "application" as const),
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
export const setting: fc.Arbitrary<Setting> = fc.record({
  linkOnly: fc.boolean(),
  callerLinkOnly: fc.boolean(),
  frontEnds: fc.constantFrom(1, 1, 3),
  meReadyAfterMs: fc.oneof(fc.constant(0), fc.constant(0), fc.integer({ min: 1, max: 30_000 })),
});
