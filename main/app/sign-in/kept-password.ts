import { texts } from "../../../locales/texts.ts";
import type { KeptPasswordOwner } from "../../account/app-settings.ts";
import {
  secretName,
  type KeyringFailure,
  type KeyringState,
  type PasswordAccount,
  type SecretStore,
} from "../../account/secrets.ts";
import type { Cancel, Clock, Logger } from "../../platform/ports.ts";
import type { SignInSettings } from "./sign-in-settings.ts";

export interface KeptPasswordOptions {
  readonly secrets: SecretStore;
  readonly settings: Pick<SignInSettings, "current" | "save">;
  readonly clock: Clock;
  readonly logger: Logger;
  /** What the windows say about it has changed. */
  readonly changed: () => void;
  /** Brings the sign-in form to the person. */
  readonly show: () => void;
}

/** A look-up that takes longer waits for a person, who is to know what for. */
const PROMPT_MS = 5_000;
/** A password that is being kept or removed when the program ends. */
const SETTLE_MS = 3_000;

/**
 * ```
 * idle → lookingUp → waiting (for a person) → idle (found, or given up)
 *            └───────────┴──→ failed → idle (the next sign-in, or sign-out)
 * ```
 */
type LookUp =
  | { readonly name: "idle" }
  | { readonly name: "lookingUp" | "waiting"; readonly giveUp: AbortController; readonly cancel: Cancel }
  | { readonly name: "failed"; readonly why: KeyringFailure | "missing" };

/**
 * The password in the keyring: looked up at the start where the settings say that one is kept, written once a server
 * has accepted it, removed at sign-out; otherwise the keyring is not asked for anything. Nobody waits for it: what
 * comes late is still of use, and what does not come is told, each in one sentence.
 */
export class KeptPassword {
  readonly #options: KeptPasswordOptions;
  #state: KeyringState = "available";
  #lookUp: LookUp = { name: "idle" };
  #notice: string | null = null;
  /** Keeping and removing, one after the other; a newer wish gives up an older one. */
  #turn: Promise<void> = Promise.resolve();
  #newest = new AbortController();
  /** What is being kept at this moment: given up, it may stand in the keyring all the same. */
  #keeping: KeptPasswordOwner | null = null;

  constructor(options: KeptPasswordOptions) {
    this.#options = options;
  }

  /** Whether there is a keyring, as far as it has been looked at. */
  get possible(): boolean {
    return this.#state !== "absent";
  }

  /** Why nobody is signed in with the kept password (yet); one sentence, or empty. */
  get problem(): string {
    switch (this.#lookUp.name) {
      case "idle":
      case "lookingUp":
        return "";
      case "waiting":
        return texts.signIn.keyring.waiting;
      case "failed":
        return problemLabel(this.#lookUp.why);
    }
  }

  /** What became of a password that was to be kept or removed, if that failed; one sentence. */
  get notice(): string | null {
    return this.#notice;
  }

  /** Looks whether there is a keyring, without asking it. */
  look(): void {
    void this.#options.secrets.look().then((state) => {
      if (this.#state === state) return;
      this.#state = state;
      this.#options.changed();
    });
  }

  /** Of the password of this account, if the settings say that the keyring holds it. */
  ownerFor({ address, server }: PasswordAccount): KeptPasswordOwner | null {
    const kept = this.#options.settings.current.keptPassword;
    return kept !== null && kept.address === address && kept.server === server ? kept : null;
  }

