import { describe, expect, it } from "vitest";
import { html, json, ROOT } from "../../testing/servers/scripted-server.ts";
import type { Reply } from "../../testing/servers/scripted-server.ts";
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
  search,
  silence,
  unknownHost,
  WEB,
} from "./testing/search.ts";

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
