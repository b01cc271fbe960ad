import { Agent, request } from "node:http";
import { expect } from "vitest";
import { listen } from "../http/listen.ts";
import { createApplication, due, eventsOf, virtualServer } from "./client.ts";
import type { Json, Reply, TestApplication } from "./client.ts";

const to = "sip:ada@doorbell.example";

interface Client {
  readonly application: TestApplication;
  next: string;
  parked: Reply | null;
}

interface Heard {
  readonly challenge: string;
  readonly text: string;
  readonly json: Json;
}

function caller(agent: Agent) {
  return (method: string, url: string, body: string, headers: Record<string, string> = {}): Promise<Heard> =>
    new Promise((resolve, reject) => {
      const asked = request(url, {
        method,
        agent,
        headers: {
          Accept: "application/json",
          ...(method === "POST" && { "Content-Length": Buffer.byteLength(body) }),
          ...headers,
        },
      });
      asked.on("error", reject).on("response", (answer) => {
        let text = "";
        answer.on("data", (part) => (text += String(part)));
        answer.on("end", () =>
          resolve({
            challenge: String(answer.headers["www-authenticate"]),
            text,
            json: text.startsWith("{") ? JSON.parse(text) : null,
          }),
        );
      });
      asked.end(body);
    });
}

/** So many endpoints of one user, in memory, are parked, ring, and all stop when one answers. */
export async function ringsInMemory(count: number): Promise<void> {
  const answering = Math.floor(count / 2);
  const before = process.memoryUsage().heapUsed;
  const server = virtualServer({ timings: { applicationsPerUser: count } });
  const clients: Client[] = [];
  for (let index = 0; index < count; index += 1) {
    const application = await createApplication(server, { endpointId: `endpoint-${index}` });
    await application.send("POST", application.resource._embedded.me._links.makeMeAvailable.href, {
      supportedModalities: ["Messaging"],
    });
    clients.push({ application, next: application.resource._links.events.href, parked: null });
  }
  const read = async (): Promise<Reply[]> => {
    for (const client of clients) {
      client.parked = null;
      void client.application.poll(client.next).then((answer) => (client.parked = answer));
    }
    await due(server);
    return clients.map((client) => {
      if (!client.parked) throw new Error("An endpoint heard nothing.");
      client.next = client.parked.json._links.next.href;
      return client.parked;
    });
  };

  server.control.invite({ to });
  const ringing = await read();
  const accepts = ringing.map((answer) => {
    const started = eventsOf(answer).find(({ type }) => type === "started");
    return String(started._embedded.messagingInvitation._links.accept.href);
  });
  expect(new Set(accepts).size).toBe(count);

  await clients[answering]?.application.send("POST", accepts[answering] ?? "");
  await server.control.advance(1000);
  const over = await read();
  const endings = over.map((answer, index) => {
    const ended = eventsOf(answer).find(({ type }) => type === "completed");
    return index === answering ? "mine" : String(ended?.reason?.subcode);
  });
  expect(endings.filter((one) => one === "ConnectedElsewhere")).toHaveLength(count - 1);
  expect(server.control.breaches).toEqual([]);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(600 * 1024 * 1024);
}

/** So many endpoints are parked over sockets of their own, and ring. */
export async function ringsOverSockets(count: number): Promise<void> {
  await using parts = new AsyncDisposableStack();
  const at = parts.adopt(await listen({ timings: { applicationsPerUser: count } }), (one) => one.close());
  const agent = new Agent({ keepAlive: true, maxSockets: count + 100 });
  parts.defer(() => agent.destroy());
  const call = caller(agent);
  const applications = `${at.applications}/ucwa/oauth/v1/applications`;
  const challenged = await call("POST", applications, "{}");
  const service = /MsRtcOAuth href="([^"]+)"/.exec(challenged.challenge)?.[1] ?? "";
  const form = "grant_type=password&username=ada%40doorbell.example&password=ada";
  const { json } = await call("POST", service, form, {
    "Content-Type": "application/x-www-form-urlencoded",
  });
  const headers = { Authorization: `Bearer ${json.access_token}`, "Content-Type": "application/json" };

  const events: string[] = [];
  const signIn = async (index: number): Promise<void> => {
    const identity = JSON.stringify({ culture: "en-US", userAgent: "Crowd/1", endpointId: String(index) });
    const created = await call("POST", applications, identity, headers);
    const me = created.json._embedded.me._links.makeMeAvailable.href;
    await call("POST", at.applications + me, '{"supportedModalities":["Messaging"]}', headers);
    events.push(at.applications + created.json._links.events.href);
  };
  for (let first = 0; first < count; first += 50)
    await Promise.all(Array.from({ length: 50 }, (_, index) => signIn(first + index)));
  const { "Content-Type": _type, ...bearer } = headers;
  const parked = events.map((href) => call("GET", href, "", bearer));
  while (at.server.control.state().applications.some((one) => one.parked === 0))
    await new Promise((resolve) => setTimeout(resolve, 20));
  at.server.control.invite({ to });
  const rung = await Promise.all(parked);
  expect(rung.every(({ text }) => text.includes('"messagingInvitation"'))).toBe(true);
  expect(at.server.control.breaches).toEqual([]);
}
