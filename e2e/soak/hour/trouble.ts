import { failureNames } from "../../ucwa-server/index.ts";
import type { Control, FaultRequest, Switches } from "../../ucwa-server/index.ts";
import type { Chance } from "./chance.ts";

/** One thing that goes wrong. */
export interface Trouble {
  /** What is counted. */
  readonly kind: string;
  /** Undone at the end of the trouble by `calmDown`. */
  readonly begin: (control: Control) => void;
}

/** Everything that the client asks for, the event channel most of all. */
const ENDPOINTS =
  "events events events events events events accept accept decline decline invitation any any root user token applications application me makeMeAvailable reportMyActivity participant contact conversation addMessaging".split(
    " ",
  );
const PLACES = ["beforeHeaders", "midBody"] as const;
const STATUSES = [400, 401, 403, 404, 408, 409, 410, 412, 413, 415, 428, 429, 500, 502, 503, 504];

/** Anything that the server can play, by chance. */
export function drawTrouble(chance: Chance): Trouble {
  return chance.happens(0.75) ? fault(chance) : chance.of(EVENTS)(chance);
}

/** One of each kind, in an order drawn by chance: what is filled or enlarged by one is so early in the run. */
export function drawOneOfEach(chance: Chance): Trouble[] {
  const effects = [...EFFECTS, ...ODD_ANSWERS.map((answer) => () => oddAnswer(answer))];
  const troubles = [
    ...EVENTS.map((draw) => draw(chance)),
    ...effects.map((draw) => faultAt("events", draw(chance, "events"), chance)),
  ];
  return troubles
    .map((trouble) => ({ trouble, place: chance.fraction() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ trouble }) => trouble);
}

/** Every way to write the same, and every order of it: no trouble, but another server each time. */
export function drawSpelling(chance: Chance): Partial<Switches> {
  return {
    linkOnly: chance.of([false, false, true, "mixed"]),
    callerLinkOnly: chance.happens(0.3),
    frontEnds: chance.of([1, 3]),
    hrefs: chance.of(["relative", "absolute", "mixed"]),
    singleLinks: chance.of(["object", "array", "mixed"]),
    senderBlocks: chance.of(["grouped", "single"]),
    heartbeat: chance.of(["empty", "absent", "null", "mixed"]),
    propertyOrder: chance.of(["usual", "reversed"]),
    dataUris: chance.of(["form", "base64"]),
    newProperties: chance.happens(0.5),
    mergeOperations: chance.happens(0.5),
    receiptLast: chance.happens(0.5),
    foldChallenges: chance.happens(0.5),
    unquotedHref: chance.happens(0.5),
    extraChallenges: chance.of([[], ["Negotiate", "NTLM"]]),
  };
}

/** The server is in order again, and so is the way to it. */
export function calmDown(control: Control): void {
  control.clearFaults();
  control.setSwitches({
    portal: "off",
    proxyLimitMs: null,
    swallowCompletion: false,
    withoutReason: false,
    meReadyAfterMs: 0,
  });
}

function fault(chance: Chance): Trouble {
  const endpoint = chance.of(ENDPOINTS);
  return faultAt(endpoint, chance.of(EFFECTS)(chance, endpoint), chance);
}

function faultAt(endpoint: string, [kind, effect]: Effect, chance: Chance): Trouble {
  const request: FaultRequest = {
    endpoint,
    times: chance.between(1, 4),
    ...(endpoint === "events" && { now: chance.happens(0.5) }),
    ...effect,
  };
  return { kind: `${kind} at ${endpoint}`, begin: (control) => void control.addFault(request) };
}

type Effect = readonly [kind: string, effect: Omit<FaultRequest, "endpoint">];

const ODD_ANSWERS = ["page", "empty", "wrongType", "garbage", "tooLarge", "redirect"] as const;

function oddAnswer(answer: (typeof ODD_ANSWERS)[number]): Effect {
  return [`answer ${answer}`, { answer }];
}

