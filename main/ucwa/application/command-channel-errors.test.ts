import { describe, expect, it } from "vitest";
import { error, html, POOL, ROOT, ScriptedServer } from "../../testing/servers/scripted-server.ts";
import type { Reply, SeenRequest } from "../../testing/servers/scripted-server.ts";
import { failing, signedIn } from "../../testing/signed-in.ts";

describe("an error of the server", () => {
  const isCreation = ({ url, headers }: SeenRequest) =>
    url.endsWith("/applications") && headers["Authorization"] !== undefined;

  for (const [status, code, subcode, outcome, rule] of [
    [400, "BadRequest", "ParameterValidationFailure", "refused"],
    [403, "Forbidden", "None", "refused"],
    [404, "NotFound", "ResourceNotFound", "gone", "error-resource-not-found"],
    [404, "NotFound", "ApplicationNotFound", "unreachable"],
    [408, "ClientTimeout", "None", "unreachable"],
    [409, "Conflict", "None", "conflict"],
    [410, "Gone", "None", "gone"],
    [429, "TooManyRequests", "None", "unreachable"],
    [500, "ServiceFailure", "CallbackChannelError", "unreachable"],
    [503, "ServiceUnavailable", "None", "unreachable"],
    [504, "Timeout", "ServiceTimeout", "unreachable"],
  ] as const) {
    const tags = ["error-statuses", ...(rule ? [rule] : [])];
    it(`for an answer of the person means ${outcome} when it is ${status} ${code}`, { tags }, async () => {
      const server = new ScriptedServer();
      const { session, state } = await signedIn(server);
      const href = `${POOL}${server.base}/i/1/accept`;
      server.intercept = (request) => (request.url === href ? error(status, code, subcode) : undefined);
      expect(await session.post(1, href)).toMatchObject({ outcome });
      expect(state()).toEqual({ name: "online", generation: 1 });
    });
  }

  for (const [status, code, subcode, rule] of [
    [403, "Forbidden", "None", "forbidden-resource"],
    [404, "NotFound", "ResourceNotFound", "resource-not-found"],
    [500, "ExchangeServiceFailure", "ExchangeServiceFailure", "error-exchange"],
    [504, "Timeout", "ExchangeServiceFailure", "error-exchange"],
  ] as const) {
    it(`about one resource leaves the session as it is: ${status} ${subcode}`, { tags: [rule] }, async () => {
      const server = new ScriptedServer();
      const { clock, session, seen, state } = await signedIn(server);
      const href = `${POOL}${server.base}/people/1`;
      const parked = server.sent("GET", `${server.base}/events`).length;
      server.intercept = (request) => (request.url === href ? error(status, code, subcode) : undefined);
      expect((await session.lookUp(1, href)).outcome).not.toBe("found");
      await clock.advance(30_000);
      expect(seen).toEqual([]);
      expect(state()).toEqual({ name: "online", generation: 1 });
      expect(server.requests.filter(isCreation)).toHaveLength(1);
      expect(server.requests.filter(({ url }) => url === ROOT)).toHaveLength(1);
      expect(server.sent("GET", `${server.base}/events`)).toHaveLength(parked);
    });
  }

  it.each([
    [404, "NotFound", "ApplicationNotFound"],
    [410, "Gone", "InactiveApplicationExpired"],
    [410, "Gone", "UserAgentNotAllowed"],
  ])("about the application says nothing of an invitation: %i %s %s", async (status, code, subcode) => {
    const server = new ScriptedServer();
    const { session } = await signedIn(server);
    const href = `${POOL}${server.base}/i/1`;
    server.intercept = ({ url }) => (url === href ? error(status, code, subcode) : undefined);
    expect(await session.lookUp(1, href)).toMatchObject({ outcome: "unreachable" });
    server.intercept = ({ url }) => (url === href ? error(410, "Gone", "None") : undefined);
    expect(await session.lookUp(1, href)).toMatchObject({ outcome: "gone" });
  });

  it(
    "never has an answer sent again by the session itself, but a question that the network cut short",
    { tags: ["retry-reads"] },
    async () => {
      const server = new ScriptedServer();
      const { clock, session } = await signedIn(server);
      const href = `${POOL}${server.base}/i/1`;
      const timesOf = (url: string) => server.requests.filter((request) => request.url === url).length;
      const cut = (): Reply => Promise.reject(new TypeError("net::ERR_NETWORK_CHANGED"));
      for (const reply of [() => html(503), cut]) {
        const before = timesOf(`${href}/accept`);
        server.intercept = ({ url }) => (url.startsWith(href) ? reply() : undefined);
        await session.post(1, `${href}/accept`);
        await clock.advance(120_000);
        expect(timesOf(`${href}/accept`)).toBe(before + 1);
      }
      await session.lookUp(1, href);
      expect(timesOf(href)).toBeGreaterThan(1);
    },
  );

  it("hurries no event channel that waits already, when nobody takes an answer of the person's", async () => {
    const server = new ScriptedServer();
    const { clock, session } = await signedIn(server);
    server.intercept = () => Promise.reject(new TypeError("net::ERR_CONNECTION_REFUSED"));
    server.emit([]);
    await clock.advance(5_000);
    const asked = () => server.sent("GET", `${server.base}/events`).length;
    const before = asked();
    for (let time = 0; time < 5; time++) await session.post(1, `${POOL}${server.base}/i/1/accept`);
    await clock.settle();
    expect(asked()).toBe(before);
  });

  it(
    "is decided by whose it is: AlreadyExists is success for one and none for another",
    { tags: ["error-subcode-context"] },
    async () => {
      const server = new ScriptedServer();
      const exists = () => error(409, "Conflict", "AlreadyExists");
      failing(server, ({ url }) => url.endsWith("/makeMeAvailable"), 1, exists);
      const { session, state } = await signedIn(server);
      expect(state().name).toBe("online");
      server.intercept = exists;
      expect(await session.post(1, `${POOL}${server.base}/i/1/accept`)).toMatchObject({
        outcome: "conflict",
      });
    },
  );
});
