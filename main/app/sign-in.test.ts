import { describe, expect, it } from "vitest";

import { AppSettingsStore, type SettingsFile } from "../account/app-settings.ts";
import type { SecretStore } from "../account/secrets.ts";
import { Doorbell } from "../doorbell.ts";
import { Refusal } from "../ipc/router.ts";
import { ScriptedSession, SILENT_LOGGER } from "../testing/rig.ts";
import { VirtualClock } from "../testing/virtual-clock.ts";
import type { Session } from "../ucwa/session.ts";
import type { SessionState } from "../ucwa/session-port.ts";
import { SignIn, type Account } from "./sign-in.ts";

const FORM = { address: " Tosh@Contoso.example ", server: "", password: "secret", remember: true };
const QUESTION: SessionState = {
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
    super();
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

  override async signOut(): Promise<void> {
    await Promise.resolve();
    this.say({ name: "signedOut" });
  }
}

function rig(stored: Record<string, unknown> = {}, passwords: Record<string, string> = {}) {
  const doorbell = new Doorbell({ clock: new VirtualClock(), logger: SILENT_LOGGER });
  const kept = new Map(Object.entries(passwords));
  const values = new Map(Object.entries(stored));
  const file: SettingsFile = {
    directory: "/nonexistent",
    get: (key) => values.get(key),
    set: (key, value) => void values.set(key, value),
  };
  const settings = new AppSettingsStore(file);
  // The keys that the command line reads come from the disk.
  settings.change(stored);
  const secrets: SecretStore = {
    place: { kind: "keychain", detail: "" },
    get: async (account) => kept.get(account) ?? null,
    set: async (account, secret) => void kept.set(account, secret),
    delete: async (account) => void kept.delete(account),
  };
  const sessions: ToldSession[] = [];
  const signIn = new SignIn({
    doorbell,
    settings,
    secrets: Promise.resolve(secrets),
    logger: SILENT_LOGGER,
    changed: () => undefined,
    createSession: (account) => {
      const session = new ToldSession(doorbell, account);
      sessions.push(session);
      return session;
    },
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { doorbell, signIn, sessions, kept, values, settle };
}

describe("signing in", () => {
  it("begins a session with what was typed, and keeps address and server but not the password", async () => {
    const { signIn, sessions, values, kept } = rig();
    await signIn.signIn({ ...FORM, server: " https://lync.contoso.example " });
    expect(sessions[0]?.account).toMatchObject({
      address: "tosh@contoso.example",
      server: "https://lync.contoso.example",
    });
    expect(await sessions[0]!.account.password()).toBe("secret");
    expect(JSON.stringify([...values])).not.toContain("secret");
    expect([...kept]).toEqual([]);
  });

  it("puts the password in the keychain once a server has accepted it, if it may", async () => {
    const { signIn, sessions, kept, settle } = rig();
    await signIn.signIn(FORM);
    sessions[0]!.say({ name: "online", generation: 1 });
    await settle();
    expect([...kept]).toEqual([["tosh@contoso.example", "secret"]]);

    await signIn.signIn({ ...FORM, remember: false });
    sessions[1]!.say({ name: "online", generation: 1 });
    await settle();
    expect([...kept]).toEqual([]);
  });

  it("never keeps a password that was refused", async () => {
    const { signIn, sessions, kept, settle } = rig();
    await signIn.signIn(FORM);
    sessions[0]!.say({ name: "attention", reason: "badCredentials", detail: "No." });
    await signIn.signOut();
    await settle();
    expect([...kept]).toEqual([]);
  });

  it.each([
    [{ ...FORM, address: "tosh" }, /name@example.com/],
    [{ ...FORM, server: "lync" }, /address of a server/],
    [{ ...FORM, server: "http://lync.contoso.example" }, /in the clear/],
  ])("refuses %o before anything happens", (form, sentence) => {
    const { signIn, sessions } = rig();
    expect(() => signIn.signIn(form)).toThrow(Refusal);
    expect(() => signIn.signIn(form)).toThrow(sentence);
    expect(sessions).toEqual([]);
  });

  it("takes turns: the next session begins when the last one has signed out", async () => {
    const { signIn, sessions, doorbell } = rig();
    const first = signIn.signIn(FORM);
    const second = signIn.signIn({ ...FORM, address: "lene@contoso.example" });
    await Promise.all([first, second]);
    expect(sessions.map(({ state }) => state.name)).toEqual(["signedOut", "discovering"]);
    expect(doorbell.state.session.name).toBe("discovering");
  });

  it("resumes at the next start with what is kept, and stays signed out without", async () => {
    const stored = { address: "tosh@contoso.example", server: null };
    const with_ = rig(stored, { "tosh@contoso.example": "kept" });
    await with_.signIn.resume();
    expect(await with_.sessions[0]?.account.password()).toBe("kept");
    const without = rig(stored);
    await without.signIn.resume();
    expect(without.sessions).toEqual([]);
  });

  it("forgets the password at sign-out, and keeps it when the program only ends", async () => {
    const { signIn, kept } = rig({ address: "tosh@contoso.example" }, { "tosh@contoso.example": "kept" });
    await signIn.resume();
    await signIn.close();
    expect(kept.size).toBe(1);
    await signIn.resume();
    await signIn.signOut();
    expect(kept.size).toBe(0);
  });

  it("goes on past a server that the person vouches for, with the same password, and remembers it", async () => {
    const { signIn, sessions, values } = rig();
    await signIn.signIn(FORM);
    sessions[0]!.say(QUESTION);
    expect(() => signIn.trust("https://evil.example")).toThrow(Refusal);
    await signIn.trust("https://pool.elsewhere.example");
    expect(sessions[1]?.account.trusted).toEqual(["https://pool.elsewhere.example"]);
    expect(await sessions[1]!.account.password()).toBe("secret");
    expect(values.get("trustedOrigins")).toEqual({ "contoso.example": ["https://pool.elsewhere.example"] });
  });
});
