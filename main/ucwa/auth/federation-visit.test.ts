import { describe, expect, it } from "vitest";
import { SILENT_LOGGER } from "../../testing/rig.ts";
import { Http } from "../http/http.ts";
import { Trust } from "./trust.ts";
import { VirtualClock } from "../../testing/virtual-clock.ts";
import { VISIT_MS, visitPage } from "./federation-visit.ts";
import { ADFS_PAGE, FakePages, SAYS, WEB } from "./testing/stand.ts";
import { requestToken } from "./token-request.ts";
import { atPage, reset, token } from "./testing/at-page.ts";

describe("sign-in on the page of the organisation", () => {
  it("takes no notice of what its page does after it is over", async () => {
    const { pages, ended, posts, clock } = await atPage(token);
    pages.load();
    expect(await ended).toEqual({ status: 200 });
    pages.load();
    pages.closeByPerson();
    await clock.settle();
    expect(posts).toHaveLength(2);
    expect(clock.pending).toBe(0);
  });

  it("asks again by itself only after trouble, and not for a page that has come meanwhile", async () => {
    const { pages, posts, clock } = await atPage(SAYS.page, SAYS.unauthorized, SAYS.page);
    pages.load();
    await clock.advance(60_000);
    expect(posts).toHaveLength(2);
    pages.load();
    await clock.advance(4_999);
    expect(posts).toHaveLength(3);
    pages.load();
    await clock.advance(60_000);
    expect(posts).toHaveLength(4);
  });

  it("asks again five seconds after a 401, which may be of a proxy", async () => {
    const { pages, ended, posts, clock } = await atPage(SAYS.unauthorized, token);
    pages.load();
    await clock.advance(5_000);
    expect(await ended).toEqual({ status: 200 });
    expect(posts).toHaveLength(3);
  });

  it.each([
    ["a token", token],
    ["none", SAYS.page],
    ["a failure", () => reset()],
  ])("is over after ten minutes, though an answer comes late and brings %s", async (_, late) => {
    const held = Promise.withResolvers<void>();
    const pages = new FakePages();
    const clock = new VirtualClock();
    let asked = 0;
    const trust = new Trust("contoso.example", []);
    const http = new Http(async () => {
      asked++;
      await held.promise;
      return late();
    }, clock);
    const deps = { http, clock, trust, logger: SILENT_LOGGER };
    const ask = () => requestToken(deps, { url: `${WEB}/t`, form: {} });
    const { signal } = new AbortController();
    const visit = visitPage({ pages, clock, host: "web.contoso.example", url: ADFS_PAGE, ask, signal });
    const refused = expect(visit).rejects.toMatchObject({ code: "badCredentials" });
    await clock.advance(VISIT_MS - 1_000);
    pages.load();
    await clock.advance(1_000);
    await refused;
    held.resolve();
    await clock.settle();
    pages.load();
    await clock.advance(60_000);
    expect(asked).toBe(1);
    expect(pages.closed).toEqual([ADFS_PAGE]);
    expect(clock.pending).toBe(0);
  });

  it("leaves nothing waiting when everything is forgotten, and takes no notice of that when it is over", async () => {
    for (const answered of ["trouble", "token"] as const) {
      const { pages, ended, clock, tokens } = await atPage(answered === "token" ? token : SAYS.unauthorized);
      pages.load();
      await clock.settle();
      tokens.clear();
      expect(await ended.catch((error: unknown) => error)).toMatchObject(
        answered === "token" ? { status: 200 } : { code: "" },
      );
      expect(pages.closed).toEqual([ADFS_PAGE]);
      expect(clock.pending).toBe(0);
    }
  });

  it("opens no page for a sign-in that is given up already", async () => {
    const pages = new FakePages();
    const clock = new VirtualClock();
    const ask = () => Promise.reject(new RangeError("it was asked"));
    const signal = AbortSignal.abort();
    const visit = visitPage({ pages, clock, host: "web.contoso.example", url: ADFS_PAGE, ask, signal });
    await expect(visit).rejects.toMatchObject({ kind: "aborted" });
    expect(pages.opened).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it("ends with a fault of the program, and leaves no page open and nothing waiting", async () => {
    const clock = new VirtualClock();
    const pages = new FakePages();
    const { signal } = new AbortController();
    const ask = () => Promise.reject(new RangeError("a fault"));
    const visit = visitPage({ pages, clock, host: "web.contoso.example", url: ADFS_PAGE, ask, signal });
    pages.load();
    await expect(visit).rejects.toThrow("a fault");
    expect(pages.closed).toEqual([ADFS_PAGE]);
    expect(clock.pending).toBe(0);
  });

  it("asks once at a time, and pages that come meanwhile make for one request more, not for many", async () => {
    const held = Promise.withResolvers<Response>();
    const { pages, ended, posts, clock } = await atPage(() => held.promise, token);
    for (let pagesCome = 0; pagesCome < 20; pagesCome++) pages.load();
    await clock.settle();
    expect(posts).toHaveLength(2);
    held.resolve(SAYS.page());
    expect(await ended).toEqual({ status: 200 });
    expect(posts).toHaveLength(3);
  });

  it("ends when the person closes the page, and opens it again only when the person says so", async () => {
    const { pages, ended, end, posts, tokens, clock } = await atPage(SAYS.page);
    pages.closeByPerson();
    expect(await ended).toMatchObject({
      code: "badCredentials",
      sentence: expect.stringContaining("closed") as string,
    });
    expect(await end()).toMatchObject({ code: "badCredentials" });
    expect(pages.opened).toHaveLength(1);
    expect(posts).toHaveLength(2);
    expect(clock.pending).toBe(0);
    tokens.forgetRefusal();
    void end();
    await clock.settle();
    expect(pages.opened).toHaveLength(2);
    tokens.clear();
  });

  it("takes the token of a person who signs in and closes the page at once", async () => {
    const { pages, ended } = await atPage(token);
    pages.closeByPerson();
    expect(await ended).toEqual({ status: 200 });
  });

  it("ends after ten minutes, and closes the page", async () => {
    const { pages, ended, clock } = await atPage(SAYS.page);
    await clock.advance(VISIT_MS - 1);
    expect(pages.closed).toEqual([]);
    await clock.advance(1);
    expect(await ended).toMatchObject({
      code: "badCredentials",
      sentence: expect.stringContaining("ten minutes") as string,
    });
    expect(pages.closed).toEqual([ADFS_PAGE]);
    expect(clock.pending).toBe(0);
  });
});
