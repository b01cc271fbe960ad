import type { KeptPasswordOwner } from "../../account/app-settings.ts";
import { originOf } from "../../ucwa/http/urls.ts";

/** What a person signs in with. */
export interface Secret {
  /** The password, when it may be sent to this address; null when there is none for it. */
  readonly password: (url: string) => Promise<string | null>;
  /** Where it was given out for. */
  readonly origins: ReadonlySet<string>;
}

/** A sign-in by the Windows session or the organisation's page. */
export const NO_SECRET: Secret = { password: async () => null, origins: new Set() };

/** Typed just now, into a page that therefore knows it: it goes wherever the trust rule lets a password go. */
export function typedSecret(password: string): Secret {
  return secretThat(password, async () => true);
}

/**
 * Out of the keyring: it goes to the origins that it was kept for, and to the others that `may` allows.
 * Those of the sign-in domain are allowed, as pools fail over.
 */
export function keptSecret(
  password: string,
  { origins }: KeptPasswordOwner,
  may: (url: string) => boolean | Promise<boolean>,
): Secret {
  return secretThat(password, async (url) => origins.includes(originOf(url)) || (await may(url)));
}

function secretThat(password: string, may: (url: string) => Promise<boolean>): Secret {
  const origins = new Set<string>();
  return {
    origins,
    password: async (url) => {
      if (!(await may(url))) return null;
      origins.add(originOf(url));
      return password;
    },
  };
}
