import { texts } from "../../../locales/texts.ts";
import { readAddress, type SignInAddress } from "../../account/address.ts";
import type { KeptPasswordOwner } from "../../account/app-settings.ts";
import type { SecretStore } from "../../account/secrets.ts";
import { problemOfServer } from "../../account/server-address.ts";
import { approvedOrigins } from "../../account/settings.ts";
import type { Doorbell } from "../../core/doorbell.ts";
import type { Leaving } from "../../invitations/machine/inbox-event.ts";
import { Refusal } from "../../ipc/router.ts";
import type { Clock } from "../../platform/ports.ts";
import { originOf } from "../../ucwa/http/urls.ts";
import type { Session } from "../../ucwa/session.ts";
import { integratedHosts } from "./integrated-hosts.ts";
import { KeptPassword } from "./kept-password.ts";
import { ownHosts } from "./own-hosts.ts";
import { SignInQuestions, type SignInQuestionsParts } from "./sign-in-questions.ts";
import { keptSecret, NO_SECRET, typedSecret, type Secret } from "./sign-in-secret.ts";
import { SignInSettings, type SignInSettingsOptions } from "./sign-in-settings.ts";

/** Who signs in, where. */
export interface Account {
  readonly address: string;
  readonly server: string | null;
  readonly trusted: readonly string[];
  /** What may be sent to this address; null for a sign-in by the Windows session or the organisation's page. */
  readonly password: (url: string) => Promise<string | null>;
  /** Whether this address may be shown the Windows session of this computer, which the person is asked the first time. */
  readonly windowsSession: (url: string) => Promise<boolean>;
  /** Where the search for the server ended last time. */
  readonly applications: string | null;
  /** Where it ended now; null when that leads nowhere any more. */
  readonly discovered: (applications: string | null) => void;
}

/** What the network stack knows of the person, which lasts from the beginning of an account to its end. */
export interface PersonalNetwork {
  begin(person: {
    /** Whether a host is of the person's organisation. */
    readonly isOwn: (hostname: string) => boolean;
    /** A page of this address wants to know who the person is: whether it may be shown the Windows session from now on. */
    readonly unauthorized: (url: string) => Promise<boolean>;
  }): void;
  /** These hosts are shown the Windows session when they ask; as in `allowNTLMCredentialsForDomains`. */
  showWindowsSession(patterns: string): void;
  /** Its cookies, its open pages, its Windows session, its certificates: nothing is left for the next account. */
  forget(): Promise<void>;
}

export interface SignInOptions extends SignInSettingsOptions, Pick<SignInQuestionsParts, "ask" | "platform"> {
  readonly doorbell: Doorbell;
  readonly clock: Clock;
  readonly secrets: SecretStore;
  /** Brings the sign-in form to the person: a remembered sign-in did not happen. */
  readonly show: () => void;
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

/**
 * Who is signed in. One session at a time: the next one is built when the last one has signed out. A password is kept
 * in the keyring only once a server has accepted it, and only if the person wants that.
 */
export class SignIn {
  readonly settings: SignInSettings;
  /** The password in the keyring. */
  readonly kept: KeptPassword;
  readonly #options: SignInOptions;
  readonly #questions: SignInQuestions;
  #session: Session | null = null;
  #account: Account | null = null;
  #secret: Secret = NO_SECRET;
  /** The password of the sign-in under way, if it is to be kept. */
  #toRemember: string | null = null;
  #wasOnline = false;
  #actedAt = Number.NEGATIVE_INFINITY;
  /** Everything that replaces or ends a session, one after the other. */
  #turn: Promise<void> = Promise.resolve();

  constructor(options: SignInOptions) {
    this.#options = options;
    this.settings = new SignInSettings(options);
    this.kept = new KeptPassword({ ...options, settings: this.settings });
    this.#questions = new SignInQuestions({ ...options, settings: this.settings });
    options.doorbell.subscribe(({ session }, previous) => {
      if (session.name === previous.session.name) return;
      // The form stands there from now on, and says whether a password can be kept.
      if (session.name === "signedOut" || session.name === "attention") this.kept.look();
      if (session.name !== "online") return;
      this.#wasOnline = true;
      this.#succeeded();
    });
  }

  /** It has been online since the sign-in. */
  get wasOnline(): boolean {
    return this.#wasOnline;
  }

  /** The sign-in under way has no password; when there is none under way, the last one that succeeded. */
  get withoutPassword(): boolean {
    return this.#account === null ? this.settings.current.withoutPassword : this.#secret === NO_SECRET;
  }

  /** The person has asked for this sign-in just now, and waits for it. */
  get attended(): boolean {
    return this.#options.clock.now() - this.#actedAt < ATTENDED_MS;
  }

  /**
   * At the start of the program: signs in as it did without a password, or once the keyring has given the kept one.
   * Settles when that is begun, and never waits for a person.
   */
  resume(): Promise<void> {
    this.kept.look();
    return this.#inTurn(async () => {
      const { address: typed, server, withoutPassword } = this.settings.current;
      const read = typed === null ? null : readAddress(typed);
      if (read === null || !read.ok || this.#session !== null) return;
      const { address } = read.value;
      if (withoutPassword) return this.#begin(read.value, server, NO_SECRET);
      const owner = this.kept.ownerFor({ address, server });
      if (owner !== null) void this.#beginWithKept(read.value, owner);
    });
  }

