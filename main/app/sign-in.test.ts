import { describe, expect, it } from "vitest";

import { AppSettingsStore, type SettingsFile } from "../account/app-settings.ts";
import { MemoryKeyring } from "../account/testing/memory-keyring.ts";
import type { Question } from "../desktop/message-box.ts";
import { Doorbell } from "../core/doorbell.ts";
import { Refusal } from "../ipc/router.ts";
import { started } from "../testing/invitation-events.ts";
import { SILENT_LOGGER } from "../testing/rig.ts";
import { ScriptedSession } from "../testing/scripted-session.ts";
import { VirtualClock } from "../testing/virtual-clock.ts";
import type { Session } from "../ucwa/session.ts";
import type { SessionState } from "../ucwa/session-port.ts";
import { systemRandom } from "../platform/system.ts";
import { SignIn, type Account } from "./sign-in.ts";

const FORM = { address: " Tosh@Contoso.example ", server: "", password: "secret", remember: true };
const POOL = "https://pool.contoso.example/oauthtoken";
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
const KEPT = {
  address: "tosh@contoso.example",
  server: null,
  keptPassword: { address: "tosh@contoso.example", server: null, origins: ["https://pool.contoso.example"] },
};
const PASSWORDS = { "tosh@contoso.example": "kept" };

