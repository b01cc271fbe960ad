import type { HttpFailureKind } from "./http/http-failure.ts";
import type { ChannelEvent } from "./application/channel-event.ts";
import type { InvitationSnapshot } from "./resources/wire-invitation.ts";
import type { Resource, UcwaReason } from "./resources/resource.ts";

export type AttentionReason =
  | "badCredentials"
  | "signInNotOffered"
  | "untrustedServer"
  | "certificate"
  /** The server wants a certificate of the person's. */
  | "clientCertificate"
  /** The proxy wants something. */
  | "proxy"
  | "notFound"
  | "tooManyApplications"
  | "userAgentNotAllowed"
  | "mobileNotAllowed"
  /** What is asked for is refused, and a repeat would not mend it. */
  | "refused"
  | "unsupportedServer";

/** What the recovery tells problems apart by. A mistake in one of them would change what is done without a word. */
export type ProblemCode =
  | AttentionReason
  | HttpFailureKind
  /** The application is no more; inactive, for that reason; taken over by another instance. */
  | "applicationGone"
  | "inactive"
  | "replaced"
  /** Of the request for events: a page of somebody else's, two at once, too many, a server in trouble. */
  | "notUcwa"
  | "conflict"
  | "tooManyRequests"
  | "serverTrouble"
  /** A package that names no next address. */
  | "noNextLink"
  /** An answer that is not what was asked for: of an application, of discovery, of a gateway, where applications are made. */
  | "unexpected"
  | "discovery"
  | "gateway"
  | "applications"
  | "moved"
  /** Of the sign-in service. */
  | "badChallenge"
  | "tokenEndpoint"
  | "signInRefused"
  | "signInPage"
  | "unauthorized"
  | "tokenRefused"
  /** 403 where applications are created. */
  | "forbidden"
  /** The user could not be made available. */
  | "makeMeAvailable"
  /** Of our own, or of something that was handed in. */
  | "fault";

/** How one follows the other, `session-state.ts` tells. */
export type SessionState =
  | { readonly name: "signedOut" }
  | { readonly name: "discovering" }
  | { readonly name: "authenticating" }
  | { readonly name: "creating" }
  /** An event request is parked and the user has been made available. */
  | { readonly name: "online"; readonly generation: number }
  /**
   * Goes on by itself. `retryAt` in epoch milliseconds, null while a try is under way. `detail` as below; `technical` is
   * for an administrator, such as `ECONNREFUSED`, and left out where there is nothing to tell.
   */
  | {
      readonly name: "reconnecting";
      readonly reason: ProblemCode;
      readonly detail: string;
      readonly technical?: string;
      readonly retryAt: number | null;
    }
  /**
   * Does not go on by itself. `detail` is what is wrong in words for the user, without codes and secrets. `origin` comes
   * with an `untrustedServer` that the user may approve.
   */
  | {
      readonly name: "attention";
      readonly reason: AttentionReason;
      readonly detail: string;
      readonly technical?: string;
      readonly origin?: string;
    };

/**
 * How one request of ours ended. Never rejects for anything the network or the server did.
 * - `taken`: 2xx. `location` names what the request has made, absolute, on the application's own origin.
 * - `gone`: the resource is no longer there (404, 410 on the resource itself).
 * - `conflict`: the request does not fit the state of the resource (409). It comes too late, or too early: which of them
 *   depends on what was asked for. Reference: accept, addMessaging.
 * - `refused`: the server answered no. `status` is null where nothing was sent, because the link leads to another origin.
 * - `unreachable`: no complete answer within the time limit; the request may or may not have been carried out.
 * - `superseded`: the generation that owned the link has ended; nothing was sent.
 */
export type CommandOutcome =
  | { readonly outcome: "taken"; readonly location?: string }
  | { readonly outcome: "gone"; readonly reason: UcwaReason | null }
  | { readonly outcome: "conflict"; readonly reason: UcwaReason | null }
  | {
      readonly outcome: "refused";
      readonly status: RefusalStatus | null;
      readonly reason: UcwaReason | null;
    }
  | { readonly outcome: "unreachable"; readonly detail: string }
  | { readonly outcome: "superseded" };

/**
 * The statuses that are a refusal. The others of 400 to 499 are another outcome, or never an answer to a request with a
 * token; one that has no name of its own counts as 400 (RFC 9110, 15).
 */
