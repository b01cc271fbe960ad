import type { Clock, FederationPages, Fetch, Logger, Random } from "../platform/ports.ts";
import type { OnImpossible } from "../platform/transition-table.ts";
import type { SessionListener } from "./session-port.ts";

/** Who signs in, where. */
export interface SessionAccount {
  /** Without `sip:`. */
  readonly address: string;
  /** As the server knows the person, when that is not the address. */
  readonly username?: string;
  /** Asked whenever a token is needed, with the address that it is to be sent to; null when there is none for that. */
  password(url: string): Promise<string | null>;
  /** Autodiscover root that is trusted as given; null for discovery from the address's domain. */
  readonly server: string | null;
  /** Where `discovered` said that an earlier run ended, for the same address and server: asked first. */
  readonly applications?: string | null;
  /** Origins that the person has approved. */
  readonly trusted: readonly string[];
  readonly endpointId: string;
  /** A new one for each run. */
  readonly instanceId: string;
  readonly userAgent: string;
  readonly culture: string;
}

export interface SessionOptions {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly listener: SessionListener;
  readonly account: SessionAccount;
  /** Whether somebody is at the machine; without it somebody always is. */
  readonly present?: () => boolean;
  /**
   * Where applications are created, to be kept for the next run; null when what was kept leads nowhere any more. A
   * sign-out is not told: a program that ends signs out too, and is to start at once the next time.
   */
  readonly discovered?: (applications: string | null) => void;
  /** Where the Windows session of the computer may be used to sign in; the person may be asked. Without it nowhere. */
  readonly integrated?: (url: string) => boolean | Promise<boolean>;
  /** Without it no federation page can be shown. */
  readonly federation?: FederationPages;
  /** Without it an impossible transition throws, as it is to do in tests. */
  readonly onImpossible?: OnImpossible;
}
