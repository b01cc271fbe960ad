import { describe, expect, it } from "vitest";
import { createApplication, virtualServer } from "../testing/client.ts";
import { applicationsHref, fresh, wanted } from "../testing/fresh.ts";
import { ring } from "../testing/ring.ts";

describe("creating an application (applications, CreateAnApplication)", () => {
  it(
    "answers with the application and what is embedded in it",
    { tags: ["application-document", "application-events-link"] },
    async () => {
      const { resource } = await createApplication(virtualServer());
      expect(resource).toMatchObject({ ...wanted, rel: "application" });
      expect(Object.keys(resource._embedded).toSorted()).toEqual([
        "communication",
        "me",
        "onlineMeetings",
        "people",
      ]);
      expect(resource._links.events.href).toMatch(/\/events\?ack=1$/);
      const { me, communication } = resource._embedded;
      expect(me).toMatchObject({ name: "Ada Lindqvist", uri: "sip:ada@doorbell.example", rel: "me" });
      expect(communication).toMatchObject({ supportedModalities: [], supportedMessageFormats: ["Plain"] });
    },
  );

  it(
    "answers 201 with the representation, and with a cookie for its photos",
    { tags: ["create-201", "photo-cookie"] },
    async () => {
      const { application } = await fresh();
      const first = await application.send("POST", applicationsHref, { ...wanted, endpointId: "2" });
      expect([first.status, first.json.rel, first.json.endpointId]).toEqual([201, "application", "2"]);
      expect(first.headers.get("location")).toBe(first.json._links.self.href);
      expect(first.headers.get("set-cookie")).toMatch(
        /^cwt_ucwa=\w+; path=\/ucwa\/oauth\/v1\/applications\/\d+\/photos; secure; HttpOnly$/i,
      );
    },
  );

  it(
    "joins the application that runs, whose instances keep their channels (MultiTabSupport)",
    { tags: ["create-200"] },
    async () => {
      const server = virtualServer();
      const first = await createApplication(server, { instanceId: "a" });
      const second = await createApplication(server, { instanceId: "b" });
      expect(second.resource.id).toBe(first.resource.id);

      const header = { "X-MS-RequiresMinResourceVersion": "2" };
      const again = await first.send("POST", applicationsHref, { ...wanted, instanceId: "a" }, header);
      expect(again.status).toBe(200);
      expect(again.json._links.events.href).toBe(first.resource._links.events.href);
      expect(server.control.breaches).toEqual([]);
    },
  );

  it("refuses one too many (ApplicationDashboard)", { tags: ["loss-too-many"] }, async () => {
    const server = virtualServer({ timings: { applicationsPerUser: 2 } });
    const application = await createApplication(server, { endpointId: "1" });
    await createApplication(server, { endpointId: "2" });
    const third = await application.send("POST", applicationsHref, { ...wanted, endpointId: "3" });
    expect([third.status, third.json.subcode]).toEqual([410, "TooManyApplications"]);
  });

  it("leaves the etag of what holds me as it is", { tags: ["etag-embedded"] }, async () => {
    const { application, makeAvailable } = await fresh();
    const read = async () => (await application.get(application.resource._links.self.href)).json;
    const before = await read();
    await makeAvailable();
    const after = await read();
    expect(after.etag).toBe(before.etag);
    expect(after._embedded.communication.etag).not.toBe(before._embedded.communication.etag);
  });
});

describe("applications that are not wanted (ApplicationDashboard, applications)", () => {
  it(
    "a banned user agent is refused, and its running application ends on any operation",
    { tags: ["loss-user-agent"] },
    async () => {
      const server = virtualServer();
      const application = await createApplication(server);
      server.control.setSwitches({ bannedUserAgents: ["Test/"] });
      const told = await application.get(application.resource._embedded.me._links.self.href);
      expect([told.status, told.json.code, told.json.subcode]).toEqual([410, "Gone", "UserAgentNotAllowed"]);
      const again = await application.send("POST", "/ucwa/oauth/v1/applications", {
        culture: "en-US",
        userAgent: "Test/2",
        endpointId: "x",
      });
      expect([again.status, again.json.subcode]).toEqual([410, "UserAgentNotAllowed"]);
    },
  );

  it(
    "after an application, a new one has new addresses, and shows no conversation of the old one",
    { tags: ["recreate-new-hrefs", "recreate-recovers-nothing"] },
    async () => {
      const { server, application, invitation, channel } = await ring();
      await application.send("POST", invitation._links.accept.href);
      await channel.read(1000);
      server.control.kill({}, 410, "InactiveApplicationExpired");
      const next = await createApplication(server);
      expect(next.resource._links.self.href).not.toBe(application.resource._links.self.href);
      const { conversations } = next.resource._embedded.communication._links;
      expect((await next.get(conversations.href)).json._embedded.conversation).toEqual([]);
      expect((await next.get(invitation._links.self.href)).json.subcode).toBe("InactiveApplicationExpired");
    },
  );
});

it("does not show one user's application to another", async () => {
  const server = virtualServer();
  const ada = await createApplication(server);
  const ben = await createApplication(server, { user: "ben" });
  expect((await ben.get(ada.resource._links.self.href)).status).toBe(403);
});
