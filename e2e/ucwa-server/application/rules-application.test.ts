/** What the reference says of applications and availability, rule by rule. */
import { describe, expect, it } from "vitest";
import { createApplication, eventsOf, inWords, TestChannel, virtualServer } from "../testing/client.ts";
import { ada, brokenRules, ring } from "../testing/ring.ts";

const applicationsHref = "/ucwa/oauth/v1/applications";
const wanted = { culture: "en-US", userAgent: "Test/1", endpointId: "endpoint-1" };
const minutes = (count: number): number => count * 60_000;

async function fresh() {
  const server = virtualServer();
  const application = await createApplication(server);
  const { me, communication } = application.resource._embedded;
  const makeAvailable = (body?: object) => application.send("POST", me._links.makeMeAvailable.href, body);
  const channel = new TestChannel(server, application, application.resource._links.events.href);
  const readMe = async () => (await application.get(me._links.self.href)).json;
  return { server, application, me, communication, makeAvailable, channel, readMe };
}

describe("an application (application)", () => {
  it("has a type only where it was created with one", { tags: ["application-type"] }, async () => {
    const { application } = await fresh();
    expect(application.resource.type).toBeUndefined();
    const body = { ...wanted, endpointId: "2", type: "Browser" };
    const typed = await application.send("POST", applicationsHref, body);
    expect([typed.status, typed.json.type]).toEqual([201, "Browser"]);
  });

  it("comes with a cookie for its photos", { tags: ["photo-cookie"] }, async () => {
    const { application } = await fresh();
    const first = await application.send("POST", applicationsHref, { ...wanted, endpointId: "2" });
    const cookie = first.headers.get("set-cookie");
    expect(cookie).toMatch(
      /^cwt_ucwa=\w+; path=\/ucwa\/oauth\/v1\/applications\/\d+\/photos; secure; HttpOnly$/i,
    );
  });

  it(
    "says in communication what can be done there, and what it can show",
    { tags: ["communication-document"] },
    async () => {
      const { communication } = await fresh();
      expect(Object.keys(communication)).toEqual(
        expect.arrayContaining(["supportedModalities", "supportedMessageFormats", "etag"]),
      );
      expect(Object.keys(communication._links)).toEqual(
        expect.arrayContaining(["self", "conversations", "startMessaging", "missedItems"]),
      );
    },
  );
});

