import { texts } from "../../locales/texts.ts";
import { HttpFailure } from "./http/http.ts";
import type { HttpAnswer, HttpFailureKind } from "./http/http.ts";
import type { AttentionReason, ProblemCode } from "./session-port.ts";

export type { ProblemCode } from "./session-port.ts";
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

/** What is wrong, what people can do while it is tried again, and, such as `ECONNREFUSED`, what an administrator asks. */
export interface Said {
  readonly sentence: string;
  readonly advice?: string;
  readonly technical?: string;
}

/** Why the session does not go on; the message is for people: what is wrong, safe to show, without codes and secrets. */
export class SessionProblem extends Error {
  readonly code: ProblemCode;
  readonly advice: Advice;
  /** What is said of it, with the sentence of the message. Safe to show, too. */
  readonly said: Said;

  constructor(code: ProblemCode, said: string | Said, advice: Advice, options?: ErrorOptions) {
    const all: Said = typeof said === "string" ? { sentence: said } : said;
    super(safeLine(all.sentence, LONGEST_SENTENCE), options);
    this.name = "SessionProblem";
    this.code = code;
    this.advice = advice;
    this.said = {
      ...all,
      sentence: this.message,
      technical: safeLine(all.technical ?? "", LONGEST_SENTENCE),
    };
  }

  static stop(reason: AttentionReason, said: string | Said, options?: ErrorOptions): SessionProblem {
    return new SessionProblem(reason, said, { action: "stop", reason }, options);
  }

  /** Goes on only when the person approves the origin; never, where that is refused. Reference: RootURL. */
  static untrusted(verdict: "ask" | "refused", origin: string, ledThere: string): SessionProblem {
    const stop = { action: "stop", reason: "untrustedServer" } as const;
    const sentence = texts.server.untrusted[verdict](ledThere);
    return new SessionProblem("untrustedServer", sentence, verdict === "ask" ? { ...stop, origin } : stop);
  }

  static retry(code: ProblemCode, said: string | Said, afterMs: number | null = null): SessionProblem {
    return new SessionProblem(code, said, { action: "retry", afterMs });
  }

  static rediscover(code: ProblemCode, said: string | Said, afterMs: number | null = null): SessionProblem {
    return new SessionProblem(code, said, { action: "rediscover", afterMs });
  }
}

/**
 * How a state of the session tells it; `hint` is what to do while it is tried again. Where nothing is tried, whoever
 * shows it knows what to do by the reason.
 */
export function wordsOf({ sentence, technical }: Said, hint = ""): { detail: string; technical?: string } {
  const detail = hint === "" ? sentence : `${sentence} ${hint}`;
  return technical ? { detail, technical } : { detail };
}

/** The problem behind anything that was thrown on the way to a session. */
export function problemOf(error: unknown): SessionProblem {
  if (error instanceof SessionProblem) return error;
  if (error instanceof HttpFailure) {
    const { kind } = error;
    const options = { cause: error };
    if (kind === "certificate" || kind === "clientCertificate" || kind === "proxy")
      return SessionProblem.stop(kind, failed(error), options);
    return new SessionProblem(kind, failed(error), { action: "retry", afterMs: null }, options);
  }
  throw error;
}

/** What is said of a request that got no answer and is repeated. */
export function failed({ kind, message, code }: HttpFailure): Said {
  const { checkNetwork, askIfItLasts } = texts.server.advice;
  const advice = NETWORK.has(kind) && !SPOKEN_TO.test(code) ? checkNetwork : askIfItLasts;
  return { sentence: `${message}.`, advice, technical: code };
}

const NETWORK: ReadonlySet<HttpFailureKind> = new Set(["unreachable", "unknownHost", "timeout"]);
/** Somebody was there, the server or a proxy: the network is not to blame. */
const SPOKEN_TO = /REFUSED|RESET|CLOSED|ABORTED|SOCKET|PROTO|SSL|TUNNEL|^\d{3}$/;

/** What is said of an answer that is not what was asked for; `what` is that. */
export function unexpected(answer: HttpAnswer, what: string): Said {
  const { status, headers, url } = answer;
  const type = headers.get("content-type") ?? "";
  const named = type === "" ? "no content type" : (MEDIA_TYPE.exec(type)?.[0] ?? "odd content type");
  const technical = `${what}: ${status}, ${named}`;
  const { host } = new URL(url);
  const { advice, answers } = texts.server;
  // A page in the place of an answer: of a portal, of a proxy, or of a web server below.
  if (status < 400 && (status >= 300 || /^text\//i.test(type)))
    return { sentence: answers.page(host), advice: advice.openPage, technical };
  return { sentence: meaningOf(status, host), advice: advice.askIfItLasts, technical };
}

/** In the words of people. Reference: ErrorsAndInformationalMessages; RFC 9110, 15. */
function meaningOf(status: number, host: string): string {
  const { answers } = texts.server;
  switch (status) {
    case 401:
      return answers.unauthorized(host);
    case 403:
      return answers.forbidden(host);
    case 404:
    case 410:
      return answers.notFound(host);
    case 408:
    case 409:
      return answers.notReady(host);
    case 429:
      return answers.tooMany(host);
    case 502:
    case 504:
      return answers.gateway(host);
    case 503:
      return answers.unavailable(host);
    default:
      if (status >= 500) return answers.trouble(host);
      return status >= 400 ? answers.refused(host) : answers.unreadable(host);
  }
}

const MEDIA_TYPE = /^[\w.+-]{1,40}\/[\w.+-]{1,80}/;
