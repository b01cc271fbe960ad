import { describe, expect, it } from "vitest";
import { challenge, json, links, POOL, ROOT, TOKEN_PATH } from "../../testing/servers/scripted-server.ts";
import {
  document,
  EXTERNAL,
  found,
  HOSTER,
  INTERNAL,
  leadsHome,
  PLAIN_INTERNAL,
  redirect,
  search,
  USER,
  WEB,
} from "./testing/search.ts";
import type { Routes } from "./testing/search.ts";

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
