import { describe, expect, it } from "vitest";
import { FakePages, PASSIVE, SAYS, stand, WEB, WINDOWS } from "./testing/stand.ts";

const ALL = `${PASSIVE},urn:microsoft.rtc:anonmeeting,${WINDOWS},password`;
const everywhere = () => true;

describe("the way to sign in", () => {
  it.each([
    ["the password, when there is one", ALL, "secret", true, ["password"]],
    ["the Windows session before a page, without a password", ALL, null, true, [WINDOWS]],
    ["a page, where the Windows session may not be used", ALL, null, false, [PASSIVE]],
    ["what is offered, whatever is preferred", `${PASSIVE},${WINDOWS}`, "secret", true, [WINDOWS]],
    ["a grant in any case of letters", "Password", "secret", false, ["password"]],
  ])("is %s", async (_, grants, password, integrated, sent) => {
    const { end, grantsOf } = stand({
      grants,
      password,
      pages: new FakePages(),
      ...(integrated ? { integrated: everywhere } : {}),
      says: [() => SAYS.token()],
    });
    expect(await end()).toEqual({ status: 200 });
    expect(grantsOf()).toEqual(sent);
  });

  it("goes on to the next one when the server does not take the first", async () => {
    const { end, grantsOf } = stand({
      grants: ALL,
      password: "secret",
      integrated: everywhere,
      pages: new FakePages(),
      says: [SAYS.notTaken, SAYS.unauthorized, () => SAYS.token()],
    });
    expect(await end()).toEqual({ status: 200 });
    expect(grantsOf()).toEqual(["password", WINDOWS, PASSIVE]);
  });

  it("does not go on from a refused password to another: the person has to hear of it", async () => {
    const { end, grantsOf } = stand({
      grants: ALL,
      password: "wrong",
      integrated: everywhere,
      pages: new FakePages(),
      says: [SAYS.refused],
    });
    expect(await end()).toMatchObject({ code: "badCredentials" });
    expect(await end()).toMatchObject({ code: "badCredentials" });
    expect(grantsOf()).toEqual(["password"]);
  });

  const impossible = [
    [
      "nothing that is possible here",
      WINDOWS,
      "secret",
      "signInNotOffered",
      "Windows sign-in",
      "grants-offered",
    ],
    [
      "guests of meetings only",
      "urn:microsoft.rtc:anonmeeting",
      "secret",
      "signInNotOffered",
      "guest of a meeting",
      "grants-offered",
    ],
    ["nothing at all", "", "secret", "signInNotOffered", "no other way", "grants-offered"],
    ["a password that nobody has given", `${WINDOWS},password`, null, "badCredentials", "no password"],
    ["a password, and an empty one was given", "password", "", "badCredentials", "no password"],
  ] as const;
  for (const [offer, grants, password, code, word, ...tags] of impossible) {
    it(`is said to be missing when the server offers ${offer}, and nothing is sent`, { tags }, async () => {
      const { end, posts } = stand({ grants, password, says: [() => SAYS.token()] });
      expect(await end()).toMatchObject({ code, sentence: expect.stringContaining(word) as string });
      expect(posts).toEqual([]);
    });
  }

  it("says first of all that there is no way when none was even tried", async () => {
    const { end } = stand({ grants: WINDOWS, password: "secret", says: [() => SAYS.token()] });
    expect(await end()).toMatchObject({
      sentence: "web.contoso.example does not accept passwords. It accepts: Windows sign-in.",
    });
  });

  it("is open again after a refusal once everything is forgotten", async () => {
    const { end, tokens, posts } = stand({
      grants: "password",
      password: "right",
      says: [SAYS.refused, () => SAYS.token()],
    });
    expect(await end()).toMatchObject({ code: "badCredentials" });
    tokens.clear();
    expect(await end()).toEqual({ status: 200 });
    expect(posts).toHaveLength(2);
  });

  it("names why each method failed and what else the server would take", async () => {
    const declined = stand({
      grants: `${WINDOWS},password`,
      integrated: everywhere,
      says: [SAYS.unauthorized],
    });
    expect(await declined.end()).toMatchObject({
      code: "badCredentials",
      sentence: expect.stringMatching(/not accept the Windows sign-in.*It accepts a password/) as string,
    });
    const nothing = stand({ grants: WINDOWS, integrated: everywhere, says: [SAYS.notTaken] });
    expect(await nothing.end()).toMatchObject({
      code: "signInNotOffered",
      sentence: expect.stringMatching(/does not accept the Windows sign-in. It accepts: /) as string,
    });
  });

  it(
    "posts to the challenged address and asks for JSON, whatever the method",
    { tags: ["token-request"] },
    async () => {
      const { end, posts } = stand({
        grants: ALL,
        password: "secret",
        integrated: everywhere,
        pages: new FakePages(),
        says: [SAYS.notTaken, SAYS.notTaken, () => SAYS.token()],
      });
      await end();
      expect(posts.map(({ accept }) => accept)).toEqual(Array(3).fill("application/json"));
      expect(posts.map(({ url }) => url)).toEqual(Array(3).fill(`${WEB}/WebTicket/oauthtoken`));
      expect(posts.every(({ form }) => form["grant_type"] !== undefined)).toBe(true);
    },
  );
});
