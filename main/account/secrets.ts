import type { Clock, Random } from "../ports.ts";

/** Where secrets are kept; in memory they last as long as the program. `detail` says why, in one sentence for the user. */
export interface SecretPlace {
  readonly kind: "keychain" | "memory";
  readonly detail: string;
}

/** Keeps passwords by sign-in address. Rejections are `SecretStoreError` and never hold a secret. */
export interface SecretStore {
  readonly place: SecretPlace;
  get(account: string): Promise<string | null>;
  set(account: string, secret: string): Promise<void>;
  delete(account: string): Promise<void>;
}

/** The three functions that are used of keytar. */
export interface Keychain {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, secret: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

export class SecretStoreError extends Error {
  override readonly name = "SecretStoreError";
}

const SERVICE = "Doorbell";
/** A keychain that asks somebody to unlock it may keep a call for ever. */
const LIMIT_MS = 5_000;

/**
 * Opens the keychain of the system and proves it by writing, reading and deleting a random probe; where that fails, or
 * takes longer than five seconds, secrets live in memory only and `place` says why. Never rejects.
 */
export async function openSecretStore(
  outside: { readonly clock: Clock; readonly random: Random },
  load: () => Promise<Keychain> = loadKeytar,
): Promise<SecretStore> {
  try {
    const keychain = await bounded(load(), outside.clock);
    await prove(keychain, outside);
    return keychainStore(keychain, outside.clock);
  } catch (error) {
    return memoryStore(error instanceof SecretStoreError ? error.message : "No keychain could be opened.");
  }
}

/** Native code, loaded only when it is wanted: where its system library is missing, this rejects and nothing else. */
async function loadKeytar(): Promise<Keychain> {
  try {
    const module = (await import("keytar")) as Keychain & { default?: Keychain };
    return module.default ?? module;
  } catch {
    throw new SecretStoreError("The keychain library could not be loaded; on Linux it needs libsecret.");
  }
}

async function prove(
  keychain: Keychain,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
): Promise<void> {
  const account = `probe ${random.uuid()}`;
  const secret = random.uuid();
  const written = refusalHidden(keychain.setPassword(SERVICE, account, secret));
  const removed = async (): Promise<void> => {
    await refusalHidden(keychain.deletePassword(SERVICE, account));
  };
  try {
    await bounded(written, clock);
  } catch (error) {
    // Somebody may unlock the keychain after we gave up waiting; the probe must not stay in it.
    void written.then(removed).catch(() => undefined);
    throw error;
  }
  try {
    const read = await bounded(refusalHidden(keychain.getPassword(SERVICE, account)), clock);
    if (read !== secret) throw new SecretStoreError("The keychain does not give back what is put into it.");
  } finally {
    await bounded(removed(), clock);
  }
}

function keychainStore(keychain: Keychain, clock: Clock): SecretStore {
  return {
    place: { kind: "keychain", detail: "Passwords are kept in the keychain of this system." },
    get: (account) => bounded(refusalHidden(keychain.getPassword(SERVICE, account)), clock),
    set: (account, secret) => bounded(refusalHidden(keychain.setPassword(SERVICE, account, secret)), clock),
    delete: async (account) => {
      await bounded(refusalHidden(keychain.deletePassword(SERVICE, account)), clock);
    },
  };
}

function memoryStore(why: string): SecretStore {
  const secrets = new Map<string, string>();
  return {
    place: { kind: "memory", detail: why },
    get: async (account) => secrets.get(account) ?? null,
    set: async (account, secret) => void secrets.set(account, secret),
    delete: async (account) => void secrets.delete(account),
  };
}

/** What a keychain says about a failed call is its own affair and might quote the call: it goes no further. */
async function refusalHidden<Value>(call: Promise<Value>): Promise<Value> {
  try {
    return await call;
  } catch {
    throw new SecretStoreError("No keychain answers, or it refuses.");
  }
}

async function bounded<Value>(work: Promise<Value>, clock: Clock): Promise<Value> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const cancel = clock.after(LIMIT_MS, () =>
    reject(new SecretStoreError(`The keychain did not answer within ${LIMIT_MS / 1000} seconds.`)),
  );
  try {
    return await Promise.race([work, late]);
  } finally {
    cancel();
  }
}
