import { readAddress, type SignInAddress } from "../account/address.ts";
import type { AppSettingsStore } from "../account/app-settings.ts";
import type { SecretPlace, SecretStore } from "../account/secrets.ts";
import { problemOfServer } from "../account/server-address.ts";
import type { Doorbell } from "../doorbell.ts";
import { Refusal } from "../ipc/router.ts";
import type { Logger } from "../ports.ts";
import type { Session } from "../ucwa/session.ts";

/** Who signs in, where. */
export interface Account {
  readonly address: string;
  readonly server: string | null;
  readonly trusted: readonly string[];
  readonly password: () => Promise<string | null>;
}

export interface SignInOptions {
  readonly doorbell: Doorbell;
  readonly settings: AppSettingsStore;
  /** Opening a keychain may take seconds; nobody waits for it before it is needed. */
  readonly secrets: Promise<SecretStore>;
  readonly logger: Logger;
  /** Builds a session that tells the doorbell; nothing is sent before it is started. */
  readonly createSession: (account: Account) => Session;
  /** What `place` or `wasOnline` say has changed. */
  readonly changed: () => void;
}

export interface SignInForm {
  readonly address: string;
  readonly server: string;
  readonly password: string;
  readonly remember: boolean;
}

/**
 * Who is signed in. One session at a time: the next one is built when the last one has signed out. A password is kept
 * in the keychain only once a server has accepted it, and only if the person wants that.
 */
export class SignIn {
  readonly #options: SignInOptions;
  #session: Session | null = null;
  #account: Account | null = null;
  #toRemember: { readonly address: string; readonly password: string } | null = null;
  #place: SecretPlace = { kind: "keychain", detail: "" };
  #wasOnline = false;
  /** Everything that replaces or ends a session, one after the other. */
  #turn: Promise<void> = Promise.resolve();

  constructor(options: SignInOptions) {
    this.#options = options;
    void options.secrets.then((secrets) => {
      this.#place = secrets.place;
      options.changed();
    });
    options.doorbell.subscribe(({ session }, previous) => {
      if (session.name === previous.session.name || session.name !== "online") return;
      this.#wasOnline = true;
      this.#remember();
    });
  }

  /** Where passwords are kept. */
  get place(): SecretPlace {
    return this.#place;
  }

  /** It has been online since the sign-in. */
  get wasOnline(): boolean {
    return this.#wasOnline;
  }

  /** At the start of the program: signs in with what is kept, if anything is. */
  resume(): Promise<void> {
    return this.#inTurn(async () => {
      const { address: typed, server } = this.#options.settings.current;
      const read = typed === null ? null : readAddress(typed);
      if (read === null || !read.ok || this.#session !== null) return;
      const { address } = read.value;
      const secrets = await this.#options.secrets;
      const password = await secrets.get(address).catch(() => null);
      if (password === null) return;
      this.#begin(read.value, server, async () => password);
    });
  }

  /** Throws `Refusal` when something typed cannot be used; how the sign-in goes is told by the state. */
  signIn({ address: typed, server: typedServer, password, remember }: SignInForm): Promise<void> {
    const read = readAddress(typed);
    if (!read.ok) throw new Refusal("invalid", read.message);
    const server = typedServer.trim() === "" ? null : typedServer.trim();
    const problem = server === null ? null : problemOfServer(server, "The server address");
    if (problem !== null) throw new Refusal("invalid", problem);
    const { address } = read.value;
    return this.#inTurn(async () => {
      await this.#end();
      this.#save({ address: typed.trim(), server });
      this.#toRemember = remember ? { address, password } : null;
      // A keychain that asks to be unlocked must not keep anybody from signing in.
      if (!remember) void this.#forget(address);
      this.#begin(read.value, server, async () => password);
    });
  }

  /** Signs out and takes the password out of the keychain. */
  signOut(): Promise<void> {
    return this.#inTurn(async () => {
      const account = this.#account;
      await this.#end();
      if (account !== null) await this.#forget(account.address);
    });
  }

  /** Goes on past the origin that the sign-in stopped at. Throws `Refusal` for any other. */
  trust(origin: string): Promise<void> {
    const { session } = this.#options.doorbell.state;
    const account = this.#account;
    if (session.name !== "attention" || session.origin !== origin || account === null)
      throw new Refusal("invalid", "Nobody asked about this server.");
    const read = readAddress(account.address);
    if (!read.ok) throw new Refusal("invalid", read.message);
    return this.#inTurn(async () => {
      const known = this.#options.settings.current.trustedOrigins;
      const own = new Set([...(known[read.value.domain] ?? []), origin]);
      this.#save({ trustedOrigins: { ...known, [read.value.domain]: [...own] } });
      const toRemember = this.#toRemember;
      await this.#end();
      this.#toRemember = toRemember;
      this.#begin(read.value, account.server, account.password);
    });
  }

  tryNow(): void {
    this.#session?.tryNow();
  }

  /** The machine woke up, or the network came back. */
  resumed(): void {
    this.#session?.resumed();
  }

  /** Ends the session on the server, but keeps what is needed to sign in again. */
  close(): Promise<void> {
    return this.#inTurn(() => this.#end());
  }

  #begin(address: SignInAddress, server: string | null, password: Account["password"]): void {
    const trusted = this.#options.settings.current.trustedOrigins[address.domain] ?? [];
    const account = { address: address.address, server, trusted, password };
    const session = this.#options.createSession(account);
    this.#account = account;
    this.#session = session;
    this.#wasOnline = false;
    this.#options.doorbell.attach(session);
    session.start();
  }

  async #end(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    this.#account = null;
    this.#toRemember = null;
    await session?.signOut();
  }

  #remember(): void {
    const kept = this.#toRemember;
    this.#toRemember = null;
    if (kept === null) return;
    void this.#options.secrets
      .then((secrets) => secrets.set(kept.address, kept.password))
      .catch(() => this.#options.logger.warn("signIn.passwordNotKept"));
  }

  async #forget(address: string): Promise<void> {
    const secrets = await this.#options.secrets;
    await secrets.delete(address).catch(() => this.#options.logger.warn("signIn.passwordNotForgotten"));
  }

  /** A full disk must not keep anybody from signing in. */
  #save(change: Parameters<AppSettingsStore["change"]>[0]): void {
    try {
      this.#options.settings.change(change);
    } catch (error) {
      this.#options.logger.error("settings.notWritten", {
        error: error instanceof Error ? error.name : "unknown",
      });
    }
    this.#options.changed();
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}
