import { describe, expect, it } from "vitest";
import { error, html, json, ROOT, ScriptedServer, TOKEN_PATH } from "../testing/servers/scripted-server.ts";
import type { SeenRequest } from "../testing/servers/scripted-server.ts";
import { unexpected } from "./session-problem.ts";
import { safeLine } from "./resources/safe-text.ts";
import { isEvents } from "../testing/signed-in.ts";
import { client } from "../testing/servers/hostile-server.ts";

describe("what a hostile server says", () => {
  const FORGED = '\u001b]0;x\u0007\u202e\n2026-01-05T09:00:00.000Z error forged a="b" ';
  const LONG = FORGED + "x".repeat(100_000);

  it.each<[string, (request: SeenRequest) => Response | undefined]>([
    ["a subcode", (r) => (r.url.endsWith("/applications") ? error(403, LONG, LONG) : undefined)],
    [
      "a reason of makeMeAvailable",
      (r) => (r.url.endsWith("makeMeAvailable") ? error(403, LONG, LONG) : undefined),
    ],
    [
      "a version",
      (r) =>
        r.url.endsWith("/applications") ? error(404, "NotFound", `${LONG}VersionNotSupported`) : undefined,
    ],
    [
      "an error of the token address",
      (r) => (r.url.includes(TOKEN_PATH) ? json(400, { error: LONG }) : undefined),
    ],
    [
      "a way to sign in",
      (r) =>
        r.url.includes("/user")
          ? html(401, {
              "WWW-Authenticate": `MsRtcOAuth href="/t",grant_type="\u009b2J${"x".repeat(9_000)}"`,
            })
          : undefined,
    ],
    [
      "a content type",
      (r) => (isEvents(r) ? html(500, { "Content-Type": `\u009b31m${"x".repeat(9_000)}` }) : undefined),
    ],
    [
      "a diagnosis",
      (r) =>
        isEvents(r) ? html(500, { "X-Ms-diagnostics": `1;reason="\u009b${"x".repeat(9_000)}"` }) : undefined,
    ],
  ])("is safe to show and cannot forge a line of the log: %s", async (_, reply) => {
    const server = new ScriptedServer();
    server.intercept = (request) =>
      request.headers["Authorization"] || !isEvents(request) ? reply(request) : undefined;
    const { clock, states, lines } = client(server.fetch);
    await clock.advance(60_000);
    const details = states.flatMap((state) => ("detail" in state ? [state.detail] : []));
    expect(details.length).toBeGreaterThan(0);
    for (const detail of details) {
      expect(detail.length).toBeLessThanOrEqual(500);
      expect(safeLine(detail)).toBe(detail);
    }
    for (const line of lines) {
      expect(line).toMatch(/^[ -~]{1,600}$/);
      expect(line).not.toMatch(/cwt=|p&ss/);
    }
  });

  it.each([
    ["text/html; charset=utf-8", "text/html"],
    ["text/\u009b31m", "odd content type"],
    [`x/${"y".repeat(5_000)}`, `x/${"y".repeat(80)}`],
    ['<b>bold</b>"', "odd content type"],
  ])("is named in an error by its media type: %s", (type, shown) => {
    const headers = new Headers({ "Content-Type": type });
    expect(unexpected({ url: ROOT, status: 500, headers, body: "" }, "the question").technical).toBe(
      `the question: 500, ${shown}`,
    );
  });

  it("cannot silence the client for longer than half an hour, nor make it ask in a loop", async () => {
    for (const value of ["9".repeat(300), "-1", "NaN", "0", "Fri, 31 Dec 9999 23:59:59 GMT"]) {
      const server = new ScriptedServer();
      server.intercept = (request) => (isEvents(request) ? html(503, { "Retry-After": value }) : undefined);
      const { clock, last } = client(server.fetch);
      await clock.advance(3_600_000);
      const state = last();
      expect(state?.name === "reconnecting" && state.retryAt).toBeLessThanOrEqual(clock.now() + 1_800_000);
      expect(server.requests.filter(isEvents).length).toBeLessThan(100);
    }
  });

  it("cannot put a token into an error by making it one that no header carries", async () => {
    for (const token of ["cwt=secret\r\nX-Evil: 1", "cwt=secret\u0000", "cwt=sécret", "", "cwt=secret two"]) {
      const server = new ScriptedServer();
      server.intercept = ({ url }) =>
        url.includes(TOKEN_PATH) ? json(200, { access_token: token, expires_in: {} }) : undefined;
      const { clock, states, lines } = client(server.fetch);
      await clock.advance(10_000);
      expect(states.at(-1)).toMatchObject({ name: "reconnecting", reason: "tokenEndpoint" });
      expect(JSON.stringify([states, lines])).not.toMatch(/s[eé]cret/);
      expect(server.requests.some(({ headers }) => "Authorization" in headers)).toBe(false);
    }
  });

  it("cannot stop the sign-in by a life of its token that is no number", async () => {
    for (const life of [{ valueOf: 1, toString: 1 }, [[1]], "x", -1, 0, null]) {
      const server = new ScriptedServer();
      const { clock, states } = client(async (url, init) => {
        const answer = await server.fetch(url, init);
        if (!url.includes(TOKEN_PATH)) return answer;
        const token = (await answer.json()) as object;
        return json(200, { ...token, expires_in: life });
      });
      await clock.settle();
      expect(states.at(-1)?.name).toBe("online");
      expect(server.requests.filter(({ url }) => url.includes(TOKEN_PATH)).length).toBeLessThan(5);
    }
  });
});
