import { describe, expect, it } from "vitest";
import { memoryFetch } from "../http/memory-fetch.ts";
import {
  availableApplication,
  createApplication,
  due,
  eventsOf,
  reply,
  settle,
  virtualServer,
} from "../testing/client.ts";
import type { Reply } from "../testing/client.ts";

const origins = { discovery: "http://127.0.0.1:5080", applications: "http://127.0.0.1:5081" };

function start() {
  const server = virtualServer({ origins });
  const fetch = memoryFetch(server);
  const call = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply> =>
    reply(
      await fetch(`${origins.discovery}/_control/${path}`, {
        method,
        headers: { ...(body !== undefined && { "Content-Type": "application/json" }), ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    );
  return { server, call };
}

describe("the control API", () => {
  it("rings, and shows what becomes of it", async () => {
    const { server, call } = start();
    await availableApplication(server);
    const invited = await call("POST", "invitations", {
      to: "ada@doorbell.example",
      subject: "Hi",
      rings: 60_000,
    });
    expect(invited.status).toBe(201);
    const { invitations, users } = (await call("GET", "state")).json;
    expect(invitations[0]).toMatchObject({ id: invited.json.id, state: "ringing", subject: "Hi" });
    expect(invitations[0].until - invitations[0].startedAt).toBe(60_000);
    expect(users[0]).toMatchObject({ uri: "sip:ada@doorbell.example", endpoints: 1 });
    expect((await call("POST", `invitations/${invited.json.id}/cancel`)).status).toBe(204);
    expect((await call("GET", "state")).json.invitations[0].state).toBe("cancelled");
    const again = await call("POST", `invitations/${invited.json.id}/answerElsewhere`);
    expect([again.status, again.json.error]).toEqual([409, "This invitation is not ringing any more."]);
  });

  it("says in a sentence why it cannot do something", async () => {
    const { server, call } = start();
    const nobody = await call("POST", "invitations", { to: "sip:ada@doorbell.example" });
    expect([nobody.status, nobody.json.error]).toEqual([
      409,
      "Ada Lindqvist is not signed in, so there is nothing to ring.",
    ]);
    expect((await call("POST", "invitations", { to: "sip:eve@doorbell.example" })).status).toBe(404);
    expect((await call("POST", "invitations", { to: "nonsense" })).json.error).toContain("to");
    expect(
      (await call("POST", "invitations", { to: "sip:ada@doorbell.example", subjct: "x" })).json.error,
    ).toContain("subjct");
    expect((await call("POST", "invitations/1/cancel")).status).toBe(404);
    expect((await call("GET", "nothing")).status).toBe(404);
    expect(server.control.breaches).toEqual([]);
  });

  it("waits for the next change when it is asked to", async () => {
    const { server, call } = start();
    await createApplication(server);
    const { version } = (await call("GET", "state")).json;
    const box: { reply?: Reply } = {};
    void call("GET", `state?after=${version}`).then((answer) => (box.reply = answer));
    await settle();
    expect(box.reply).toBeUndefined();
    server.control.clearBreaches();
    await settle();
    expect(box.reply?.json.version).toBeGreaterThan(version);
    const quiet = call("GET", `state?after=${server.control.state().version}&waitMs=1000`);
    await settle();
    await server.control.advance(1000);
    expect((await quiet).status).toBe(200);
  });

  it("moves the clock", async () => {
    const { server, call } = start();
    const before = server.control.state().now;
    expect((await call("POST", "clock/advance", { ms: 8 * 3_600_000 })).json.now).toBe(
      before + 8 * 3_600_000,
    );
  });

  it("throws switches, and only those that exist", async () => {
    const { server, call } = start();
    const thrown = await call("PUT", "switches", { rejectPasswords: true, grants: ["password"] });
    expect(thrown.json).toMatchObject({ rejectPasswords: true, grants: ["password"], linkOnly: false });
    expect((await call("PUT", "switches", { rejectPaswords: true })).status).toBe(400);
    expect(server.control.switches.rejectPasswords).toBe(true);
  });

  it("lets the caller speak once the call is connected", async () => {
    const { server, call } = start();
    const { application, channel } = await availableApplication(server);
    const id = server.control.invite({ to: "sip:ada@doorbell.example" });
    expect((await call("POST", `invitations/${id}/messages`, { text: "Hello" })).status).toBe(409);
    const [started] = await channel.read(0);
    await application.send("POST", eventsOf(started!)[0]._embedded.messagingInvitation._links.accept.href);
    await channel.read(1000);
    expect((await call("POST", `invitations/${id}/messages`, { text: "Hello" })).status).toBe(204);
    expect((await call("GET", "state")).json.invitations[0].said.at(-1)).toMatchObject({
      by: "caller",
      text: "Hello",
    });
    await call("POST", `invitations/${id}/cancel`);
    expect((await call("GET", "state")).json.invitations[0].state).toBe("over");
  });

  it("kills applications and expires tokens", async () => {
    const { server, call } = start();
    const application = await createApplication(server);
    await call("POST", "tokens/expire", {});
    expect((await application.get(application.resource._links.self.href)).status).toBe(401);
    expect(
      (await call("POST", "applications/kill", { status: 410, subcode: "UserAgentNotAllowed" })).status,
    ).toBe(204);
    expect((await call("GET", "state")).json.applications).toEqual([]);
  });
});

describe("a fault", () => {
  it("answers the next requests of its endpoint with a status, and then no more", async () => {
    const { server, call } = start();
    const application = await createApplication(server);
    await call("POST", "faults", { endpoint: "policies", status: 503, retryAfter: 7, times: 2 });
    const answers = [];
    for (let count = 0; count < 3; count += 1)
      answers.push(await application.get(application.resource._links.policies.href));
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 200]);
    expect(answers[0]!.headers.get("retry-after")).toBe("7");
    expect(answers[0]!.json.code).toBe("ServiceUnavailable");
  });

  it("is a page of HTML when a proxy is to have answered", async () => {
    const { server, call } = start();
    const application = await createApplication(server);
    await call("POST", "faults", { endpoint: "any", status: 502 });
    const answer = await application.get(application.resource._links.policies.href);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([502, "text/html"]);
  });

  it("reaches the event request that is parked", async () => {
    const { server, call } = start();
    const application = await createApplication(server);
    const parked = application.poll(application.resource._links.events.href);
    await settle();
    await call("POST", "faults", { endpoint: "events", status: 504, now: true });
    await due(server);
    expect((await parked).status).toBe(504);
    const next = application.poll(application.resource._links.events.href);
    await settle();
    await call("POST", "faults", { endpoint: "events", cut: "beforeHeaders", now: true });
    await expect(next).rejects.toThrow(TypeError);
    expect(server.control.breaches).toEqual([]);
  });

  it("holds an answer back until it is released", async () => {
    const { server, call } = start();
    const application = await createApplication(server);
    const { json: fault } = await call("POST", "faults", { endpoint: "policies", stall: "beforeHeaders" });
    const waiting = application.get(application.resource._links.policies.href);
    await settle();
    expect((await call("GET", "state")).json.held).toBe(1);
    expect((await call("POST", "faults/release", { fault: fault.id })).status).toBe(204);
    expect((await waiting).status).toBe(200);
  });

  it("is refused when its failure has no such name, with those that have", async () => {
    const answer = await start().call("POST", "faults", { endpoint: "events", failure: "Gon" });
    expect([answer.status, answer.json.error]).toEqual([400, expect.stringContaining("Gone")]);
  });

  it("needs an effect, and can be cleared", async () => {
    const { call } = start();
    expect((await call("POST", "faults", { endpoint: "events" })).status).toBe(400);
    await call("POST", "faults", { endpoint: "events", cut: "midBody" });
    await call("DELETE", "faults");
    expect((await call("GET", "state")).json.faults).toEqual([]);
  });
});

describe("the control API's door", () => {
  it.each([
    ["a page of another origin", { Origin: "http://evil.example" }],
    ["a page of another local port", { Origin: "http://127.0.0.1:3000" }],
    ["a sandboxed page", { Origin: "null" }],
    ["a rebound name", { Host: "evil.example:5080" }],
    ["a cross-site request without Origin", { "Sec-Fetch-Site": "cross-site" }],
  ])("is shut for %s", async (_, headers) => {
    const { server } = start();
    const answer = await server.handle({
      method: "GET",
      url: `${origins.discovery}/_control/state`,
      headers: new Headers({ Host: "127.0.0.1:5080", ...headers }),
      body: new Uint8Array(),
      signal: new AbortController().signal,
    });
    expect(answer.status).toBe(403);
  });

  it("is open for the server's own page and for programs", async () => {
    const { server } = start();
    for (const headers of [{}, { Host: "localhost:5080", Origin: "http://localhost:5080" }])
      expect(
        (
          await server.handle({
            method: "GET",
            url: `${origins.discovery}/_control/state`,
            headers: new Headers({ Host: "127.0.0.1:5080", ...headers }),
            body: new Uint8Array(),
            signal: new AbortController().signal,
          })
        ).status,
      ).toBe(200);
  });

  it("takes no body of another type, which a form could send", async () => {
    const { call } = start();
    const answer = await call(
      "POST",
      "invitations",
      { to: "sip:ada@doorbell.example" },
      { "Content-Type": "text/plain" },
    );
    expect(answer.status).toBe(400);
  });
});
