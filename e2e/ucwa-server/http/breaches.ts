import type { Clock } from "../clock.ts";
import type { ServerRequest } from "./message.ts";

/** What a client may not do, and why, in a sentence. */
export const breachRules = {
  handBuiltPath: "This address was never handed out as a link. UCWA clients follow links and build no paths.",
  editedQuery:
    "This link was handed out with another query. The server's query parameters are never changed.",
  editedAck: "This ack was never handed out. Follow next, resume or resync as given.",
  staleAck: "This ack had been acknowledged by a later one. An older event link is never asked for again.",
  twoEventRequests: "Two event requests were open at once for one instance, without the priority parameter.",
  eventParameterOutOfRange: "timeout is 180 to 1800, medium and low are 5 to 1800, priority is an integer.",
  credentialMissing: "An application is asked for with a bearer token, once its challenge has been seen.",
  credentialAtWrongOrigin: "A bearer token goes only to the origin that issued it.",
  credentialWhereNoneBelongs: "No credential is sent to this address.",
  credentialInUrl: "A credential never stands in an address.",
  grantNotOffered: "Only a grant that the challenge names may be asked for.",
  unexpectedCredentials: "This grant carries no username and no password.",
  contentType: "This request needs the Content-Type of its body.",
  unexpectedBody: "This request has no body.",
  contentLengthMissing: "A POST or PUT says the length of its body, also when that is zero.",
  invalidInput: "The body is not what this operation takes.",
  messageToMessaging: "A message goes to sendMessage. The address of messaging itself takes none.",
  operationIdReused: "An operationId names one operation. Another one needs another id.",
  deadLink: "This link had been withdrawn, and the client had acknowledged the news before.",
  requestAfterDelete: "The client itself had deleted this application.",
  requestToDeadApplication: "The client had been told before that this application is gone.",
  instanceIdWithoutVersion:
    "instanceId belongs to revision 2: send X-MS-RequiresMinResourceVersion: 2 with it.",
  originHeader:
    "X-Ms-Origin is for web applications on the list of allowed origins; other clients leave it out.",
  methodNotAllowed: "This resource does not have that method.",
  activityMissing: "An available application reports activity at least every four minutes.",
} as const;

/** What a client had better do, without which it is answered all the same. */
export const noteRules = {
  operationIdMissing: "A message is sent with an operationId, by which its events are recognised.",
  acceptMissing: "A request names the media types that it accepts; without that it is answered in JSON.",
} as const;

/** The name of a rule. */
export type BreachRule = keyof typeof breachRules | keyof typeof noteRules;

/** One breach by a client, or a note on it. Holds no credential, no body and no query but an event channel's ack. */
export interface Breach {
  readonly at: number;
  readonly rule: BreachRule;
  readonly text: string;
  readonly method: string;
  readonly address: string;
}

/** Writes breaches and notes down; the lists are bounded, the count of breaches is not. */
export class BreachLog {
  readonly #clock: Clock;
  readonly #changed: () => void;
  readonly #breaches: Breach[] = [];
  readonly #notes: Breach[] = [];
  #count = 0;

  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock;
    this.#changed = changed;
  }

  /** All that are kept, oldest first. */
  get list(): readonly Breach[] {
    return this.#breaches;
  }

  /** What is no breach and worth knowing, oldest first. */
  get notes(): readonly Breach[] {
    return this.#notes;
  }

  /** How many breaches there were, also those no longer kept. */
  get count(): number {
    return this.#count;
  }

  record(rule: BreachRule, request: Pick<ServerRequest, "method" | "url">): void {
    const isNote = rule in noteRules;
    if (!isNote) this.#count += 1;
    const list = isNote ? this.#notes : this.#breaches;
    list.push({
      at: this.#clock.now(),
      rule,
      text: { ...breachRules, ...noteRules }[rule],
      method: request.method,
      address: shownAddress(request.url),
    });
    if (list.length > 500) list.shift();
    this.#changed();
  }

  clear(): void {
    this.#breaches.length = 0;
    this.#notes.length = 0;
    this.#count = 0;
    this.#changed();
  }
}

/** An address fit to be shown: of its query only what the event channel uses, for anything else may be a secret. */
export function shownAddress(href: string): string {
  const url = new URL(href);
  const shown = [...url.searchParams].filter(([name]) =>
    ["ack", "timeout", "medium", "low", "priority", "filter"].includes(name),
  );
  const query = new URLSearchParams(shown.filter(([, value]) => /^\w{0,20}$/.test(value))).toString();
  return url.origin + url.pathname + (query === "" ? "" : `?${query}`);
}
