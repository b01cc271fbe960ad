import { describe, expect, it } from "vitest";
import { memoryFetch } from "../http/memory-fetch.ts";
import {
  availableApplication,
  createApplication,
  due,
  origins,
  settle,
  virtualServer,
} from "../testing/client.ts";
import type { Reply } from "../testing/client.ts";

type Server = ReturnType<typeof virtualServer>;

const root = `${origins.discovery}/`;
const json = { Accept: "application/json" };

function start(): { server: Server; ask: (signal?: AbortSignal) => Promise<Response> } {
  const server = virtualServer();
  const fetch = memoryFetch(server);
  return { server, ask: (signal) => fetch(root, { headers: json, ...(signal && { signal }) }) };
}

/** What has become of a promise, without waiting for it. */
function watch<T>(promise: Promise<T>): { state: "waiting" | "done" | "failed" } {
  const seen: { state: "waiting" | "done" | "failed" } = { state: "waiting" };
  promise.then(
    () => (seen.state = "done"),
    () => (seen.state = "failed"),
  );
  return seen;
}

describe("an answer that is none", () => {
  it.each([
    ["page", 200, "text/html"],
    ["empty", 200, null],
    ["wrongType", 200, "text/plain"],
    ["garbage", 200, "application/json"],
  ] as const)("%s: %d with the content type %s", async (answer, status, type) => {
    const { server, ask } = start();
    server.control.addFault({ endpoint: "root", answer });
    const response = await ask();
    expect([response.status, response.headers.get("content-type")]).toEqual([status, type]);
    const text = await response.text();
    if (answer === "empty") expect(text).toBe("");
    if (answer === "garbage") expect(() => JSON.parse(text)).toThrow(SyntaxError);
  });

  it("a body is as large as it is told to be, and well-formed", async () => {
    const { server, ask } = start();
    server.control.addFault({ endpoint: "root", answer: "tooLarge", bytes: 3_000_000 });
    const text = await (await ask()).text();
    expect(text.length).toBeGreaterThan(3_000_000);
    expect(JSON.parse(text)).toHaveProperty("padding");
  });

  it("a redirect leads where it is told to", async () => {
    const { server, ask } = start();
    server.control.addFault({
      endpoint: "root",
      answer: "redirect",
      location: "https://elsewhere.example/x",
    });
    const response = await ask();
    expect([response.status, response.headers.get("location")]).toEqual([302, "https://elsewhere.example/x"]);
  });
});

describe("the way of an answer", () => {
  it("headers never come, until they are released", async () => {
    const { server, ask } = start();
    const id = server.control.addFault({ endpoint: "root", stall: "beforeHeaders" });
    const asked = ask();
    const seen = watch(asked);
    await server.control.advance(3_600_000);
    expect([seen.state, server.control.state().held]).toEqual(["waiting", 1]);
    server.control.release(id);
    expect((await asked).status).toBe(200);
  });

  it("headers come late by a delay of the server's clock", async () => {
    const { server, ask } = start();
    server.control.addFault({ endpoint: "root", delayMs: 5000 });
    const seen = watch(ask());
    await server.control.advance(4999);
    expect(seen.state).toBe("waiting");
    await server.control.advance(1);
    await settle();
    expect(seen.state).toBe("done");
  });

  it("a body stops midway for as long as it is told to, and is whole in the end", async () => {
    const { server, ask } = start();
    server.control.addFault({ endpoint: "root", stall: "midBody", forMs: 60_000 });
    const response = await ask();
    const text = response.text();
    const seen = watch(text);
    await server.control.advance(59_999);
    expect(seen.state).toBe("waiting");
    await server.control.advance(1);
    expect(JSON.parse(await text)).toHaveProperty("_links");
  });

  it("a body drips, so many bytes at a time", async () => {
    const { server, ask } = start();
    server.control.addFault({ endpoint: "root", slow: { bytes: 10, everyMs: 1000 } });
    const response = await ask();
    const length = (await (await ask()).text()).length;
    const seen = watch(response.text());
    await server.control.advance((Math.ceil(length / 10) - 2) * 1000);
    expect(seen.state).toBe("waiting");
    await server.control.advance(2000);
    await settle();
    expect(seen.state).toBe("done");
  });

  it.each(["beforeHeaders", "midBody"] as const)("a connection dies: %s", async (cut) => {
    const { server, ask } = start();
    server.control.addFault({ endpoint: "root", cut, reset: true });
    await expect(ask().then((response) => response.text())).rejects.toThrow(TypeError);
    expect((await ask()).status).toBe(200);
  });

  it("a slow body is cut in the middle too", async () => {
    const { server, ask } = start();
    server.control.addFault({ endpoint: "root", slow: { bytes: 1000, everyMs: 10 }, cut: "midBody" });
    const text = (await ask()).text();
    const seen = watch(text);
    await server.control.advance(10_000);
    await settle();
    expect(seen.state).toBe("failed");
  });

  it("a client that hangs up ends what was held back for it", async () => {
    const { server, ask } = start();
    for (const stall of ["beforeHeaders", "midBody"] as const) {
      server.control.addFault({ endpoint: "root", stall });
      const client = new AbortController();
      const asked = ask(client.signal).then((response) => response.text());
      const seen = watch(asked);
      await settle();
      expect(server.control.state().held).toBe(1);
      client.abort();
      await settle();
      expect([seen.state, server.control.state().held]).toEqual(["failed", 0]);
    }
  });
});

