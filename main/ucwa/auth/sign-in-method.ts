import type { SessionProblem } from "../session-problem.ts";
import type { Token } from "./token.ts";

/** Where a server wants to be asked for tokens, and how. */
export interface TokenServer {
  /** An approved address. */
  readonly url: string;
  /** As the server spells them. */
  readonly grants: readonly string[];
  /** Who named it, for sentences. */
  readonly host: string;
}

/** What bears on one attempt. */
export interface Circumstances {
  /** Nobody is to be shown anything: the old token still holds, or the person is leaving. */
  readonly silent: boolean;
  /** This sign-in has been online before, so what the server says against it may be the server's own trouble. */
  readonly proven: boolean;
  /** A page is about to be shown; until the person has signed in there, this is what keeps the session waiting. */
  readonly pageShown: (problem: SessionProblem) => void;
  /** Aborted when everything is forgotten. */
  readonly signal: AbortSignal;
}

export type Attempt =
  | { readonly got: "token"; readonly token: Token }
  /** Nothing to try with here; nothing was sent. */
  | { readonly got: "nothing" }
  /** Not by this method: the next one is tried. `mayPass` when the server may think otherwise later. */
  | { readonly got: "declined"; readonly sentence: string; readonly mayPass: boolean };

/**
 * One way to a token. An attempt throws `SessionProblem` or `HttpFailure` where the next method would not be better;
 * a `badCredentials` is remembered and nothing is sent until the person says so.
 */
export interface Method {
  /** Of the token request, as in the challenge's list. */
  readonly grant: string;
  attempt(server: TokenServer, circumstances: Circumstances): Promise<Attempt>;
  /** The person wants it to be tried again. */
  forget(): void;
}
