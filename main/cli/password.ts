import type { SecretStore } from "../account/secrets.ts";
import type { InputLine } from "./lines.ts";
import type { Typed } from "./prompt.ts";

/** Where a password may come from, in the order of asking. */
export interface PasswordSources {
  /** The first line of standard input, when `--password-stdin` was given. */
  readonly firstLine: (() => Promise<InputLine | undefined>) | null;
  readonly openSecrets: () => Promise<SecretStore>;
  /** What DOORBELL_PASSWORD held. */
  readonly environment: string | undefined;
  /** Asks the person; null when there is no terminal. */
  readonly ask: (() => Promise<Typed>) | null;
}

export type PasswordReading =
  /** `password` is asked at each sign-in: what the keychain holds may have been changed meanwhile. */
  | { readonly kind: "found"; readonly password: () => Promise<string | null> }
  /** One sentence for the user. */
  | { readonly kind: "none"; readonly message: string }
  | { readonly kind: "interrupted" };

/** Finds the password of an account. Never rejects; no outcome but `found` knows a secret. */
export async function findPassword(account: string, sources: PasswordSources): Promise<PasswordReading> {
  if (sources.firstLine !== null) {
    const line = await sources.firstLine();
    if (line?.kind === "tooLong") return none("The first line of standard input is too long for a password.");
    if (line === undefined || line.text === "")
      return none("--password-stdin was given, but standard input holds no password in its first line.");
    return found(line.text);
  }

  const secrets = await sources.openSecrets();
  let keychain = secrets.place.kind === "keychain" ? "The keychain holds none." : secrets.place.detail;
  try {
    const stored = await secrets.get(account);
    if (stored !== null && stored !== "")
      return { kind: "found", password: async () => await secrets.get(account).catch(() => stored) };
  } catch {
    keychain = "The keychain did not answer.";
  }

  if (sources.environment !== undefined && sources.environment !== "") return found(sources.environment);

  if (sources.ask !== null) return await askPerson(sources.ask);
  return none(
    `There is no password for ${account}. ${keychain} DOORBELL_PASSWORD is not set, and standard input is no terminal to ask on. Use --password-stdin.`,
  );
}

/** The password as a person types it. */
export async function askPerson(ask: () => Promise<Typed>): Promise<PasswordReading> {
  const typed = await ask();
  if (typed.kind === "interrupted") return { kind: "interrupted" };
  if (typed.kind === "typed" && typed.text !== "") return found(typed.text);
  return none("No password was typed.");
}

function found(password: string): PasswordReading {
  return { kind: "found", password: async () => password };
}

function none(message: string): PasswordReading {
  return { kind: "none", message };
}
