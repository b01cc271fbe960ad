import { describe, expect, it } from "vitest";
import {
  error,
  html,
  json,
  links,
  POOL,
  ScriptedServer,
  shownApplication,
  TOKEN_PATH,
} from "../../testing/servers/scripted-server.ts";
import type { Reply, SeenRequest } from "../../testing/servers/scripted-server.ts";
import { failing, isEvents, signedIn } from "../../testing/signed-in.ts";
import type { SignedIn } from "../../testing/signed-in.ts";
import { ACTIVITY_INTERVAL_MS } from "./activity.ts";

const MINUTE_MS = 60_000;
const isCreation = ({ method, url, headers }: SeenRequest) =>
  method === "POST" && url.endsWith("/applications") && headers["Authorization"] !== undefined;
const isAvailability = ({ url }: SeenRequest) => url.endsWith("/makeMeAvailable");

function sender(...events: object[]): object {
  return { rel: "communication", href: "/c", events };
}

const event = (href: string, type: string, rel = "messagingInvitation") => ({ link: { rel, href }, type });
const acks = (server: ScriptedServer) =>
  server.requests.filter(isEvents).map(({ url }) => Number(new URL(url).searchParams.get("ack")));

describe("the creation of an application", () => {
  it("takes the channel of its own instance by the link", { tags: ["instance-channel"] }, async () => {
    const server = new ScriptedServer();
    const events = `${server.base}/events?ack=1&instanceId=instance`;
    failing(server, isCreation, 1, () => json(201, shownApplication(server, { events })));
    await signedIn(server);
    expect(new URL(server.requests.find(isEvents)?.url ?? "").searchParams.get("instanceId")).toBe(
      "instance",
    );
  });

  it(
    "has an instance id of its own in every run, so that two copies do not share a channel",
    { tags: ["same-endpoint-steals"] },
    async () => {
      const server = new ScriptedServer();
      await signedIn(server, { account: { instanceId: "first" } });
      await signedIn(server, { account: { instanceId: "second" } });
      const created = server.requests.filter(isCreation).map(({ body }) => JSON.parse(body) as object);
      expect(created).toMatchObject([
        { endpointId: "endpoint", instanceId: "first" },
        { endpointId: "endpoint", instanceId: "second" },
      ]);
    },
  );

  it("stops at a 403 of UCWA: this user may not have one", { tags: ["create-403"] }, async () => {
    const server = new ScriptedServer();
    failing(server, isCreation, 99, () => error(403, "Forbidden", "None"));
    const { clock, state } = await signedIn(server);
    await clock.advance(60 * MINUTE_MS);
    expect(state()).toMatchObject({ name: "attention", reason: "mobileNotAllowed" });
    expect(server.requests.filter(isCreation)).toHaveLength(1);
  });

  it("is tried again after a failure of the server", { tags: ["create-500"] }, async () => {
    const server = new ScriptedServer();
    failing(server, isCreation, 1, () => error(500, "ServiceFailure", "CallbackChannelError"));
    const { clock, state } = await signedIn(server);
    expect(state().name).toBe("reconnecting");
    await clock.advance(2_000);
    expect(state().name).toBe("online");
  });

  it("goes its way whatever else is in the answer", { tags: ["new-properties"] }, async () => {
    const server = new ScriptedServer();
    const more = { hologram: { rel: "hologram", ...links({ self: "/h" }) } };
    failing(server, isCreation, 1, () =>
      json(201, { ...shownApplication(server, { hologram: "/h" }, more), newest: [] }),
    );
    const { state } = await signedIn(server);
    expect(state().name).toBe("online");
    expect(server.requests.filter(isAvailability)).toHaveLength(1);
  });
});

describe("every request", () => {
  it(
    "goes to a link that the server handed out, wherever that leads",
    { tags: ["hrefs-never-built"] },
    async () => {
      const server = new ScriptedServer();
      const me = { rel: "me", ...links({ self: "/odd/me", makeMeAvailable: "/odd/here" }) };
      const later = { rel: "me", ...links({ self: "/odd/me", reportMyActivity: "/odd/alive" }) };
      server.intercept = ({ url }, signal) => {
        const { pathname } = new URL(url);
        if (pathname === "/ucwa/oauth/v1/applications")
          return json(201, shownApplication(server, { self: "/odd/app", events: "/odd/news?ack=1" }, { me }));
        if (pathname === "/odd/me") return json(200, later);
        if (pathname === "/odd/news") return new Promise((_, fail) => signal.addEventListener("abort", fail));
        return pathname.startsWith("/odd") ? new Response(null, { status: 204 }) : undefined;
      };
      const { clock, session } = await signedIn(server);
      await clock.advance(4 * MINUTE_MS - 1);
      await session.signOut();
      const asked = server.requests.map(({ method, url }) => `${method} ${new URL(url).pathname}`);
      expect(asked.slice(asked.lastIndexOf("POST /ucwa/oauth/v1/applications") + 1)).toEqual([
        "GET /odd/news",
        "POST /odd/here",
        "GET /odd/me",
        "POST /odd/alive",
        "DELETE /odd/app",
      ]);
    },
  );

  it(
    "to an application carries the token, says what it takes, and carries no header of a browser",
    { tags: ["bearer-everywhere", "header-accept", "header-no-origin"] },
    async () => {
      const server = new ScriptedServer();
      const { clock, session } = await signedIn(server);
      await clock.advance(5 * MINUTE_MS);
      await session.post(1, `${POOL}${server.base}/i/1/accept`);
      await session.signOut();
      const afterwards = server.requests.slice(server.requests.findIndex(isCreation));
      expect(new Set(afterwards.map(({ method }) => method))).toEqual(new Set(["POST", "GET", "DELETE"]));
      for (const { headers } of afterwards) expect(headers["Authorization"]).toMatch(/^Bearer cwt=/);
      for (const { headers } of server.requests) {
        expect(headers["Accept"]).toMatch(/^application\/json\b/);
        for (const name of Object.keys(headers)) expect(name).not.toMatch(/^(x-ms-origin|referer|origin)$/i);
      }
    },
  );

  it("with a body names its type, and without one has none", { tags: ["header-content-type"] }, async () => {
    const server = new ScriptedServer();
    const { clock, session } = await signedIn(server);
    await session.post(1, `${POOL}${server.base}/i/1/decline`, { reason: "Global" });
    await session.post(1, `${POOL}${server.base}/i/1/accept`);
    await clock.advance(5 * MINUTE_MS);
    for (const { url, headers, body } of server.requests) {
      const type = url.includes(TOKEN_PATH)
        ? "application/x-www-form-urlencoded;charset=UTF-8"
        : "application/json";
      expect(headers["Content-Type"], url).toBe(body === "" ? undefined : type);
    }
  });
});

