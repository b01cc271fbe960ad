import { texts } from "../../../locales/texts.ts";
import type { FederationPages } from "../../platform/ports.ts";
import { SessionProblem } from "../session-problem.ts";
import { grantLabels } from "./grant-labels.ts";
import { IntegratedMethod } from "./integrated-method.ts";
import type { Attempt, Circumstances, Method, TokenServer } from "./sign-in-method.ts";
import { PassiveMethod } from "./passive-method.ts";
import { PasswordMethod } from "./password-method.ts";
import type { Credentials } from "./password-method.ts";
import type { Token } from "./token.ts";
import { requestToken } from "./token-request.ts";
import type { TokenRequest, TokenRequestDeps } from "./token-request.ts";

/** What a person can sign in with on this computer. */
export interface SignInMeans {
  readonly credentials: Credentials;
  /** Where the Windows session of the computer may be used; the person may be asked. Without it nowhere. */
  readonly integrated?: ((url: string) => boolean | Promise<boolean>) | undefined;
  /** Without it there is no window to show a federation page in. */
  readonly federation?: FederationPages | undefined;
}

/**
 * The methods in order of preference. Whoever gave a password wants it used; without one the Windows session asks
 * nothing of the person, and a page asks most. A refused password ends the sign-in and falls to no other method: the
 * person has to hear of it.
 */
function methodsOf({ credentials, integrated, federation }: SignInMeans, deps: TokenRequestDeps): Method[] {
  const request = (one: TokenRequest) => requestToken(deps, one);
  const { clock, trust } = deps;
  return [
    new PasswordMethod(credentials, request),
    ...(integrated ? [new IntegratedMethod(integrated, request)] : []),
    ...(federation ? [new PassiveMethod({ pages: federation, clock, trust, request })] : []),
  ];
}

/** Between tries of a sign-in that worked before and is refused now, in milliseconds; the server may ask for more. */
const REFUSED_WAIT_MS = 60_000;

/**
 * From what a server offers to a token, by the first method that is offered there and possible here.
 * Remembers what was refused, and whether this sign-in has ever been online.
 * Reference: AuthenticationInUCWA.
 */
export class SignIn {
  readonly #methods: readonly Method[];
  /** A password that was refused is not sent again: repeating it locks accounts. Nor is a closed page opened anew. */
  #refused: SessionProblem | null = null;
  #proven = false;
  #abort = new AbortController();

  constructor(means: SignInMeans, deps: TokenRequestDeps) {
    this.#methods = methodsOf(means, deps);
  }

  /** This sign-in has been online. */
  get proven(): boolean {
    return this.#proven;
  }

  prove(): void {
    this.#proven = true;
  }

  /** The person says that it is to be tried again, perhaps with another password. */
  forgetRefusal(): void {
    this.#refused = null;
    for (const method of this.#methods) method.forget();
  }

  /** Everything is forgotten, and an open page closed. */
  clear(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#proven = false;
    this.forgetRefusal();
  }

  /** Throws `SessionProblem` or `HttpFailure` when no token can be had. */
  async token(
    server: TokenServer,
    { silent, pageShown }: Pick<Circumstances, "silent" | "pageShown">,
  ): Promise<Token> {
    if (this.#refused) throw this.#refused;
    const circumstances = {
      silent,
      pageShown,
      proven: this.#proven,
      signal: this.#abort.signal,
    };
    const declined: string[] = [];
    let mayPass = false;
    let passwordMissing = false;
    for (const method of this.#methods) {
      if (!server.grants.some((grant) => grant.toLowerCase() === method.grant)) continue;
      const attempt = await this.#attempt(method, server, circumstances);
      switch (attempt.got) {
        case "token":
          return attempt.token;
        case "nothing":
          passwordMissing ||= method instanceof PasswordMethod;
          break;
        case "declined":
          declined.push(attempt.sentence);
          mayPass ||= attempt.mayPass;
      }
    }
    throw noMethodLeft(server, { declined: declined.join(" "), mayPass, passwordMissing });
  }

  async #attempt(method: Method, server: TokenServer, circumstances: Circumstances): Promise<Attempt> {
    try {
      return await method.attempt(server, circumstances);
    } catch (error) {
      const refused = error instanceof SessionProblem && error.code === "badCredentials";
      if (refused && !circumstances.signal.aborted) {
        this.#refused = error;
        this.#proven = false;
      }
      throw error;
    }
  }
}

function noMethodLeft(
  { host, grants }: TokenServer,
  left: { readonly declined: string; readonly mayPass: boolean; readonly passwordMissing: boolean },
): SessionProblem {
  const { signIn } = texts.server;
  if (left.mayPass) return SessionProblem.retry("signInRefused", left.declined, REFUSED_WAIT_MS);
  if (left.passwordMissing) {
    const way = left.declined === "" ? signIn.noPassword : `${left.declined} ${signIn.acceptsPassword}`;
    return SessionProblem.stop("badCredentials", way);
  }
  const offer = grants.length === 0 ? signIn.noOtherWay : signIn.accepts(grantLabels(grants));
  return SessionProblem.stop(
    "signInNotOffered",
    left.declined === "" ? `${signIn.noPasswords(host)} ${offer}` : `${left.declined} ${offer}`,
  );
}