describe("work and its answer", () => {
  it("is done although its answer is dropped", async () => {
    const server = virtualServer();
    const application = await createApplication(server);
    const { makeMeAvailable } = application.resource._embedded.me._links;
    server.control.addFault({ endpoint: "makeMeAvailable", cut: "beforeHeaders" });
    await expect(application.send("POST", makeMeAvailable.href, {})).rejects.toThrow(TypeError);
    const again = await application.send("POST", makeMeAvailable.href, {});
    expect([again.status, again.json.subcode]).toEqual([409, "AlreadyExists"]);
  });

  it("is not done when the request never arrives", async () => {
    const server = virtualServer();
    const application = await createApplication(server);
    const { makeMeAvailable } = application.resource._embedded.me._links;
    server.control.addFault({ endpoint: "makeMeAvailable", cut: "beforeHeaders", at: "arrival" });
    await expect(application.send("POST", makeMeAvailable.href, {})).rejects.toThrow(TypeError);
    expect((await application.send("POST", makeMeAvailable.href, {})).status).toBe(204);
  });

  it("is done although a proxy answers with a page of its own", async () => {
    const server = virtualServer();
    const application = await createApplication(server);
    const { makeMeAvailable } = application.resource._embedded.me._links;
    server.control.addFault({ endpoint: "makeMeAvailable", failure: "BadGateway", at: "answer" });
    expect((await application.send("POST", makeMeAvailable.href, {})).status).toBe(502);
    expect((await application.send("POST", makeMeAvailable.href, {})).status).toBe(409);
  });
});

describe("a fault is meant", () => {
  it("for one user only", async () => {
    const server = virtualServer();
    const ada = await createApplication(server, { user: "ada" });
    const ben = await createApplication(server, { user: "ben" });
    server.control.addFault({ endpoint: "policies", status: 503, user: "ben@doorbell.example" });
    expect((await ada.get(ada.resource._links.policies.href)).status).toBe(200);
    expect((await ben.get(ben.resource._links.policies.href)).status).toBe(503);
  });

  it("for one application only", async () => {
    const server = virtualServer();
    const one = await createApplication(server, { endpointId: "1" });
    const two = await createApplication(server, { endpointId: "2" });
    server.control.addFault({ endpoint: "any", status: 500, application: two.resource.id });
    expect((await one.get(one.resource._links.self.href)).status).toBe(200);
    expect((await two.get(two.resource._links.self.href)).status).toBe(500);
  });

  it("for who signs in by this name", async () => {
    const server = virtualServer();
    server.control.addFault({ endpoint: "token", failure: "server_error", user: "ben@doorbell.example" });
    await createApplication(server, { user: "ada" });
    await expect(createApplication(server, { user: "ben" })).rejects.toThrow();
  });

  it("for so many parked requests at once", async () => {
    const server = virtualServer();
    const waiting = [];
    for (const endpointId of ["1", "2", "3"]) {
      const { application, channel } = await availableApplication(server, { endpointId });
      await channel.hangUp();
      const box: { reply: Reply | null } = { reply: null };
      void application.poll(channel.next).then((answer) => (box.reply = answer));
      waiting.push(box);
    }
    await settle();
    server.control.addFault({ endpoint: "events", status: 503, times: 2, now: true });
    await due(server);
    expect(waiting.map(({ reply: heard }) => heard?.status)).toEqual([503, 503, undefined]);
    expect(server.control.state().faults).toEqual([]);
  });

  it("for parked requests also when it resets, stalls or redirects", async () => {
    const server = virtualServer();
    const { application, channel } = await availableApplication(server);
    await channel.hangUp();
    for (const fault of [{ cut: "beforeHeaders", reset: true }, { cut: "midBody" }] as const) {
      const parked = watch(application.poll(channel.next));
      await settle();
      server.control.addFault({ endpoint: "events", now: true, ...fault });
      await due(server);
      expect(parked.state).toBe("failed");
    }
    const parked = watch(application.poll(channel.next));
    await settle();
    server.control.addFault({ endpoint: "events", now: true, answer: "redirect", stall: "beforeHeaders" });
    await due(server);
    expect([parked.state, server.control.state().held]).toEqual(["waiting", 1]);
    server.control.clearFaults();
    await due(server);
    expect(parked.state).toBe("done");
    expect(server.control.breaches).toEqual([]);
  });
});

describe("what makes no sense", () => {
  it.each([
    [{}, "effect"],
    [{ status: 500, failure: "BadRequest" }, "exclude"],
    [{ status: 500, cut: "beforeHeaders" as const }, "no answer"],
    [{ status: 500, reset: true }, "cut"],
    [{ delayMs: 1, stall: "midBody" as const }, "exclude"],
  ])("is refused: %j", (fault, why) => {
    expect(() => virtualServer().control.addFault({ endpoint: "root", ...fault })).toThrow(why);
  });
});
