import { describe, expect, it } from "vitest";
import { readTokenAnswer } from "./token.ts";

const URL_OF_TOKENS = "https://web.contoso.example/WebTicket/oauthtoken";

function read(status: number, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const answer = { url: URL_OF_TOKENS, status, headers: new Headers(headers), body: text };
  return readTokenAnswer(answer, 1_000_000, 1_002_000);
}

describe("the answer of a token endpoint", () => {
  const lives: readonly (readonly [unknown, number, ...rules: string[]])[] = [
    [100, 100, "token-response", "token-lifetime"],
    ["27402", 27_402, "token-response", "token-lifetime"],
    [undefined, 3_600],
    [0, 3_600],
    [-5, 3_600],
    ["soon", 3_600],
  ];
  for (const [expires_in, life, ...tags] of lives) {
    it(
      `gives a token that lives, by ${JSON.stringify(expires_in)}, for ${life} s from when it was asked for`,
      { tags },
      () => {
        expect(read(200, { access_token: "cwt=1", token_type: "Bearer", expires_in })).toEqual({
          said: "token",
          token: {
            authorization: "Bearer cwt=1",
            renewAt: 1_000_000 + life * 850,
            expiresAt: 1_000_000 + life * 1_000,
          },
        });
      },
    );
  }

  const answers: readonly (readonly [string, number, unknown, string, ...rules: string[]])[] = [
    ["a token with another status", 201, { access_token: "cwt=1" }, "trouble"],
    ["a token with an error's status", 400, { access_token: "cwt=1", error: "invalid_grant" }, "refused"],
    ["a token that is no text", 200, { access_token: 1 }, "trouble"],
    ["a token that no header carries", 200, { access_token: "cwt=1\r\nX: y" }, "trouble"],
    ["invalid_grant", 400, { error: "invalid_grant" }, "refused", "token-error-shape"],
    [
      "invalid_grant as another error would say it",
      400,
      { code: "invalid_grant" },
      "trouble",
      "token-error-shape",
    ],
    ["invalid_grant with a page", 400, { error: "invalid_grant", ms_rtc_passiveauthuri: "/page" }, "page"],
    ["invalid_grant with no page", 400, { error: "invalid_grant", ms_rtc_passiveauthuri: "" }, "refused"],
    [
      "invalid_grant with a page that is none",
      400,
      { error: "invalid_grant", ms_rtc_passiveauthuri: 1 },
      "refused",
    ],
    ["another grant wanted", 400, { error: "unsupported_grant_type" }, "notTaken"],
    ["401 without a word", 401, "<html></html>", "unauthorized"],
    ["401 with an error that is no text", 401, { error: 1 }, "unauthorized"],
    ["401 with a word", 401, { error: "server_error" }, "trouble"],
    ["400 without a word", 400, "", "trouble", "token-error-shape"],
    ["a sick server", 503, "<html></html>", "trouble"],
    ["a list", 200, [], "trouble"],
  ];
  for (const [answer, status, body, said, ...tags] of answers) {
    it(`says of the credentials what it says: ${answer}`, { tags }, () => {
      expect(read(status, body).said).toBe(said);
    });
  }

  it("may ask for patience", () => {
    expect(read(503, "", { "Retry-After": "7" })).toMatchObject({
      problem: { code: "tokenEndpoint", advice: { action: "rediscover", afterMs: 7_000 } },
    });
  });
});
