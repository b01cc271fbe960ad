import { describe, expect, it } from "vitest";
import {
  challenge,
  error,
  html,
  json,
  links,
  POOL,
  ROOT,
  ScriptedServer,
  TOKEN_PATH,
} from "../../testing/scripted-server.ts";
import type { Reply } from "../../testing/scripted-server.ts";
import { VirtualClock } from "../../testing/virtual-clock.ts";
import { SILENT_LOGGER } from "../../testing/rig.ts";
import { Discovery, discoveryNames } from "./discovery.ts";
import { Http } from "../http/http.ts";
import { createSession } from "../session.ts";
import type { SessionAccount } from "../session-options.ts";
import type { SessionState } from "../session-port.ts";
import { AuthorizedRequests } from "../auth/authorized-requests.ts";
import { Trust } from "../auth/trust.ts";

const NAMES = discoveryNames("contoso.example");
const [INTERNAL = "", PLAIN_INTERNAL = "", EXTERNAL = "", PLAIN_EXTERNAL = ""] = NAMES;
const WEB = "https://web.contoso.example";
const HOSTER = "https://pool.hoster.example";
const USER = `${ROOT}user?originalDomain=contoso.example`;

type Routes = Readonly<Record<string, () => Reply>>;

/** A session that searches: what the routes do not answer is a name that nobody knows, or goes the script's way. */
function search(routes: Routes, account: Partial<SessionAccount> = {}) {
  const server = new ScriptedServer();
  const clock = new VirtualClock();
  const states: SessionState[] = [];
  server.intercept = ({ url }) => {
    const route = routes[url];
    if (route) return route();
    return NAMES.includes(url) ? unknownHost() : undefined;
  };
  const nothing = () => undefined;
  const session = createSession({
    fetch: server.fetch,
    clock,
    random: { uuid: () => "uuid", fraction: () => 0.5 },
    logger: { error: nothing, warn: nothing, info: nothing, debug: nothing },
    account: {
      address: "tosh@contoso.example",
      password: async () => "secret",
      server: null,
      trusted: [],
      endpointId: "endpoint",
      instanceId: "instance",
      userAgent: "Doorbell/0",
      culture: "en-US",
      ...account,
    },
    listener: {
      stateChanged: (state) => states.push(state),
      received: nothing,
      generationEnded: nothing,
      channelInterrupted: nothing,
    },
  });
  session.start();
  const asked = () => server.requests.filter(({ method }) => method === "GET").map(({ url }) => url);
  const names = () => asked().filter((url) => NAMES.includes(url));
  return { server, clock, session, asked, names, state: () => states.at(-1), states };
}

const unknownHost = (): Reply =>
  Promise.reject(
    Object.assign(new TypeError("fetch failed"), {
      cause: Object.assign(new Error(), { code: "ENOTFOUND" }),
    }),
  );
const silence = (): Reply => new Promise<never>(() => undefined);
const redirect =
  (location: string, status = 302) =>
  () =>
    new Response(null, { status, headers: { Location: location } });
const document = (hrefs: Readonly<Record<string, string>>) => () => json(200, links(hrefs));
const leadsHome = document({ user: USER });
const found = { [EXTERNAL]: leadsHome };