describe("availability (makeMeAvailable)", () => {
  it("is needed before anybody can ring", { tags: ["available-lurker", "available-204"] }, async () => {
    const { server, makeAvailable, channel } = await fresh();
    expect(() => server.control.invite({ to: ada })).toThrow();
    expect(await channel.read(minutes(1))).toEqual([]);
    expect((await makeAvailable({ supportedModalities: ["Messaging"] })).status).toBe(204);
    server.control.invite({ to: ada });
    const words = (await channel.read(0)).flatMap(inWords);
    expect(words).toContain("communication started messagingInvitation");
  });

  it(
    "may be claimed without a word, and then stands for plain text",
    { tags: ["available-all-optional", "available-204"] },
    async () => {
      for (const body of [undefined, {}]) {
        const { makeAvailable, application, communication } = await fresh();
        expect((await makeAvailable(body)).status).toBe(204);
        const now = await application.get(communication._links.self.href);
        expect(now.json).toMatchObject({ supportedModalities: [], supportedMessageFormats: ["Plain"] });
      }
    },
  );

  it(
    "takes the words of the reference and no others",
    { tags: ["available-values", "error-parameter-validation"] },
    async () => {
      for (const [body, status] of [
        [{ supportedModalities: ["Messaging", "PhoneAudio"] }, 204],
        [{ supportedModalities: ["Smoke"] }, 400],
        [{ supportedMessageFormats: ["Plain", "Html"] }, 204],
        [{ supportedMessageFormats: ["Rtf"] }, 400],
        [{ signInAs: "BeRightBack" }, 204],
        [{ signInAs: "Invisible" }, 400],
        [{ audioPreference: "VoipAudio" }, 204],
        [{ audioPreference: "Loud" }, 400],
      ] as const) {
        const { makeAvailable } = await fresh();
        expect((await makeAvailable(body)).status, JSON.stringify(body)).toBe(status);
      }
    },
  );

  it(
    "takes a phone number of at most 100 characters, whatever it is",
    { tags: ["available-phone-number"] },
    async () => {
      for (const [phoneNumber, status] of [
        ["tel:+14255550123", 204],
        ["no number at all", 204],
        ["1".repeat(101), 400],
      ] as const) {
        const { makeAvailable } = await fresh();
        expect((await makeAvailable({ phoneNumber })).status).toBe(status);
      }
    },
  );

  it("is forbidden for the modalities of media", { tags: ["available-forbidden"] }, async () => {
    for (const modality of ["Audio", "Video", "ApplicationSharing", "DataCollaboration", "PanoramicVideo"]) {
      const { makeAvailable, readMe } = await fresh();
      expect((await makeAvailable({ supportedModalities: ["Messaging", modality] })).status).toBe(403);
      expect((await readMe())._links.makeMeAvailable).toBeDefined();
    }
  });

  it(
    "shows in the links of me",
    { tags: ["me-after", "me-before", "missing-link-not-allowed"] },
    async () => {
      const { makeAvailable, readMe } = await fresh();
      const later = ["note", "presence", "location", "reportMyActivity"];
      const before = Object.keys((await readMe())._links);
      expect(before).toContain("makeMeAvailable");
      expect(before.filter((rel) => later.includes(rel))).toEqual([]);
      await makeAvailable();
      const after = Object.keys((await readMe())._links);
      expect(after).toEqual(expect.arrayContaining(later));
      expect(after).not.toContain("makeMeAvailable");
    },
  );

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

describe("what a client sends (PayloadFormat)", () => {
  it(
    "may hold links and embedded resources, which are passed over",
    { tags: ["input-links-ignored", "communication-put"] },
    async () => {
      const { server, application, communication, makeAvailable } = await fresh();
      await makeAvailable({ supportedModalities: ["Messaging"] });
      const { json } = await application.get(communication._links.self.href);
      const links = { ...json._links, startMessaging: { href: "/ucwa/elsewhere" } };
      const changed = await application.send(
        "PUT",
        communication._links.self.href,
        { ...json, supportedMessageFormats: ["Plain", "Html"], _links: links, _embedded: { me: {} } },
        { "If-Match": `"${json.etag}"` },
      );
      expect([changed.status, changed.json.supportedMessageFormats]).toEqual([200, ["Plain", "Html"]]);
      expect(changed.json._links).toEqual(json._links);
      expect(changed.json._embedded).toBeUndefined();
      expect(brokenRules(server)).toEqual([]);
    },
  );
});

describe("an invitation's words (messagingInvitation, PayloadFormat)", () => {
  it("may be missing", { tags: ["message-absent"] }, async () => {
    const { invitation } = await ring({ message: null });
    expect(invitation._links.message).toBeUndefined();
    expect(invitation.subject).toBe("");
  });

  for (const [rule, uri] of [
    ["data-uri-base64", "data:text/plain;charset=utf-8;base64,R3LDvMOfZQ=="],
    ["data-uri-other-types", "data:application/sdp;base64,dj0w"],
    ["invitation-custom-content", "data:application/x-news;v=1,hello"],
  ] as const) {
    it(`may have content beside them, as ${uri}`, { tags: [rule, "invitation-custom-content"] }, async () => {
      const { invitation } = await ring({ customContent: uri });
      expect(invitation._links.customContent.href).toBe(uri);
      expect(invitation._links.message.href).toMatch(/^data:text\/plain/);
    });
  }

  it(
    "may be about several calls at once, which share a thread",
    { tags: ["invitation-thread"] },
    async () => {
      const { server, channel, invitation } = await ring({ threadId: "Ac7bUg==" });
      server.control.invite({ to: ada, threadId: "Ac7bUg==" });
      const [again] = (await channel.read(0)).flatMap(eventsOf);
      const second = again._embedded.messagingInvitation;
      expect([invitation.threadId, second.threadId]).toEqual(["Ac7bUg==", "Ac7bUg=="]);
      expect(second._links.self.href).not.toBe(invitation._links.self.href);
    },
  );
});
