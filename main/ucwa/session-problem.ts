import { HttpFailure } from "./http/http.ts";
import type { HttpAnswer, HttpFailureKind } from "./http/http.ts";
import type { AttentionReason } from "./session-port.ts";
import { safeLine } from "./resources/safe-text.ts";

/** Of a sentence for people, in UTF-16 code units: a part of it may come from the server. */
const LONGEST_SENTENCE = 500;

/** What is to be done about a problem. */
export type Advice =
  /** Try again after a pause, from where we are. */
  | { readonly action: "retry"; readonly afterMs: number | null }
  /** Try again after a pause, from discovery on. Reference: RootURL (403, 502, lasting connection errors). */
  | { readonly action: "rediscover"; readonly afterMs: number | null }
  /** Only the person can help; by approving the origin, where there is one. */
  | { readonly action: "stop"; readonly reason: AttentionReason; readonly origin?: string };

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
  /** An answer that is not what was asked for: of an application, of discovery, where applications are created. */
  | "unexpected"
  | "discovery"
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

/** Why the session does not go on; the message is one sentence for people, safe to show, and holds no secret. */
export class SessionProblem extends Error {
  readonly code: ProblemCode;
  readonly advice: Advice;

  constructor(code: ProblemCode, sentence: string, advice: Advice, options?: ErrorOptions) {
    super(safeLine(sentence, LONGEST_SENTENCE), options);
    this.name = "SessionProblem";
    this.code = code;
    this.advice = advice;
  }

  static stop(reason: AttentionReason, sentence: string, options?: ErrorOptions): SessionProblem {
    return new SessionProblem(reason, sentence, { action: "stop", reason }, options);
  }

  /** Goes on only when the person approves the origin. Reference: RootURL (redirect trust check). */
  static unapproved(origin: string, sentence: string): SessionProblem {
    return new SessionProblem("untrustedServer", sentence, {
      action: "stop",
      reason: "untrustedServer",
      origin,
    });
  }

  static retry(code: ProblemCode, sentence: string, afterMs: number | null = null): SessionProblem {
    return new SessionProblem(code, sentence, { action: "retry", afterMs });
  }

  static rediscover(code: ProblemCode, sentence: string, afterMs: number | null = null): SessionProblem {
    return new SessionProblem(code, sentence, { action: "rediscover", afterMs });
  }
}

/** The problem behind anything that was thrown on the way to a session. */
export function problemOf(error: unknown): SessionProblem {
  if (error instanceof SessionProblem) return error;
  if (error instanceof HttpFailure) {
    if (error.kind === "clientCertificate")
      return SessionProblem.stop("clientCertificate", `${error.message}.`, { cause: error });
    if (error.kind === "certificate" || error.kind === "proxy")
      return SessionProblem.stop(error.kind, `${error.message}.`, { cause: error });
    return new SessionProblem(
      error.kind,
      `${error.message}.`,
      { action: "retry", afterMs: null },
      { cause: error },
    );
  }
  throw error;
}

/** An answer that is not what was asked for, in words. */
export function unexpected(answer: HttpAnswer, what: string): string {
  const type = answer.headers.get("content-type");
  const named = type === null ? "no content type" : (MEDIA_TYPE.exec(type)?.[0] ?? "odd content type");
  return `${new URL(answer.url).host} answered ${what} with ${answer.status} (${named}).`;
}

const MEDIA_TYPE = /^[\w.+-]{1,40}\/[\w.+-]{1,80}/;
