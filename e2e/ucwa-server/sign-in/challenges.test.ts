import { describe, expect, it } from "vitest";
import { json, stranger } from "../testing/stranger.ts";

describe("the challenge (AuthenticationInUCWA, CreateAnApplication)", () => {
  it(
    "is 401 with an HTML body and two challenges",
    { tags: ["user-challenge", "challenge-bearer", "challenge-commas"] },
    async () => {
      const at = stranger();
      const answer = await at.get(await at.userHref());
      expect(answer.status).toBe(401);
      expect(answer.headers.get("content-type")).toBe("text/html");
      const challenge = answer.headers.get("www-authenticate")!;
      expect(challenge).toMatch(/Bearer trusted_issuers="[^"]+", client_id="[^"]+"/);
      expect(challenge).toMatch(
        /MsRtcOAuth href="[^"]+\/oauthtoken",grant_type="urn:microsoft.rtc:windows,urn:microsoft.rtc:anonmeeting,password"/,
      );
    },
  );

  it(
    "comes in two header lines, or folded into one by a switch",
    { tags: ["challenge-two-lines"] },
    async () => {
      for (const [foldChallenges, lines] of [
        [false, 2],
        [true, 1],
      ] as const) {
        const at = stranger({ switches: { foldChallenges } });
        const url = await at.userHref();
        const raw = await at.server.handle({
          method: "GET",
          url,
          headers: new Headers(json),
          body: new Uint8Array(),
          signal: new AbortController().signal,
        });
        expect(raw.headers.filter(([name]) => name === "WWW-Authenticate")).toHaveLength(lines);
      }
    },
  );

  it("leaves out the quotation marks of its href by a switch", { tags: ["challenge-unquoted"] }, async () => {
    const at = stranger({ switches: { unquotedHref: true } });
    const answer = await at.get(await at.userHref());
    expect(answer.headers.get("www-authenticate")).toMatch(/MsRtcOAuth href=http:[^"]+,grant_type=/);
  });
});

describe("the challenge, as deployments differ", () => {
  it("has an authorization service in hybrid deployments", async () => {
    const at = stranger({ switches: { authorizationUri: "https://login.example/common/oauth2/authorize" } });
    const answer = await at.get(await at.userHref());
    expect(answer.headers.get("www-authenticate")).toContain(
      'authorization_uri="https://login.example/common/oauth2/authorize"',
    );
  });

  it.each([false, true])(
    "comes with those of a proxy, folded: %s",
    { tags: ["challenge-others"] },
    async (foldChallenges) => {
      const at = stranger({ switches: { foldChallenges, extraChallenges: ["Negotiate", "NTLM"] } });
      const answer = await at.get(await at.userHref());
      expect(answer.headers.get("www-authenticate")).toMatch(/^Negotiate, NTLM, Bearer .+, MsRtcOAuth href=/);
    },
  );

  it("names the grants that are offered, and no others", async () => {
    const at = stranger({ switches: { grants: ["urn:microsoft.rtc:passive"] } });
    const answer = await at.get(await at.userHref());
    expect(answer.headers.get("www-authenticate")).toContain('grant_type="urn:microsoft.rtc:passive"');
  });

  it(
    "comes with 403 and a warning for a token that is not known here",
    { tags: ["invalid-token-403"] },
    async () => {
      const at = stranger();
      const answer = await at.get(await at.userHref(), { ...json, Authorization: "Bearer cwt=unknown" });
      expect(answer.status).toBe(403);
      expect(answer.headers.get("warning")).toMatch(/^120 .*"InvalidToken"$/);
      expect(answer.headers.get("www-authenticate")).toContain("MsRtcOAuth");
      expect(answer.headers.get("x-ms-diagnostics")).toMatch(/^28055;/);
    },
  );
});
