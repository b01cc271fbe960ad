import type { BreachLog } from "./http/breaches.ts";
import type { AdjustableClock } from "./clock.ts";
import { plainDeployment } from "./people/deployment.ts";
import type { DeploymentSwitches } from "./people/deployment.ts";
import type { Directory } from "./people/directory.ts";
import { plainDiscovery } from "./discovery/discovery-switches.ts";
import type { DiscoverySwitches } from "./discovery/discovery-switches.ts";
import { noIntermediary } from "./faults/intermediary.ts";
import type { IntermediarySwitches } from "./faults/intermediary.ts";
import type { LinkRegistry } from "./http/link-registry.ts";
import type { Random } from "./random.ts";
import type { Presences } from "./people/people-presence.ts";
import { plainSignIn } from "./sign-in/sign-in-switches.ts";
import type { SignInSwitches } from "./sign-in/sign-in-switches.ts";
import { plainSpelling } from "./resources/spelling.ts";
import type { Mixture, SpellingSwitches } from "./resources/spelling.ts";
import type { Meeting, User } from "./sign-in/users.ts";

/** The two services of a deployment by their origins; equal when everything is on one. */
export interface Origins {
  /** Discovery and its sign-in service. */
  readonly discovery: string;
  /** Applications and everything under them, with a sign-in service of its own. */
  readonly applications: string;
  /** Other addresses that clients try for the root of discovery. */
  readonly entrances?: readonly Entrance[];
}

/** How an address where discovery may begin answers: the root, a redirect in the body, HTTP 302, or 404. */
export const entranceKinds = ["root", "redirect", "found", "missing"] as const;

/** An address where discovery may begin, such as `http://lyncdiscover.` and the sign-in domain. Reference: RootURL */
export interface Entrance {
  readonly origin: string;
  readonly answers: (typeof entranceKinds)[number];
}

/** Every span of time the server keeps, in milliseconds, and its one limit. */
export interface Timings {
  /** How long an incoming invitation rings. The one real recording lived this long. */
  readonly ringMs: number;
  /** From the invitation to the caller's appearance as a participant. */
  readonly participantMs: number;
  /** From the accept to the connected conversation. */
  readonly connectMs: number;
  /** From the connected conversation to the first message in it. */
  readonly firstMessageMs: number;
  /** How long an ended invitation can still be read. INFERRED: no page says. */
  readonly invitationKeptMs: number;
  readonly tokenLifetimeMs: number;
  /** Of those who are in a meeting without an account. Reference: AuthenticationInUCWA */
  readonly anonymousTokenLifetimeMs: number;
  /** How long the cookie of a passive sign-in is worth a token. INFERRED: no page has a number. */
  readonly passiveCookieMs: number;
  /** Without a new event request for so long, the application is ended. Reference: MeDashboard */
  readonly eventSilenceMs: number;
  /** After so long a silence, the server has dropped conversations and says resume. INFERRED: no page has a number. */
  readonly resumeAfterMs: number;
  /** An available application that reports no activity for so long is ended. INFERRED: no page has a number. */
  readonly inactivityMs: number;
  /** From Idle to Away. INFERRED: the page names the step and no number; from Online to Idle a client may choose. */
  readonly awayMs: number;
  /** How long an invitation waits for the one who is called from here. Reference: messagingInvitation */
  readonly outgoingMs: number;
  /** How long someone who is called from here takes to answer. The median of the recorded ones. */
  readonly calleeMs: number;
  /** From the accept of a meeting's invitation to the moment when modalities can be added. */
  readonly conferenceMs: number;
  /** How long a message waits to be fetched before it is lost. Reference: message */
  readonly messageFetchMs: number;
  /** How long someone is shown as typing after one word that they are. INFERRED: no page has a number. */
  readonly typingMs: number;
  /** How late people, photos and searches come where a switch makes them slow. */
  readonly slowMs: number;
  /** How much later than its event the receipt of an operation comes, where it does. */
  readonly lateReceiptMs: number;
  /** Reference: reportMyActivity */
  readonly activityEveryMs: number;
  /** How long a request may still be under way to a link or application that the client knows to be gone. */
  readonly honestRaceMs: number;
  /** How long a client may make sure that an application is gone before going on with it counts as a breach. */
  readonly goneDoubtMs: number;
  /** How long a replaced event request may still turn out to have been given up by its client. */
  readonly replacedMs: number;
  /** Running applications that one user may have. */
  readonly applicationsPerUser: number;
}

/** What a real deployment shows, where known. */
export const realTimings: Timings = {
  ringMs: 25_300,
  participantMs: 1000,
  connectMs: 300,
  firstMessageMs: 200,
  invitationKeptMs: 30_000,
  tokenLifetimeMs: 8 * 3_600_000,
  anonymousTokenLifetimeMs: 3_600_000,
  passiveCookieMs: 8 * 3_600_000,
  eventSilenceMs: 15 * 60_000,
  resumeAfterMs: 10 * 60_000,
  inactivityMs: 60 * 60_000,
  awayMs: 5 * 60_000,
  outgoingMs: 30_000,
  calleeMs: 1000,
  conferenceMs: 500,
  messageFetchMs: 30_000,
  typingMs: 10_000,
  slowMs: 10_000,
  lateReceiptMs: 50,
  activityEveryMs: 4 * 60_000,
  honestRaceMs: 1000,
  goneDoubtMs: 10_000,
  replacedMs: 250,
  applicationsPerUser: 10,
};

/** What can be switched while the server runs. The rooms of the server keep their own switches beside them. */
export interface Switches
  extends SpellingSwitches, DeploymentSwitches, SignInSwitches, DiscoverySwitches, IntermediarySwitches {
  /** An accept is answered 204 and nothing more is ever heard of it. */
  swallowCompletion: boolean;
  /** Events come without embedded resources; mixed: each of them does or does not; messages: only those of messages. */
  linkOnly: boolean | "mixed" | "messages";
  /** Who calls is told by a link alone, without a name beside it. */
  callerLinkOnly: boolean;
  /**
   * For so many milliseconds `me` of a new application shows neither how the user is made available nor that they are,
   * and cannot be read; then `me` is updated. INFERRED: no page says how long a server takes.
   */
  meReadyAfterMs: number;
  /** An invitation ends without a reason. */
  withoutReason: boolean;
  /** Silence about activity counts as a breach. Off, because a client whose user is away rightly keeps silent. */
  requireActivity: boolean;
}

/** As a plain deployment behaves. */
export const plainSwitches: Switches = {
  ...plainSpelling,
  ...plainDeployment,
  ...plainSignIn,
  ...plainDiscovery,
  ...noIntermediary,
  swallowCompletion: false,
  linkOnly: false,
  callerLinkOnly: false,
  meReadyAfterMs: 0,
  withoutReason: false,
  requireActivity: false,
};

/** What all parts of one server share. */
export interface Context {
  readonly clock: AdjustableClock;
  readonly random: Random;
  readonly mixture: Mixture;
  readonly presences: Presences;
  /** Who can be found besides the users. */
  readonly directory: Directory;
  readonly origins: Origins;
  readonly timings: Timings;
  readonly switches: Switches;
  readonly users: readonly User[];
  readonly meetings: readonly Meeting[];
  readonly links: LinkRegistry;
  readonly breaches: BreachLog;
  /** Wakes whoever watches the server's state. */
  changed(): void;
}