const EFFECTS: readonly ((chance: Chance, endpoint: string) => Effect)[] = [
  (chance, endpoint) => {
    const name = chance.of(failureNames.filter((one) => !isBelieved(one, endpoint)));
    return [name, { failure: name, at: chance.of(["arrival", "answer"]) }];
  },
  (chance) => {
    const status = chance.between(200, 504);
    return [
      `page ${Math.floor(status / 100)}xx`,
      { status, html: true, at: chance.of(["arrival", "answer"]) },
    ];
  },
  (chance, endpoint) => {
    const status = chance.of(STATUSES);
    const html = (status === 404 || status === 410) && isAsked(endpoint);
    return [
      `status ${status}`,
      { status, html, ...(chance.happens(0.3) && { retryAfter: chance.between(1, 5) }) },
    ];
  },
  (chance) => oddAnswer(chance.of(ODD_ANSWERS)),
  (chance) => {
    const cut = chance.of(PLACES);
    return [`cut ${cut}`, { cut, reset: chance.happens(0.5), at: chance.of(["arrival", "answer"]) }];
  },
  (chance) => ["late", { delayMs: chance.between(5, 12_000), at: chance.of(["arrival", "answer"]) }],
  (chance) => {
    const stall = chance.of(PLACES);
    return [`stall ${stall}`, { stall, ...(chance.happens(0.5) && { forMs: chance.between(500, 20_000) }) }];
  },
  // Fails, but not at once: what proves itself meanwhile proves nothing.
  (chance) => ["failing late", { status: chance.of([400, 500, 502]), delayMs: chance.between(5, 2_000) }],
  (chance) => ["drip", { slow: { bytes: chance.between(1, 200), everyMs: chance.between(1, 500) } }],
];

const EVENTS: readonly ((chance: Chance) => Trouble)[] = [
  (chance) => {
    const [status, subcode] = chance.of([
      [404, "ApplicationNotFound"],
      [410, "InactiveApplicationExpired"],
      [410, "UserAgentNotAllowed"],
      [410, "TooManyApplications"],
    ] as const);
    return { kind: `end ${subcode}`, begin: (control) => control.kill({}, status, subcode) };
  },
  () => ({ kind: "tokens expire", begin: (control) => control.expireTokens() }),
  (chance) => {
    const say = chance.of(["resume", "resync", "noLink"] as const);
    return { kind: `channel says ${say}`, begin: (control) => control.conversations.interject(say) };
  },
  (chance) => {
    const portal = chance.of(["page", "redirect", "turns"] as const);
    return { kind: `portal ${portal}`, begin: (control) => control.setSwitches({ portal }) };
  },
  (chance) => {
    const proxyGivesUp = chance.of(["page", "reset", "turns"] as const);
    const proxyLimitMs = chance.between(5, 8_000);
    return {
      kind: `proxy ${proxyGivesUp}`,
      begin: (control) => control.setSwitches({ proxyLimitMs, proxyGivesUp }),
    };
  },
  (chance) => {
    const count = chance.between(1, 8);
    const prattle = (control: Control): void => {
      for (let left = count; left > 0; left--) control.conversations.interject("nothing");
    };
    return { kind: "packages of nothing", begin: prattle };
  },
  (chance) => {
    const meReadyAfterMs = chance.between(100, 8_000);
    return {
      kind: "user not ready",
      begin: (control) => {
        control.setSwitches({ meReadyAfterMs });
        control.kill({}, 404, "ApplicationNotFound");
      },
    };
  },
  () => ({
    kind: "completion swallowed",
    begin: (control) => control.setSwitches({ swallowCompletion: true }),
  }),
  () => ({
    kind: "ends without reason",
    begin: (control) => control.setSwitches({ withoutReason: true }),
  }),
];

/** A server that says of an invitation that it is not there is to be believed: only a proxy may be wrong about it. */
function isBelieved(failure: string, endpoint: string): boolean {
  return (
    isAsked(endpoint) &&
    /NotFound|NotSupported|Gone|Expired|TooManyApplications|NotAllowed|CannotRedirect/.test(failure) &&
    failure !== "NotFoundPage"
  );
}

function isAsked(endpoint: string): boolean {
  return endpoint === "invitation" || endpoint === "any";
}
