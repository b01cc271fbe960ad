import { describe, expect, it } from "vitest";
import type { HttpAnswer } from "../http/http.ts";
import { SessionProblem } from "../session-problem.ts";
import { Trust } from "./trust.ts";
import { mayPass, tokenRefusalOf, tokenServerOf } from "./token-refusal.ts";

const USER = "https://web.contoso.example/user";

function answer(status: number, headers: Record<string, string> = {}, url = USER): HttpAnswer {
  const page = { "Content-Type": "text/html", ...headers };
  return { url, status, headers: new Headers(page), body: "<html><body>Sorry</body></html>" };
}

const challenge = (value: string) => ({ "WWW-Authenticate": value });
const INVALID = { Warning: '120 pool "Invalid OAuth token: reason=InvalidToken"' };

const NO = { sentence: "No.", technical: "" };

describe("what an answer says of the token", () => {
  const answers: readonly (readonly [
    string,
    number,
    Record<string, string>,
    string | null,
    ...rules: string[],
  ])[] = [
    ["401 with UCWA's challenge", 401, challenge('MsRtcOAuth href="/t"'), "challenged", "user-challenge"],
    [
      "401 with the challenge of OAuth",
      401,
      challenge('Bearer client_id="c"'),
      "challenged",
      "user-challenge",
    ],
    ["403 with UCWA's challenge", 403, challenge('MsRtcOAuth href="/t"'), "challenged", "invalid-token-403"],
    [
      "403 with the challenge of OAuth",
      403,
      challenge('bearer client_id="c"'),
      "challenged",
      "invalid-token-403",
    ],
    ["403 with the warning", 403, INVALID, "challenged", "invalid-token-403"],
    ["401 with the challenge of a proxy", 401, challenge("Negotiate, NTLM"), "unauthorized"],
    ["401 without any", 401, {}, "unauthorized"],
    ["403 with the challenge of a proxy", 403, challenge("Negotiate, NTLM"), null],
    ["403 without any", 403, {}, null],
    ["200, whatever stands beside", 200, { ...challenge('MsRtcOAuth href="/t"'), ...INVALID }, null],
    ["407, which is of a proxy", 407, { ...challenge("Bearer"), ...INVALID }, null],
    ["500 with the diagnosis of another pool", 500, { "X-Ms-diagnostics": "28032;source=a" }, "otherPool"],
    ["500 with another diagnosis", 500, { "X-Ms-diagnostics": "280321" }, null],
    ["500 without any", 500, challenge("Bearer"), null],
    ["503 with that diagnosis", 503, { "X-Ms-diagnostics": "28032" }, null],
  ];
  for (const [given, status, headers, refusal, ...tags] of answers) {
    it(`${given}: ${refusal ?? "nothing"}`, { tags }, () => {
      expect(tokenRefusalOf(answer(status, headers))).toBe(refusal);
    });
  }
});

describe("where a token is to be asked for", () => {
  const trust = () => {
    const rule = new Trust("contoso.example", []);
    rule.start("https://web.contoso.example/");
    return rule;
  };
  const KNOWN = { url: "https://web.contoso.example/t", grants: ["password"], host: "web.contoso.example" };
  const failure = (given: HttpAnswer) => {
    try {
      tokenServerOf(given, null, trust());
    } catch (error) {
      if (error instanceof SessionProblem) return error;
    }
    throw new Error("no problem");
  };

  it("is what the challenge names, and what was known before where it names nothing", () => {
    const given = answer(401, challenge('MsRtcOAuth href="/t",grant_type="password"'));
    expect(tokenServerOf(given, null, trust())).toEqual(KNOWN);
    expect(tokenServerOf(answer(401), KNOWN, trust())).toBe(KNOWN);
    const moved = answer(401, challenge('MsRtcOAuth href="/t2",grant_type="password"'));
    expect(tokenServerOf(moved, KNOWN, trust()).url).toBe("https://web.contoso.example/t2");
  });

  it(
    "is nowhere that only the person can approve, who is asked, and nowhere in the clear",
    { tags: ["trust-credentials"] },
    () => {
      const from = "http://lyncdiscover.contoso.example/user";
      const stranger = challenge('MsRtcOAuth href="https://pool.hoster.example/t"');
      expect(failure(answer(401, stranger, from)).advice).toStrictEqual({
        action: "stop",
        reason: "untrustedServer",
        origin: "https://pool.hoster.example",
      });
      const clear = challenge('MsRtcOAuth href="http://web.contoso.example/t"');
      expect(failure(answer(401, clear)).advice).toStrictEqual({ action: "stop", reason: "untrustedServer" });
    },
  );

  it("is told apart: nothing named, which may pass, and only what is not possible here", () => {
    expect(failure(answer(401))).toMatchObject({ code: "unauthorized", advice: { action: "retry" } });
    expect(failure(answer(401, challenge("Negotiate, NTLM")))).toMatchObject({
      code: "signInNotOffered",
      message: expect.stringContaining("It accepts: negotiate, ntlm.") as string,
    });
    expect(failure(answer(401, challenge('MsRtcOAuth href="mailto:a@b"')))).toMatchObject({
      code: "badChallenge",
      advice: { action: "rediscover" },
    });
  });

  it("is searched for anew after a 403, and not after a 401", () => {
    expect(mayPass(answer(403), "unexpected", NO).advice.action).toBe("rediscover");
    expect(mayPass(answer(401), "unexpected", NO).advice.action).toBe("retry");
  });
});
