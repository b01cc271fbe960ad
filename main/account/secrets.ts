import { sessionBusAddress } from "../platform/bus/session-bus.ts";
import type { Clock, Logger } from "../platform/ports.ts";
import { askKeyring, type KeyringReply, type StartKeyringChild } from "./keyring.ts";
import type { KeyringQuestion } from "./keyring-protocol.ts";
import { lookAtSecretService, type KeyringState } from "./secret-service.ts";

export type { KeyringState } from "./secret-service.ts";

/**
 * Why a keyring did not do what it was asked.
 * - `absent`: there is none. `locked`: nobody unlocked it. `library`: its system library is missing.
 * - `refused`: it said no. `broken`: the process that asked it failed. `givenUp`: whoever asked does not wait any more.
 */
export type KeyringFailure = "absent" | "locked" | "library" | "refused" | "broken" | "givenUp";

/** What a look-up came to; `missing`: the keyring was open and holds no such password. */
export type KeptSecret =
  | { readonly outcome: "found"; readonly secret: string }
  | { readonly outcome: "missing" }
  | { readonly outcome: "failed"; readonly why: KeyringFailure };

/** Whose password it is, and for which server setting. */
export interface PasswordAccount {
  /** Normalised, without `sip:`. */
  readonly address: string;
  /** Null where the server is found by the address. */
  readonly server: string | null;
}

/** The name of a password in the keyring: one that was kept for one server is not found for another. */
export function secretName({ address, server }: PasswordAccount): string {
  return server === null ? address : `${address} ${server}`;
}

/**
 * Keeps passwords by `secretName`, in the keyring of the system. `get`, `set` and `delete` ask it, which may raise
 * the system's prompt: then they wait for as long as a person takes, or until the signal gives up. Nothing here rejects,
 * and no failure holds a secret.
 */
export interface SecretStore {
  /** Only looks: raises no prompt, starts and writes nothing. Within twenty seconds. */
  look(): Promise<KeyringState>;
  get(account: string, signal: AbortSignal): Promise<KeptSecret>;
  /** Null when it is kept. */
  set(account: string, secret: string, signal: AbortSignal): Promise<KeyringFailure | null>;
  /** Null when no such password is kept any more. */
  delete(account: string, signal: AbortSignal): Promise<KeyringFailure | null>;
}

/** For whoever only looks passwords up. */
export type SecretReader = Pick<SecretStore, "look" | "get">;

export interface KeyringStoreOptions {
  readonly clock: Clock;
  readonly start: StartKeyringChild;
  readonly look: () => Promise<KeyringState>;
}

export interface SystemKeyringOptions {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The keyring of this system, asked in processes that `start` starts. Only on Linux can it be looked at, or be absent. */
export function systemKeyring(start: StartKeyringChild, options: SystemKeyringOptions): SecretStore {
  const { platform, env, clock, logger } = options;
  const address = sessionBusAddress(env);
  const look = async (): Promise<KeyringState> =>
    platform === "linux" ? await lookAtSecretService({ address, clock, logger }) : "available";
  return keyringStore({ clock, start, look });
}

/** A keyring that can be looked at. Where it can be seen that there is none, no process is started. */
export function keyringStore(options: KeyringStoreOptions): SecretStore {
  const { look } = options;
  const ask = async (question: KeyringQuestion, signal: AbortSignal): Promise<KeyringReply | null> =>
    (await look()) === "absent" ? null : await askKeyring(question, options, signal);
  /** The library tells a prompt that was dismissed as "not found", so what found nothing looks once more. */
  const isLocked = async (): Promise<boolean> => (await look()) === "locked";

  return {
    look,
    get: async (account, signal) => {
      const reply = await ask({ ask: "get", account }, signal);
      if (reply === null || reply.outcome !== "secret") return { outcome: "failed", why: whyOf(reply) };
      if (reply.secret !== null) return { outcome: "found", secret: reply.secret };
      return (await isLocked()) ? { outcome: "failed", why: "locked" } : { outcome: "missing" };
    },
    set: async (account, secret, signal) => {
      const reply = await ask({ ask: "set", account, secret }, signal);
      if (reply?.outcome === "done") return null;
      const why = whyOf(reply);
      return why === "refused" && (await isLocked()) ? "locked" : why;
    },
    delete: async (account, signal) => {
      const reply = await ask({ ask: "delete", account }, signal);
      if (reply?.outcome !== "done") return whyOf(reply);
      return !reply.changed && (await isLocked()) ? "locked" : null;
    },
  };
}

/** `reply` is null where there is no keyring. */
function whyOf(reply: KeyringReply | null): KeyringFailure {
  if (reply === null) return "absent";
  return reply.outcome === "failed" ? reply.why : "broken";
}
