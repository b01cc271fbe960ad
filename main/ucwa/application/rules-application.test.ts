/** What the reference says of an application, its creation and its availability, rule by rule. */
import { describe, expect, it } from "vitest";
import { error, json, links, ScriptedServer } from "../../testing/scripted-server.ts";
import type { SeenRequest } from "../../testing/scripted-server.ts";
import { failing, signedIn } from "../../testing/signed-in.ts";

const MINUTE_MS = 60_000;
const isCreation = ({ method, url, headers }: SeenRequest) =>
  method === "POST" && url.endsWith("/applications") && headers["Authorization"] !== undefined;
const isEvents = ({ url }: SeenRequest) => url.includes("/events");

/** An application as the server shows it, with other links or other resources in it. */
function shown(server: ScriptedServer, hrefs: Record<string, string> = {}, embedded: object = {}): object {
  const { base } = server;
  return {
    rel: "application",
    ...links({ self: base, events: `${base}/events?ack=1`, ...hrefs }),
    _embedded: {
      me: {
        rel: "me",
        ...links({ self: `${base}/me`, makeMeAvailable: `${base}/me/makeMeAvailable` }),
      },
      ...embedded,
    },
  };
}

describe("the creation of an application (applications)", () => {
  it("goes on with the channel of an instance that exists", { tags: ["create-200"] }, async () => {
    const server = new ScriptedServer();
    const events = `${server.base}/events?ack=5`;
    failing(server, isCreation, 1, () => json(200, shown(server, { events })));
    await signedIn(server);
    expect(server.requests.filter(isEvents)[0]?.url).toContain("ack=5");
  });

  it("refuses a server of the builds of 2013, in words", { tags: ["early-builds"] }, async () => {
    const server = new ScriptedServer();
    const early = "/ucwa/oauth/v0/applications('1')";
    const hrefs = { self: early, events: `${early}/events?ack=1` };
    failing(server, isCreation, 99, () => json(201, shown(server, hrefs)));
    const { clock, state } = await signedIn(server);
    await clock.advance(MINUTE_MS);
    expect(state()).toMatchObject({ name: "attention", reason: "unsupportedServer" });
    expect(server.requests.filter(isEvents)).toEqual([]);
  });
});

describe("a new application after a lost one (ApplicationDashboard)", () => {
  it(
    "is made after a gap of more than 15 minutes in sleep",
    { tags: ["gap-15-minutes", "loss-inactive"] },
    async () => {
      const server = new ScriptedServer();
      const { clock, session, seen, state } = await signedIn(server);
      // The machine is asleep: it hears nothing of the end.
      server.alive = false;
      failing(server, isEvents, 1, () => error(410, "Gone", "InactiveApplicationExpired"));
      await clock.sleepMachine(16 * MINUTE_MS);
      session.resumed();
      await clock.advance(2_000);
      expect(seen).toEqual(["1 ended"]);
      expect(state()).toEqual({ name: "online", generation: 2 });
    },
  );
});
