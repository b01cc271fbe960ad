import { describe, expect, it } from "vitest";

import { SILENT_LOGGER } from "../../testing/rig.ts";
import { error, html, json, POOL, ROOT, ScriptedServer } from "../../testing/servers/scripted-server.ts";
import { VirtualClock } from "../../testing/virtual-clock.ts";
import { CommandChannel } from "./command-channel.ts";
import type { Living } from "./command-channel.ts";
import { HttpFailure } from "../http/http.ts";
import type { HttpAnswer, HttpRequest } from "../http/http.ts";
import { SessionProblem } from "../session-problem.ts";
import { createSession } from "../session.ts";

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
    listener: { stateChanged() {}, received() {}, generationEnded() {}, channelInterrupted() {} },
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

describe("looking an invitation up", () => {
  it.each([
    ["an invitation", () => json(200, { rel: "phoneAudioInvitation" }), "found"],
    ["a resource that does not say what it is", () => json(200, {}), "found"],
    ["another resource", () => json(200, { rel: "contact" }), "unreachable"],
    ["no resource", () => json(200, [1]), "unreachable"],
    ["an answer that brings none", () => json(201, { rel: "messagingInvitation" }), "unreachable"],
    ["an answer that it is between two states", () => error(409, "Conflict", "None"), "unreachable"],
    ["an answer that there is none", () => error(404, "NotFound", "None"), "gone"],
  ])("says of %s what it is", async (_name, reply, outcome) => {
    const { session } = await online(reply);
    expect(await session.lookUp(1, THING)).toMatchObject({ outcome });
    expect(await session.lookUp(0, THING)).toEqual({ outcome: "superseded" });
  });
});

/** A command channel between requests that a test answers and a life that it ends. */
function commands(authorized: (request: HttpRequest) => Promise<HttpAnswer>) {
  const end = new AbortController();
  const life = { tried: 0, current: true };
  const living: Living = {
    generation: 1,
    application: {
      self: `${POOL}/app`,
      events: `${POOL}/app/events`,
      me: { self: null, makeMeAvailable: null, reportMyActivity: null },
      communication: { self: null, startMessaging: null },
      people: { self: null, search: null },
    },
    ended: end.signal,
    suspect: () => undefined,
    tryNow: () => void life.tried++,
  };
  const clock = new VirtualClock();
  const channel = new CommandChannel({ send: authorized }, () => (life.current ? living : null), clock);
  return { end, life, clock, channel };
}

const answered = (response: Response) => async (request: HttpRequest) => ({
  url: request.url,
  status: response.status,
  headers: response.headers,
  body: await response.text(),
});

describe("a request on behalf of the person", () => {
  it("is not sent while there is no application", async () => {
    const { channel, life } = commands(() => Promise.reject(new RangeError("it was sent")));
    life.current = false;
    expect(await channel.post(1, THING)).toEqual({ outcome: "superseded" });
  });

  it("names its content only where it has one", async () => {
    const sent: HttpRequest[] = [];
    const { channel } = commands((request) => {
      sent.push(request);
      return answered(new Response(null, { status: 204 }))(request);
    });
    await channel.post(1, THING);
    await channel.post(1, THING, {});
    expect(sent.map(({ headers, body }) => [headers, body])).toEqual([
      [undefined, undefined],
      [{ "Content-Type": "application/json" }, "{}"],
    ]);
  });

  it("has the application looked at when its answer says that it is gone, and for no other answer", async () => {
    for (const [response, tried] of [
      [error(404, "NotFound", "ApplicationNotFound"), 1],
      [error(410, "Gone", "InactiveApplicationExpired"), 1],
      [error(404, "NotFound", "ResourceNotFound"), 0],
      [new Response(null, { status: 204 }), 0],
    ] as const) {
      const { channel, life } = commands(answered(response));
      await channel.post(1, THING);
      expect(life.tried).toBe(tried);
    }
  });

  it("is superseded when its application ends meanwhile, and only unclear when that is merely given up", async () => {
    for (const [current, outcome] of [
      [true, "unreachable"],
      [false, "superseded"],
    ] as const) {
      const { channel, life, end } = commands(async () => {
        life.current = current;
        end.abort();
        throw new HttpFailure("aborted", "", "pool.contoso.example");
      });
      expect(await channel.post(1, THING)).toMatchObject({ outcome });
    }
    // A request that failed by itself may have been carried out, whatever came of the application.
    const { channel, life } = commands(async () => {
      life.current = false;
      throw new HttpFailure("interrupted", "", "pool.contoso.example");
    });
    expect(await channel.post(1, THING)).toMatchObject({ outcome: "unreachable" });
  });

  it.each([
    ["the network", new HttpFailure("timeout", "", "pool.contoso.example")],
    ["the sign-in", SessionProblem.retry("tokenEndpoint", "There is no token.")],
  ])("is unclear, and says why, when %s fails", async (_name, failure) => {
    const { channel } = commands(() => Promise.reject(failure));
    expect(await channel.post(1, THING)).toEqual({ outcome: "unreachable", detail: failure.message });
  });

  it("does not hide a fault of the program", async () => {
    const { channel } = commands(() => Promise.reject(new RangeError("a fault")));
    await expect(channel.post(1, THING)).rejects.toThrow("a fault");
  });

  it.each([
    ["a page of HTML", 200, "text/html", "unreachable"],
    ["plain text", 404, "text/plain; charset=utf-8", "unreachable"],
    ["a redirect", 307, "application/json", "unreachable"],
    ["a refusal", 400, "application/json", "refused"],
    ["a receipt", 200, "application/json", "taken"],
    ["a receipt that names text by the way", 202, "application/json; was=text/html", "taken"],
  ])("takes %s for what it is", async (_name, status, type, outcome) => {
    const { channel } = commands(answered(new Response("{}", { status, headers: { "Content-Type": type } })));
    expect(await channel.post(1, THING)).toMatchObject({ outcome });
  });
});

