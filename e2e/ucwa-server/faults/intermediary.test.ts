import { describe, expect, it } from "vitest";
import { memoryFetch } from "../http/memory-fetch.ts";
import { availableApplication, origins, reply, settle, virtualServer } from "../testing/client.ts";

const json = { Accept: "application/json" };

describe("a proxy that gives up every request after its limit", () => {
  it("answers a parked request with 504 and a page; the server sees its client gone, and keeps what it had to say", async () => {
    const server = virtualServer();
    const { application, channel } = await availableApplication(server);
    await channel.hangUp();
    server.control.setSwitches({ proxyLimitMs: 60_000 });
    const parked = application.poll(channel.next);
    await settle();
    await server.control.advance(60_000);
    const answer = await parked;
    expect([answer.status, answer.headers.get("content-type")]).toEqual([504, "text/html"]);
    expect(server.control.state().applications[0]?.parked).toBe(0);
    server.control.invite({ to: "sip:ada@doorbell.example" });
    const next = application.poll(channel.next);
    await settle();
    await server.control.advance(0);
    expect((await next).text).toContain('"messagingInvitation"');
    expect(server.control.breaches).toEqual([]);
  });

  it("or resets it, or does both by turns", async () => {
    const server = virtualServer();
    const { application, channel } = await availableApplication(server);
    await channel.hangUp();
    server.control.setSwitches({ proxyLimitMs: 1000, proxyGivesUp: "turns" });
    const ends: unknown[] = [];
    for (let turn = 0; turn < 2; turn += 1) {
      const parked = application.poll(channel.next).then(
        ({ status }) => status,
        (error: unknown) => error,
      );
      await settle();
      await server.control.advance(1000);
      ends.push(await parked);
    }
    expect(ends).toEqual([expect.any(TypeError), 504]);
  });

  it("cuts a body that takes longer than its limit", async () => {
    const server = virtualServer();
    server.control.setSwitches({ proxyLimitMs: 1000 });
    server.control.addFault({ endpoint: "root", stall: "midBody" });
    const response = await memoryFetch(server)(`${origins.discovery}/`, { headers: json });
    const failed = expect(response.text()).rejects.toThrow(TypeError);
    await server.control.advance(1000);
    await failed;
  });

  it("lets through what is in time, and leaves no timer behind", async () => {
    const server = virtualServer();
    server.control.setSwitches({ proxyLimitMs: 1000 });
    const response = await memoryFetch(server)(`${origins.discovery}/`, { headers: json });
    expect(response.status).toBe(200);
    expect(server.clock.pending).toBe(0);
  });
});

describe("a captive portal", () => {
  it.each([
    ["page", [200, 200]],
    ["redirect", [302, 302]],
    ["turns", [200, 302]],
  ] as const)("answers everything in the server's place: %s", async (portal, statuses) => {
    const server = virtualServer();
    const { application } = await availableApplication(server);
    server.control.setSwitches({ portal });
    const heard = [];
    for (const link of ["self", "policies"])
      heard.push(await application.get(application.resource._links[link].href));
    expect(heard.map(({ status }) => status)).toEqual(statuses);
    expect(heard.every(({ headers }) => headers.get("content-type") === "text/html")).toBe(true);
    server.control.setSwitches({ portal: "off" });
    expect((await application.get(application.resource._links.self.href)).json.rel).toBe("application");
  });

  it("leaves the control API to the page", async () => {
    const at = "http://127.0.0.1:5080";
    const server = virtualServer({ origins: { discovery: at, applications: "http://127.0.0.1:5081" } });
    server.control.setSwitches({ portal: "page" });
    const answer = await reply(await memoryFetch(server)(`${at}/_control/state`));
    expect(answer.json.switches.portal).toBe("page");
  });
});
