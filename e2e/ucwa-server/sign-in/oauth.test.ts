import { describe, expect, it } from "vitest";
import { origins } from "../testing/client.ts";
import { json, stranger } from "../testing/sign-in.ts";

const right = { grant_type: "password", username: "ada@doorbell.example", password: "ada" };
const userPath = `${origins.discovery}/Autodiscover/AutodiscoverService.svc/root/oauth/user`;

describe("the sign-in service (AuthenticationInUCWA)", () => {
  it(
    "answers a password with a token that is never to be stored",
    { tags: ["token-request", "token-response", "token-identity-scope", "token-no-store"] },
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

  it.each([String.raw`DOORBELL\ada`, "sip:ADA@doorbell.example", "ada@doorbell.example"])(
    "knows a user as %s",
    { tags: ["user-name-forms"] },
    async (username) => {
      const at = stranger();
      expect((await at.token({ ...right, username })).status).toBe(200);
    },
  );

  it.each([
    ["no password", { grant_type: "password", username: "ada@doorbell.example" }, "invalid_request"],
    ["no grant type", { username: "ada@doorbell.example", password: "ada" }, "invalid_request"],
    ["a wrong password", { ...right, password: "wrong" }, "invalid_grant"],
    ["a stranger", { ...right, username: "eve@doorbell.example" }, "invalid_grant"],
    ["another scope", { ...right, scope: "mail" }, "invalid_scope"],
    ["a grant that is not offered", { grant_type: "urn:microsoft.rtc:passive" }, "unsupported_grant_type"],
  ] satisfies [string, Record<string, string>, string][])(
    "refuses %s",
    {
      tags: [
        "token-error-shape",
        "token-invalid-request",
        "token-invalid-grant",
        "token-unsupported-grant",
        "token-invalid-scope",
        "grant-password",
        "diagnostics-header",
      ],
    },
    async (_, form, error) => {
      const at = stranger();
      const answer = await at.token(form);
      expect(answer.status).toBe(400);
      expect(answer.json).toEqual({ error });
      expect(answer.headers.get("x-ms-diagnostics")).toMatch(/^\d+;source="[^"]+";reason="[^"]+"$/);
      expect(answer.headers.get("cache-control")).toBe("no-store");
    },
  );

  it("refuses every password by a switch", async () => {
    const at = stranger({ switches: { rejectPasswords: true } });
    expect((await at.token(right)).json).toEqual({ error: "invalid_grant" });
  });

  it(
    "is granted to a password of any characters",
    { tags: ["form-encoding", "grant-password"] },
    async () => {
      const password = "p&ss+w%rd=1 ä";
      const users = [{ uri: "sip:ada@doorbell.example", name: "Ada", password }];
      const { token } = stranger({ users });
      const form = { grant_type: "password", username: "ada@doorbell.example" };
      expect((await token({ ...form, password })).status).toBe(200);
      expect((await token({ ...form, password: "p&ss w%rd=1 ä" })).status).toBe(400);
    },
  );
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
    { tags: ["grant-anonymous", "anonymous-lifetime", "form-encoding"] },
    async () => {
      const at = stranger({ meetings });
      const granted = await at.token(join);
      expect([granted.status, granted.json.expires_in, await at.statusWith(granted)]).toEqual([
        200, 3600, 200,
      ]);
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

  it(
    "only an anonymous token can be renewed so, while it lives",
    { tags: ["anonymous-renewal", "anonymous-lifetime"] },
    async () => {
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
    },
  );
});
