import { describe, expect, it } from "vitest";
import type { Fetch, FetchInit } from "../../main/platform/ports.ts";
import { ROOT, ScriptedServer } from "../../main/testing/scripted-server.ts";
import { VirtualClock } from "../../main/testing/virtual-clock.ts";
import { readApplication, readMe, reasonOf } from "../../main/ucwa/application/application.ts";
import type { Application, Me } from "../../main/ucwa/application/application.ts";
import { packageOf } from "../../main/ucwa/application/events.ts";
import { tokenRefusalOf } from "../../main/ucwa/auth/token-refusal.ts";
import { Http } from "../../main/ucwa/http/http.ts";
import type { HttpAnswer } from "../../main/ucwa/http/http.ts";
import { linkOf, readResource } from "../../main/ucwa/resources/read-resource.ts";
import { representationOf } from "../../main/ucwa/resources/representation.ts";
import { DISCOVERY, TOSH, Wire } from "./wire.ts";

/** A server behind the `Fetch` port, with what a test makes happen at it. */
interface Stand {
  readonly fetch: Fetch;
  readonly root: string;
  readonly clock: VirtualClock;
  /** Something has happened of which the event channel tells. */
  readonly happen: () => void;
  readonly kill: () => void;
  readonly revokeTokens: () => void;
}

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

const IDENTITY = {
  userAgent: "Doorbell/0",
  culture: "en-US",
  endpointId: "endpoint",
  instanceId: "instance",
};
const AVAILABLE = { supportedModalities: ["Messaging"], supportedMessageFormats: ["Plain"] };

/** One client, which reads what is answered as the program does. */
class Client {
  readonly stand: Stand;
  readonly #http: Http;
  /** By origin, `Bearer …`. */
  readonly tokens = new Map<string, string>();

  constructor(stand: Stand) {
    this.stand = stand;
    this.#http = new Http(stand.fetch, stand.clock);
  }

  send(
    method: FetchInit["method"],
    url: string,
    {
      body,
      token = this.tokens.get(new URL(url).origin),
    }: { body?: object; token?: string | undefined } = {},
  ): Promise<HttpAnswer> {
    return this.#http.request({
      method,
      url,
      timeoutMs: 240_000,
      headers: {
        ...(token === undefined ? {} : { Authorization: token }),
        ...(body ? { "Content-Type": "application/json" } : {}),
        "X-MS-RequiresMinResourceVersion": "2",
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  }

  /** Signs in by a challenge; tells how long the token is to hold, in seconds. */
  async signIn(challenged: HttpAnswer): Promise<number> {
    const challenge = challenged.headers.get("www-authenticate") ?? "";
    const address = /MsRtcOAuth href="([^"]+)"/.exec(challenge)?.[1] ?? "";
    const form = { grant_type: "password", username: TOSH.uri.slice(4), password: TOSH.password };
    const answer = await this.#http.request({
      method: "POST",
      url: address,
      headers: { "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8" },
      body: new URLSearchParams(form).toString(),
    });
    expect(answer.status).toBe(200);
    const token = JSON.parse(answer.body);
    expect(token).toMatchObject({ token_type: "Bearer", access_token: expect.stringMatching(/^cwt=/) });
    this.tokens.set(new URL(challenged.url).origin, `Bearer ${token.access_token}`);
    return token.expires_in;
  }

  /** The link of an answer, absolute. */
  link(answer: HttpAnswer, rel: string): string {
    const resource = readResource(representationOf(answer), answer.url);
    return (resource && linkOf(resource, rel)?.href) ?? "";
  }

  /** An answer of the event channel, in the second in which one is due. */
  async receive(url: string): Promise<HttpAnswer> {
    const { request, came } = parked(this.send("GET", url));
    await this.stand.clock.advance(1_000);
    if (!came()) throw new Error("Nothing has come.");
    return await request;
  }

  /** From discovery to where applications are created, with a token there. */
  async discover(): Promise<string> {
    const user = this.link(await this.send("GET", this.stand.root), "user");
    await this.signIn(await this.send("GET", user));
    const applications = this.link(await this.send("GET", user), "applications");
    await this.signIn(await this.send("POST", applications, { body: IDENTITY }));
    return applications;
  }

  /** A new application. */
  async create(): Promise<Application> {
    const answer = await this.send("POST", await this.discover(), { body: IDENTITY });
    expect(answer.status).toBe(201);
    return applicationIn(answer);
  }

  /** An application whose person is available. */
  async available(): Promise<Application> {
    const application = await this.create();
    await this.send("POST", application.me.makeMeAvailable ?? "", { body: AVAILABLE });
    return application;
  }
}

function applicationIn(answer: HttpAnswer): Application {
  const application = readApplication(answer);
  if (!application) throw new Error(`No application: ${answer.status}`);
  return application;
}

function meIn(answer: HttpAnswer): Me {
  const resource = readResource(representationOf(answer), answer.url);
  if (!resource) throw new Error(`No me: ${answer.status}`);
  return readMe(resource);
}

function failure(answer: HttpAnswer): unknown[] {
  const reason = reasonOf(answer);
  return [answer.status, reason?.code, reason?.subcode];
}

/** A package in what the client goes by. */
function packageIn(answer: HttpAnswer) {
  const received = packageOf(answer, 1);
  if (!received) throw new Error(`No package: ${answer.status}`);
  const { onward, hasEvents } = received;
  const ack = onward.by === "nothing" ? null : new URL(onward.href).searchParams.get("ack");
  return { onward: onward.by, ack, hasEvents, next: onward.by === "nothing" ? "" : onward.href };
}

/** An address below that of a resource. */
function below(href: string, path: string): string {
  const url = new URL(href);
  url.pathname += path;
  return url.href;
}

function pathOf(href: string): string {
  return new URL(href).pathname;
}

/** Follows a request that may not be answered yet. */
function parked(request: Promise<HttpAnswer>) {
  let answer: HttpAnswer | null = null;
  void request.then((came) => (answer = came));
  return { request, came: () => answer !== null };
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
