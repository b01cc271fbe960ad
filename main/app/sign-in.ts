import { readAddress, type SignInAddress } from "../account/address.ts";
import type { SecretPlace, SecretStore } from "../account/secrets.ts";
import { problemOfServer } from "../account/server-address.ts";
import { approvedOrigins } from "../account/settings.ts";
import type { Doorbell } from "../doorbell.ts";
import { Refusal } from "../ipc/router.ts";
import type { Clock } from "../ports.ts";
import type { Session } from "../ucwa/session.ts";
import { integratedHosts, type IntegratedHosts } from "./integrated-hosts.ts";
import { SignInSettings, type SignInSettingsOptions } from "./sign-in-settings.ts";

/** Who signs in, where. */
export interface Account {
  readonly address: string;
  readonly server: string | null;
  readonly trusted: readonly string[];
  /** Null for a sign-in by the Windows session or the organisation's page. */
  readonly password: () => Promise<string | null>;
  /** Who may be shown the Windows session of this computer. */
  readonly integrated: IntegratedHosts;
  /** Where the search for the server ended last time. */
  readonly applications: string | null;
  /** Where it ended now; null when that leads nowhere any more. */
  readonly discovered: (applications: string | null) => void;
}

/** What the network stack knows of the person, which lasts from the beginning of an account to its end. */
export interface PersonalNetwork {
  begin(integrated: IntegratedHosts): void;
  /** Its cookies, its open pages, its Windows session: nothing is left for the next account. */
  forget(): Promise<void>;
}

export interface SignInOptions extends SignInSettingsOptions {
  readonly doorbell: Doorbell;
  readonly clock: Clock;
  /** Opening a keychain may take seconds; nobody waits for it before it is needed. */
  readonly secrets: Promise<SecretStore>;
  readonly network: PersonalNetwork;
  /** Builds a session that tells the doorbell; nothing is sent before it is started. */
  readonly createSession: (account: Account) => Session;
}

export interface SignInForm {
  readonly address: string;
  readonly server: string;
  /** Empty to sign in without one. */
  readonly password: string;
  readonly remember: boolean;
}

/** For so long after a click, a window that opens because of it may take the focus. */
const ATTENDED_MS = 60_000;
const NO_PASSWORD: Account["password"] = async () => null;

function isWithoutPassword({ password }: Account): boolean {
  return password === NO_PASSWORD;
}

/**
 * Who is signed in. One session at a time: the next one is built when the last one has signed out. A password is kept
 * in the keychain only once a server has accepted it, and only if the person wants that.
 */
export class SignIn {
  readonly settings: SignInSettings;
  readonly #options: SignInOptions;
  #session: Session | null = null;
  #account: Account | null = null;
  #toRemember: { readonly address: string; readonly password: string } | null = null;
  #place: SecretPlace = { kind: "keychain", detail: "" };
  #wasOnline = false;
  #actedAt = Number.NEGATIVE_INFINITY;
  /** Everything that replaces or ends a session, one after the other. */
  #turn: Promise<void> = Promise.resolve();

  constructor(options: SignInOptions) {
    this.#options = options;
    this.settings = new SignInSettings(options);
    void options.secrets.then((secrets) => {
      this.#place = secrets.place;
      options.changed();
    });
    options.doorbell.subscribe(({ session }, previous) => {
      if (session.name === previous.session.name || session.name !== "online") return;
      this.#wasOnline = true;
      this.#succeeded();
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

  /** The sign-in under way has no password; when there is none under way, the last one that succeeded. */
  get withoutPassword(): boolean {
    return this.#account === null ? this.settings.current.withoutPassword : isWithoutPassword(this.#account);
  }

  /** The person has asked for this sign-in just now, and waits for it. */
  get attended(): boolean {
    return this.#options.clock.now() - this.#actedAt < ATTENDED_MS;
  }

  /** At the start of the program: signs in with what is kept, or as it did without a password. */
  resume(): Promise<void> {
    return this.#inTurn(async () => {
      const { address: typed, server, withoutPassword } = this.settings.current;
      const read = typed === null ? null : readAddress(typed);
      if (read === null || !read.ok || this.#session !== null) return;
      const { address } = read.value;
      // A keychain that waits to be unlocked is not even asked.
      if (withoutPassword) return this.#begin(read.value, server, NO_PASSWORD);
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
    const keep = remember && password !== "";
    this.#actedAt = this.#options.clock.now();
    return this.#inTurn(async () => {
      await this.#end();
      await this.#forgetPerson();
      const withoutPassword = password === "" && this.settings.current.withoutPassword;
      this.settings.save({ address: typed.trim(), server, withoutPassword, discovered: null });
      this.#toRemember = keep ? { address, password } : null;
      // A keychain that asks to be unlocked must not keep anybody from signing in.
      if (!keep) void this.#forget(address);
      this.#begin(read.value, server, password === "" ? NO_PASSWORD : async () => password);
    });
  }

  /** Signs out and takes the password out of the keychain; the next start signs nobody in. */
  signOut(): Promise<void> {
    return this.#inTurn(async () => {
      const account = this.#account;
      await this.#end();
      await this.#forgetPerson();
      this.settings.save({ withoutPassword: false, discovered: null });
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
    this.#actedAt = this.#options.clock.now();
    return this.#inTurn(async () => {
      this.settings.trust(read.value.domain, origin);
      const toRemember = this.#toRemember;
      await this.#end();
      this.#toRemember = toRemember;
      this.#begin(read.value, account.server, account.password);
    });
  }

  tryNow(): void {
    this.#actedAt = this.#options.clock.now();
    this.#session?.tryNow();
  }

  /** The machine woke up, or the network came back. */
  resumed(): void {
    this.#session?.resumed();
  }

  /** Ends the session on the server, but keeps what is needed to sign in again. */
  close(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#end();
      await this.#forgetPerson();
    });
  }

  #begin(address: SignInAddress, server: string | null, password: Account["password"]): void {
    const account: Account = {
      address: address.address,
      server,
      password,
      trusted: approvedOrigins(this.settings.current, address.domain),
      integrated: integratedHosts(address.domain, server),
      applications: this.settings.applications(address.address, server),
      discovered: (applications) => {
        if (this.#account === account) this.settings.discovered(account.address, server, applications);
      },
    };
    this.#options.network.begin(account.integrated);
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

  #succeeded(): void {
    const withoutPassword = this.#account !== null && isWithoutPassword(this.#account);
    if (this.settings.current.withoutPassword !== withoutPassword) this.settings.save({ withoutPassword });
    const kept = this.#toRemember;
    this.#toRemember = null;
    if (kept === null) return;
    void this.#options.secrets
      .then((secrets) => secrets.set(kept.address, kept.password))
      .catch(() => this.#options.logger.warn("signIn.passwordNotKept"));
  }

  async #forgetPerson(): Promise<void> {
    await this.#options.network.forget().catch(() => this.#options.logger.warn("signIn.personNotForgotten"));
  }

  async #forget(address: string): Promise<void> {
    const secrets = await this.#options.secrets;
    await secrets.delete(address).catch(() => this.#options.logger.warn("signIn.passwordNotForgotten"));
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}