function rig(stored: Record<string, unknown> = {}, passwords: Record<string, string> = {}) {
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

describe("signing in", () => {
  it("begins a session with what was typed, and keeps address and server but not the password", async () => {
    const { signIn, sessions, values, kept, boxes } = rig();
    await signIn.signIn({ ...FORM, server: " https://lync.contoso.example " });
    expect(sessions[0]?.account).toMatchObject({
      address: "tosh@contoso.example",
      server: "https://lync.contoso.example",
    });
    expect(await sessions[0]!.account.password(POOL)).toBe("secret");
    // It was typed into the page, which knows it.
    expect(await sessions[0]!.account.password("https://pool.elsewhere.example/")).toBe("secret");
    expect(boxes).toEqual([]);
    expect(JSON.stringify([...values])).not.toContain("secret");
    expect([...kept]).toEqual([]);
  });

  it("puts the password in the keyring once a server has accepted it, if it may", async () => {
    const { signIn, sessions, kept, values, settle } = rig();
    await signIn.signIn(FORM);
    await sessions[0]!.account.password(POOL);
    sessions[0]!.say({ name: "online", generation: 1 });
    await settle();
    expect([...kept]).toEqual([["tosh@contoso.example", "secret"]]);
    expect(values.get("keptPassword")).toEqual(KEPT.keptPassword);

    await signIn.signIn({ ...FORM, remember: false });
    sessions[1]!.say({ name: "online", generation: 1 });
    await settle();
    expect([...kept]).toEqual([]);
    expect(values.get("keptPassword")).toBeNull();
  });

  it("never keeps a password that was refused", async () => {
    const { signIn, sessions, kept, settle } = rig();
    await signIn.signIn(FORM);
    sessions[0]!.say({ name: "attention", reason: "badCredentials", detail: "No." });
    await signIn.signOut();
    await settle();
    expect([...kept]).toEqual([]);
  });

  it("goes on without its settings on the disk: a trusted server is not asked about again", async () => {
    const { signIn, sessions, settings, full } = rig();
    full.now = true;
    await signIn.signIn(FORM);
    expect(settings.current.address).toBe("Tosh@Contoso.example");
    sessions[0]!.say(QUESTION);
    await signIn.trust("https://pool.elsewhere.example");
    expect(sessions[1]?.account.trusted).toEqual(["https://pool.elsewhere.example"]);
    expect(settings.problems).toEqual(["Doorbell cannot save its settings in /nonexistent."]);
  });

  it.each([
    [{ ...FORM, address: "tosh" }, /name@example.com/],
    [{ ...FORM, server: "lync" }, /must look like/],
    [{ ...FORM, server: "http://lync.contoso.example" }, /must use https:/],
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
    const with_ = rig(KEPT, PASSWORDS);
    await with_.signIn.resume();
    await with_.settle();
    expect(await with_.sessions[0]?.account.password(POOL)).toBe("kept");
    expect(with_.shown()).toBe(0);
    const without = rig(KEPT);
    await without.signIn.resume();
    await without.settle();
    expect(without.sessions).toEqual([]);
    expect(without.shown()).toBe(1);
  });

  it.each([
    { ...KEPT, keptPassword: null },
    { ...KEPT, keptPassword: { ...KEPT.keptPassword, address: "lene@contoso.example" } },
    { ...KEPT, server: "https://elsewhere.example" },
    { ...KEPT, address: null },
  ])("asks the keyring for nothing that it does not hold for this account: %o", async (stored) => {
    const { signIn, sessions, asked, settle, shown } = rig(stored, PASSWORDS);
    await signIn.resume();
    await settle();
    expect([asked, sessions, shown()]).toEqual([[], [], 0]);
  });

  it("signs in with a password that the keyring gives minutes later, and not when somebody signed in meanwhile", async () => {
    for (const meanwhile of [null, "signIn", "signOut", "close"] as const) {
      const { signIn, sessions, keyring, settle } = rig(KEPT, PASSWORDS);
      const unlocked = Promise.withResolvers<void>();
      keyring.prompt = unlocked.promise;
      await signIn.resume();
      if (meanwhile === "signIn") await signIn.signIn({ ...FORM, address: "lene@contoso.example" });
      else if (meanwhile !== null) await signIn[meanwhile]();
      unlocked.resolve();
      await settle();
      expect(sessions.map(({ account }) => account.address)).toEqual(
        meanwhile === null
          ? ["tosh@contoso.example"]
          : meanwhile === "signIn"
            ? ["lene@contoso.example"]
            : [],
      );
    }
  });

  it("forgets the password at sign-out, and keeps it when the program only ends", async () => {
    const { signIn, kept, settle } = rig(KEPT, PASSWORDS);
    await signIn.resume();
    await settle();
    await signIn.close();
    expect(kept.size).toBe(1);
    await signIn.resume();
    await settle();
    await signIn.signOut();
    await settle();
    expect(kept.size).toBe(0);
  });

  it("goes on past a server that the person approves, with the same password, and remembers it", async () => {
    const { signIn, sessions, values } = rig();
    await signIn.signIn(FORM);
    sessions[0]!.say(QUESTION);
    expect(() => signIn.trust("https://evil.example")).toThrow(Refusal);
    await signIn.trust("https://pool.elsewhere.example");
    expect(sessions[1]?.account.trusted).toEqual(["https://pool.elsewhere.example"]);
    expect(await sessions[1]!.account.password(POOL)).toBe("secret");
    expect(values.get("trustedOrigins")).toEqual({ "contoso.example": ["https://pool.elsewhere.example"] });
  });

  it("asks for each sign-in domain separately, takes a yes back, and trips over no odd domain", async () => {
    const { signIn, sessions, values } = rig({
      trustedOrigins: { "contoso.example": ["https://pool.elsewhere.example"] },
    });
    await signIn.signIn({ ...FORM, address: "tosh@constructor" });
    expect(sessions[0]?.account.trusted).toEqual([]);
    sessions[0]!.say(QUESTION);
    await signIn.trust("https://pool.elsewhere.example");
    expect(sessions[1]?.account.trusted).toEqual(["https://pool.elsewhere.example"]);
    expect(signIn.settings.trusted).toEqual(["https://pool.elsewhere.example"]);
    await signIn.signOut();
    signIn.settings.distrust("https://pool.elsewhere.example");
    expect(signIn.settings.trusted).toEqual([]);
    expect(values.get("trustedOrigins")).toEqual({ "contoso.example": ["https://pool.elsewhere.example"] });
    await signIn.signIn(FORM);
    expect(sessions[2]?.account.trusted).toEqual(["https://pool.elsewhere.example"]);
  });
});

describe("signing in without a password", () => {
  const OPEN = { ...FORM, password: "" };
  const STORED = { address: "tosh@contoso.example", server: null, withoutPassword: true };

  it("hands none to the session, and keeps none", async () => {
    const { signIn, sessions, kept, settle } = rig(KEPT, { "tosh@contoso.example": "of before" });
    await signIn.signIn(OPEN);
    expect(await sessions[0]!.account.password(POOL)).toBeNull();
    sessions[0]!.say({ name: "online", generation: 1 });
    await settle();
    expect([...kept]).toEqual([]);
  });

  it("is what the next start does once it has succeeded, and never before", async () => {
    const { signIn, sessions, values } = rig();
    await signIn.signIn(OPEN);
    expect(values.get("withoutPassword")).toBe(false);
    sessions[0]!.say({ name: "online", generation: 1 });
    expect(values.get("withoutPassword")).toBe(true);
    await signIn.close();
    await signIn.resume();
    expect(await sessions[1]!.account.password(POOL)).toBeNull();
    await signIn.signIn(FORM);
    expect(values.get("withoutPassword")).toBe(false);
  });

  it("does not ask a keyring at the start", async () => {
    const { signIn, sessions, asked } = rig(STORED, { "tosh@contoso.example": "kept" });
    await signIn.resume();
    expect(sessions).toHaveLength(1);
    expect(asked).toEqual([]);
  });

  it("is over with the sign-out: the next start signs nobody in", async () => {
    const { signIn, sessions } = rig(STORED);
    await signIn.resume();
    await signIn.signOut();
    await signIn.resume();
    expect(sessions).toHaveLength(1);
  });
});

describe("a page that was taken over", () => {
  const OPEN = { ...FORM, password: "" };
  const patterns = "contoso.example,*.contoso.example";

  it("shows the Windows session to no domain before the person has said yes outside of every page, once for each", async () => {
    const { signIn, sessions, boxes, network, values, settle } = rig();
    await signIn.signIn({ ...OPEN, server: "https://evil.example" });
    const [first] = sessions;
    // Not asked about, because it is of no use there.
    expect(await first!.account.windowsSession("https://evil.example/token")).toBe(false);
    expect(boxes).toEqual([]);
    const asked = [POOL, "https://contoso.example/"].map((url) => first!.account.windowsSession(url));
    await settle();
    expect(boxes).toMatchObject([
      {
        question: {
          type: "question",
          message: "Sign in at contoso.example with single sign-on (Kerberos)?",
          buttons: ["Do not use it", "Use it"],
        },
      },
    ]);
    boxes[0]!.press(0);
    expect(await Promise.all(asked)).toEqual([false, false]);
    // A no holds until the next sign-in.
    expect(await first!.account.windowsSession(POOL)).toBe(false);
    expect([boxes.length, network, values.get("windowsSession")]).toEqual([
      1,
      ["forgotten", "begun"],
      undefined,
    ]);

    await signIn.signIn(OPEN);
    const again = sessions[1]!.account.windowsSession(POOL);
    boxes[1]!.press(1);
    expect(await again).toBe(true);
    expect(values.get("windowsSession")).toEqual([patterns]);
    expect(network.splice(0)).toEqual(["forgotten", "begun", "forgotten", "begun", patterns]);
    await signIn.signIn(OPEN);
    expect(network).toEqual(["forgotten", "begun", patterns]);
    expect(await sessions[2]!.account.windowsSession(POOL)).toBe(true);
    expect(boxes).toHaveLength(2);
  });

  it.each([
    { ...OPEN, address: "tosh@evil.contoso.example" },
    { ...OPEN, address: "tosh@evil.example" },
    { ...OPEN, server: "http://127.0.0.1:5080/" },
    { ...FORM, address: "tosh@evil.example" },
  ])("gets nothing out of a yes for other hosts: %o", async (form) => {
    const { signIn, sessions, boxes, network, settle } = rig({ windowsSession: [patterns] });
    await signIn.signIn(form);
    const domain = form.address.split("@")[1]!.trim().toLowerCase();
    const url = form.server === "" ? `https://lync.${domain}/` : form.server;
    void sessions[0]!.account.windowsSession(url);
    await settle();
    expect([boxes.length, network]).toEqual([1, ["forgotten", "begun"]]);
  });

  it("has its question taken away by the next sign-in, and a late yes is nobody's", async () => {
    const { signIn, sessions, boxes, network, values } = rig();
    await signIn.signIn(OPEN);
    const late = sessions[0]!.account.windowsSession(POOL);
    await signIn.signIn({ ...FORM, address: "lene@fabrikam.example" });
    expect(boxes[0]?.question.signal?.aborted).toBe(true);
    boxes[0]!.press(1);
    expect(await late).toBe(false);
    expect([network.includes(patterns), values.get("windowsSession")]).toEqual([false, undefined]);
    // Nor does the session of before reach the network any more.
    await signIn.signIn(OPEN);
    const yes = sessions[2]!.account.windowsSession(POOL);
    boxes[1]!.press(1);
    await yes;
    expect(await sessions[0]!.account.windowsSession(POOL)).toBe(false);
  });

  it("of an organisation is loaded again after a yes that was given just now, and for no other 401", async () => {
    const { signIn, boxes, unauthorized, network } = rig();
    await signIn.signIn(OPEN);
    expect(await unauthorized("https://sts.partner.example/")).toBe(false);
    const told = unauthorized(POOL);
    boxes[0]!.press(1);
    expect(await told).toBe(true);
    expect(network).toContain(patterns);
    expect(await unauthorized(POOL)).toBe(false);
    expect(boxes).toHaveLength(1);
  });

  it("sends the kept password where it was kept for and into the sign-in domain, and elsewhere after a yes", async () => {
    const { signIn, sessions, boxes, values, settle } = rig(KEPT, PASSWORDS);
    await signIn.resume();
    await settle();
    const { account } = sessions[0]!;
    expect(await account.password(POOL)).toBe("kept");
    expect(await account.password("https://backup.contoso.example/token")).toBe("kept");
    expect(boxes).toEqual([]);
    const foreign = account.password("https://pool.elsewhere.example/token");
    expect(boxes).toMatchObject([
      {
        question: {
          message: "Send your saved password to https://pool.elsewhere.example?",
          detail: expect.stringContaining("saved for contoso.example") as string,
          buttons: ["Do not send it", "Send it"],
        },
      },
    ]);
    boxes[0]!.press(0);
    expect(await foreign).toBeNull();

    await signIn.close();
    await signIn.resume();
    await settle();
    const next = sessions[1]!;
    const allowed = next.account.password("https://pool.elsewhere.example/token");
    boxes[1]!.press(1);
    expect(await allowed).toBe("kept");
    // It belongs there only once that server has accepted it.
    expect(values.get("keptPassword")).toEqual(KEPT.keptPassword);
    next.say({ name: "online", generation: 1 });
    expect(values.get("keptPassword")).toEqual({
      ...KEPT.keptPassword,
      origins: ["https://pool.contoso.example", "https://pool.elsewhere.example"],
    });
  });

  it("that approves a server by itself does not send the kept password there", async () => {
    const { signIn, sessions, boxes, settle } = rig(KEPT, PASSWORDS);
    await signIn.resume();
    await settle();
    sessions[0]!.say(QUESTION);
    await signIn.trust("https://pool.elsewhere.example");
    void sessions[1]!.account.password("https://pool.elsewhere.example/token");
    expect(boxes).toHaveLength(1);
  });

  it("gets no password that was kept for another server, while the keyring stalls and when it gives nothing up", async () => {
    const EVIL = "https://evil.example/";
    const { signIn, sessions, keyring, kept, settle } = rig(KEPT, PASSWORDS);
    const unlocked = Promise.withResolvers<void>();
    keyring.prompt = unlocked.promise;
    await signIn.resume();
    await signIn.signIn({ ...FORM, server: EVIL, password: "typed" });
    sessions[0]!.say({ name: "online", generation: 1 });
    keyring.state = "locked";
    unlocked.resolve();
    await settle();
    expect(sessions.map(({ account }) => account.server)).toEqual([EVIL]);
    expect(await sessions[0]!.account.password(EVIL)).toBe("typed");
    expect([...kept]).toEqual(Object.entries(PASSWORDS));
    keyring.state = "available";
    await signIn.close();
    await signIn.resume();
    await settle();
    expect(sessions).toHaveLength(1);
    // Not even settings that say so bring them together.
    const forged = rig(
      { ...KEPT, server: EVIL, keptPassword: { ...KEPT.keptPassword, server: EVIL } },
      PASSWORDS,
    );
    await forged.signIn.resume();
    await forged.settle();
    expect(forged.sessions).toEqual([]);
  });
});

describe("what the network knows of the person", () => {
  it("begins with an account, goes on past a question, and is forgotten before the next account", async () => {
    const { signIn, sessions, network } = rig();
    await signIn.signIn({ ...FORM, server: "http://127.0.0.1:5080/" });
    sessions[0]!.say(QUESTION);
    await signIn.trust("https://pool.elsewhere.example");
    expect(network.splice(0)).toEqual(["forgotten", "begun", "begun"]);
    await signIn.signIn({ ...FORM, address: "lene@fabrikam.example" });
    expect(network.splice(0)).toEqual(["forgotten", "begun"]);
    await signIn.signOut();
    expect(network).toEqual(["forgotten"]);
  });

  it("lets a page take the focus for a minute after a click, and not at the start of the program", async () => {
    const { clock, signIn } = rig({ address: "tosh@contoso.example", withoutPassword: true });
    await signIn.resume();
    expect(signIn.attended).toBe(false);
    signIn.tryNow();
    expect(signIn.attended).toBe(true);
    await clock.advance(60_000);
    expect(signIn.attended).toBe(false);
  });
});

describe("what still rings when the person leaves", () => {
  it.each([
    ["close", "Still ringing when you quit"],
    ["signOut", "Still ringing when you signed out"],
  ] as const)("is told so after %s, not as lost with the connection", async (leave, words) => {
    const { signIn, sessions, doorbell } = rig();
    await signIn.signIn(FORM);
    doorbell.received([started()]);
    await signIn[leave]();
    expect(sessions[0]?.state.name).toBe("signedOut");
    expect(doorbell.state.invitations).toMatchObject([{ state: "withdrawn", reason: { message: words } }]);
  });
});

describe("where the search for the server ended", () => {
  const FOUND = "https://pool.contoso.example/ucwa/oauth/v1/applications";

  it("is kept for the same address and server, and handed to the next session", async () => {
    const { signIn, sessions, values } = rig();
    await signIn.signIn(FORM);
    expect(sessions[0]?.account.applications).toBeNull();
    sessions[0]!.account.discovered(FOUND);
    expect(values.get("discovered")).toEqual({
      address: "tosh@contoso.example",
      server: null,
      applications: FOUND,
    });
    sessions[0]!.say(QUESTION);
    await signIn.trust("https://pool.elsewhere.example");
    expect(sessions[1]?.account.applications).toBe(FOUND);
  });

  it.each([
    { address: "lene@contoso.example", server: null },
    { address: "tosh@contoso.example", server: "https://lync.contoso.example" },
  ])("counts for nobody else: %o", async (other) => {
    const { signIn, sessions, settle } = rig(
      { ...KEPT, discovered: { ...other, applications: FOUND } },
      PASSWORDS,
    );
    await signIn.resume();
    await settle();
    expect(sessions[0]?.account.applications).toBeNull();
  });

  it("is forgotten when it leads nowhere, when somebody signs in anew, and when they sign out", async () => {
    const { signIn, sessions, values } = rig();
    await signIn.signIn(FORM);
    sessions[0]!.account.discovered(FOUND);
    sessions[0]!.account.discovered(null);
    expect(values.get("discovered")).toBeNull();
    sessions[0]!.account.discovered(FOUND);
    await signIn.signIn(FORM);
    expect(values.get("discovered")).toBeNull();
    sessions[1]!.account.discovered(FOUND);
    await signIn.signOut();
    expect(values.get("discovered")).toBeNull();
  });

  it("is not taken from a session that has been replaced", async () => {
    const { signIn, sessions, values } = rig();
    await signIn.signIn(FORM);
    await signIn.signIn({ ...FORM, address: "lene@contoso.example" });
    sessions[0]!.account.discovered(FOUND);
    expect(values.get("discovered")).toBeNull();
  });
});
