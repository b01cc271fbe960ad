import { describe, expect, it } from "vitest";
import { Refusal } from "../../ipc/router.ts";
import { started } from "../../testing/invitation-events.ts";
import { FORM, KEPT, PASSWORDS, POOL, QUESTION, rig } from "./testing/sign-in-rig.ts";

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
