import { request } from "node:http";
import { connect as connectPlain } from "node:net";
import { describe, expect, it } from "vitest";
import { listen } from "./listen.ts";
import type { Listening } from "./listen.ts";
import { json } from "../testing/stranger.ts";
import { failure, starting } from "../testing/sockets.ts";

const start = starting();

async function signIn(challenged: Response): Promise<string> {
  const service = /href="([^"]+)"/.exec(challenged.headers.get("www-authenticate")!)![1]!;
  const answer = await fetch(service, {
    method: "POST",
    headers: json,
    body: new URLSearchParams({ grant_type: "password", username: "ada@doorbell.example", password: "ada" }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

async function application(at: Listening) {
  const create = { method: "POST", headers: { ...json, "Content-Type": "application/json" } };
  const href = `${at.applications}/ucwa/oauth/v1/applications`;
  const token = await signIn(await fetch(href, { ...create, body: "{}" }));
  const headers = { ...create.headers, Authorization: `Bearer ${token}` };
  const body = JSON.stringify({ culture: "en-US", userAgent: "Test/1", endpointId: "1" });
  const created = await fetch(href, { method: "POST", headers, body });
  const links = ((await created.json()) as { _links: Record<string, { href: string }> })._links;
  return {
    events: at.applications + links["events"]!.href,
    headers: { ...json, Authorization: headers.Authorization },
  };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

interface Linked {
  readonly _links: Record<string, { href: string }>;
}

describe("over sockets", () => {
  it("discovery and applications are two origins, or one", async () => {
    const two = await start();
    expect(two.discovery).not.toBe(two.applications);
    const one = await start({ applicationsPort: "same" });
    expect(one.discovery).toBe(one.applications);
    const root = await fetch(`${two.discovery}/`, { headers: json });
    expect(await root.json()).toMatchObject({
      _links: { user: { href: expect.stringContaining(two.discovery) } },
    });
  });

  it("two challenges are two header lines", async () => {
    const at = await start();
    const lines = await new Promise<string[]>((resolve, reject) => {
      request(
        `${at.applications}/ucwa/oauth/v1/applications`,
        { method: "POST", headers: json },
        (answer) => {
          answer.resume();
          resolve(
            answer.rawHeaders.filter((_, index) => answer.rawHeaders[index - 1] === "WWW-Authenticate"),
          );
        },
      )
        .on("error", reject)
        .end();
    });
    expect(lines).toHaveLength(2);
  });

  it("a client that hangs up leaves no request parked, and finds its package again", async () => {
    const at = await start();
    const { events, headers } = await application(at);
    const abort = new AbortController();
    const first = fetch(events, { headers, signal: abort.signal });
    await until(() => at.server.control.state().applications[0]?.parked === 1);
    abort.abort();
    await expect(first).rejects.toThrow("aborted");
    await until(() => at.server.control.state().applications[0]?.parked === 0);
    const second = fetch(events, { headers });
    await until(() => at.server.control.state().applications[0]?.parked === 1);
    await at.server.control.advance(180_000);
    expect((await second).status).toBe(200);
    expect(at.server.control.breaches).toEqual([]);
  });

  it(
    "a connection is cut before the headers, or in the middle of the body",
    { tags: ["events-connection"] },
    async () => {
      const at = await start();
      const { events, headers } = await application(at);
      for (const cut of ["beforeHeaders", "midBody"] as const) {
        at.server.control.addFault({ endpoint: "events", cut });
        const answer = fetch(events, { headers }).then((response) => response.text());
        // The second time the first package is still unacknowledged and is served at once.
        await until(() => {
          const { applications, faults } = at.server.control.state();
          return applications[0]?.parked === 1 || faults.length === 0;
        });
        at.server.control.addFault({ endpoint: "nothing", status: 500 });
        if (at.server.control.state().applications[0]?.parked === 1) await at.server.control.advance(180_000);
        await expect(answer).rejects.toThrow(TypeError);
        at.server.control.clearFaults();
      }
      expect((await fetch(events, { headers })).status).toBe(200);
      expect(at.server.control.breaches).toEqual([]);
    },
  );

  it.each([false, true])(
    "a connection is reset, before the headers and in the middle of the body; TLS: %s",
    async (tls) => {
      const at = await start({ tls });
      for (const cut of ["beforeHeaders", "midBody"] as const) {
        at.server.control.addFault({ endpoint: "root", cut, reset: true });
        expect(await failure(at, `${at.discovery}/`)).toBe("ECONNRESET");
      }
    },
  );

  it.each([
    ["beforeHeaders", true, "ECONNRESET"],
    ["beforeHeaders", false, "end"],
    ["midBody", true, "ECONNRESET"],
    ["midBody", false, "end"],
  ] as const)("a connection that is cut %s, by a reset: %s, ends with %s", async (cut, reset, end) => {
    const at = await start();
    at.server.control.addFault({ endpoint: "root", cut, reset });
    const { hostname, port } = new URL(at.discovery);
    const ended = await new Promise<string>((resolve) => {
      const socket = connectPlain({ host: hostname, port: Number(port) });
      socket
        .on("error", (error: Error & { code?: string }) => resolve(error.code ?? error.message))
        .on("end", () => resolve("end"))
        .resume()
        .write(`GET / HTTP/1.1\r\nHost: ${hostname}\r\nAccept: application/json\r\n\r\n`);
    });
    expect(ended).toBe(end);
  });

  it("a body stops midway and drips over a socket as it does in memory", async () => {
    const at = await start();
    at.server.control.addFault({ endpoint: "root", slow: { bytes: 100, everyMs: 20 }, stall: "midBody" });
    const answer = await fetch(`${at.discovery}/`, { headers: json });
    const text = answer.text();
    await until(() => at.server.control.state().held === 1);
    await at.server.control.advance(60_000);
    at.server.control.release();
    expect(JSON.parse(await text)).toHaveProperty("_links");
  });

  it("a client that hangs up on a stalled body leaves nothing held back", async () => {
    const at = await start();
    at.server.control.addFault({ endpoint: "root", stall: "midBody" });
    const client = new AbortController();
    await fetch(`${at.discovery}/`, { headers: json, signal: client.signal });
    expect(at.server.control.state().held).toBe(1);
    client.abort();
    await until(() => at.server.control.state().held === 0);
  });

  it(
    "discovery may begin at an entrance over plain HTTP, which sends to HTTPS",
    { tags: ["discovery-first-hop"] },
    async () => {
      const at = await start({ tls: true, entrance: "found" });
      expect(at.entrance).toMatch(/^http:/);
      const answer = await fetch(`${at.entrance}/`, { headers: json, redirect: "manual" });
      expect(answer.status).toBe(302);
      expect(answer.headers.get("location")).toMatch(/^https:/);
      expect(answer.headers.get("location")).toMatch(new RegExp(`^${at.discovery}/`));
    },
  );

  it("a second pool has its users redirected to it, tells the first one's tokens and shares its time", async () => {
    const at = await start({ secondPool: true });
    const second = at.secondPool!;
    const root = (await (await fetch(`${at.discovery}/`, { headers: json })).json()) as Linked;
    const user = root._links["user"]!.href;
    const headers = {
      ...json,
      Authorization: `Bearer ${await signIn(await fetch(user, { headers: json }))}`,
    };
    const home = (await (await fetch(user, { headers })).json()) as Linked;
    expect(Object.keys(home._links).toSorted()).toEqual(["redirect", "self", "xframe"]);
    const there = (await (await fetch(home._links["redirect"]!.href, { headers: json })).json()) as Linked;
    expect(new URL(there._links["user"]!.href).origin).toBe(second.discovery);
    const foreign = await fetch(there._links["user"]!.href, { headers });
    expect([foreign.status, foreign.headers.get("x-ms-diagnostics")?.slice(0, 5)]).toEqual([500, "28032"]);
    const challenged = await fetch(there._links["user"]!.href, { headers: json });
    const own = { ...json, Authorization: `Bearer ${await signIn(challenged)}` };
    const homed = (await (await fetch(there._links["user"]!.href, { headers: own })).json()) as Linked;
    expect(new URL(homed._links["applications"]!.href).origin).toBe(second.applications);
    await at.server.control.advance(8 * 3_600_000);
    expect((await fetch(there._links["user"]!.href, { headers: own })).status).toBe(401);
    expect(at.server.control.breaches).toEqual([]);
    expect(second.server.control.breaches.map(({ rule }) => rule)).toEqual(["credentialAtWrongOrigin"]);
  });

  it("a port that is taken is an error, and the other port is let go", async () => {
    const at = await start();
    const taken = Number(new URL(at.applications).port);
    await expect(listen({ port: 0, applicationsPort: taken })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  it("a body beyond a megabyte is refused", { tags: ["error-entity-too-large"] }, async () => {
    const at = await start();
    const answer = await fetch(`${at.applications}/ucwa/oauth/v1/applications`, {
      method: "POST",
      headers: json,
      body: "x".repeat(1_100_000),
    }).then(
      ({ status }) => status,
      () => "cut",
    );
    expect([413, "cut"]).toContain(answer);
  });
});
