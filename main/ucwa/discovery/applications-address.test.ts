import { describe, expect, it } from "vitest";
import {
  challenge,
  error,
  html,
  json,
  links,
  ROOT,
  TOKEN_PATH,
} from "../../testing/servers/scripted-server.ts";
import type { Reply } from "../../testing/servers/scripted-server.ts";
import { APPLICATIONS, failsWith, OLD, run } from "./testing/remembered-address.ts";

describe("an address that an earlier run found", () => {
  it(
    "is asked first: the first request is the POST to it, and nothing is searched for",
    { tags: ["applications-address-cached"] },
    async () => {
      const { server, clock, state, searches, told } = run(APPLICATIONS);
      await clock.settle();
      expect(server.requests[0]).toMatchObject({ method: "POST", url: APPLICATIONS });
      expect(state()?.name).toBe("online");
      expect(searches()).toBe(0);
      expect(told).toEqual([]);
    },
  );

  it.each(["http://pool.contoso.example/ucwa/oauth/v1/applications", "file:///etc/passwd", "nonsense", ""])(
    "is not asked at all when no credential may go there: %s",
    async (address) => {
      const { server, clock, state, told } = run(address);
      await clock.settle();
      expect(server.requests[0]?.url).toBe(ROOT);
      expect(state()?.name).toBe("online");
      expect(told).toEqual([APPLICATIONS]);
    },
  );

  it.each<[string, () => Reply]>([
    ["whose name is not known any more", () => failsWith("ENOTFOUND")],
    ["where nobody listens", () => failsWith("ECONNREFUSED")],
    ["that shows a certificate nobody trusts", () => failsWith("CERT_HAS_EXPIRED")],
    ["that answers 404", () => html(404)],
    ["where UCWA says that there are none", () => error(404, "NotFound", "None")],
    ["where a page is now", () => html(200)],
    ["where an empty document is now", () => json(200, {})],
    [
      "that redirects",
      () => new Response(null, { status: 302, headers: { Location: "https://x.example/" } }),
    ],
  ])("is found anew on the third try when it is one %s", async (_, reply) => {
    const { clock, state, told, searches } = run(OLD, ({ url }) => (url === OLD ? reply() : undefined));
    await clock.advance(2_000);
    expect([searches(), told]).toEqual([0, []]);
    await clock.advance(1_000);
    expect(state()?.name).toBe("online");
    expect(told).toEqual([APPLICATIONS]);
  });

  it("is found anew when its token endpoint is gone", async () => {
    const { clock, state } = run(OLD, ({ url }) => {
      if (url === OLD) return challenge(new URL(OLD).origin);
      return url === `${new URL(OLD).origin}${TOKEN_PATH}` ? html(404) : undefined;
    });
    await clock.advance(1_000);
    expect(state()?.name).toBe("online");
  });

  it("is trusted as it was when it was found, on a domain of its own too", async () => {
    const { clock, state, searches } = run(OLD);
    await clock.settle();
    expect([state()?.name, searches()]).toEqual(["online", 0]);
  });

  it("is in doubt only by failures in a row: one word of the server itself, and they count from the beginning", async () => {
    const replies = [
      () => failsWith("ECONNREFUSED"),
      () => failsWith("ECONNREFUSED"),
      () => html(503),
      () => failsWith("ECONNREFUSED"),
      () => html(404),
    ];
    const { server, clock, state, searches } = run(APPLICATIONS, ({ url }) =>
      url === APPLICATIONS ? replies.shift()?.() : undefined,
    );
    await clock.advance(60_000);
    expect(state()?.name).toBe("online");
    expect(server.sent("POST", new URL(APPLICATIONS).pathname).length).toBeGreaterThan(5);
    expect(searches()).toBe(0);
  });

  it("is found anew within a minute when it does not answer at all", async () => {
    const { clock, state } = run(OLD, ({ url }) =>
      url === OLD ? new Promise<never>(() => undefined) : undefined,
    );
    await clock.advance(60_000);
    expect(state()?.name).toBe("online");
  });

  it("stays while there is no network at all, and is asked first when there is one again", async () => {
    let network = false;
    const { server, clock, session, state, told } = run(APPLICATIONS, () =>
      network ? undefined : failsWith("ENOTFOUND"),
    );
    await clock.advance(3_600_000);
    expect(state()).toMatchObject({ name: "reconnecting", reason: "unknownHost" });
    expect(told).toEqual([]);
    network = true;
    const before = server.requests.length;
    session.resumed();
    await clock.settle();
    expect(server.requests[before]?.url).toBe(APPLICATIONS);
    expect(state()?.name).toBe("online");
  });

  it("is waited for while its server rests and a search only leads back to it", async () => {
    let rests = true;
    const { server, clock, state, told } = run(APPLICATIONS, ({ url }) =>
      rests && url === APPLICATIONS ? failsWith("ECONNREFUSED") : undefined,
    );
    await clock.advance(2_500);
    // One try a round: not again at once because the search names it too.
    expect(
      server.requests.filter(({ method, url }) => method === "POST" && url === APPLICATIONS),
    ).toHaveLength(3);
    await clock.advance(3_600_000);
    expect(state()).toMatchObject({ name: "reconnecting", reason: "unreachable" });
    rests = false;
    await clock.advance(300_000);
    expect(state()?.name).toBe("online");
    expect(told).toEqual([]);
  });

  it("is what is told to be in trouble when a search finds nothing either", async () => {
    const { clock, state, searches } = run(APPLICATIONS, ({ url }) => {
      if (url === APPLICATIONS) return failsWith("ECONNREFUSED");
      return url === ROOT ? html(404) : undefined;
    });
    await clock.advance(3_600_000);
    expect(searches()).toBeGreaterThan(0);
    expect(state()).toMatchObject({ name: "reconnecting", reason: "unreachable" });
  });

  it("stays in doubt over what only the person can mend", async () => {
    const replies = [
      () => failsWith("ECONNREFUSED"),
      () => failsWith("ECONNREFUSED"),
      () => error(410, "Gone", "TooManyApplications"),
    ];
    const { clock, session, state, searches } = run(OLD, ({ url }) =>
      url === OLD ? (replies.shift() ?? (() => failsWith("ECONNREFUSED")))() : undefined,
    );
    await clock.advance(60_000);
    expect([state()?.name, searches()]).toEqual(["attention", 0]);
    session.tryNow();
    await clock.advance(100);
    expect([state()?.name, searches()]).toEqual(["online", 1]);
  });

  it("does not keep the person from being asked what the search for another needs", async () => {
    const { clock, state } = run(OLD, ({ url }) => {
      if (url === OLD) return failsWith("ENOTFOUND");
      return url === ROOT ? json(200, links({ user: "http://web.contoso.example/user" })) : undefined;
    });
    await clock.advance(4_000);
    expect(state()).toMatchObject({ name: "attention", reason: "untrustedServer" });
  });
});
