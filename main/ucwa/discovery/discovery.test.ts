import { describe, expect, it } from "vitest";
import { error, html, json, links, POOL, ScriptedServer } from "../../testing/servers/scripted-server.ts";
import type { Reply } from "../../testing/servers/scripted-server.ts";
import { VirtualClock } from "../../testing/virtual-clock.ts";
import { SILENT_LOGGER } from "../../testing/rig.ts";
import { Discovery } from "./discovery.ts";
import { Http } from "../http/http.ts";
import { AuthorizedRequests } from "../auth/authorized-requests.ts";
import { Trust } from "../auth/trust.ts";
import {
  document,
  EXTERNAL,
  found,
  HOSTER,
  INTERNAL,
  leadsHome,
  NAMES,
  PLAIN_EXTERNAL,
  PLAIN_INTERNAL,
  redirect,
  silence,
  unknownHost,
  USER,
  WEB,
} from "./testing/search.ts";

describe("one search", () => {
  /** Its end: the address, or the problem. */
  function find(
    routes: Readonly<Record<string, (clock: VirtualClock) => Reply>>,
    given: string | null = null,
  ) {
    const server = new ScriptedServer();
    const clock = new VirtualClock();
    server.intercept = ({ url }) => routes[url]?.(clock) ?? (NAMES.includes(url) ? unknownHost() : undefined);
    const trust = new Trust("contoso.example", []);
    const http = new Http(server.fetch, clock);
    const credentials = { username: "tosh@contoso.example", password: async () => "secret" };
    const deps = { http, clock, trust, logger: SILENT_LOGGER };
    const tokens = new AuthorizedRequests({ ...deps, credentials });
    const discovery = new Discovery({ ...deps, requests: tokens, domain: "contoso.example", server: given });
    const owner = new AbortController();
    let users = 0;
    const ended = discovery
      .find(owner.signal, () => users++)
      .then(
        (url) => ({ url }),
        (problem: unknown) => problem,
      );
    return { clock, ended, owner, users: () => users, urls: () => server.requests.map(({ url }) => url) };
  }
  const slow = (clock: VirtualClock): Reply =>
    new Promise((resolve) => clock.after(6_000, () => resolve(json(200, links({ user: USER })))));

  it(
    "ends at the applications of the user, redirected or not, tells once that it has come to the user, and leaves nothing waiting",
    { tags: ["user-document"] },
    async () => {
      const { clock, ended, users } = find(found);
      expect(await ended).toEqual({ url: `${POOL}/ucwa/oauth/v1/applications` });
      expect(users()).toBe(1);
      expect(clock.pending).toBe(0);
      const home = { [`${HOSTER}/user`]: document({ applications: `${HOSTER}/applications` }) };
      const elsewhere = find({ ...found, ...home, [USER]: document({ redirect: `${HOSTER}/user` }) });
      expect(await elsewhere.ended).toEqual({ url: `${HOSTER}/applications` });
    },
  );

  it("trusts the server that was given, wherever it is, and what it leads to by HTTP", async () => {
    const user = document({ user: `${HOSTER}/user` });
    const applications = document({ applications: `${HOSTER}/applications` });
    for (const root of [`${HOSTER}/root`, `${WEB}/root`]) {
      const routes = { [`${WEB}/root`]: redirect(`${HOSTER}/root`), [`${HOSTER}/root`]: user };
      const { ended } = find({ ...routes, [`${HOSTER}/user`]: applications }, root);
      expect(await ended).toEqual({ url: `${HOSTER}/applications` });
    }
  });

  it("gives only the first answer of a name five seconds, and any other its whole time", async () => {
    for (const [routes, given] of [
      [{ [EXTERNAL]: redirect(`${WEB}/root`), [`${WEB}/root`]: slow }, null],
      [{ [`${WEB}/root`]: slow }, `${WEB}/root`],
    ] as const) {
      const { clock, ended } = find(routes, given);
      await clock.advance(20_000);
      expect(await ended).toEqual({ url: `${POOL}/ucwa/oauth/v1/applications` });
    }
    const silent = find({ [EXTERNAL]: silence });
    await silent.clock.advance(5_000);
    expect(await silent.ended).toMatchObject({ code: "timeout" });
    const givenUp = find({ [INTERNAL]: silence });
    await givenUp.clock.settle();
    givenUp.owner.abort();
    expect(await givenUp.ended).toMatchObject({ code: "aborted" });
    expect(givenUp.urls()).toEqual([INTERNAL]);
  });

  it.each<[string, () => Reply]>([
    ["an error that names a place", () => html(404, { Location: USER })],
    ["an error that holds a document", () => json(404, links({ user: USER }))],
    ["a redirect to nowhere", () => html(302)],
    ["a redirect to what is no web address", redirect("mailto:admin@contoso.example")],
  ])("does not follow %s", async (_, reply) => {
    const { ended, urls } = find({ [`${WEB}/root`]: reply }, `${WEB}/root`);
    expect(await ended).toMatchObject({ code: "notFound" });
    expect(urls()).toEqual([`${WEB}/root`]);
  });

  it("takes a busy server for busy, and what goes wrong at the user for what may pass", async () => {
    const root = `${WEB}/root`;
    const user = { [root]: leadsHome };
    for (const [routes, code, afterMs] of [
      [{ [root]: () => html(503, { "Retry-After": "7" }) }, "discovery", 7_000],
      [{ [root]: () => html(429) }, "discovery", null],
      [{ [root]: () => html(404) }, "notFound", null],
      [{ ...user, [USER]: () => error(404, "NotFound", "ResourceNotFound") }, "refused", null],
      // A page is no word of UCWA's.
      [{ ...user, [USER]: () => html(404) }, "discovery", null],
      [{ ...user, [USER]: () => html(503) }, "discovery", null],
    ] as const) {
      expect(await find(routes, root).ended).toMatchObject({
        code,
        advice: { action: "rediscover", afterMs },
      });
    }
  });

  it("tells, when no name leads anywhere, what can be mended before what may pass, and that before nothing", async () => {
    const busy = () => html(503);
    const nothing = () => html(404);
    const silent = () => Promise.reject(new TypeError("fetch failed"));
    const clear = document({ user: "http://web.contoso.example/user" });
    for (const [routes, code] of [
      [{}, "notFound"],
      [{ [PLAIN_INTERNAL]: nothing }, "notFound"],
      [{ [EXTERNAL]: busy }, "discovery"],
      [{ [INTERNAL]: nothing, [EXTERNAL]: busy }, "discovery"],
      [{ [INTERNAL]: busy, [PLAIN_EXTERNAL]: clear }, "untrustedServer"],
      // What answers tells more than what is silent; and a proxy that finds no server answers for it.
      [{ [INTERNAL]: silent }, "unreachable"],
      [{ [INTERNAL]: silent, [PLAIN_INTERNAL]: silent, [EXTERNAL]: redirect(`${HOSTER}/root`) }, "notFound"],
      [Object.fromEntries(NAMES.map((name) => [name, () => html(502)])), "notFound"],
      [{ [INTERNAL]: () => html(502), [EXTERNAL]: busy }, "discovery"],
    ] as const) {
      expect(await find(routes).ended, JSON.stringify(Object.keys(routes))).toMatchObject({ code });
    }
    expect(await find({}).ended).toMatchObject({
      message: "No Skype for Business server was found for contoso.example.",
    });
  });
});
