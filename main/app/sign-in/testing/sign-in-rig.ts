import { AppSettingsStore, type SettingsFile } from "../../../account/app-settings.ts";
import { MemoryKeyring } from "../../../account/testing/memory-keyring.ts";
import type { Question } from "../../../desktop/message-box.ts";
import { Doorbell } from "../../../core/doorbell.ts";
import { SILENT_LOGGER } from "../../../testing/rig.ts";
import { ScriptedSession } from "../../../testing/scripted-session.ts";
import { VirtualClock } from "../../../testing/virtual-clock.ts";
import type { Session } from "../../../ucwa/session.ts";
import type { SessionState } from "../../../ucwa/session-port.ts";
import { systemRandom } from "../../../platform/system.ts";
import { SignIn, type Account } from "../sign-in.ts";

/** What a person typed, who wants the password kept. */
export const FORM = { address: " Tosh@Contoso.example ", server: "", password: "secret", remember: true };
/** Where the pool gives its tokens. */
export const POOL = "https://pool.contoso.example/oauthtoken";
/** The person is asked about a server. */
export const QUESTION: SessionState = {
  name: "attention",
  reason: "untrustedServer",
  detail: "Who is that?",
  origin: "https://pool.elsewhere.example",
};

/** Says what it is told to say, to the doorbell that it was built for. */
class ToldSession extends ScriptedSession implements Session {
  override state: SessionState = { name: "signedOut" };
  readonly #doorbell: Doorbell;
  readonly account: Account;
  tries = 0;

  constructor(doorbell: Doorbell, account: Account) {
    super(new VirtualClock(), doorbell);
    this.#doorbell = doorbell;
    this.account = account;
  }

  say(state: SessionState): void {
    this.state = state;
    this.#doorbell.stateChanged(state);
  }

  start(): void {
    this.say({ name: "discovering" });
  }

  resumed(): void {
    this.tries += 1;
  }
}

/** The settings of somebody whose password is kept. */
export const KEPT = {
  address: "tosh@contoso.example",
  server: null,
  keptPassword: { address: "tosh@contoso.example", server: null, origins: ["https://pool.contoso.example"] },
};
/** What the keyring of that person holds. */
export const PASSWORDS = { "tosh@contoso.example": "kept" };

/** A sign-in with settings and a keyring in memory, sessions that say what they are told, and boxes that wait. */
export function rig(stored: Record<string, unknown> = {}, passwords: Record<string, string> = {}) {
  const doorbell = new Doorbell({ clock: new VirtualClock(), random: systemRandom, logger: SILENT_LOGGER });
  const keyring = new MemoryKeyring(passwords);
  const values = new Map(Object.entries(stored));
  const file: SettingsFile = {
    directory: "/nonexistent",
    get: (key) => values.get(key),
    set: (key, value) => {
      if (full.now) throw new Error("no space");
      values.set(key, value);
    },
  };
  const full = { now: false };
  const settings = new AppSettingsStore(file);
  // The keys that the command line reads come from the disk.
  settings.change(stored);
  const sessions: ToldSession[] = [];
  const clock = new VirtualClock();
  const network: string[] = [];
  let shown = 0;
  let unauthorized = async (_url: string): Promise<boolean> => false;
  /** The boxes of the system's own, and how each is answered. */
  const boxes: { readonly question: Question; readonly press: (button: number) => void }[] = [];
  const signIn = new SignIn({
    doorbell,
    platform: "linux",
    ask: (question) =>
      new Promise((resolve) => {
        question.signal?.addEventListener("abort", () => resolve(0));
        boxes.push({ question, press: resolve });
      }),
    settings,
    secrets: keyring.store(clock),
    show: () => void (shown += 1),
    clock,
    network: {
      begin: (person) => {
        network.push("begun");
        unauthorized = person.unauthorized;
      },
      showWindowsSession: (patterns) => void network.push(patterns),
      forget: async () => void network.push("forgotten"),
    },
    logger: SILENT_LOGGER,
    changed: () => undefined,
    createSession: (account) => {
      const session = new ToldSession(doorbell, account);
      sessions.push(session);
      return session;
    },
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    clock,
    doorbell,
    signIn,
    sessions,
    keyring,
    kept: keyring.passwords,
    values,
    settle,
    network,
    boxes,
    unauthorized: (url: string) => unauthorized(url),
    asked: keyring.questions,
    settings,
    shown: () => shown,
    full,
  };
}
