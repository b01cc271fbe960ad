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
 * The origins that may be sent a credential. A trusted origin vouches, over https or on loopback, for the ones it
 * names as `redirect`, `user`, `MsRtcOAuth` and `applications`; nothing else vouches for anybody.
 * Reference: RootURL (redirect trust check).
 */
export class Trust {
  readonly #domain: string;
  readonly #approved: ReadonlySet<string>;
  readonly #vouched = new Set<string>();

  /** `domain` is that of the sign-in address, as typed; `approved` are origins that the person has vouched for. */
  constructor(domain: string, approved: readonly string[]) {
    this.#domain = hostName(domain);
    this.#approved = new Set(approved.filter((url) => URL.canParse(url)).map((url) => originOf(url)));
  }

  /**
   * The starting point: given by the person, one of the discovery names of the sign-in domain, or where an earlier
   * discovery ended, which this rule has vouched for then.
   */
  start(url: string): void {
    this.#vouched.add(originOf(url));
  }

  knows(url: string): boolean {
    return this.#vouched.has(originOf(url));
  }

  /** Whether `from`, which named `target` in one of the four places, makes it trusted; remembers it if so. */
  vouch(from: string, target: string): TrustVerdict {
    const verdict = this.#judge(from, target);
    if (verdict === "trusted") this.#vouched.add(originOf(target));
    return verdict;
  }

  /** Whether the host of a URL is the sign-in domain, or lies in it. */
  isOwnDomain(url: string): boolean {
    const host = hostName(hostOf(url));
    return host === this.#domain || host.endsWith(`.${this.#domain}`);
  }

  #judge(from: string, target: string): TrustVerdict {
    // Plain http may stay on this machine; nobody elsewhere can send us there with a password.
    if (!isSecureUrl(target) || (isLoopback(target) && !target.startsWith("https:") && !isLoopback(from))) {
      return "refused";
    }
    if (this.knows(target) || (isSecureUrl(from) && this.knows(from))) return "trusted";
    if (this.isOwnDomain(target)) return "trusted";
    return this.#approved.has(originOf(target)) ? "trusted" : "ask";
  }
}
