import { texts } from "../../../locales/texts.ts";
import { originOf } from "../http/urls.ts";
import type { Attempt, Circumstances, Method, TokenServer } from "./sign-in-method.ts";
import type { TokenAnswer } from "./token.ts";
import type { TokenRequest } from "./token-request.ts";

/**
 * Sign-in by the Windows session (Kerberos, NTLM), which the network stack answers for below: the form carries the
 * grant alone, never a name or a password. It is used only where `allowed` says so, redirects included. A 401 that is
 * left over after the stack has tried means that the session is not accepted; that is remembered, so that it is not
 * repeated in a loop, except for a sign-in that has worked before (a ticket has run out, a domain controller is away).
 * Reference: AuthenticationInUCWA (Integrated Windows Authentication).
 */
export class IntegratedMethod implements Method {
  readonly grant = "urn:microsoft.rtc:windows";
  readonly #allowed: (url: string) => boolean | Promise<boolean>;
  readonly #request: (request: TokenRequest) => Promise<TokenAnswer>;
  /** By origin of the token server. */
  readonly #declined = new Map<string, Attempt>();

  constructor(
    allowed: (url: string) => boolean | Promise<boolean>,
    request: (request: TokenRequest) => Promise<TokenAnswer>,
  ) {
    this.#allowed = allowed;
    this.#request = request;
  }

  async attempt({ url, host }: TokenServer, { proven }: Circumstances): Promise<Attempt> {
    const origin = originOf(url);
    const before = this.#declined.get(origin);
    if (before) return before;
    if (!(await this.#allowed(url))) return { got: "nothing" };
    const form = { grant_type: this.grant };
    const answer = await this.#request({ url, form, asPerson: true, may: this.#allowed });
    const declined = (sentence: string, mayPass: boolean): Attempt => {
      const attempt = { got: "declined", sentence, mayPass } as const;
      if (!mayPass) this.#declined.set(origin, attempt);
      return attempt;
    };
    const { signIn } = texts.server;
    switch (answer.said) {
      case "token":
        return { got: "token", token: answer.token };
      case "unauthorized":
      case "refused":
        return declined(signIn.noComputer(host), proven);
      case "page":
        return declined(signIn.ownPage(host), false);
      case "notTaken":
        return declined(signIn.noWindows(host), false);
      case "ledAway":
        return declined(signIn.windowsLedAway(host, answer.origin), false);
      case "trouble":
        throw answer.problem;
    }
  }

  forget(): void {
    this.#declined.clear();
  }
}