describe("a new application after a lost one", () => {
  for (const [what, send] of [
    ["a report of activity", ({ clock }: SignedIn) => clock.advance(ACTIVITY_INTERVAL_MS)],
    ["an answer of the person", ({ session }: SignedIn, href: string) => session.post(1, href)],
    ["a question after an invitation", ({ session }: SignedIn, href: string) => session.lookUp(1, href)],
  ] as const) {
    it(`is made when ${what} brings the news`, { tags: ["loss-on-any-request"] }, async () => {
      const server = new ScriptedServer();
      const signed = await signedIn(server);
      // Nothing is said to the parked request.
      server.alive = false;
      await send(signed, `${POOL}${server.base}/i/1`);
      await signed.clock.advance(2_000);
      expect(signed.seen).toEqual(["1 ended"]);
      expect(signed.state()).toEqual({ name: "online", generation: 2 });
    });
  }

  it(
    "begins at its own events link, with parameters and availability sent again",
    { tags: ["recreate-new-hrefs", "recreate-begins-anew"] },
    async () => {
      const server = new ScriptedServer();
      const { clock, session } = await signedIn(server);
      server.kill();
      session.tryNow();
      await clock.advance(2_000);
      const second = server.requests.slice(server.requests.findLastIndex(isCreation) + 1);
      expect(server.application).toBe(2);
      expect(second.filter(isEvents).map(({ url }) => new URL(url).pathname)).toEqual([
        `${server.base}/events`,
      ]);
      expect(second.find(isEvents)?.url).toMatch(/ack=1&timeout=180&medium=5&low=60$/);
      expect(second.filter(isAvailability)).toHaveLength(1);
      const old = `${POOL}/ucwa/oauth/v1/applications/1/`;
      expect(await session.post(1, `${old}i/1/accept`)).toEqual({ outcome: "superseded" });
      expect(server.requests.slice(-second.length).some(({ url }) => url.startsWith(old))).toBe(false);
    },
  );
});

describe("the events of an application", () => {
  it(
    "are worked through in the order of the packages, and within each in its own",
    { tags: ["packages-in-order"] },
    async () => {
      const server = new ScriptedServer();
      const { clock, events } = await signedIn(server);
      server.emit([
        sender(event("/i/1", "started"), event("/i/2", "started")),
        sender(event("/i/3", "started")),
      ]);
      server.emit([sender(event("/i/1", "completed")), sender(event("/i/4", "started"))]);
      await clock.settle();
      const heard = events.map(({ type, link }) => `${type} ${new URL(link.href).pathname}`);
      expect(heard).toEqual([
        "started /i/1",
        "started /i/2",
        "started /i/3",
        "completed /i/1",
        "started /i/4",
      ]);
    },
  );

  it(
    "follows each answer once and never goes back, whatever fails between",
    { tags: ["next-acknowledges", "no-older-ack"] },
    async () => {
      const server = new ScriptedServer();
      const { clock, session, seen } = await signedIn(server);
      for (let round = 1; round <= 6; round++) {
        server.emit([sender(event(`/i/${round}`, "started"))]);
        const broken = (): Reply => Promise.reject(new TypeError("fetch failed"));
        failing(server, isEvents, round % 3, round % 2 === 0 ? () => html(503) : broken);
        session.tryNow();
        await clock.advance(60_000);
      }
      expect(seen).toEqual(Array(6).fill("1 started messagingInvitation"));
      expect(acks(server)).toEqual(acks(server).toSorted((a, b) => a - b));
      expect(new Set(acks(server))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7]));
    },
  );

  it(
    "is parked anew at once after every answer, so that no gap ends the application",
    { tags: ["gap-15-minutes", "heartbeat"] },
    async () => {
      const server = new ScriptedServer();
      const { clock } = await signedIn(server);
      for (let release = 0; release < 10; release++) {
        await clock.advance(180_000);
        const before = acks(server).length;
        server.emit([]);
        await clock.settle();
        expect(acks(server)).toHaveLength(before + 1);
      }
    },
  );
});

describe("sign-out", () => {
  it("ends what belongs to the application before it is deleted", async () => {
    const server = new ScriptedServer();
    const { session, seen, state } = await signedIn(server);
    const deletions: number[] = [];
    server.intercept = ({ method }) => {
      if (method === "DELETE") deletions.push(seen.length);
      return undefined;
    };
    await session.signOut();
    expect(seen).toEqual(["1 ended"]);
    expect(deletions).toEqual([1]);
    expect(state()).toEqual({ name: "signedOut" });
  });
});
