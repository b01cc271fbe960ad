import { describe, expect, it } from "vitest";

import { SILENT_LOGGER } from "../testing/rig.ts";
import { error, html, json, POOL, ROOT, ScriptedServer } from "../testing/scripted-server.ts";
import { VirtualClock } from "../testing/virtual-clock.ts";
import { createSession } from "./session.ts";

const THING = `${POOL}/thing`;

/** A session that is online, with requests to one resource answered by `reply`. */
async function online(reply: () => Response) {
  const server = new ScriptedServer();
  const clock = new VirtualClock();
  const session = createSession({
    fetch: server.fetch,
    clock,
    random: { uuid: () => "uuid", fraction: () => 0.5 },
    logger: SILENT_LOGGER,
    account: {
      address: "tosh@contoso.example",
      password: async () => "secret",
      server: ROOT,
      trusted: [],
      endpointId: "endpoint",
      instanceId: "instance",
      userAgent: "Doorbell/0",
      culture: "en-US",
    },
    listener: { stateChanged() {}, event() {}, generationEnded() {}, channelInterrupted() {} },
  });
  session.start();
  await clock.settle();
  server.intercept = ({ url }) => (url.startsWith(THING) ? reply() : undefined);
  return { server, session };
}

function created(location: string, status = 201): () => Response {
  return () => new Response(null, { status, headers: { Location: location } });
}

describe("a request that makes something", () => {
  it("tells where it is, as an absolute address", async () => {
    const { session, server } = await online(created("/calls/7"));
    expect(await session.post(1, THING, { operationId: "1" })).toEqual({
      outcome: "taken",
      location: `${POOL}/calls/7`,
    });
    expect(server.sent("POST", "/thing")[0]?.body).toBe('{"operationId":"1"}');
  });

  it.each([
    ["on another origin", created("https://evil.example/calls/7")],
    ["that is no address", created("http://[")],
    ["of an answer that made nothing", created("/calls/7", 200)],
  ])("is taken, and a Location %s is left out", async (_name, reply) => {
    const { session } = await online(reply);
    expect(await session.post(1, THING)).toEqual({ outcome: "taken" });
  });
});

describe("reading a resource", () => {
  it("gives its properties", async () => {
    const { session } = await online(() => json(200, { rel: "contact", name: "Ines" }));
    expect(await session.read(1, THING)).toMatchObject({
      outcome: "found",
      resource: { rel: "contact", properties: { name: "Ines" } },
    });
  });

  it.each([
    ["gone, when it is not there", () => error(404, "NotFound", "None"), { outcome: "gone" }],
    [
      "refused, when it may not be seen",
      () => error(403, "Forbidden", "None"),
      { outcome: "refused", status: 403 },
    ],
    ["unreachable, when somebody else's page comes instead", () => html(200), { outcome: "unreachable" }],
    ["unreachable, when it is no resource", () => json(200, [1]), { outcome: "unreachable" }],
  ])("says %s", async (_name, reply, outcome) => {
    const { session } = await online(reply);
    expect(await session.read(1, THING)).toMatchObject(outcome);
  });

  it("asks neither for an earlier application's resource nor at another origin", async () => {
    const { session, server } = await online(() => json(200, {}));
    expect(await session.read(0, THING)).toEqual({ outcome: "superseded" });
    expect(await session.read(1, "https://evil.example/thing")).toMatchObject({ outcome: "refused" });
    expect(server.requests.filter(({ url }) => url.includes("thing"))).toEqual([]);
  });
});
