import { describe, expect, it } from "vitest";
import { html } from "../../testing/servers/scripted-server.ts";
import type { SessionProblem } from "../session-problem.ts";
import { ADFS_PAGE, FakePages, PASSIVE, SAYS, stand } from "./testing/stand.ts";
import { atPage, reset, token } from "./testing/at-page.ts";

describe("sign-in on the page of the organisation", () => {
  it("needs no page while the cookies of the last one hold", { tags: ["grant-passive"] }, async () => {
    const pages = new FakePages();
    const { end, posts } = stand({ grants: PASSIVE, pages, says: [token] });
    expect(await end()).toEqual({ status: 200 });
    expect(posts).toMatchObject([{ asPerson: true, once: false }]);
    expect(posts[0]?.form).toEqual({ grant_type: PASSIVE });
    expect(pages.opened).toEqual([]);
  });

  it(
    "opens the page that the server names, repeats the same request at each page that has come, and closes it with the token",
    { tags: ["passive-address", "passive-after-page"] },
    async () => {
      const { pages, ended, posts, clock } = await atPage(SAYS.page, token);
      expect(pages.opened).toEqual([ADFS_PAGE]);
      expect(posts).toHaveLength(1);
      pages.load();
      await clock.settle();
      expect(pages.closed).toEqual([]);
      pages.load();
      expect(await ended).toEqual({ status: 200 });
      expect(pages.closed).toEqual([ADFS_PAGE]);
      expect(posts).toMatchObject([{ asPerson: true }, {}, {}]);
      expect(posts[1]).toEqual(posts[0]);
      expect(posts[2]).toEqual(posts[0]);
      expect(clock.pending).toBe(0);
    },
  );

  it.each([
    ["does not take it", SAYS.notTaken, "does not accept a sign-in on a web page"],
    ["names no page", SAYS.refused, "names no web page"],
  ])("is declined by a server that %s", async (_, says, sentence) => {
    const { end } = stand({ grants: PASSIVE, pages: new FakePages(), says: [says] });
    expect(await end()).toMatchObject({
      code: "signInNotOffered",
      sentence: expect.stringContaining(sentence) as string,
    });
  });

  it("is not sent to a page in the clear, which nobody can approve", async () => {
    const pages = new FakePages();
    const says = () => SAYS.pageAt("http://web.contoso.example/page");
    const { error } = await stand({ grants: PASSIVE, pages, says: [says] }).end();
    expect(error).toMatchObject({ code: "untrustedServer" });
    expect((error as SessionProblem).advice).toStrictEqual({ action: "stop", reason: "untrustedServer" });
    expect(pages.opened).toEqual([]);
  });

  it("opens its page again after everything was forgotten, and after a window that could not be opened", async () => {
    const { pages, ended, clock, tokens, get } = await atPage(SAYS.page, token);
    tokens.clear();
    await ended.catch(() => undefined);
    void get();
    await clock.settle();
    expect(pages.opened).toHaveLength(2);

    const broken = new FakePages();
    const open = broken.open.bind(broken);
    broken.open = () => {
      throw new RangeError("no window");
    };
    const second = stand({ grants: PASSIVE, pages: broken, says: [SAYS.page] });
    await expect(second.get()).rejects.toThrow("no window");
    broken.open = open;
    void second.get();
    await second.clock.settle();
    expect(broken.opened).toHaveLength(1);
  });

  it.each<[string, () => Response | Promise<Response>]>([
    ["invalid_grant without a page", SAYS.refused],
    ["a page of a proxy", () => html(200)],
    ["401", SAYS.unauthorized],
    ["a sick server", () => html(503)],
    [
      "a portal that leads elsewhere",
      () => new Response(null, { status: 302, headers: { Location: "http://portal.example/" } }),
    ],
    ["a broken connection", reset],
  ])("does not close the page for %s", async (_, says) => {
    const { pages, ended, clock } = await atPage(says, token);
    pages.load();
    await clock.settle();
    expect(pages.closed).toEqual([]);
    pages.load();
    expect(await ended).toEqual({ status: 200 });
  });

  it.each<[string, () => Response | Promise<Response>]>([
    ["a sick server", () => html(503)],
    ["a broken connection", reset],
  ])("repeats the request after %s by itself, for no further page may come", async (_, says) => {
    const { pages, ended, clock } = await atPage(says, token);
    pages.load();
    await clock.advance(5_000);
    expect(await ended).toEqual({ status: 200 });
  });

  it("opens one page for all requests that wait, and one window after the other", async () => {
    const { pages, ended, end, clock } = await atPage(token);
    const second = end();
    await clock.settle();
    expect(pages.opened).toHaveLength(1);
    pages.load();
    expect([await ended, await second]).toEqual([{ status: 200 }, { status: 200 }]);
  });

  it("shows the page of a second server only when the first is done with, and not at all to a person who closed that", async () => {
    for (const finish of ["sign in", "close"]) {
      const pages = new FakePages();
      const cookies = { hold: false };
      const says = () => (cookies.hold ? SAYS.token() : SAYS.page());
      const { tokens, clock } = stand({ grants: PASSIVE, pages, says: [says] });
      const ends = ["https://web.contoso.example/user", "https://pool.contoso.example/applications"].map(
        (url) =>
          tokens.send({ method: "GET", url }).then(
            ({ status }) => status,
            ({ code }: SessionProblem) => code,
          ),
      );
      await clock.settle();
      expect(pages.opened).toHaveLength(1);
      cookies.hold = finish === "sign in";
      if (cookies.hold) pages.load();
      else pages.closeByPerson();
      await clock.settle();
      expect(pages.opened).toHaveLength(cookies.hold ? 2 : 1);
      if (cookies.hold) pages.load();
      expect(await Promise.all(ends)).toEqual(Array(2).fill(cookies.hold ? 200 : "badCredentials"));
      expect(pages.closed).toEqual(pages.opened);
    }
  });

  it("closes the page when everything is forgotten, and lets a request go that is given up", async () => {
    const { pages, ended, get, tokens, clock } = await atPage(token);
    const abort = new AbortController();
    const given = get(abort.signal);
    abort.abort();
    await expect(given).rejects.toMatchObject({ kind: "aborted" });
    expect(pages.closed).toEqual([]);
    tokens.clear();
    expect(await ended).toMatchObject({ code: "" });
    expect(pages.closed).toEqual([ADFS_PAGE]);
    expect(clock.pending).toBe(0);
  });

  it.each([
    ["plain http", "http://web.contoso.example/PassiveAuth", "untrustedServer"],
    ["this very machine", "http://localhost/PassiveAuth", "untrustedServer"],
    ["no address", "javascript:alert(1)", "tokenEndpoint"],
  ])("opens no page at %s", async (_, href, code) => {
    const pages = new FakePages();
    const { end } = stand({ grants: PASSIVE, pages, says: [() => SAYS.pageAt(href)] });
    expect(await end()).toMatchObject({ code });
    expect(pages.opened).toEqual([]);
  });

  it("opens a page of another origin that the trusted token server names over https, relative ones included", async () => {
    for (const [href, url] of [
      ["https://adfs.partner.example/adfs/ls", "https://adfs.partner.example/adfs/ls"],
      ["/PassiveAuth/PassiveAuth.aspx", ADFS_PAGE],
    ] as const) {
      const pages = new FakePages();
      const { end, tokens, clock } = stand({ grants: PASSIVE, pages, says: [() => SAYS.pageAt(href)] });
      void end();
      await clock.settle();
      expect(pages.opened).toEqual([url]);
      tokens.clear();
    }
  });

  it.each<[string, () => Response, string]>([
    ["names no page", SAYS.refused, "signInNotOffered"],
    ["does not take it", SAYS.notTaken, "signInNotOffered"],
    ["is sick", () => html(503), "tokenEndpoint"],
    ["wants something else", SAYS.unauthorized, "tokenEndpoint"],
  ])("opens nothing when the server %s", async (_, says, code) => {
    const pages = new FakePages();
    const { end } = stand({ grants: PASSIVE, pages, says: [says] });
    expect(await end()).toMatchObject({ code });
    expect(pages.opened).toEqual([]);
  });
});