  /** The kept password, however late; null when there is none or the look-up was given up. */
  async lookUp(account: PasswordAccount): Promise<string | null> {
    const { secrets, clock, logger } = this.#options;
    this.giveUp();
    const giveUp = new AbortController();
    const { signal } = giveUp;
    const wait = (): void => {
      if (signal.aborted || this.#lookUp.name !== "lookingUp") return;
      this.#become({ ...this.#lookUp, name: "waiting" });
      this.#options.show();
    };
    this.#become({ name: "lookingUp", giveUp, cancel: clock.after(PROMPT_MS, wait) });
    void secrets.look().then((state) => state === "locked" && wait());
    const kept = await secrets.get(secretName(account), signal);
    if (signal.aborted) return null;
    this.#end();
    if (kept.outcome === "found") return kept.secret;
    const why = kept.outcome === "missing" ? kept.outcome : kept.why;
    logger.warn("signIn.passwordNotFound", { why });
    this.#become({ name: "failed", why });
    this.#options.show();
    return null;
  }

  /** Another sign-in, a sign-out or the end of the program: nobody waits for the keyring any more. */
  giveUp(): void {
    if (this.#lookUp.name === "lookingUp" || this.#lookUp.name === "waiting") this.#lookUp.giveUp.abort();
    this.#end();
    this.#setNotice(null);
  }

  /** Keeps a password that a server has accepted. */
  keep(owner: KeptPasswordOwner, password: string): void {
    const { secrets, settings } = this.#options;
    // What is there already is no longer the password, whatever becomes of the new one.
    settings.save({ keptPassword: null });
    this.#inTurn(async (signal) => {
      this.#keeping = owner;
      const failure = await secrets.set(secretName(owner), password, signal);
      if (failure !== "givenUp") this.#keeping = null;
      if (failure === null) settings.save({ keptPassword: owner });
      else this.#failed("signIn.passwordNotKept", failure, failure === "locked" ? "notUnlocked" : "notKept");
    });
  }

  /** A server has accepted it, at these origins, too. */
  accepted(account: PasswordAccount, origins: ReadonlySet<string>): void {
    const kept = this.ownerFor(account);
    if (kept === null || [...origins].every((one) => kept.origins.includes(one))) return;
    const known = new Set([...kept.origins, ...origins]);
    this.#options.settings.save({ keptPassword: { ...kept, origins: [...known] } });
  }

  /** Removes what is kept, if anything is, unless it is this account's. */
  forget(except: PasswordAccount | null = null): void {
    const { secrets, settings } = this.#options;
    const { keptPassword } = settings.current;
    const kept = keptPassword ?? this.#keeping;
    if (kept === null || (except !== null && this.ownerFor(except) !== null)) return;
    this.#keeping = null;
    if (keptPassword !== null) settings.save({ keptPassword: null });
    this.#inTurn(async (signal) => {
      const failure = await secrets.delete(secretName(kept), signal);
      if (failure !== null && keptPassword !== null)
        this.#failed("signIn.passwordNotForgotten", failure, "notForgotten");
    });
  }

  /** Ends what is still being asked of the keyring, after three seconds for what is nearly done. */
  async close(): Promise<void> {
    this.giveUp();
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const cancel = this.#options.clock.after(SETTLE_MS, resolve);
    await Promise.race([this.#turn, late]);
    cancel();
    this.#newest.abort();
  }

  #inTurn(work: (signal: AbortSignal) => Promise<void>): void {
    this.#newest.abort();
    this.#newest = new AbortController();
    const { signal } = this.#newest;
    this.#turn = this.#turn.then(() => work(signal));
  }

  #failed(event: string, why: KeyringFailure, what: "notKept" | "notUnlocked" | "notForgotten"): void {
    if (why === "givenUp") return;
    this.#options.logger.warn(event, { why });
    this.#setNotice(texts.signIn.keyring[what]);
  }

  #end(): void {
    if (this.#lookUp.name === "lookingUp" || this.#lookUp.name === "waiting") this.#lookUp.cancel();
    if (this.#lookUp.name !== "idle") this.#become({ name: "idle" });
  }

  #become(lookUp: LookUp): void {
    this.#lookUp = lookUp;
    this.#options.changed();
  }

  #setNotice(notice: string | null): void {
    if (this.#notice === notice) return;
    this.#notice = notice;
    this.#options.changed();
  }
}

function problemLabel(why: KeyringFailure | "missing"): string {
  return why === "givenUp" ? "" : texts.signIn.keyring.problems[why];
}
