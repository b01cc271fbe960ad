import { describe, expect, it } from "vitest";
import { eventsOf, virtualServer } from "../testing/client.ts";
import { ada, lastOf, ring } from "../testing/ring.ts";

describe("an incoming invitation (messagingInvitation, ReceiveAnIM)", () => {
  it(
    "carries the properties and links of the recording",
    { tags: ["answer-links", "invitation-no-operation-id"] },
    async () => {
      const { invitation } = await ring({ subject: "Budget", message: "Hi Tosh" });
      expect(Object.keys(invitation).toSorted()).toEqual(
        ["_embedded", "_links", "direction", "importance", "rel", "state", "subject", "threadId"].toSorted(),
      );
      expect(Object.keys(invitation._links).toSorted()).toEqual(
        ["accept", "conversation", "decline", "message", "messaging", "self", "to"].toSorted(),
      );
      expect(Object.keys(invitation._embedded.from).toSorted()).toEqual(
        ["_links", "anonymous", "name", "rel", "sourceNetwork", "uri"].toSorted(),
      );
      expect(Object.keys(invitation._embedded.from._links).toSorted()).toEqual(
        ["contact", "contactPresence", "conversation", "self"].toSorted(),
      );
    },
  );

  it("embeds the caller as one participant", { tags: ["invitation-from"] }, async () => {
    const { invitation } = await ring({ sourceNetwork: "Federated" });
    expect(invitation._embedded.from).toMatchObject({
      rel: "participant",
      name: "Dana Whitfield",
      uri: "sip:dana@partner.example",
      sourceNetwork: "Federated",
    });
  });

  it("links to who is invited", { tags: ["invitation-to"] }, async () => {
    const { invitation, application } = await ring();
    expect((await application.get(invitation._links.to.href)).json).toMatchObject({
      rel: "contact",
      uri: ada,
    });
    expect(invitation).not.toHaveProperty("to");
  });

  it.each([undefined, "Normal", "Urgent", "Emergency"] as const)(
    "tells the importance %s, which is Normal otherwise",
    { tags: ["invitation-importance"] },
    async (importance) => {
      const { invitation } = await ring({ ...(importance && { importance }) });
      expect(invitation.importance).toBe(importance ?? "Normal");
    },
  );

  it("has a subject, which is empty where nobody wrote one", { tags: ["invitation-subject"] }, async () => {
    expect((await ring({ subject: "Budget" })).invitation.subject).toBe("Budget");
    expect((await ring()).invitation.subject).toBe("");
  });

  it("names on whose behalf it comes", { tags: ["on-behalf-of"] }, async () => {
    const { invitation, application } = await ring({
      onBehalfOf: { uri: "sip:boss@partner.example", name: "The Boss" },
    });
    const boss = await application.get(invitation._links.onBehalfOf.href);
    expect(boss.json).toMatchObject({ rel: "contact", name: "The Boss", uri: "sip:boss@partner.example" });
  });

  it("tells nothing about an anonymous caller, not even in an address", async () => {
    const { invitation, first } = await ring({
      anonymous: true,
      from: { uri: "sip:secret@partner.example" },
    });
    expect(invitation._embedded.from).toMatchObject({ anonymous: true, name: "" });
    expect(invitation._embedded.from._links.contact).toBeUndefined();
    expect(first.text).not.toContain("secret");
  });

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

describe("an invitation's words (messagingInvitation, PayloadFormat)", () => {
  it("may be missing", { tags: ["message-absent"] }, async () => {
    const { invitation } = await ring({ message: null });
    expect(invitation._links.message).toBeUndefined();
  });

  for (const [tags, message, format, uri] of [
    [
      ["invitation-message-link", "data-uri-line-end"],
      "Hi",
      "plain",
      "data:text/plain;charset=utf-8,Hi%0d%0a",
    ],
    [
      ["data-uri-form-encoding"],
      "1+1=2 & 100%",
      "plain",
      "data:text/plain;charset=utf-8,1%2b1%3d2+%26+100%25%0d%0a",
    ],
    [[], "Grüße 👋", "plain", "data:text/plain;charset=utf-8,Gr%c3%bc%c3%9fe+%f0%9f%91%8b%0d%0a"],
    [[], '<b style="x">Hi</b>', "html", "data:text/html;charset=utf-8,%3cb+style%3d%22x%22%3eHi%3c%2fb%3e"],
  ] satisfies [string[], string, "plain" | "html", string][])
    it(`are the data URI ${uri} in a link`, { tags }, async () => {
      const { invitation } = await ring({ message, format });
      expect(invitation._links.message.href).toBe(uri);
    });

  it(
    "shows formatted words as plain ones to a client that takes only plain text",
    { tags: ["plain-only"] },
    async () => {
      const { invitation } = await ring(
        { message: "<p>a &amp; b</p>", format: "html" },
        { formats: ["Plain"] },
      );
      expect(invitation._links.message.href).toBe("data:text/plain;charset=utf-8,a+%26+b%0d%0a");
    },
  );

  it("come in base64 where the deployment writes them so", { tags: ["data-uri-base64"] }, async () => {
    const server = virtualServer({ switches: { dataUris: "base64" } });
    const { invitation } = await ring({ message: "1+1 = Grüße" }, {}, server);
    const [type, payload] = invitation._links.message.href.split(",");
    expect(type).toBe("data:text/plain;charset=utf-8;base64");
    expect(Buffer.from(payload, "base64").toString()).toBe("1+1 = Grüße\r\n");
  });

  for (const [rule, uri] of [
    ["data-uri-other-types", "data:application/sdp;base64,dj0w"],
    ["invitation-custom-content", "data:application/x-news;v=1,hello"],
  ] as const)
    it(`may have content beside them, as ${uri}`, { tags: [rule] }, async () => {
      const { invitation } = await ring({ customContent: uri });
      expect(invitation._links.customContent.href).toBe(uri);
      expect(invitation._links.message.href).toMatch(/^data:text\/plain/);
      expect(invitation).not.toHaveProperty("customContent");
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
