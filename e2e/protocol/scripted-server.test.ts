import { describe, expect, it } from "vitest";
import { ROOT, ScriptedServer } from "../../main/testing/servers/scripted-server.ts";
import { VirtualClock } from "../../main/testing/virtual-clock.ts";
import { reasonOf } from "../../main/ucwa/application/application.ts";
import { tokenRefusalOf } from "../../main/ucwa/auth/token-refusal.ts";
import { DISCOVERY, TOSH, Wire } from "./wire.ts";
import type { Stand } from "./plain-client.ts";
import {
  applicationIn,
  AVAILABLE,
  below,
  Client,
  failure,
  IDENTITY,
  meIn,
  packageIn,
  parked,
  pathOf,
} from "./plain-client.ts";

function scripted(): Stand {
  const server = new ScriptedServer();
  const sender = {
    rel: "communication",
    href: "/communication",
    events: [{ link: { rel: "communication", href: "/communication" }, type: "updated" }],
  };
  return {
    fetch: server.fetch,
    root: ROOT,
    clock: new VirtualClock(),
    happen: () => server.emit([sender]),
    kill: () => server.kill(),
    revokeTokens: () => server.revokeTokens(),
  };
}

function whole(): Stand {
  const clock = new VirtualClock();
  const wire = new Wire(clock);
  const { control } = wire.server;
  return {
    fetch: wire.fetchOf(() => false),
    root: `${DISCOVERY}/`,
    clock,
    happen: () => void control.invite({ to: TOSH.uri }),
    kill: () => control.kill({}, 404, "ApplicationNotFound"),
    revokeTokens: () => control.expireTokens(),
  };
}

