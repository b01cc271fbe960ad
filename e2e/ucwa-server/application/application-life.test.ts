import { describe, expect, it } from "vitest";
import {
  TestChannel,
  availableApplication,
  createApplication,
  eventsOf,
  inWords,
  virtualServer,
} from "../testing/client.ts";
import type { TestApplication } from "../testing/client.ts";
import { ada, brokenRules, lastOf, ring } from "../testing/ring.ts";

const minutes = (count: number): number => count * 60_000;

async function meOf(application: TestApplication) {
  return (await application.get(application.resource._embedded.me._links.self.href)).json;
}

async function presenceOf(application: TestApplication): Promise<string> {
  const me = await meOf(application);
  return (await application.get(me._links.presence.href)).json.availability;
}

describe("availability that degrades by itself (MeDashboard, reportMyActivity)", () => {
  it(
    "goes from Online to IdleOnline to Away without reports, saying so, and comes back with one",
    { tags: ["activity-degrades"] },
    async () => {
      const { application, channel } = await availableApplication(virtualServer());
      expect(await presenceOf(application)).toBe("Online");
      // Five seconds went by while the burst was read; what is said is held for five more.
      expect((await channel.read(minutes(5))).flatMap(inWords)).toEqual(["me updated presence"]);
      expect(await presenceOf(application)).toBe("IdleOnline");
      expect((await channel.read(minutes(5))).flatMap(inWords)).toEqual(["me updated presence"]);
      expect(await presenceOf(application)).toBe("Away");
      const me = await meOf(application);
      expect((await application.send("POST", me._links.reportMyActivity.href)).status).toBe(204);
      expect((await channel.read(5000)).flatMap(inWords)).toEqual(["me updated presence"]);
      expect(await presenceOf(application)).toBe("Online");
    },
  );

  it(
    "stays Online for a client that reports every four minutes",
    { tags: ["activity-interval"] },
    async () => {
      const { application, channel } = await availableApplication(virtualServer());
      const me = await meOf(application);
      for (let time = 0; time < 5; time += 1) {
        expect((await channel.read(minutes(4))).flatMap(inWords)).toEqual([]);
        await application.send("POST", me._links.reportMyActivity.href);
      }
      expect(await presenceOf(application)).toBe("Online");
    },
  );

  it.each(["PT10M", "00:10:00"])(
    "takes its time from inactiveTimeout %s",
    { tags: ["available-inactive-timeout"] },
    async (inactiveTimeout) => {
      const server = virtualServer();
      const application = await createApplication(server);
      await application.send("POST", application.resource._embedded.me._links.makeMeAvailable.href, {
        supportedModalities: ["Messaging"],
        inactiveTimeout,
      });
      const channel = new TestChannel(server, application, application.resource._links.events.href);
      await channel.read(minutes(10) - 1);
      expect(await presenceOf(application)).toBe("Online");
      await channel.read(1);
      expect(await presenceOf(application)).toBe("IdleOnline");
    },
  );

  it.each([
    ["Busy", "IdleBusy"],
    ["DoNotDisturb", "DoNotDisturb"],
    ["BeRightBack", "BeRightBack"],
  ])(
    "leaves alone what the user has published, unless it says that they are there: %s",
    async (published, later) => {
      const { application, channel } = await availableApplication(virtualServer());
      const me = await meOf(application);
      await application.send("POST", me._links.presence.href, { availability: published });
      await channel.read(minutes(6));
      expect(await presenceOf(application)).toBe(later);
    },
  );
});

