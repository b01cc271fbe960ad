import { isLoopback, isSecureUrl } from "../../platform/secure-url.ts";
import { hostName, hostOf, originOf } from "../http/urls.ts";

/** Whether an address named by a server may be followed, and be sent a credential. */
export type TrustVerdict =
  | "trusted"
  /** Only the person can say; remembered as an approved origin. */
  | "ask"
  /** Never: a credential would travel in the clear. */
  | "refused";

/**
 * The origins that may be sent a credential. A trusted origin approves, over https or on loopback, the ones it
 * names as `redirect`, `user`, `MsRtcOAuth` and `applications`; nothing else approves anybody.
 * Reference: RootURL (redirect trust check).
 */
export class Trust {
  readonly #domain: string;
  readonly #byPerson: ReadonlySet<string>;
  readonly #approved = new Set<string>();

  /** `domain` is that of the sign-in address, as typed; `byPerson` are origins that the person has approved. */
  constructor(domain: string, byPerson: readonly string[]) {
    this.#domain = hostName(domain);
    this.#byPerson = new Set(byPerson.filter((url) => URL.canParse(url)).map((url) => originOf(url)));
  }

  /**
   * The starting point: given by the person, one of the discovery names of the sign-in domain, or where an earlier
   * discovery ended, which this rule has approved then.
   */
  start(url: string): void {
    this.#approved.add(originOf(url));
  }

  knows(url: string): boolean {
    return this.#approved.has(originOf(url));
  }

  /** Whether `from`, which named `target` in one of the four places, makes it trusted; remembers it if so. */
  approve(from: string, target: string): TrustVerdict {
    const verdict = this.#verdictOf(from, target);
    if (verdict === "trusted") this.#approved.add(originOf(target));
    return verdict;
  }

  /** Whether the host of a URL is the sign-in domain, or lies in it. */
  isOwnDomain(url: string): boolean {
    const host = hostName(hostOf(url));
    return host === this.#domain || host.endsWith(`.${this.#domain}`);
  }

  #verdictOf(from: string, target: string): TrustVerdict {
    // Plain http may stay on this machine; nobody elsewhere can send us there with a password.
    if (!isSecureUrl(target) || (isLoopback(target) && !target.startsWith("https:") && !isLoopback(from))) {
      return "refused";
    }
    if (this.knows(target) || (isSecureUrl(from) && this.knows(from))) return "trusted";
    if (this.isOwnDomain(target)) return "trusted";
    return this.#byPerson.has(originOf(target)) ? "trusted" : "ask";
  }
}
