import { texts } from "../../locales/texts.ts";
import { secretName, type PasswordAccount, type SecretReader } from "../account/secrets.ts";
import type { Clock } from "../platform/ports.ts";
import type { InputLine } from "./watch/lines.ts";
import type { Typed } from "./prompt.ts";

/** Where a password may come from, in the order of asking. */
export interface PasswordSources {
  /** The first line of standard input, when `--password-stdin` was given. */
  readonly firstLine: (() => Promise<InputLine | undefined>) | null;
  /** What DOORBELL_PASSWORD held. */
  readonly environment: string | undefined;
  readonly secrets: SecretReader;
  readonly clock: Clock;
  /** The keyring waits for a person, who is to know. Called at most once. */
  readonly waiting: () => void;
  /** Asks the person; null when there is no terminal. */
  readonly ask: (() => Promise<Typed>) | null;
}

export type PasswordReading =
  /** `password` is asked at each sign-in: what the keyring holds may have been changed meanwhile. */
  | { readonly kind: "found"; readonly password: () => Promise<string | null> }
  /** One sentence for the user. */
  | { readonly kind: "none"; readonly message: string }
  | { readonly kind: "interrupted" };

/** A keyring that takes longer waits for a person. */
const PROMPT_MS = 2_000;
/** For asking again at a later sign-in, when nobody may be there to unlock anything. */
const AGAIN_LIMIT_MS = 5_000;

/** Finds the password of an account. Never rejects; no outcome but `found` knows a secret. */
export async function findPassword(
  account: PasswordAccount,
  sources: PasswordSources,
): Promise<PasswordReading> {
  if (sources.firstLine !== null) {
    const line = await sources.firstLine();
    if (line?.kind === "tooLong") return none(texts.terminal.password.tooLong);
    if (line === undefined || line.text === "") return none(texts.terminal.password.notInFirstLine);
    return found(line.text);
  }
  if (sources.environment !== undefined && sources.environment !== "") return found(sources.environment);

  const { secrets, clock } = sources;
  const name = secretName(account);
  const kept = await lookUp(name, sources);
  if (kept.outcome === "found" && kept.secret !== "")
    return {
      kind: "found",
      password: async () => (await lookUpAgain(name, secrets, clock)) ?? kept.secret,
    };

  if (sources.ask !== null) return await askPerson(sources.ask);
  const words = texts.terminal.password;
  return none(words.none(account.address, words.keyring[kept.outcome === "failed" ? kept.why : "empty"]));
}

/** The first look-up, which may raise the system's prompt and then waits for the person. */
async function lookUp(name: string, { secrets, clock, waiting }: PasswordSources) {
  const cancel = clock.after(PROMPT_MS, waiting);
  const kept = await secrets.get(name, new AbortController().signal);
  cancel();
  return kept;
}

/** Null where the keyring would have to be unlocked first, or does not answer at once. */
async function lookUpAgain(name: string, secrets: SecretReader, clock: Clock): Promise<string | null> {
  if ((await secrets.look()) !== "available") return null;
  const late = new AbortController();
  const cancel = clock.after(AGAIN_LIMIT_MS, () => late.abort());
  const kept = await secrets.get(name, late.signal);
  cancel();
  return kept.outcome === "found" ? kept.secret : null;
}

/** The password as a person types it. */
export async function askPerson(ask: () => Promise<Typed>): Promise<PasswordReading> {
  const typed = await ask();
  if (typed.kind === "interrupted") return { kind: "interrupted" };
  if (typed.kind === "typed" && typed.text !== "") return found(typed.text);
  return none(texts.terminal.password.notTyped);
}

function found(password: string): PasswordReading {
  return { kind: "found", password: async () => password };
}

function none(message: string): PasswordReading {
  return { kind: "none", message };
}
