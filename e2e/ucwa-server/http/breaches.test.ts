import { describe, expect, it } from "vitest";
import { memoryFetch } from "./memory-fetch.ts";
import {
  availableApplication,
  createApplication,
  eventsOf,
  origins,
  reply,
  virtualServer,
} from "../testing/client.ts";
import type { Json } from "../testing/client.ts";
import { brokenRules as rules } from "../testing/ring.ts";
import { askForToken, json } from "../testing/stranger.ts";

const to = "sip:ada@doorbell.example";

async function ringing() {
  const server = virtualServer();
  const { application, channel } = await availableApplication(server);
  const id = server.control.invite({ to });
  const [started] = await channel.read(0);
  const invitation: Json = eventsOf(started!)[0]._embedded.messagingInvitation;
  return { server, application, channel, id, links: invitation._links };
}

describe("a breach is written down", () => {
  it("for a token request to an address that no challenge gave", async () => {
    const server = virtualServer();
    expect([(await askForToken(server)).status, rules(server)]).toEqual([200, ["handBuiltPath"]]);
  });

  it("for an address that was never handed out", { tags: ["hrefs-never-built"] }, async () => {
    const server = virtualServer();
    const { application } = await availableApplication(server);
    const base: string = application.resource._links.self.href;
    await application.get(`${base}/me/phones`);
    await application.get(`${base}/communication/missedItems/1`);
    expect(rules(server)).toEqual(["handBuiltPath", "handBuiltPath"]);
  });

  it(
    "for an address that exists but was guessed, which is not allowed now besides",
    { tags: ["missing-link-not-allowed"] },
    async () => {
      const server = virtualServer();
      const application = await createApplication(server);
      const guessed = `${application.resource._links.self.href}/reportMyActivity`;
      expect((await application.send("POST", guessed)).status).toBe(409);
      expect(rules(server)).toEqual(["handBuiltPath"]);
    },
  );

  it(
    "for an edited query, and not for one that a URL parser has spelled anew",
    { tags: ["query-untouched"] },
    async () => {
      const server = virtualServer();
      const application = await createApplication(server, { instanceId: "tab 1/ä" });
      const events = new URL(application.href(application.resource._links.events.href));
      events.searchParams.set("timeout", "180");
      events.searchParams.set("priority", "1");
      void application.poll(events.href);
      await application.get(application.resource._embedded.communication._links.conversations.href);
      expect(rules(server)).toEqual([]);
      const conversations = new URL(
        application.href(application.resource._embedded.communication._links.conversations.href),
      );
      conversations.searchParams.set("filter", "all");
      await application.get(conversations.href);
      expect(rules(server)).toEqual(["editedQuery"]);
    },
  );

  it("for a POST to a link whose end the client had acknowledged, and not for an honest race", async () => {
    const { server, application, channel, id, links } = await ringing();
    server.control.cancel(id);
    await application.send("POST", links.accept.href);
    expect(rules(server)).toEqual([]);
    await channel.read(500);
    await application.send("POST", links.accept.href);
    expect(rules(server)).toEqual([]);
    await channel.read(1000);
    expect((await application.send("POST", links.accept.href)).status).toBe(404);
    expect(rules(server)).toEqual(["deadLink"]);
  });

  it("for a request to an application that the client itself had deleted, but not at once", async () => {
    const server = virtualServer();
    const { application } = await availableApplication(server);
    const self: string = application.resource._links.self.href;
    await application.send("DELETE", self);
    await application.get(self);
    expect(rules(server)).toEqual([]);
    await server.control.advance(1001);
    await application.get(self);
    expect(rules(server)).toEqual(["requestAfterDelete"]);
  });

  it("for going on with an application that was said to be gone", async () => {
    const server = virtualServer();
    const application = await createApplication(server);
    await server.control.advance(15 * 60_000);
    await application.get(application.resource._links.self.href);
    await server.control.advance(10_000);
    await application.get(application.resource._links.self.href);
    expect(rules(server)).toEqual([]);
    await server.control.advance(1);
    await application.get(application.resource._links.self.href);
    expect(rules(server)).toEqual(["requestToDeadApplication"]);
  });

  it("for a credential in a place where none belongs", { tags: ["token-secret"] }, async () => {
    const server = virtualServer();
    const fetch = memoryFetch(server);
    await fetch(`${origins.discovery}/`, { headers: { ...json, Authorization: "Bearer cwt=x" } });
    const application = await createApplication(server);
    const { makeMeAvailable } = application.resource._embedded.me._links;
    await application.send("POST", makeMeAvailable.href, "grant_type=password&username=a&password=b", {
      "Content-Type": "application/x-www-form-urlencoded",
    });
    await application.get(`${application.resource._links.policies.href}?access_token=cwt%3Dx`);
    expect(rules(server)).toEqual([
      "credentialWhereNoneBelongs",
      "credentialWhereNoneBelongs",
      "contentType",
      "credentialInUrl",
      "editedQuery",
    ]);
  });

  it("for a request to an application without its token", { tags: ["bearer-everywhere"] }, async () => {
    const server = virtualServer();
    const application = await createApplication(server);
    const answer = await application.get(application.resource._links.self.href, { Authorization: "" });
    expect(answer.status).toBe(401);
    expect(rules(server)).toEqual(["credentialWhereNoneBelongs"]);
  });

  it("for a grant that is not offered", { tags: ["grants-offered"] }, async () => {
    const server = virtualServer({ switches: { grants: ["urn:microsoft.rtc:windows"] } });
    const fetch = memoryFetch(server);
    const root = await reply(await fetch(`${origins.discovery}/`, { headers: json }));
    await fetch(root.json._links.user.href, { headers: json });
    const answer = await fetch(`${origins.discovery}/WebTicket/oauthtoken`, {
      method: "POST",
      headers: json,
      body: new URLSearchParams({ grant_type: "password", username: "ada", password: "ada" }),
    });
    expect(await answer.json()).toEqual({ error: "unsupported_grant_type" });
    expect(rules(server)).toEqual(["grantNotOffered"]);
  });

  it("for X-Ms-Origin, which is refused besides", { tags: ["header-no-origin"] }, async () => {
    const server = virtualServer();
    const application = await createApplication(server);
    const answer = await application.get(application.resource._links.self.href, {
      "X-Ms-Origin": "http://localhost",
    });
    expect([answer.status, answer.headers.get("x-ms-diagnostics")]).toEqual([
      403,
      expect.stringMatching(/^28070;/),
    ]);
    expect(rules(server)).toEqual(["originHeader"]);
  });

  it(
    "for a body where none belongs, a wrong Content-Type where one does, and a missing length",
    { tags: ["header-content-type"] },
    async () => {
      const { server, application, links } = await ringing();
      const decline = await application.send("POST", links.decline.href, "reason", {
        "Content-Type": "text/plain",
      });
      expect(decline.status).toBe(415);
      await application.send("POST", links.accept.href, {});
      await server.handle({
        method: "POST",
        url: `${origins.applications}/ucwa/oauth/v1/applications`,
        headers: new Headers({ Accept: "application/json" }),
        body: new Uint8Array(),
        signal: new AbortController().signal,
      });
      expect(rules(server)).toEqual(["contentType", "unexpectedBody", "contentLengthMissing"]);
    },
  );

  it("as a note, and no breach, for a missing Accept", { tags: ["header-accept"] }, async () => {
    const server = virtualServer();
    await server.handle({
      method: "GET",
      url: `${origins.discovery}/`,
      headers: new Headers(),
      body: new Uint8Array(),
      signal: new AbortController().signal,
    });
    const { notes, breachCount } = server.control.state();
    expect([notes.map(({ rule }) => rule), rules(server), breachCount]).toEqual([["acceptMissing"], [], 0]);
    server.control.clearBreaches();
    expect(server.control.state().notes).toEqual([]);
  });

  it("for a method that the resource does not have", { tags: ["error-method"] }, async () => {
    const server = virtualServer();
    const application = await createApplication(server);
    const { policies } = application.resource._links;
    for (const answer of [
      await application.send("DELETE", policies.href),
      await application.send("POST", policies.href, {}),
    ])
      expect([answer.status, answer.json.code]).toEqual([405, "MethodNotAllowed"]);
    expect(rules(server)).toEqual(["methodNotAllowed", "methodNotAllowed"]);
  });

  it(
    "for an instanceId without the header of its revision (Versioning)",
    { tags: ["instance-id-revision", "revision-header"] },
    async () => {
      const server = virtualServer();
      const application = await createApplication(server);
      await application.send("POST", "/ucwa/oauth/v1/applications", {
        culture: "en-US",
        userAgent: "Test/1",
        endpointId: "2",
        instanceId: "i",
      });
      expect(rules(server)).toEqual(["instanceIdWithoutVersion"]);
      await createApplication(server, { instanceId: "i" });
      expect(server.control.breaches).toHaveLength(1);
    },
  );

  it("for silence about activity, when that is asked for", { tags: ["activity-interval"] }, async () => {
    const server = virtualServer({ switches: { requireActivity: true } });
    const { channel } = await availableApplication(server);
    await channel.read(4 * 60_000);
    expect(rules(server)).toEqual([]);
    await channel.read(30_000);
    expect(rules(server)).toEqual(["activityMissing"]);
  });
});

it("shows no credential in breaches and requests", async () => {
  const server = virtualServer();
  const application = await createApplication(server);
  await application.get(`${application.resource._links.policies.href}?password=hunter2&ack=cwt%3Dsecret`);
  const state = JSON.stringify(server.control.state());
  for (const secret of ["hunter2", "secret", "cwt=", '"ada"']) expect(state).not.toContain(secret);
});

it("keeps a bounded list and counts on", async () => {
  const server = virtualServer();
  const fetch = memoryFetch(server);
  for (let count = 0; count < 600; count += 1)
    await fetch(`${origins.applications}/ucwa/oauth/v1/nothing`, { headers: { Accept: "application/json" } });
  const { breaches, breachCount, requests } = server.control.state();
  expect([breaches.length, breachCount, requests.length]).toEqual([500, 600, 200]);
  server.control.clearBreaches();
  expect(server.control.state().breachCount).toBe(0);
});
