import { describe, expect, it } from "vitest";
import { availableApplication, eventsOf, inWords, virtualServer } from "../testing/client.ts";
import { ada, brokenRules, lastOf, ring } from "../testing/ring.ts";

describe("a contact (contact, contactPresence)", () => {
  it(
    "can be looked up from an invitation, with links to presence and photo",
    { tags: ["json-dates"] },
    async () => {
      const { invitation, application } = await ring({
        from: { uri: "sip:dana@partner.example", name: "Dana" },
      });
      const contact = await application.get(invitation._embedded.from._links.contact.href);
      expect(contact.json).toMatchObject({ rel: "contact", name: "Dana", type: "User" });
      const presence = await application.get(contact.json._links.contactPresence.href);
      expect(presence.json).toMatchObject({
        rel: "contactPresence",
        availability: "Online",
        deviceType: "PC",
      });
      expect(presence.text).toMatch(/"lastActive":"\\\/Date\(\d+\)\\\/"/);
    },
  );

  it("that calls by telephone is of that type", async () => {
    const { invitation, application } = await ring({
      from: { uri: "sip:+14255550100@partner.example;user=phone", name: "" },
    });
    const { uri, _links } = invitation._embedded.from;
    expect(uri).toBe("sip:+14255550100@partner.example;user=phone");
    expect((await application.get(_links.contact.href)).json.type).toBe("Phone");
  });
});

describe("a photo (contactPhoto, photo)", () => {
  async function photo(photos: "none" | "shown" | "forbidden" | "unavailable") {
    const { server, invitation, application } = await ring({}, {}, virtualServer({ switches: { photos } }));
    const contact = await application.get(invitation._embedded.from._links.contact.href);
    return { server, application, href: contact.json._links.contactPhoto.href };
  }

  it(
    "is a JPEG picture of 2 to 100 kB in the size that is asked for, with ETag and Expires",
    { tags: ["photo-size"] },
    async () => {
      const { application, href } = await photo("shown");
      const picture = await application.get(`${href}?size=HR64X64`);
      expect(picture.status).toBe(200);
      expect(picture.headers.get("content-type")).toBe("image/jpeg");
      expect(picture.headers.get("etag")).toMatch(/^"\w+"$/);
      expect(Date.parse(picture.headers.get("expires")!)).toBeGreaterThan(Date.UTC(2026, 0, 1));
      expect(picture.text.length).toBeGreaterThan(1500);
      expect((await application.get(`${href}?size=huge`)).status).toBe(400);
    },
  );

  it("is not sent again to whoever has it (304)", { tags: ["photo-etag"] }, async () => {
    const { application, href } = await photo("shown");
    const etag = (await application.get(href)).headers.get("etag")!;
    const again = await application.get(href, { "If-None-Match": etag });
    expect([again.status, again.text]).toEqual([304, ""]);
    expect((await application.get(href, { "If-None-Match": '"other"' })).status).toBe(200);
  });

  it.each([
    ["none", 404],
    ["forbidden", 403],
  ] as const)(
    "answers %s with %i although its link is there",
    { tags: ["photo-none"] },
    async (photos, status) => {
      const { application, href } = await photo(photos);
      expect((await application.get(href)).status).toBe(status);
    },
  );

  it("is all that a failure of Exchange takes away", { tags: ["error-exchange"] }, async () => {
    const { server, application, href } = await photo("unavailable");
    const failed = await application.get(href);
    expect([failed.status, failed.json.subcode]).toEqual([504, "ExchangeServiceFailure"]);
    expect((await application.get(application.resource._links.self.href)).status).toBe(200);
    expect(server.control.invite({ to: ada })).toMatch(/^call-/);
  });
});

describe("presence subscriptions (presenceSubscriptions, SubscribeToThePresenceOfSelectedContacts)", () => {
  const eve = "sip:eve@partner.example";

  async function subscribed(duration: unknown = 10) {
    const server = virtualServer();
    const { application, channel } = await availableApplication(server);
    const { presenceSubscriptions } = application.resource._embedded.people._links;
    const answer = await application.send("POST", presenceSubscriptions.href, { duration, uris: [eve] });
    return { server, application, channel, answer, presenceSubscriptions };
  }

  it("answer 201, tell what is shown now, and then every change", async () => {
    const { server, channel, answer } = await subscribed();
    expect([answer.status, answer.json.rel]).toEqual([201, "presenceSubscription"]);
    await channel.read(5000);
    server.control.conversations.show(eve, { availability: "Busy", activity: "on-the-phone" });
    const [event] = (await channel.read(5000)).flatMap(eventsOf);
    expect(event).toMatchObject({
      type: "updated",
      link: { rel: "contactPresence" },
      in: { rel: "contact" },
      _embedded: { contactPresence: { availability: "Busy", activity: "on-the-phone" } },
    });
    expect(brokenRules(server)).toEqual([]);
  });

  it.each([9, 31, "soon", undefined])("refuse the duration %j: it is 10 to 30 minutes", async (duration) => {
    const { answer } = await subscribed(duration === undefined ? null : duration);
    expect([answer.status, answer.json.parameters[0].name]).toEqual([400, "duration"]);
  });

  it("warn before they end, can be extended, and are ApplicationNotFound once they have lapsed", async () => {
    const { server, application, channel, answer } = await subscribed();
    const { self } = answer.json._links;
    const early = await channel.read(8 * 60_000 + 5000);
    expect(early.flatMap(inWords)).toContain("people updated presenceSubscription");
    expect((await application.send("POST", `${self.href}?duration=30`)).status).toBe(200);
    await channel.read(20 * 60_000);
    expect((await application.send("POST", self.href, { duration: 10 })).status).toBe(200);
    await channel.read(10 * 60_000);
    const late = await application.send("POST", `${self.href}?duration=10`);
    expect([late.status, late.json.subcode]).toEqual([404, "ApplicationNotFound"]);
    expect((await application.get(application.resource._links.self.href)).status).toBe(200);
    await channel.read(5000);
    server.control.conversations.show(eve, { availability: "Away" });
    expect(lastOf(await channel.read(5000), "contactPresence")).toBeUndefined();
  });

  it("are dropped with resume", async () => {
    const { server, application, presenceSubscriptions } = await subscribed();
    const listed = async () =>
      (await application.get(presenceSubscriptions.href)).json._embedded.presenceSubscription;
    expect(await listed()).toHaveLength(1);
    server.control.conversations.interject("resume");
    await application.get(application.resource._links.self.href);
    const { events } = (await application.get(application.resource._links.self.href)).json._links;
    void application.poll(events.href);
    await server.control.advance(0);
    expect(await listed()).toEqual([]);
  });
});

