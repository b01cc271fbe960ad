import { describe, expect, it } from "vitest";
import { origins, reply } from "../testing/client.ts";
import type { Reply } from "../testing/client.ts";
import { brokenRules } from "../testing/ring.ts";
import { stranger } from "../testing/stranger.ts";
import type { Stranger } from "../testing/stranger.ts";

const passive = { grant_type: "urn:microsoft.rtc:passive" };

describe("passive sign-in (AuthenticationInUCWA: urn:microsoft.rtc:passive)", () => {
  const switches = { grants: ["urn:microsoft.rtc:passive"] };

  /** A browser: follows redirects, keeps cookies, shows the last page. */
  function browser({ fetch }: Stranger) {
    const cookies = new Map<string, string>();
    const visit = async (url: string, form?: Record<string, string>): Promise<Reply & { url: string }> => {
      const answer = await reply(
        await fetch(url, {
          headers: { Accept: "text/html", Cookie: [...cookies].map((pair) => pair.join("=")).join("; ") },
          ...(form && { method: "POST", body: new URLSearchParams(form) }),
        }),
      );
      for (const set of answer.headers.getSetCookie()) {
        expect(set).toContain("HttpOnly");
        const [, name, value] = /^([^=]+)=([^;]+)/.exec(set)!;
        cookies.set(name!, value!);
      }
      const location = answer.headers.get("location");
      return location ? visit(new URL(location, url).href) : { ...answer, url };
    };
    return { visit, cookie: () => [...cookies].map((pair) => pair.join("=")).join("; ") };
  }

  it(
    "a token request with nothing but its name and no cookie is told where to sign in, with diagnostics 28020",
    { tags: ["passive-address", "grant-passive"] },
    async () => {
      const at = stranger({ switches });
      const answer = await at.token(passive);
      expect([answer.status, answer.json]).toEqual([
        400,
        {
          error: "invalid_grant",
          ms_rtc_passiveauthuri: `${origins.discovery}/PassiveAuth/PassiveAuth.aspx`,
        },
      ]);
      expect(answer.headers.get("x-ms-diagnostics")).toMatch(/^28020;/);
      expect(brokenRules(at.server)).toEqual([]);
      await at.token({ ...passive, username: "ada" });
      expect(brokenRules(at.server)).toEqual(["unexpectedCredentials"]);
    },
  );

  it(
    "a browser that signs in gets a cookie, with which the same token request is granted",
    { tags: ["passive-after-page"] },
    async () => {
      const at = stranger({ switches });
      const window = browser(at);
      const uri = (await at.token(passive)).json.ms_rtc_passiveauthuri;
      const form = await window.visit(uri);
      expect(form.text).toContain('<form method="post">');
      expect(form.text).not.toContain("<script");
      const wrong = await window.visit(form.url, { UserName: "ada@doorbell.example", Password: "wrong" });
      expect(wrong.text).toContain("not right");
      const end = await window.visit(form.url, { UserName: "ada@doorbell.example", Password: "ada" });
      expect([end.status, new URL(end.url).origin]).toEqual([200, origins.discovery]);
      expect(end.text).toContain("You are signed in");
      const granted = await at.token(passive, { Cookie: window.cookie() });
      expect([granted.status, await at.statusWith(granted)]).toEqual([200, 200]);
      expect(at.server.control.breaches).toEqual([]);
    },
  );

  it("a browser that is known signs in at the second origin without a form, which has a cookie of its own", async () => {
    const at = stranger({ switches });
    const window = browser(at);
    const form = await window.visit((await at.token(passive)).json.ms_rtc_passiveauthuri);
    await window.visit(form.url, { UserName: "ada@doorbell.example", Password: "ada" });
    const second = `${origins.applications}/PassiveAuth/PassiveAuth.aspx`;
    const end = await window.visit(second);
    expect([new URL(end.url).origin, end.text.includes("You are signed in")]).toEqual([
      origins.applications,
      true,
    ]);
  });

  it("a cookie comes to its end, and all of them when the server forgets them", async () => {
    const at = stranger({ switches, timings: { passiveCookieMs: 60_000 } });
    const window = browser(at);
    const uri = (await at.token(passive)).json.ms_rtc_passiveauthuri;
    const signIn = async (): Promise<void> => {
      const form = await window.visit(uri);
      await window.visit(form.url, { UserName: "ada@doorbell.example", Password: "ada" });
    };
    await signIn();
    expect((await at.token(passive, { Cookie: window.cookie() })).status).toBe(200);
    await at.server.control.advance(60_000);
    expect((await at.token(passive, { Cookie: window.cookie() })).status).toBe(400);
    await signIn();
    expect((await at.token(passive, { Cookie: window.cookie() })).status).toBe(200);
    at.server.control.forgetPassiveSignIns();
    expect((await at.token(passive, { Cookie: window.cookie() })).status).toBe(400);
  });

  it("a ticket is good once, and the federation sends nobody to a stranger", async () => {
    const at = stranger({ switches });
    const form = await browser(at).visit((await at.token(passive)).json.ms_rtc_passiveauthuri);
    const posted = await at.fetch(form.url, {
      method: "POST",
      headers: { Accept: "text/html" },
      body: new URLSearchParams({ UserName: "ada@doorbell.example", Password: "ada" }),
    });
    const back = posted.headers.get("location")!;
    expect((await at.get(back)).status).toBe(200);
    expect((await at.get(back)).status).toBe(403);
    const elsewhere = `${origins.discovery}/adfs/ls/?wtrealm=${encodeURIComponent("https://evil.example")}`;
    expect((await at.get(elsewhere)).status).toBe(400);
  });
});