describe("the names of a sign-in domain", () => {
  it(
    "are tried inside before outside, and over https before plain http",
    { tags: ["discovery-order", "discovery-no-xframe-probe"] },
    async () => {
      const { clock, asked } = search({});
      await clock.settle();
      expect(asked()).toEqual([
        "https://lyncdiscoverinternal.contoso.example/",
        "http://lyncdiscoverinternal.contoso.example/",
        "https://lyncdiscover.contoso.example/",
        "http://lyncdiscover.contoso.example/",
      ]);
    },
  );

  it(
    "are those of the part behind the last @, in its ASCII form",
    { tags: ["discovery-domain"] },
    async () => {
      const { clock, asked } = search({}, { address: "Tosh@Bücher.Example" });
      await clock.settle();
      expect(asked().map((url) => new URL(url).hostname)).toContain("lyncdiscover.xn--bcher-kva.example");
    },
  );

  const failures: readonly [string, () => Reply, ...rules: string[]][] = [
    ["is not known to the name server", unknownHost, "candidate-silent"],
    ["refuses the connection", () => Promise.reject(new TypeError("fetch failed")), "candidate-silent"],
    ["does not answer in time", silence, "candidate-silent"],
    ["answers 404", () => html(404), "candidate-not-found"],
    ["answers 500", () => html(500)],
    ["redirects to another domain", redirect("https://portal.example/login")],
    ["redirects to a domain that only looks like ours", redirect("https://evilcontoso.example/")],
    ["redirects to a domain that only begins like ours", redirect("https://contoso.example.evil.example/")],
    ["redirects to no address", redirect("::")],
    ["answers with a page", () => html(200)],
    ["answers with a document that leads nowhere", document({ self: INTERNAL }), "root-without-user"],
    ["answers with JSON that is no document", () => json(200, ["x"])],
    ["answers with nothing", () => new Response("")],
    ["redirects to itself", redirect(INTERNAL)],
    [
      "redirects to itself in capitals and with its port",
      redirect("HTTPS://LYNCDISCOVERINTERNAL.contoso.example:443"),
    ],
    ["leads to plain http", document({ user: "http://web.contoso.example/user" })],
    ["redirects to plain http", redirect("http://web.contoso.example/")],
  ];
  for (const [failure, reply, ...tags] of failures) {
    it(`are gone through to the next when one ${failure}`, { tags }, async () => {
      const { clock, state, names } = search({ ...found, [INTERNAL]: reply });
      await clock.advance(5_000);
      expect(names()).toEqual([INTERNAL, PLAIN_INTERNAL, EXTERNAL]);
      expect(state()?.name).toBe("online");
    });
  }

  it(
    "are not followed out of the sign-in domain by HTTP, even to what would answer",
    { tags: ["candidate-redirected-out"] },
    async () => {
      const { clock, asked, state } = search({
        ...found,
        [INTERNAL]: redirect(`${HOSTER}/root`),
        [`${HOSTER}/root`]: leadsHome,
      });
      await clock.settle();
      expect(asked()).not.toContain(`${HOSTER}/root`);
      expect(state()?.name).toBe("online");
    },
  );

  it("have five seconds each, also one that begins to answer and does not end", async () => {
    const dripping = () =>
      new Response(new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode("{")) }));
    const { clock, state, names } = search({ ...found, [INTERNAL]: silence, [PLAIN_INTERNAL]: dripping });
    await clock.advance(4_999);
    expect(names()).toEqual([INTERNAL]);
    await clock.advance(1);
    expect(names()).toEqual([INTERNAL, PLAIN_INTERNAL]);
    await clock.advance(5_000);
    expect(state()?.name).toBe("online");
  });

  it("leave the search at a refused password: at the next name it would be sent again", async () => {
    const token = `${new URL(ROOT).origin}/WebTicket/oauthtoken`;
    const { server, clock, state, names } = search({
      [INTERNAL]: leadsHome,
      [token]: () => json(400, { error: "invalid_grant" }),
    });
    await clock.settle();
    expect(state()).toMatchObject({ name: "attention", reason: "badCredentials" });
    expect(names()).toEqual([INTERNAL]);
    expect(server.requests.filter(({ url }) => url === token)).toHaveLength(1);
  });

  it("tell what the person can mend before what may pass, when none leads anywhere", async () => {
    const certificate = () =>
      Promise.reject(Object.assign(new Error("x"), { code: "DEPTH_ZERO_SELF_SIGNED_CERT" }));
    const { clock, state } = search({ [INTERNAL]: () => html(503), [EXTERNAL]: certificate });
    await clock.settle();
    expect(state()).toMatchObject({ name: "attention", reason: "certificate" });
  });

  it("tell before all else whom the person could approve: then there is a way", async () => {
    const { clock, state } = search({
      [INTERNAL]: document({ user: "http://web.contoso.example/user" }),
      [PLAIN_INTERNAL]: document({ redirect: `${HOSTER}/root` }),
    });
    await clock.settle();
    expect(state()).toMatchObject({ reason: "untrustedServer", origin: HOSTER });
  });
});

describe("a plain http name", () => {
  it("is a first step to https inside the sign-in domain", async () => {
    const { clock, state } = search({
      [PLAIN_EXTERNAL]: redirect(`${WEB}/root`),
      [`${WEB}/root`]: leadsHome,
    });
    await clock.settle();
    expect(state()?.name).toBe("online");
  });

  it(
    "is not believed about a stranger, whom the person is asked about when no other name leads anywhere",
    { tags: ["trust-ask"] },
    async () => {
      const stranger = { [PLAIN_INTERNAL]: document({ redirect: `${HOSTER}/root` }) };
      const asking = search({ ...stranger, [`${HOSTER}/root`]: leadsHome });
      await asking.clock.settle();
      expect(asking.state()).toMatchObject({ reason: "untrustedServer", origin: HOSTER });
      expect(asking.names()).toEqual(NAMES);
      expect(asking.server.requests.some(({ url }) => url.startsWith(HOSTER))).toBe(false);
      const elsewhere = search({ ...stranger, ...found });
      await elsewhere.clock.settle();
      expect(elsewhere.state()?.name).toBe("online");
      const approved = search({ ...stranger, [`${HOSTER}/root`]: leadsHome }, { trusted: [HOSTER] });
      await approved.clock.settle();
      expect(approved.state()?.name).toBe("online");
    },
  );

  it.each<[string, () => Reply]>([
    ["user link", document({ user: "http://web.contoso.example/user" })],
    ["redirect", document({ redirect: "http://web.contoso.example/root" })],
    ["HTTP redirect", redirect("http://web.contoso.example/root")],
  ])("gets no credential: its %s must lead to https", { tags: ["discovery-first-hop"] }, async (_, reply) => {
    const { server, clock } = search({ [PLAIN_INTERNAL]: reply });
    await clock.settle();
    expect(server.requests.filter(({ url }) => url.startsWith("http:")).map(({ url }) => url)).toEqual([
      PLAIN_INTERNAL,
      PLAIN_EXTERNAL,
    ]);
  });
});