describe("the search for people (search)", () => {
  async function search(query: string) {
    const { application } = await availableApplication(virtualServer());
    const { search: link } = application.resource._embedded.people._links;
    return application.get(`${link.href}?${query}`);
  }

  it.each([
    "okaf",
    "Ben Okafor",
    "ben@doorbell.example",
    "sip:ben@doorbell.example",
    "SIP:Ben@Doorbell.Example",
    "tel:+14255550112",
    "(425) 555-0112",
    "0112",
  ])("finds somebody by name, address, URI and phone number: %s", async (query) => {
    const { json } = await search(`query=${encodeURIComponent(query)}`);
    expect(json._embedded.contact).toMatchObject([
      { name: "Ben Okafor", uri: "sip:ben@doorbell.example", workPhoneNumber: "tel:+14255550112" },
    ]);
  });

  it.each(["sip:ben@elsewhere.example", "tel:+4255550113", "01", "tel:", "()"])(
    "finds nobody by %s",
    async (query) => {
      const { json } = await search(`query=${encodeURIComponent(query)}`);
      expect(json._embedded?.contact ?? []).toEqual([]);
    },
  );

  it("finds by a part, and says when there are more", async () => {
    const found = async (query: string) =>
      (await search(query)).json._embedded.contact.map(({ name }: { name: string }) => name);
    expect(await found("query=okaf")).toEqual(["Ben Okafor"]);
    expect(await found("query=chen@doorbell")).toEqual(["Chen Wei"]);
    const few = await search("query=doorbell&limit=2");
    expect([few.json._embedded.contact.length, few.json.moreResultsAvailable]).toEqual([2, true]);
  });

  it.each(["query=", `query=${"x".repeat(257)}`, "query=a&limit=0", "query=a&limit=101"])(
    "refuses %s",
    async (query) => {
      expect((await search(query)).status).toBe(400);
    },
  );
});

describe("conversation logs and missed items (conversationLogs, conversationLog, missedItems)", () => {
  async function logged() {
    const server = virtualServer();
    const { application, channel } = await availableApplication(server);
    server.control.invite({ to: ada, subject: "First", message: "Are you there?" });
    await channel.read(26_000);
    const { conversationLogs } = application.resource._embedded.communication._links;
    const logs = async (limit = 10) =>
      (await application.get(`${conversationLogs.href}?limit=${limit}`)).json._embedded.conversationLog;
    return { server, application, channel, logs };
  }

  it("show what was missed, with what was said", { tags: ["conversation-logs"] }, async () => {
    const { logs } = await logged();
    const [log] = await logs();
    expect(log).toMatchObject({
      status: "Missed",
      type: "MessageLog",
      direction: "Incoming",
      subject: "First",
      previewMessage: "Are you there?",
      modalities: ["Messaging"],
      totalRecipientsCount: 1,
    });
  });

  it("archive what was answered, newest first, no more than are asked for", async () => {
    const { server, application, channel, logs } = await logged();
    server.control.invite({ to: ada, subject: "Second" });
    const { accept } = lastOf(await channel.read(0), "messagingInvitation")._embedded.messagingInvitation
      ._links;
    await application.send("POST", accept.href);
    await channel.read(1000);
    expect((await logs()).map(({ subject, status }: Record<string, string>) => [subject, status])).toEqual([
      ["Second", "Archived"],
      ["First", "Missed"],
    ]);
    expect(await logs(1)).toHaveLength(1);
  });

  it(
    "can be marked as read, which is news of the counters also when nothing has changed",
    { tags: ["missed-items-event"] },
    async () => {
      const { application, channel, logs } = await logged();
      const [log] = await logs();
      for (let time = 0; time < 2; time += 1) {
        expect((await application.send("POST", log._links.markAsRead.href)).status).toBe(204);
        const { type, _embedded: embedded } = lastOf(await channel.read(0), "missedItems");
        expect(type).toBe("updated");
        expect(embedded.missedItems).toMatchObject({
          missedConversationsCount: 1,
          unreadMissedConversationsCount: 0,
        });
      }
      expect((await logs())[0]._links.markAsRead).toBeUndefined();
    },
  );

  it("can be continued as a conversation with the same thread (continueMessaging)", async () => {
    const { server, application, channel, logs } = await logged();
    const [log] = await logs();
    const continued = await application.send("POST", log._links.continueMessaging.href, { operationId: "7" });
    expect(continued.status).toBe(201);
    const { messagingInvitation } = lastOf(await channel.read(0), "messagingInvitation")._embedded;
    expect(messagingInvitation).toMatchObject({ direction: "Outgoing", threadId: log.threadId });
    expect(brokenRules(server)).toEqual([]);
  });
});
