import type { BreachLog } from "./breaches.ts";
import type { AdjustableClock } from "./clock.ts";
import type { LinkRegistry } from "./link-registry.ts";
import type { Random } from "./random.ts";
import type { User } from "./users.ts";

/** The two services of a deployment by their origins; equal when everything is on one. */
export interface Origins {
  /** Discovery and its sign-in service. */
  readonly discovery: string;
  /** Applications and everything under them, with a sign-in service of its own. */
  readonly applications: string;
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
  /** Without a new event request for so long, the application is ended. Reference: MeDashboard */
  readonly eventSilenceMs: number;
  /** After so long a silence, the server has dropped conversations and says resume. INFERRED: no page has a number. */
  readonly resumeAfterMs: number;
  /** An available application that reports no activity for so long is ended. INFERRED: no page has a number. */
  readonly inactivityMs: number;
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
  eventSilenceMs: 15 * 60_000,
  resumeAfterMs: 10 * 60_000,
  inactivityMs: 60 * 60_000,
  activityEveryMs: 4 * 60_000,
  honestRaceMs: 1000,
  goneDoubtMs: 10_000,
  replacedMs: 250,
  applicationsPerUser: 10,
};

/** What can be switched while the server runs. The first five are misbehaviours, the others deployment choices. */
export interface Switches {
  /** The sign-in service refuses every password. */
  rejectPasswords: boolean;
  /** An accept is answered 204 and nothing more is ever heard of it. */
  swallowCompletion: boolean;
  /** Events come without embedded resources. */
  linkOnly: boolean;
  /** An invitation ends without a reason. */
  withoutReason: boolean;
  /** Silence about activity counts as a breach. Off, because a client whose user is away rightly keeps silent. */
  requireActivity: boolean;
  /** Both challenges in one header line. */
  foldChallenges: boolean;
  /** The challenge's href without quotation marks. */
  unquotedHref: boolean;
  /** The grants that challenges offer. */
  grants: readonly string[];
  /** Discovery sends everyone there. */
  rootRedirect: string | null;
  /** Signed-in users are sent there: they are homed elsewhere. */
  userRedirect: string | null;
}

/** As a plain deployment behaves. */
export const plainSwitches: Switches = {
  rejectPasswords: false,
  swallowCompletion: false,
  linkOnly: false,
  withoutReason: false,
  requireActivity: false,
  foldChallenges: false,
  unquotedHref: false,
  grants: ["urn:microsoft.rtc:windows", "urn:microsoft.rtc:anonmeeting", "password"],
  rootRedirect: null,
  userRedirect: null,
};

/** What all parts of one server share. */
export interface Context {
  readonly clock: AdjustableClock;
  readonly random: Random;
  readonly origins: Origins;
  readonly timings: Timings;
  readonly switches: Switches;
  readonly users: readonly User[];
  readonly links: LinkRegistry;
  readonly breaches: BreachLog;
  /** Wakes whoever watches the server's state. */
  changed(): void;
}
