import type { Clock } from "../clock.ts";
import { base64 } from "../random.ts";
import type { Random } from "../random.ts";
import type { User } from "./users.ts";

/** What a request's Authorization header is worth at one origin. */
export type Credential =
  | { readonly kind: "valid"; readonly user: User }
  | { readonly kind: "absent" | "expired" | "unknown" | "wrongOrigin" | "notBearer" };

interface Token {
  readonly user: User;
  readonly origin: string;
  expiresAt: number;
}

/** The tokens of all pools that know of each other: each tells another's token from an invented one. */
export type TokenStore = Map<string, Token>;

/** Beyond so many, the oldest token is forgotten. */
const kept = 20_000;

/** The bearer tokens of all origins. A token is worth something only where it was issued. Reference: AuthenticationInUCWA */
export class Tokens {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #lifetimes: { readonly tokenLifetimeMs: number; readonly anonymousTokenLifetimeMs: number };
  readonly #tokens: TokenStore;

  constructor(
    clock: Clock,
    random: Random,
    lifetimes: { readonly tokenLifetimeMs: number; readonly anonymousTokenLifetimeMs: number },
    store: TokenStore = new Map(),
  ) {
    this.#clock = clock;
    this.#random = random;
    this.#lifetimes = lifetimes;
    this.#tokens = store;
  }

  /** A new token, and how many seconds it lives. */
  issue(user: User, origin: string): { token: string; expiresInSeconds: number } {
    const token = `cwt=${base64(this.#random, 192)}`;
    const lifetimeMs = user.anonymous
      ? this.#lifetimes.anonymousTokenLifetimeMs
      : this.#lifetimes.tokenLifetimeMs;
    this.#tokens.set(token, { user, origin, expiresAt: this.#clock.now() + lifetimeMs });
    for (const oldest of this.#tokens.keys()) {
      if (this.#tokens.size <= kept) break;
      this.#tokens.delete(oldest);
    }
    return { token, expiresInSeconds: Math.floor(lifetimeMs / 1000) };
  }

  /** Checks an Authorization header. */
  check(authorization: string | null, origin: string): Credential {
    if (authorization === null) return { kind: "absent" };
    const value = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    return value === undefined ? { kind: "notBearer" } : this.checkToken(value, origin);
  }

  /** Checks an access token. */
  checkToken(value: string, origin: string): Credential {
    const token = this.#tokens.get(value);
    if (!token) return { kind: "unknown" };
    if (token.origin !== origin) return { kind: "wrongOrigin" };
    return token.expiresAt > this.#clock.now() ? { kind: "valid", user: token.user } : { kind: "expired" };
  }

  /** Ends every token now, or only one user's. Clients are to sign in again and to keep their applications. */
  expire(userUri?: string): void {
    for (const token of this.#tokens.values())
      if (userUri === undefined || token.user.uri === userUri)
        token.expiresAt = Math.min(token.expiresAt, this.#clock.now());
  }
}