  /** Whatever the person wants meanwhile gives the look-up up, which then finds nothing. */
  async #beginWithKept(address: SignInAddress, owner: KeptPasswordOwner): Promise<void> {
    const password = await this.kept.lookUp(owner);
    if (password === null) return;
    const ofDomain = integratedHosts(address.domain, null);
    const may = (url: string) => ofDomain.allows(url) || this.#questions.keptPassword(originOf(url), owner);
    const secret = keptSecret(password, owner, may);
    await this.#inTurn(async () => this.#begin(address, owner.server, secret));
  }

  /** Throws `Refusal` when something typed cannot be used; how the sign-in goes is told by the state. */
  signIn({ address: typed, server: typedServer, password, remember }: SignInForm): Promise<void> {
    const read = readAddress(typed);
    if (!read.ok) throw new Refusal("invalid", read.message);
    const server = typedServer.trim() === "" ? null : typedServer.trim();
    const problem = server === null ? null : problemOfServer(server, texts.signIn.serverAddress);
    if (problem !== null) throw new Refusal("invalid", problem);
    const { address } = read.value;
    const keep = remember && password !== "";
    this.#actedAt = this.#options.clock.now();
    this.kept.giveUp();
    return this.#inTurn(async () => {
      await this.#end();
      await this.#forgetPerson();
      const withoutPassword = password === "" && this.settings.current.withoutPassword;
      this.settings.save({ address: typed.trim(), server, withoutPassword, discovered: null });
      this.#toRemember = keep ? password : null;
      this.kept.forget(keep ? { address, server } : null);
      this.#begin(read.value, server, password === "" ? NO_SECRET : typedSecret(password));
    });
  }

  /** Signs out and takes the password out of the keyring; the next start signs nobody in. */
  signOut(): Promise<void> {
    this.kept.giveUp();
    return this.#inTurn(async () => {
      await this.#end();
      await this.#forgetPerson();
      this.settings.save({ withoutPassword: false, discovered: null });
      this.kept.forget();
    });
  }

  /** Goes on past the origin that the sign-in stopped at. Throws `Refusal` for any other. */
  trust(origin: string): Promise<void> {
    const { session } = this.#options.doorbell.state;
    const account = this.#account;
    if (session.name !== "attention" || session.origin !== origin || account === null)
      throw new Refusal("invalid", texts.signIn.notAsked);
    const read = readAddress(account.address);
    if (!read.ok) throw new Refusal("invalid", read.message);
    this.#actedAt = this.#options.clock.now();
    return this.#inTurn(async () => {
      this.settings.trust(read.value.domain, origin);
      const [toRemember, secret] = [this.#toRemember, this.#secret];
      await this.#end();
      this.#toRemember = toRemember;
      this.#begin(read.value, account.server, secret);
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
  async close(): Promise<void> {
    const signedOut = this.#inTurn(async () => {
      await this.#end("quit");
      await this.#forgetPerson();
    });
    await Promise.all([signedOut, this.kept.close()]);
  }

  #begin(address: SignInAddress, server: string | null, secret: Secret): void {
    const { network } = this.#options;
    const questions = this.#questions;
    const hosts = integratedHosts(address.domain, server);
    const account: Account = {
      address: address.address,
      server,
      password: secret.password,
      trusted: approvedOrigins(this.settings.current, address.domain),
      windowsSession: async (url) => {
        if (!hosts.allows(url) || !(await questions.windowsSession(hosts))) return false;
        if (this.#account !== account) return false;
        network.showWindowsSession(hosts.patterns);
        return true;
      },
      applications: this.settings.applications(address.address, server),
      discovered: (applications) => {
        if (this.#account === account) this.settings.discovered(account.address, server, applications);
      },
    };
    network.begin({
      isOwn: ownHosts(address.domain, server),
      unauthorized: async (url) => !questions.isKnown(hosts) && (await account.windowsSession(url)),
    });
    if (questions.isKnown(hosts)) network.showWindowsSession(hosts.patterns);
    const session = this.#options.createSession(account);
    this.#account = account;
    this.#secret = secret;
    this.#session = session;
    this.#wasOnline = false;
    this.#options.doorbell.attach(session);
    session.start();
  }

  async #end(leaving: Leaving = "signOut"): Promise<void> {
    const session = this.#session;
    if (session !== null) this.#options.doorbell.leave(leaving);
    this.#questions.forget();
    this.#session = null;
    this.#account = null;
    this.#secret = NO_SECRET;
    this.#toRemember = null;
    await session?.signOut();
  }

  #succeeded(): void {
    const withoutPassword = this.#account !== null && this.#secret === NO_SECRET;
    if (this.settings.current.withoutPassword !== withoutPassword) this.settings.save({ withoutPassword });
    const password = this.#toRemember;
    this.#toRemember = null;
    if (this.#account === null) return;
    const { origins } = this.#secret;
    if (password === null) this.kept.accepted(this.#account, origins);
    else {
      const { address, server } = this.#account;
      this.kept.keep({ address, server, origins: [...origins] }, password);
    }
  }

  async #forgetPerson(): Promise<void> {
    await this.#options.network.forget().catch(() => this.#options.logger.warn("signIn.personNotForgotten"));
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}
