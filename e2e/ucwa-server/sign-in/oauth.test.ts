import { describe, expect, it } from "vitest";
import { origins } from "../testing/client.ts";
import { brokenRules } from "../testing/ring.ts";
import { json, stranger } from "../testing/stranger.ts";

const right = { grant_type: "password", username: "ada@doorbell.example", password: "ada" };
const userPath = `${origins.discovery}/Autodiscover/AutodiscoverService.svc/root/oauth/user`;

describe("the sign-in service (AuthenticationInUCWA)", () => {
  it(
    "answers a password with a token that is never to be stored",
    { tags: ["token-response", "token-identity-scope", "token-no-store"] },
    async () => {
      const at = stranger();
      const answer = await at.token(right);
      expect(answer.status).toBe(200);
      expect(answer.headers.get("cache-control")).toBe("no-store");
      expect(answer.json).toEqual({
        access_token: expect.stringMatching(/^cwt=.{100,}/),
        expires_in: 28_800,
        ms_rtc_identityscope: "local",
        token_type: "Bearer",
      });
    },
  );

  it("takes a form and nothing else, and answers in JSON", { tags: ["token-request"] }, async () => {
    const at = stranger();
    expect((await at.token(right)).headers.get("content-type")).toMatch(/^application\/json/);
    const refused = await at.token(right, { "Content-Type": "application/json" });
    expect([refused.status, refused.json]).toEqual([400, { error: "invalid_request" }]);
    expect(brokenRules(at.server)).toEqual(["contentType"]);
  });

  it.each([
    [false, 400],
    [true, 200],
  ])(
    "takes a multipart form by a switch (%s), which is a breach all the same",
    async (multipartTokens, status) => {
      const at = stranger({ switches: { multipartTokens } });
      await at.get(await at.userHref());
      const body = new FormData();
      for (const [name, value] of Object.entries(right)) body.set(name, value);
      const service = `${origins.discovery}/WebTicket/oauthtoken`;
      expect((await at.fetch(service, { method: "POST", headers: json, body })).status).toBe(status);
      const broken = { ...json, "Content-Type": "multipart/form-data; boundary=x" };
      expect((await at.fetch(service, { method: "POST", headers: broken, body: "y" })).status).toBe(400);
      expect(brokenRules(at.server)).toEqual(["contentType", "contentType"]);
    },
  );

  it.each([String.raw`DOORBELL\ada`, "sip:ADA@doorbell.example", "ada@doorbell.example"])(
    "knows a user as %s",
    { tags: ["user-name-forms"] },
    async (username) => {
      const at = stranger();
      expect((await at.token({ ...right, username })).status).toBe(200);
    },
  );

  for (const [rule, what, form, error] of [
    ["grant-password", "no password", { grant_type: "password", username: "ada" }, "invalid_request"],
    ["grant-password", "no user name", { grant_type: "password", password: "ada" }, "invalid_request"],
    ["token-invalid-request", "no grant type", { username: "ada", password: "ada" }, "invalid_request"],
    ["token-invalid-grant", "a wrong password", { ...right, password: "wrong" }, "invalid_grant"],
    ["token-invalid-grant", "a stranger", { ...right, username: "eve@doorbell.example" }, "invalid_grant"],
    ["token-invalid-scope", "another scope", { ...right, scope: "mail" }, "invalid_scope"],
    [
      "token-unsupported-grant",
      "a grant that is not offered",
      { grant_type: "urn:microsoft.rtc:passive" },
      "unsupported_grant_type",
    ],
  ] satisfies [string, string, Record<string, string>, string][])
    it(`refuses ${what} with a word and diagnostics`, { tags: [rule, "token-error-shape"] }, async () => {
      const answer = await stranger().token(form);
      expect(answer.status).toBe(400);
      expect(answer.json).toEqual({ error });
      expect(answer.headers.get("x-ms-diagnostics")).toMatch(/^\d+;source="[^"]+";reason="[^"]+"$/);
      expect(answer.headers.get("cache-control")).toBe("no-store");
    });

  it("refuses every password by a switch", async () => {
    const at = stranger({ switches: { rejectPasswords: true } });
    expect((await at.token(right)).json).toEqual({ error: "invalid_grant" });
  });

  it("takes a password of any characters", { tags: ["form-encoding"] }, async () => {
    const password = "p&ss+w%rd=1 ä";
    const users = [{ uri: "sip:ada@doorbell.example", name: "Ada", password }];
    const { token } = stranger({ users });
    const form = { grant_type: "password", username: "ada@doorbell.example" };
    expect((await token({ ...form, password })).status).toBe(200);
    expect((await token({ ...form, password: "p&ss w%rd=1 ä" })).status).toBe(400);
  });
});

describe("anonymous sign-in (AuthenticationInUCWA: urn:microsoft.rtc:anonmeeting)", () => {
  const meetings = [{ uri: "sip:ada@doorbell.example;gruu;opaque=app:conf:focus:id:A1", key: "k&y" }];
  const join = {
    grant_type: "urn:microsoft.rtc:anonmeeting",
    password: "k&y",
    ms_rtc_conferenceuri: meetings[0]!.uri,
  };

  it(
    "grants a token for an hour to who knows the meeting and its key",
    { tags: ["anonymous-lifetime"] },
    async () => {
      const at = stranger({ meetings });
      const granted = await at.token(join);
      expect([granted.status, granted.json.expires_in]).toEqual([200, 3600]);
      await at.server.control.advance(3_600_000 - 1);
      expect(await at.statusWith(granted)).toBe(200);
      await at.server.control.advance(1);
      expect(await at.statusWith(granted)).toBe(401);
    },
  );

  it.each([
    ["no meeting", { ms_rtc_conferenceuri: "" }, "invalid_request"],
    ["no key", { password: "" }, "invalid_request"],
    ["a wrong key", { password: "wrong" }, "invalid_grant"],
    ["another meeting", { ms_rtc_conferenceuri: `${meetings[0]!.uri}2` }, "invalid_grant"],
    ["an invented token to renew", { ms_rtc_renew: "cwt=invented" }, "invalid_grant"],
  ])("refuses %s", { tags: ["grant-anonymous"] }, async (_, wrong, error) => {
    const answer = await stranger({ meetings }).token({ ...join, ...wrong });
    expect([answer.status, answer.json.error]).toEqual([400, error]);
  });

  it(
    "a renewed token keeps its holder, and a new one has another",
    { tags: ["anonymous-renewal"] },
    async () => {
      const at = stranger({ meetings });
      const first = await at.token(join);
      const renewed = await at.token({ ...join, ms_rtc_renew: first.json.access_token });
      const other = await at.token(join);
      const seen = [];
      for (const {
        json: { access_token: token },
      } of [first, renewed, other]) {
        await at.get(userPath, { ...json, Authorization: `Bearer ${token}` });
        seen.push(at.server.control.state().requests.at(-1)!.user);
      }
      expect(seen[1]).toBe(seen[0]);
      expect(seen[2]).not.toBe(seen[0]);
    },
  );

  it("only an anonymous token can be renewed so, while it lives", async () => {
    const at = stranger({ meetings });
    const known = await at.token({
      grant_type: "password",
      username: "ada@doorbell.example",
      password: "ada",
    });
    expect((await at.token({ ...join, ms_rtc_renew: known.json.access_token })).json.error).toBe(
      "invalid_grant",
    );
    const first = await at.token(join);
    await at.server.control.advance(3_600_000);
    expect((await at.token({ ...join, ms_rtc_renew: first.json.access_token })).json.error).toBe(
      "invalid_grant",
    );
  });
});
