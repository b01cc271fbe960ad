import { texts } from "../../../locales/texts.ts";
import { SessionProblem } from "../session-problem.ts";
import type { Attempt, Circumstances, Method, TokenServer } from "./sign-in-method.ts";
import type { TokenAnswer, Token } from "./token.ts";
import type { TokenRequest } from "./token-request.ts";

export interface Credentials {
  /** As the server knows the person: an address or DOMAIN\name. */
  readonly username: string;
  /** Asked for each address that it is to be sent to, never kept; null when there is none for that one. */
  password(url: string): Promise<string | null>;
}

/**
 * After a 401 that does not come from the token service. Most likely a proxy answered, but should it be a refusal after
 * all, repeating it faster would lock the account.
 */
const UNCLEAR_WAIT_MS = 10 * 60_000;
/** A sign-in that never succeeded is given to the person after so many of them. */
const UNCLEAR_TRIES = 2;

/**
 * Sign-in by name and password. A refused password ends in `badCredentials` and is not sent again; a password that was
 * not looked at is kept. Reference: AuthenticationInUCWA (password grant).
 */
export class PasswordMethod implements Method {
  readonly grant = "password";
  readonly #credentials: Credentials;
  readonly #request: (request: TokenRequest) => Promise<TokenAnswer>;
  #unclear = 0;

  constructor(credentials: Credentials, request: (request: TokenRequest) => Promise<TokenAnswer>) {
    this.#credentials = credentials;
    this.#request = request;
  }

  async attempt({ url, host }: TokenServer, { proven }: Circumstances): Promise<Attempt> {
    const password = await this.#credentials.password(url);
    // An empty one is no secret of anybody, and would count as a failed try.
    if (password === null || password === "") return { got: "nothing" };
    const { username } = this.#credentials;
    const answer = await this.#request({
      url,
      form: { grant_type: this.grant, username, password },
      may: async (target) => (await this.#credentials.password(target)) !== null,
    });
    const { signIn } = texts.server;
    switch (answer.said) {
      case "token":
        return this.#taken(answer.token);
      case "refused":
        throw SessionProblem.stop("badCredentials", signIn.wrongPassword(host));
      case "page":
        return declined(signIn.ownPage(host));
      case "notTaken":
        return declined(signIn.noPasswords(host));
      case "ledAway":
        return declined(signIn.ledAway(host, answer.origin));
      case "unauthorized":
        throw this.#classifyUnclear(host, answer.problem, proven);
      case "trouble":
        throw answer.problem;
    }
  }

  forget(): void {
    this.#unclear = 0;
  }

  #taken(token: Token): Attempt {
    this.#unclear = 0;
    return { got: "token", token };
  }

  #classifyUnclear(host: string, { code, said, advice }: SessionProblem, proven: boolean): SessionProblem {
    this.#unclear++;
    const { unclear, unclearAdvice } = texts.server.signIn;
    const sentence = unclear(host);
    if (!proven && this.#unclear >= UNCLEAR_TRIES)
      return SessionProblem.stop("badCredentials", { ...said, sentence });
    const asked = advice.action === "stop" ? null : advice.afterMs;
    return SessionProblem.retry(
      code,
      { ...said, sentence, advice: unclearAdvice },
      Math.max(UNCLEAR_WAIT_MS, asked ?? 0),
    );
  }
}

function declined(sentence: string): Attempt {
  return { got: "declined", sentence, mayPass: false };
}