/** What the scripted server claims to play is played by the whole one in the same way. */
describe.each([
  ["the whole server", whole],
  ["the server that tests script", scripted],
])("%s", (_name, open) => {
  it("tells anybody the user's address, and asks there and at the pool for a token", async () => {
    const client = new Client(open());
    const root = await client.send("GET", client.stand.root);
    expect(root.status).toBe(200);
    const user = client.link(root, "user");
    const challenged = await client.send("GET", user);
    expect([challenged.status, tokenRefusalOf(challenged)]).toEqual([401, "challenged"]);
    expect(await client.signIn(challenged)).toBe(28_800);
    const answer = await client.send("GET", user);
    expect(answer.status).toBe(200);
    const applications = client.link(answer, "applications");
    expect(new URL(applications).origin).not.toBe(new URL(user).origin);
    const again = await client.send("POST", applications, { body: IDENTITY });
    expect([again.status, tokenRefusalOf(again)]).toEqual([401, "challenged"]);
  });

  it("takes no token of another origin", async () => {
    const client = new Client(open());
    const applications = await client.discover();
    const token = client.tokens.get(new URL(client.stand.root).origin);
    const answer = await client.send("POST", applications, { body: IDENTITY, token });
    expect(tokenRefusalOf(answer)).not.toBeNull();
  });

  it("challenges a token that holds no more, whatever is asked for", async () => {
    const client = new Client(open());
    const application = await client.create();
    client.stand.revokeTokens();
    for (const url of [
      application.self,
      application.events,
      application.me.self ?? "",
      below(application.self, "/x"),
    ]) {
      const answer = await client.send("GET", url);
      expect([answer.status, tokenRefusalOf(answer)]).toEqual([401, "challenged"]);
      expect(reasonOf(answer)?.subcode ?? null).toBeNull();
    }
  });

  it("creates an application, and gives the same instance the same one again", async () => {
    const client = new Client(open());
    const applications = await client.discover();
    const created = await client.send("POST", applications, { body: IDENTITY });
    const again = await client.send("POST", applications, { body: IDENTITY });
    expect([created.status, again.status]).toEqual([201, 200]);
    const application = applicationIn(created);
    expect(applicationIn(again)).toEqual(application);
    expect(applicationIn(await client.send("GET", application.self))).toEqual(application);
    expect(new URL(application.events).searchParams.get("ack")).toBe("1");
    expect(new URL(application.self).origin).toBe(new URL(applications).origin);
  });

  it("offers to make the person available once, and to report activity from then on", async () => {
    const client = new Client(open());
    const application = await client.create();
    const { self, makeMeAvailable } = application.me;
    expect(application.me).toMatchObject({ makeMeAvailable: expect.any(String), reportMyActivity: null });
    expect(meIn(await client.send("GET", self ?? ""))).toEqual(application.me);
    const available = () => client.send("POST", makeMeAvailable ?? "", { body: AVAILABLE });
    expect((await available()).status).toBe(204);
    const me = meIn(await client.send("GET", self ?? ""));
    expect(me).toMatchObject({ makeMeAvailable: null, reportMyActivity: expect.any(String) });
    expect(applicationIn(await client.send("GET", application.self)).me).toEqual(me);
    expect(failure(await available())).toEqual([409, "Conflict", "AlreadyExists"]);
    expect((await client.send("POST", me.reportMyActivity ?? "")).status).toBe(204);
  });

  it("takes no report of activity before the person is available", async () => {
    const client = new Client(open());
    const before = await client.available();
    const me = meIn(await client.send("GET", before.me.self ?? ""));
    client.stand.kill();
    client.tokens.clear();
    const after = await client.create();
    // Its address is not told before the person is available, but is like that of the application before.
    const report = me.reportMyActivity?.replace(pathOf(before.self), pathOf(after.self)) ?? "";
    expect(report).toContain(pathOf(after.self));
    const answer = await client.send("POST", report);
    expect(failure(answer)).toEqual([409, "Conflict", "MakeMeAvailableRequired"]);
  });

  it("holds the request for events until something happens, and tells it in order, each once", async () => {
    const client = new Client(open());
    const { events } = await client.available();
    const { clock, happen } = client.stand;
    // Whatever making the person available has brought.
    await clock.advance(0);
    const first = parked(client.send("GET", events));
    await clock.settle();
    expect(first.came()).toBe(false);
    happen();
    await clock.advance(1_000);
    const one = packageIn(await first.request);
    expect(one).toMatchObject({ onward: "next", ack: "2", hasEvents: true });
    const second = parked(client.send("GET", one.next));
    await clock.settle();
    expect(second.came()).toBe(false);
    happen();
    await clock.advance(1_000);
    expect(packageIn(await second.request)).toMatchObject({ onward: "next", ack: "3", hasEvents: true });
  });

  it("tells the same again until the next is asked for", async () => {
    const client = new Client(open());
    const { events } = await client.available();
    const { clock, happen } = client.stand;
    happen();
    await clock.advance(1_000);
    const told = await client.receive(events);
    happen();
    await clock.advance(1_000);
    expect((await client.receive(events)).body).toBe(told.body);
    const next = await client.receive(packageIn(told).next);
    expect(packageIn(next)).toMatchObject({ onward: "next", ack: "3" });
    expect((await client.receive(packageIn(told).next)).body).toBe(next.body);
  });

  it("offers a way to synchronise to whoever asks for what was never told, or is acknowledged", async () => {
    const client = new Client(open());
    const { events } = await client.available();
    const { clock, happen } = client.stand;
    happen();
    await clock.advance(1_000);
    const one = packageIn(await client.receive(events));
    happen();
    await clock.advance(1_000);
    await client.receive(one.next);
    expect(packageIn(await client.send("GET", events)).onward).toBe("resync");
    const far = new URL(events);
    far.searchParams.set("ack", "9");
    expect(packageIn(await client.send("GET", far.href)).onward).toBe("resync");
  });

  it("gives up the request that another for the same events has replaced", async () => {
    const client = new Client(open());
    const { events } = await client.available();
    const { clock, happen } = client.stand;
    const first = parked(client.send("GET", events));
    await clock.settle();
    const second = parked(client.send("GET", events));
    await clock.advance(1_000);
    expect(failure(await first.request)).toEqual([409, "Conflict", "PGetReplaced"]);
    expect(second.came()).toBe(false);
    happen();
    await clock.advance(1_000);
    expect(packageIn(await second.request)).toMatchObject({ ack: "2", hasEvents: true });
  });

  it("knows nothing of an application that has ended, and tells whoever waits for its events", async () => {
    const client = new Client(open());
    const application = await client.available();
    const waiting = parked(client.send("GET", application.events));
    await client.stand.clock.settle();
    client.stand.kill();
    await client.stand.clock.settle();
    const ended = [404, "NotFound", "ApplicationNotFound"];
    expect(failure(await waiting.request)).toEqual(ended);
    for (const url of [application.self, application.events, application.me.self ?? ""])
      expect(failure(await client.send("GET", url))).toEqual(ended);
    expect(failure(await client.send("DELETE", application.self))).toEqual(ended);
  });

  it("creates another application after one has ended, at another address and with a channel of its own", async () => {
    const client = new Client(open());
    const applications = await client.discover();
    const before = applicationIn(await client.send("POST", applications, { body: IDENTITY }));
    const deleted = await client.send("DELETE", before.self);
    expect([deleted.status, deleted.body]).toEqual([204, ""]);
    expect(failure(await client.send("GET", before.events))).toEqual([
      404,
      "NotFound",
      "ApplicationNotFound",
    ]);
    const answer = await client.send("POST", applications, { body: IDENTITY });
    expect(answer.status).toBe(201);
    const after = applicationIn(answer);
    expect(after.self).not.toBe(before.self);
    expect(after.me).toMatchObject({ makeMeAvailable: expect.any(String), reportMyActivity: null });
    expect(new URL(after.events).searchParams.get("ack")).toBe("1");
  });

  it("knows no other resource", async () => {
    const client = new Client(open());
    const { self } = await client.available();
    const unknown = await client.send("GET", below(self, "/nothing"));
    expect(failure(unknown)).toEqual([404, "NotFound", "ResourceNotFound"]);
  });
});
