import { afterEach, describe, expect, it } from "vitest";
import { speak } from "../../../locales/texts.ts";
import { FORM, KEPT, PASSWORDS, POOL, QUESTION, rig } from "./testing/sign-in-rig.ts";

afterEach(() => speak({ language: "en", region: "en" }));

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

  it("is answered in the language of the person, who is told every host", async () => {
    speak({ language: "de", region: "de" });
    const { signIn, sessions, boxes, settle } = rig();
    await signIn.signIn({ ...OPEN, server: "http://127.0.0.1:5080/" });
    void sessions[0]!.account.windowsSession(POOL);
    await settle();
    expect(boxes[0]?.question).toMatchObject({
      message: "Mit Single Sign-on (Kerberos) bei contoso.example und 127.0.0.1 anmelden?",
      buttons: ["Nicht verwenden", "Verwenden"],
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
