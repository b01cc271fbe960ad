import { describe, expect, it } from "vitest";
import { error, html, json, links, ScriptedServer } from "../testing/servers/scripted-server.ts";
import { failing, signIn } from "../testing/signed-in.ts";

describe("being available", () => {
  it(
    "reports activity at least every four minutes, by the link that the server gave",
    { tags: ["activity-interval"] },
    async () => {
      const server = new ScriptedServer();
      const { clock } = signIn(server);
      await clock.settle();
      await clock.advance(3_600_000);
      const reports = server.sent("POST", `${server.base}/me/reportMyActivity`);
      expect(reports.length).toBeGreaterThanOrEqual(15);
      expect(reports.every(({ body }) => body === "")).toBe(true);
    },
  );

  it(
    "takes AlreadyExists for done, and tries again after an error of the server",
    { tags: ["available-twice", "available-500"] },
    async () => {
      const server = new ScriptedServer();
      const replies = [
        error(500, "ServiceFailure", "CallbackChannelError"),
        error(409, "Conflict", "AlreadyExists"),
      ];
      server.intercept = ({ url }) => (url.endsWith("makeMeAvailable") ? replies.shift() : undefined);
      const { clock, names } = signIn(server);
      await clock.settle();
      expect(names().at(-1)).toBe("reconnecting");
      await clock.advance(2_000);
      expect(names().at(-1)).toBe("online");
      expect(server.requests.filter(({ url }) => url.endsWith("/applications"))).toHaveLength(2);
    },
  );

  it("is no missing link: `me` that is not ready is asked for again, at once when the server says that it has changed", async () => {
    const server = new ScriptedServer();
    const bare = json(201, {
      rel: "application",
      ...links({ self: server.base, events: `${server.base}/events?ack=1` }),
      _embedded: { me: { rel: "me", ...links({ self: `${server.base}/me` }) } },
    });
    let ready = false;
    server.intercept = ({ method, url, headers }) => {
      if (url.endsWith("/applications") && headers["Authorization"]) return bare;
      return method === "GET" && url.endsWith("/me") && !ready ? error(409, "Conflict", "None") : undefined;
    };
    const { clock, names } = signIn(server);
    await clock.advance(20_000);
    expect(names()).not.toContain("online");
    expect(names().at(-1)).toBe("reconnecting");
    ready = true;
    const me = { link: { rel: "me", href: `${server.base}/me` }, type: "updated" };
    server.emit([{ rel: "me", href: `${server.base}/me`, events: [me] }]);
    await clock.settle();
    expect(server.sent("POST", `${server.base}/me/makeMeAvailable`)).toHaveLength(1);
    expect(names().at(-1)).toBe("online");
  });

  it("is not taken from a page with 200, but asked for again", async () => {
    const server = new ScriptedServer();
    failing(
      server,
      ({ url }) => url.endsWith("makeMeAvailable"),
      1,
      () => html(200),
    );
    const { clock, names } = signIn(server);
    await clock.settle();
    expect(names().at(-1)).toBe("reconnecting");
    await clock.advance(5_000);
    expect(server.sent("POST", `${server.base}/me/makeMeAvailable`)).toHaveLength(2);
    expect(names().at(-1)).toBe("online");
  });

  it("that is still to come is waited for, though a hotel shows its own certificate meanwhile", async () => {
    const server = new ScriptedServer();
    server.intercept = ({ url }) => (url.endsWith("makeMeAvailable") ? html(502) : undefined);
    const { clock, session, names } = signIn(server);
    await clock.advance(1_000);
    server.intercept = () => Promise.reject(Object.assign(new Error(), { code: "CERT_HAS_EXPIRED" }));
    session.resumed();
    await clock.advance(60_000);
    server.intercept = () => undefined;
    await clock.advance(5 * 60_000);
    expect(names()).not.toContain("attention");
    expect(names().at(-1)).toBe("online");
  });

  it.each([
    ["404", () => error(404, "NotFound", "None")],
    ["409 without a reason", () => json(409, {})],
    ["a page", () => html(404)],
  ])(
    "is told by `me` where the answer that it was done was lost, and its repetition is answered by %s",
    async (_, again) => {
      const server = new ScriptedServer();
      let posts = 0;
      server.intercept = (request) => {
        if (!request.url.endsWith("makeMeAvailable")) return undefined;
        // The first one is carried out, and its answer gets lost.
        if (++posts > 1) return again();
        server.makeAvailable();
        return Promise.reject(new TypeError("fetch failed"));
      };
      const { clock, names } = signIn(server);
      await clock.advance(5_000);
      expect(posts).toBe(2);
      expect(names().at(-1)).toBe("online");
    },
  );
});