describe("a request that begins something", () => {
  it("arrives once at most, and one that does no harm twice takes the connection that is open", async () => {
    const sent: HttpRequest[] = [];
    const { channel } = commands((request) => {
      sent.push(request);
      return answered(new Response(null, { status: 204 }))(request);
    });
    await channel.post(1, THING, { operationId: "operation-1", to: "sip:ola@contoso.example" });
    await channel.post(1, THING, { reason: "Global" });
    await channel.post(1, THING);
    await channel.sendMessage(1, THING, { text: "Hello", operationId: "operation-2" });
    expect(sent.map(({ once }) => once ?? false)).toEqual([true, false, false, true]);
  });
});

describe("looking things up", () => {
  /** A channel whose GETs stay open until the test ends them, in the order in which they were sent. */
  function slow() {
    const open: { readonly path: string; readonly end: () => void }[] = [];
    const sent: HttpRequest[] = [];
    const stand = commands((request) => {
      sent.push(request);
      const { promise, resolve } = Promise.withResolvers<HttpAnswer>();
      const end = () => {
        const answer = new Response("{}", { headers: { "Content-Type": "application/json" } });
        void answered(answer)(request).then(resolve);
      };
      if (request.method === "POST") end();
      else open.push({ path: request.url.slice(POOL.length), end });
      return promise;
    });
    return { ...stand, open, sent };
  }

  it("has three questions under way and lets the others wait in order, while an answer goes at once, as urgent", async () => {
    const { channel, clock, open, sent } = slow();
    const results: string[] = [];
    for (let each = 0; each < 8; each++) {
      const asked =
        each % 2 === 0 ? channel.lookUp(1, `${POOL}/${each}`) : channel.read(1, `${POOL}/${each}`);
      void asked.then(({ outcome }) => results.push(`${each} ${outcome}`));
    }
    await clock.settle();
    expect(open.map(({ path }) => path)).toEqual(["/0", "/1", "/2"]);
    expect(await channel.post(1, THING)).toEqual({ outcome: "taken" });
    expect(sent.map(({ url, urgent }) => [url, urgent])).toContainEqual([THING, true]);
    open[1]?.end();
    await clock.settle();
    expect(open.map(({ path }) => path)).toEqual(["/0", "/1", "/2", "/3"]);
    for (let ended = 0; ended < open.length; ended++) {
      open[ended]?.end();
      await clock.settle();
    }
    expect(open.map(({ path }) => path)).toEqual(["/0", "/1", "/2", "/3", "/4", "/5", "/6", "/7"]);
    expect(results.toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((each) => `${each} found`));
  });

  it("gives up what has waited ten seconds for its turn without sending it, and ends the wait with the application", async () => {
    const { channel, clock, end, life, open } = slow();
    for (let each = 0; each < 3; each++) void channel.read(1, `${POOL}/${each}`);
    const late = channel.read(1, `${POOL}/late`);
    await clock.advance(10_000);
    expect(await late).toMatchObject({ outcome: "unreachable" });
    const last = channel.read(1, `${POOL}/last`);
    life.current = false;
    end.abort();
    expect(await last).toEqual({ outcome: "superseded" });
    for (const { end: answer } of open) answer();
    await clock.settle();
    expect(open).toHaveLength(3);
    expect(clock.pending).toBe(0);
  });
});
