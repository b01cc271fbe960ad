import { request } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { listen } from "./http.ts";
import type { Listening, ListenOptions } from "./http.ts";

const running: Listening[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close()));
});

async function start(options: ListenOptions = {}): Promise<Listening> {
  const listening = await listen(options);
  running.push(listening);
  return listening;
}

const json = { Accept: "application/json" };

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

  it("a connection is cut before the headers, or in the middle of the body", async () => {
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
  });

  it("a port that is taken is an error, and the other port is let go", async () => {
    const at = await start();
    const taken = Number(new URL(at.applications).port);
    await expect(listen({ port: 0, applicationsPort: taken })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  it("a body beyond a megabyte is refused", async () => {
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
