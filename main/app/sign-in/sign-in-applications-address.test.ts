import { describe, expect, it } from "vitest";
import { FORM, KEPT, PASSWORDS, QUESTION, rig } from "./testing/sign-in-rig.ts";

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