describe("applications that are not wanted (ApplicationDashboard, applications)", () => {
  it(
    "a banned user agent is refused, and its running application ends on any operation",
    { tags: ["loss-user-agent", "loss-on-any-request"] },
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
    "a user who lost the right to mobile applications is told on any operation",
    { tags: ["error-mobile"] },
    async () => {
      const server = virtualServer();
      const application = await createApplication(server);
      server.control.kill({}, 403, "MobileApplicationNoLongerAllowed");
      const told = await application.get(application.resource._links.self.href);
      expect([told.status, told.json.subcode]).toEqual([403, "MobileApplicationNoLongerAllowed"]);
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

  it(
    "the burst of being made available comes again after each creation",
    { tags: ["available-burst-again"] },
    async () => {
      const server = virtualServer();
      await availableApplication(server);
      server.control.kill({}, 404, "ApplicationNotFound");
      const next = await createApplication(server);
      await next.send("POST", next.resource._embedded.me._links.makeMeAvailable.href, {});
      const [burst] = await new TestChannel(server, next, next.resource._links.events.href).read(5000);
      expect(inWords(burst!)).toHaveLength(5);
    },
  );
});

describe("errors that operations are documented with", () => {
  it.each([
    ["me", 409, "None"],
    ["makeMeAvailable", 500, "CallbackChannelError"],
    ["reportMyActivity", 500, "CallbackChannelError"],
    ["applications", 403, "None"],
    ["applications", 500, "CallbackChannelError"],
    ["accept", 500, "CallbackChannelError"],
  ] as const)(
    "%s can be answered %i %s, once, and works the next time",
    async (endpoint, status, subcode) => {
      const server = virtualServer();
      const { application, invitation } = await ring({}, {}, server);
      const me = await meOf(application);
      const fresh = await createApplication(server, { endpointId: "fresh" });
      const ask = {
        me: () => application.get(me._links.self.href),
        makeMeAvailable: () =>
          fresh.send("POST", fresh.resource._embedded.me._links.makeMeAvailable.href, {}),
        reportMyActivity: () => application.send("POST", me._links.reportMyActivity.href),
        applications: () =>
          application.send("POST", "/ucwa/oauth/v1/applications", {
            culture: "en-US",
            userAgent: "Test/1",
            endpointId: "third",
          }),
        accept: () => application.send("POST", invitation._links.accept.href),
      }[endpoint];
      server.control.addFault({ endpoint, status, subcode });
      const failed = await ask();
      expect([failed.status, failed.json.subcode]).toEqual([status, subcode]);
      expect((await ask()).status).toBeLessThan(300);
    },
  );

  it("guests of a meeting can neither be made available nor report activity nor start to write", async () => {
    const server = virtualServer({
      users: [{ uri: ada, name: "Guest", password: "ada", anonymous: true }],
    });
    const guest = await createApplication(server);
    const { me, communication } = guest.resource._embedded;
    for (const answer of [
      await guest.send("POST", me._links.makeMeAvailable.href, {}),
      await guest.send("POST", `${guest.resource._links.self.href}/reportMyActivity`),
      await guest.send("POST", communication._links.startMessaging.href, { to: "sip:eve@partner.example" }),
    ])
      expect([answer.status, answer.json.subcode]).toEqual([403, "AnonymousNotAllowed"]);
  });
});

describe("what availability decides (makeMeAvailable)", () => {
  it(
    "without it, the application is there and nothing rings at it",
    { tags: ["available-lurker"] },
    async () => {
      const server = virtualServer();
      await createApplication(server);
      expect(() => server.control.invite({ to: ada })).toThrow("not signed in");
    },
  );

  it("every field of it may be left out", { tags: ["available-all-optional"] }, async () => {
    const application = await createApplication(virtualServer());
    const { makeMeAvailable } = application.resource._embedded.me._links;
    expect((await application.send("POST", makeMeAvailable.href)).status).toBe(204);
  });

  it(
    "a modality that the deployment does not allow is forbidden, here and in communication",
    { tags: ["available-forbidden"] },
    async () => {
      const { application } = await availableApplication(virtualServer());
      const { self } = application.resource._embedded.communication._links;
      const { json } = await application.get(self.href);
      const put = await application.send(
        "PUT",
        self.href,
        { ...json, supportedModalities: ["Video"] },
        { "If-Match": `"${json.etag}"` },
      );
      expect([put.status, put.json.code]).toEqual([403, "Forbidden"]);
    },
  );

  it(
    "communication can be changed in XML too, and then decides what rings",
    { tags: ["communication-put", "xml-input", "kinds-need-modality"] },
    async () => {
      const server = virtualServer();
      const { application } = await availableApplication(server);
      const { self } = application.resource._embedded.communication._links;
      const { json } = await application.get(self.href);
      const [guid] = Object.keys(json).filter((name) => /^[\da-f-]{36}$/.test(name));
      const put = await application.send(
        "PUT",
        self.href,
        `<input xmlns="http://schemas.microsoft.com/rtc/2012/03/ucwa"><property name="${guid}">${json[guid!]}</property>` +
          '<propertyList name="supportedModalities"><item>PhoneAudio</item></propertyList>' +
          '<propertyList name="supportedMessageFormats"><item>Plain</item></propertyList>' +
          '<property name="phoneNumber">tel:+14255550123</property></input>',
        { "If-Match": `"${json.etag}"`, "Content-Type": "application/xml" },
      );
      expect(put.json).toMatchObject({
        supportedModalities: ["PhoneAudio"],
        phoneNumber: "tel:+14255550123",
      });
      expect(() => server.control.invite({ to: ada })).toThrow();
      expect(server.control.invite({ to: ada, kind: "phoneAudio" })).toMatch(/^call-/);
      expect(brokenRules(server)).toEqual([]);
    },
  );
});

describe("revisions (Versioning)", () => {
  const revision = (value: string) => ({ "X-MS-RequiresMinResourceVersion": value });

  it(
    "that the server does not have are refused as not found, and the same without the header is answered",
    { tags: ["error-version"] },
    async () => {
      const application = await createApplication(virtualServer());
      const { self } = application.resource._links;
      const refused = await application.get(self.href, revision("3"));
      expect([refused.status, refused.json.code, refused.json.subcode]).toEqual([
        404,
        "NotFound",
        "APIVersionNotSupported",
      ]);
      expect((await application.get(self.href)).status).toBe(200);
    },
  );

  it("are compared as numbers", async () => {
    const server = virtualServer({ switches: { revision: 10 } });
    const application = await createApplication(server);
    const { self } = application.resource._links;
    for (const [value, status] of [
      ["9.5", 200],
      ["10", 200],
      ["10.1", 404],
      ["ten", 404],
    ] as const)
      expect((await application.get(self.href, revision(value))).status).toBe(status);
  });

  it("answers name the version of the server", { tags: ["header-server-names"] }, async () => {
    const application = await createApplication(virtualServer());
    const { headers } = await application.get(application.resource._links.self.href);
    expect([headers.get("x-ms-ucwaversion"), headers.get("x-ms-server-fqdn")]).toEqual([
      "2.0",
      "ucwa.doorbell.example",
    ]);
  });

  it("new properties may appear in any resource", { tags: ["new-properties"] }, async () => {
    const { invitation } = await ring({}, {}, virtualServer({ switches: { newProperties: true } }));
    expect(invitation.aPropertyOfTomorrow).toBeDefined();
    expect(invitation._embedded.from.aPropertyOfTomorrow).toBeDefined();
  });
});

describe("a server of 2013 (peers' reports of Lync Server)", () => {
  it("has answer instead of accept, and answeredByContact", { tags: ["early-builds"] }, async () => {
    const server = virtualServer({ switches: { oldServer: true } });
    const { application, channel, invitation, id } = await ring({}, {}, server);
    expect([invitation._links.accept, typeof invitation._links.answer]).toEqual([undefined, "object"]);
    server.control.forward(id, { uri: "sip:eve@doorbell.example" });
    const { messagingInvitation } = lastOf(await channel.read(0), "messagingInvitation")._embedded;
    expect(messagingInvitation._links.answeredByContact).toBeDefined();
    const second = server.control.invite({ to: ada });
    const again = lastOf(await channel.read(0), "messagingInvitation")._embedded.messagingInvitation;
    expect((await application.send("POST", again._links.answer.href)).status).toBe(204);
    await channel.read(1000);
    expect(server.control.state().invitations.find((one) => one.id === second)?.state).toBe("connected");
  });
});

it(
  "first words come in base64 where the deployment writes them so (PayloadFormat)",
  { tags: ["data-uri-base64"] },
  async () => {
    const server = virtualServer({ switches: { dataUris: "base64" } });
    const { invitation } = await ring({ message: "1+1 = Grüße" }, {}, server);
    const [type, payload] = invitation._links.message.href.split(",");
    expect(type).toBe("data:text/plain;charset=utf-8;base64");
    expect(Buffer.from(payload, "base64").toString()).toBe("1+1 = Grüße\r\n");
  },
);

it(
  "sharing of a screen has no invitation: it shows as an update of applicationSharing",
  { tags: ["sharing-no-invitation"] },
  async () => {
    const { server, application, channel, invitation, id } = await ring();
    await application.send("POST", invitation._links.accept.href);
    await channel.read(1000);
    server.control.conversations.setModality(id, "applicationSharing", "Connected");
    const packages = await channel.read(0);
    expect(packages.flatMap(inWords)).toEqual([
      "conversation updated applicationSharing",
      "communication updated conversation",
    ]);
    expect(eventsOf(packages[0]!)[1]._embedded.conversation.activeModalities).toContain("ApplicationSharing");
  },
);