describe("the way from the root to the applications", () => {
  it(
    "goes to the user, without a token and with one, and never to the page for browsers",
    { tags: ["root-document", "xframe-ignored"] },
    async () => {
      const xframe = `${EXTERNAL}xframe`;
      const { clock, asked, state } = search({
        [EXTERNAL]: document({ self: EXTERNAL, xframe, user: USER }),
        [xframe]: leadsHome,
      });
      await clock.settle();
      expect(asked().slice(0, 5)).toEqual([INTERNAL, PLAIN_INTERNAL, EXTERNAL, USER, USER]);
      expect(asked()).not.toContain(xframe);
      expect(state()?.name).toBe("online");
    },
  );

  it(
    "keeps every address as it was given, query and case included",
    { tags: ["root-original-domain"] },
    async () => {
      const user = `${WEB}/Autodiscover/AutodiscoverService.svc/root/oauth/user?originalDomain=contoso.example&k=a+b%2fC==`;
      const { clock, asked } = search({
        [EXTERNAL]: document({ user }),
        [user]: document({ applications: `${POOL}/ucwa/oauth/v1/applications` }),
      });
      await clock.settle();
      expect(asked()).toContain(user);
    },
  );

  it("takes relative links from where the document came from", async () => {
    const { clock, asked, state } = search({
      [EXTERNAL]: redirect("/root"),
      [`${EXTERNAL}root`]: document({ user: "user?originalDomain=contoso.example" }),
    });
    await clock.settle();
    expect(asked()).toContain(USER);
    expect(state()?.name).toBe("online");
  });

  it(
    "prefers redirect beside user and applications: the user is homed elsewhere",
    { tags: ["root-redirect", "redirect-before-user"] },
    async () => {
      const { clock, asked, state } = search({
        [EXTERNAL]: document({ user: `${WEB}/wrong`, applications: `${WEB}/wrong`, redirect: `${WEB}/root` }),
        [`${WEB}/root`]: leadsHome,
      });
      await clock.settle();
      expect(asked()).not.toContain(`${WEB}/wrong`);
      expect(state()?.name).toBe("online");
    },
  );

  it(
    "asks for JSON, and reads the older autodiscover format all the same, whatever its type",
    { tags: ["root-older-format"] },
    async () => {
      const types = ["application/vnd.microsoft.rtc.autodiscover+xml; v=1", "application/xml"];
      for (const type of types) {
        const body = `<?xml version="1.0"?><AutodiscoverResponse AccessLocation="External"><Root><Link token="Domain" href="${WEB}/no"/><Link token="User" href="${USER}"/></Root></AutodiscoverResponse>`;
        const { server, clock, state } = search({
          [EXTERNAL]: () => new Response(body, { headers: { "Content-Type": type } }),
        });
        await clock.settle();
        expect(server.requests[0]?.headers["Accept"]).toMatch(/^application\/json\b/);
        expect(state()?.name, type).toBe("online");
      }
    },
  );

  it("reads the older autodiscover format in JSON, at the root and at the user", async () => {
    const older = (part: string, token: string, href: string) => () =>
      json(200, {
        AccessLocation: "External",
        [part]: {
          Links: [
            { href: `${WEB}/no`, token: "Domain" },
            { href, token },
          ],
        },
      });
    const routes: Routes = {
      [EXTERNAL]: older("Root", "Redirect", `${WEB}/root`),
      [`${WEB}/root`]: older("Root", "User", USER),
      [USER]: () =>
        server.requests.at(-1)?.headers["Authorization"] === undefined
          ? challenge(new URL(USER).origin)
          : older("User", "Ucwa", `${POOL}/ucwa/oauth/v1/applications`)(),
    };
    const { server, clock, state } = search(routes);
    await clock.settle();
    expect(state()?.name).toBe("online");
  });

  it(
    "follows the user to another pool and presents the credentials again there",
    { tags: ["user-redirect"] },
    async () => {
      const other = `${HOSTER}/user`;
      const routes = (signedIn: () => boolean): Routes => ({
        ...found,
        [USER]: document({ redirect: other }),
        [other]: () =>
          signedIn()
            ? json(200, links({ applications: `${POOL}/ucwa/oauth/v1/applications` }))
            : challenge(HOSTER),
      });
      const { server, clock, state } = search(
        routes(() => server.requests.at(-1)?.headers["Authorization"] !== undefined),
      );
      await clock.settle();
      expect(state()?.name).toBe("online");
      const bearers = server.requests
        .filter(({ url }) => url === other)
        .map(({ headers }) => headers["Authorization"]);
      expect(bearers).toEqual([undefined, expect.stringMatching(/^Bearer /)]);
    },
  );

  it("reads from the beginning where the user's redirect leads to another root", async () => {
    const { clock, state } = search({
      ...found,
      [USER]: document({ redirect: `${HOSTER}/root` }),
      [`${HOSTER}/root`]: document({ user: `${HOSTER}/user` }),
      [`${HOSTER}/user`]: document({ applications: `${POOL}/ucwa/oauth/v1/applications` }),
    });
    await clock.settle();
    expect(state()?.name).toBe("online");
  });

  it(
    "lets a split domain's root, user and applications each have a host of its own, the last with a sign-in",
    { tags: ["root-other-host", "applications-other-host"] },
    async () => {
      const { server, clock, state } = search({
        [EXTERNAL]: document({ redirect: "https://root.hoster.example/" }),
        "https://root.hoster.example/": document({ user: "https://user.hoster.example/" }),
        "https://user.hoster.example/": document({ applications: `${POOL}/ucwa/oauth/v1/applications` }),
      });
      await clock.settle();
      expect(state()?.name).toBe("online");
      expect(server.sent("POST", TOKEN_PATH).map(({ url }) => new URL(url).origin)).toEqual([POOL]);
    },
  );

  it("follows an HTTP redirect outside the sign-in domain once a document has led there", async () => {
    const { clock, state } = search({
      [EXTERNAL]: document({ redirect: "https://a.hoster.example/" }),
      "https://a.hoster.example/": redirect("https://b.hoster.example/", 307),
      "https://b.hoster.example/": leadsHome,
    });
    await clock.settle();
    expect(state()?.name).toBe("online");
  });

  const hops = (count: number): Routes =>
    Object.fromEntries(
      Array.from({ length: count }, (_, hop) => [
        `${WEB}/${hop}`,
        hop + 1 === count ? leadsHome : document({ redirect: `${WEB}/${hop + 1}` }),
      ]),
    );

  it.each<[string, Routes, string]>([
    ["is followed over five hops", hops(5), "online"],
    ["is given up at the sixth hop", hops(6), "reconnecting"],
    [
      "is given up in a circle",
      {
        [`${WEB}/0`]: document({ redirect: `HTTPS://WEB.contoso.example:443/1#x` }),
        [`${WEB}/1`]: document({ redirect: `${WEB}/0` }),
      },
      "reconnecting",
    ],
  ])("%s, and asks no address twice", { tags: ["redirect-bounded"] }, async (_, routes, name) => {
    const { clock, state, asked } = search({ ...routes, [EXTERNAL]: document({ redirect: `${WEB}/0` }) });
    await clock.settle();
    const followed = asked().filter((url) => url.startsWith(WEB));
    expect(new Set(followed).size).toBe(followed.length);
    expect(state()?.name).toBe(name);
  });

  it("starts at the given server and nowhere else, written as it may be", async () => {
    const { clock, state, names } = search(
      { [`${HOSTER}/root`]: leadsHome },
      { server: "HTTPS://POOL.hoster.example:443/root" },
    );
    await clock.settle();
    expect(names()).toEqual([]);
    expect(state()?.name).toBe("online");
  });
});

describe("a server that is too old", () => {
  it.each<[string, Routes]>([
    [
      "an address of the early version",
      { [USER]: document({ applications: `${POOL}/ucwa/oauth/v0/applications` }) },
    ],
    [
      "an early address with keys in brackets",
      { [USER]: document({ applications: `${POOL}/x/applications('104')` }) },
    ],
    ["no applications at all", { [USER]: document({ self: USER }) }],
    ["nothing but another user link", { [USER]: document({ user: `${ROOT}again` }) }],
  ])("is told at sign-in, with the version that is needed: %s", async (_, routes) => {
    const { server, clock, state } = search({ ...found, ...routes });
    await clock.settle();
    expect(state()).toMatchObject({
      name: "attention",
      reason: "unsupportedServer",
      detail: expect.stringContaining("Skype for Business Server 2015") as string,
    });
    expect(server.requests.some(({ method, url }) => method === "POST" && url.includes("applications"))).toBe(
      false,
    );
  });
});

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
