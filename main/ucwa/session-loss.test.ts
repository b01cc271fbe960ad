import { describe, expect, it } from "vitest";
import { error, POOL, ScriptedServer } from "../testing/servers/scripted-server.ts";
import { failing, invitation, isEvents, last, signIn } from "../testing/signed-in.ts";

describe("the event channel", () => {
  it(
    "creates the application anew when the channel says that it is gone, and tells that the old one is dead",
    { tags: ["loss-404"] },
    async () => {
      const server = new ScriptedServer();
      const { clock, seen, names, session } = signIn(server);
      await clock.settle();
      server.kill();
      session.tryNow();
      await clock.advance(2_000);
      expect(seen).toEqual(["1 ended"]);
      expect(names().slice(-2)).toEqual(["reconnecting", "online"]);
      server.emit([invitation()]);
      await clock.settle();
      expect(seen).toEqual(["1 ended", "2 started messagingInvitation"]);
    },
  );

  it.each([
    ["gone", 404, "NotFound", "ApplicationNotFound"],
    ["inactive", 410, "Gone", "InactiveApplicationExpired"],
  ] as const)(
    "loses no call when an application that is said to be %s is handed back",
    async (_, status, code, subcode) => {
      const server = new ScriptedServer();
      const { clock, seen, session, names } = signIn(server);
      await clock.settle();
      server.emit([invitation()]);
      await clock.settle();
      server.intercept = ({ url }) => (url.includes("/events") ? error(status, code, subcode) : undefined);
      session.tryNow();
      await clock.settle();
      server.intercept = () => undefined;
      await clock.advance(301_000);
      expect(names().at(-1)).toBe("online");
      expect(seen[0]).toBe("1 started messagingInvitation");
      expect(new Set(seen.slice(1))).toEqual(new Set(["1 resync"]));
    },
  );

  it("ends the calls of an application that is said to be gone when another takes its place, and not before", async () => {
    const server = new ScriptedServer();
    const { clock, seen, session } = signIn(server);
    await clock.settle();
    let away = true;
    server.intercept = ({ url }) =>
      away && url.endsWith("/applications") ? error(503, "ServiceFailure", "None") : undefined;
    server.kill();
    session.tryNow();
    await clock.advance(2_000);
    expect(seen).toEqual([]);
    away = false;
    await clock.advance(10_000);
    expect(seen).toEqual(["1 ended"]);
  });

  it("survives a server that was killed and started anew with nothing in mind", async () => {
    const server = new ScriptedServer();
    const { clock, names, seen, session } = signIn(server);
    await clock.settle();
    server.intercept = () => Promise.reject(new TypeError("fetch failed"));
    session.tryNow();
    await clock.advance(60_000);
    expect(names().at(-1)).toBe("reconnecting");
    server.kill();
    server.revokeTokens();
    server.intercept = () => undefined;
    await clock.advance(60_000);
    expect(names().at(-1)).toBe("online");
    server.emit([invitation()]);
    await clock.settle();
    expect(seen).toEqual(["1 ended", "2 started messagingInvitation"]);
  });

  it(
    "does not believe ApplicationNotFound from another resource before the channel confirms it",
    { tags: ["loss-confirmed"] },
    async () => {
      const server = new ScriptedServer();
      const { clock, seen, session } = signIn(server);
      await clock.settle();
      server.intercept = ({ url }) =>
        url.endsWith("/accept") ? error(404, "NotFound", "ApplicationNotFound") : undefined;
      expect(await session.post(1, `${POOL}${server.base}/i/1/accept`)).toMatchObject({
        outcome: "unreachable",
      });
      await clock.settle();
      expect(seen).toEqual([]);
      server.emit([invitation()]);
      await clock.settle();
      expect(seen).toEqual(["1 started messagingInvitation"]);
    },
  );

  it(
    "creates anew after inactivity, but at most once in five minutes",
    { tags: ["recreate-after-inactivity"] },
    async () => {
      const server = new ScriptedServer();
      const { clock, session, states } = signIn(server);
      await clock.settle();
      const expired = () => error(410, "Gone", "InactiveApplicationExpired");
      const end = async () => {
        failing(server, isEvents, 1, () => {
          server.kill();
          return expired();
        });
        session.tryNow();
        await clock.settle();
      };
      await clock.advance(3 * 3_600_000);
      await end();
      await clock.advance(1);
      expect(last(states).name).toBe("online");
      await end();
      await clock.advance(4 * 60_000);
      expect(last(states).name).toBe("reconnecting");
      await clock.advance(61_000);
      expect(last(states).name).toBe("online");
    },
  );

  it(
    "does not fight for a channel that another instance took, and makes one of its own",
    { tags: ["events-409-no-fight"] },
    async () => {
      const server = new ScriptedServer();
      const { clock, session } = signIn(server);
      await clock.settle();
      server.intercept = (request) =>
        isEvents(request) && server.application === 1 ? error(409, "Conflict", "PGetReplaced") : undefined;
      const before = server.requests.filter(isEvents).length;
      session.tryNow();
      await clock.advance(4_000);
      expect(server.requests.filter(isEvents)).toHaveLength(before + 1);
      server.kill();
      await clock.advance(120_000);
      const identities = server.requests
        .filter(
          ({ method, url, headers }) =>
            method === "POST" && url.endsWith("/applications") && headers["Authorization"],
        )
        .map(({ body }) => (JSON.parse(body) as { instanceId: string }).instanceId);
      expect(identities).toEqual(["instance", "uuid-1"]);
    },
  );
});