export const REFUSAL_STATUSES = [
  400, 402, 403, 405, 406, 411, 412, 413, 414, 415, 416, 417, 421, 422, 423, 424, 425, 426, 428, 431, 451,
] as const;
export type RefusalStatus = (typeof REFUSAL_STATUSES)[number];

/** How a GET ends that finds nothing. A conflict is over in a moment, and means no more than `unreachable` here. */
export type FailedLookup = Exclude<CommandOutcome, { outcome: "taken" | "conflict" }>;

export type InvitationLookup =
  | { readonly outcome: "found"; readonly invitation: InvitationSnapshot }
  | FailedLookup;

/**
 * What came of asking for a photo. Reference: contactPhoto.
 * - `found`: bytes of whatever the server calls an image. `freshForMs` by its `Expires`; null when it says nothing.
 * - `unchanged`: the one with this etag still holds.
 * - `none`: there is none, or it may not be seen.
 */
export type PhotoLookup =
  | {
      readonly outcome: "found";
      readonly bytes: Uint8Array;
      readonly etag: string | null;
      readonly freshForMs: number | null;
    }
  | { readonly outcome: "unchanged"; readonly freshForMs: number | null }
  | { readonly outcome: "none" }
  | Extract<FailedLookup, { outcome: "unreachable" | "superseded" }>;

export type ResourceLookup = { readonly outcome: "found"; readonly resource: Resource } | FailedLookup;

/** Where the living application lets the person begin something: absolute hrefs, null where it offers no such link. */
export interface Offers {
  readonly generation: number;
  /** The resource that `startMessaging` is a link of, for an application that only links to it. */
  readonly communication: string | null;
  readonly startMessaging: string | null;
  /** The same of `search`. */
  readonly people: string | null;
  readonly search: string | null;
}

/** What the layers above use of a session. */
export interface SessionPort {
  readonly state: SessionState;
  /** Null while no application lives. Reference: application, communication, people. */
  readonly offers: Offers | null;
  /** POST to an operation link of the given generation; `body` is sent as JSON. One try, bounded at 10 s. */
  post(generation: number, href: string, body?: Readonly<Record<string, unknown>>): Promise<CommandOutcome>;
  /**
   * Sends one plain text to the `sendMessage` link of a conversation of the given generation, under an operation id of
   * ours, which its events bring back. One try, bounded at 10 s. Reference: sendMessage.
   */
  sendMessage(
    generation: number,
    href: string,
    message: { readonly text: string; readonly operationId: string },
  ): Promise<CommandOutcome>;
  /** DELETE of a resource of the given generation, such as a conversation that the person leaves. One try, bounded at 10 s. */
  delete(generation: number, href: string): Promise<CommandOutcome>;
  /**
   * GET of an invitation of the given generation. One try, bounded at 10 s, and as much before it to wait for its turn:
   * three of these and of `read` are under way at a time.
   */
  lookUp(generation: number, href: string): Promise<InvitationLookup>;
  /**
   * GET of any other resource of the given generation, in the same way. What nobody waits for, such as whose photo it is,
   * is asked `beside`: in a queue of its own, one at a time, and no refusal of it touches token or application.
   */
  read(generation: number, href: string, how?: "beside"): Promise<ResourceLookup>;
  /** GET of a photo, `beside` as above; 256 kB at most. `etag` of one that is known. */
  readPhoto(generation: number, href: string, etag: string | null): Promise<PhotoLookup>;
  /** Tries again now, whatever the back-off says; a live application is kept. */
  tryNow(): void;
  /** Deletes the application within a deadline of 3 s, then is `signedOut`. */
  signOut(): Promise<void>;
}

/** What a session tells the layers above, synchronously and in order. */
export interface SessionListener {
  stateChanged(state: SessionState): void;
  /**
   * The events of one package, in document order; what they come to is told in one go. Must not throw: what cannot be
   * worked through is stepped over, because asking for it again would only bring it back.
   */
  received(events: readonly ChannelEvent[]): void;
  /** The application is gone and with it every resource of that generation. */
  generationEnded(generation: number): void;
  /**
   * The channel went on with `resume` or `resync`: what is on screen has to be revalidated by GET. After `resume`
   * the server has also dropped conversations of the silent time.
   */
  channelInterrupted(generation: number, how: "resume" | "resync"): void;
}
