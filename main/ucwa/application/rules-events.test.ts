/** What the reference says of the event channel, rule by rule. */
import { describe, expect, it } from "vitest";
import { html, ScriptedServer } from "../../testing/scripted-server.ts";
import type { SeenRequest } from "../../testing/scripted-server.ts";
import { failing, signedIn } from "../../testing/signed-in.ts";
import { readPackage } from "./events.ts";

const BASE = "https://fe.contoso.example/ucwa/oauth/v1/applications/104";
const isEvents = ({ url }: SeenRequest) => url.includes("/events");
const isCreation = ({ url, headers }: SeenRequest) =>
  url.endsWith("/applications") && headers["Authorization"] !== undefined;

function sender(...events: object[]): object {
  return { rel: "communication", href: "/c", events };
}

const event = (href: string, type: string, rel = "messagingInvitation") => ({ link: { rel, href }, type });

describe("the event request (events)", () => {
  it(
    "asks for times that the server allows, and waits longer than it may hold",
    { tags: ["events-timeout", "events-medium", "events-low", "events-range"] },
    async () => {
      const server = new ScriptedServer();
      await signedIn(server);
      const { searchParams } = new URL(server.requests.find(isEvents)?.url ?? "");
      expect([...searchParams.keys()].toSorted()).toEqual(["ack", "low", "medium", "timeout"]);
      for (const [name, least] of [
        ["timeout", 180],
        ["medium", 5],
        ["low", 5],
      ] as const) {
        const seconds = Number(searchParams.get(name));
        expect(Number.isInteger(seconds), name).toBe(true);
        expect(seconds, name).toBeGreaterThanOrEqual(least);
        expect(seconds, name).toBeLessThanOrEqual(1800);
      }
    },
  );

  it(
    "takes 409 and 404 without an error of UCWA for those of somebody on the way",
    { tags: ["events-not-ucwa"] },
    async () => {
      for (const status of [404, 409]) {
        const server = new ScriptedServer();
        const { clock, session, state } = await signedIn(server);
        failing(server, isEvents, 1, () => html(status));
        session.tryNow();
        await clock.advance(30_000);
        expect(state()).toEqual({ name: "online", generation: 1 });
        expect(server.requests.filter(isCreation)).toHaveLength(1);
      }
    },
  );

  it(
    "leads back to the search after a 403 and after a 502 that lasts, and for no sickness of the server",
    { tags: ["rediscover-when", "rediscover-not-otherwise", "events-403", "events-502", "events-500"] },
    async () => {
      for (const [status, again] of [
        [403, true],
        [502, true],
        [500, false],
        [503, false],
        [504, false],
      ] as const) {
        const server = new ScriptedServer();
        const { clock, session } = await signedIn(server);
        const searches = () => server.requests.filter(({ url }) => url.endsWith(".example/")).length;
        expect(searches()).toBe(1);
        server.intercept = (request) =>
          isEvents(request) || new URL(request.url).pathname === server.base ? html(status) : undefined;
        session.tryNow();
        await clock.advance(120_000);
        expect(searches() > 1, String(status)).toBe(again);
        await session.signOut();
      }
    },
  );
});

describe("an event (EventsInUCWA)", () => {
  const read = (body: object) => readPackage(body, `${BASE}/events?ack=2`, 1)?.read().events ?? [];

  it("may bring the latest state alone, which is all that counts", { tags: ["aggregation"] }, () => {
    const resource = { messaging: { rel: "messaging", state: "Connected" } };
    const [only] = read({
      sender: [sender({ ...event("/m", "updated", "messaging"), _embedded: resource })],
    });
    expect(only?.resource?.properties["state"]).toBe("Connected");
  });
});
