import { describe, expect, it } from "vitest";
import { availableApplication, due, virtualServer } from "../testing/client.ts";
import type { Reply } from "../testing/client.ts";
import { caller, completionIn, ring } from "../testing/ring.ts";

const dana = "sip:dana@partner.example";

async function searching(switches: Parameters<typeof virtualServer>[0] = {}) {
  const server = virtualServer(switches);
  const { application } = await availableApplication(server);
  const { search } = application.resource._embedded.people._links;
  const find = async (query: string): Promise<Reply> => application.get(`${search.href}?${query}`);
  return { server, application, find };
}

describe("people outside who can be found", () => {
  it("are found beside the users, with what is told of them, and can be called", async () => {
    const { server, application, find } = await searching();
    server.control.conversations.list(dana, {
      name: "Dana Whitfield",
      title: "Buyer",
      company: "Partner",
      sourceNetwork: "Federated",
    });
    const { json } = await find("query=dana");
    expect(json._embedded.contact).toMatchObject([
      { uri: dana, name: "Dana Whitfield", title: "Buyer", company: "Partner", sourceNetwork: "Federated" },
    ]);
    const { self } = json._embedded.contact[0]._links;
    expect((await application.get(self.href)).json.title).toBe("Buyer");
    expect(server.control.state().people).toMatchObject([{ uri: dana }]);
  });

  it("answer, decline or leave it as is said of them, whatever the others do", async () => {
    const { server, channel, start, outgoing } = await caller();
    server.control.conversations.list(dana, { name: "Dana Whitfield", answers: "decline" });
    await start({ to: dana });
    expect(completionIn(await channel.read(1000))).toMatchObject({ reason: { subcode: "Declined" } });
    server.control.conversations.list(dana, { name: "Dana Whitfield", answers: "ignore" });
    server.control.conversations.list(dana, { name: "Dana W." });
    await start({ to: dana });
    await channel.read(20_000);
    expect(outgoing()).toMatchObject({ state: "calling", to: { name: "Dana W." } });
  });

  it("have a picture of their own", async () => {
    const { server, application, find } = await searching();
    const jpeg = Buffer.from("a picture").toString("base64");
    server.control.conversations.list(dana, { name: "Dana Whitfield", jpeg });
    const { contactPhoto } = (await find("query=dana")).json._embedded.contact[0]._links;
    const picture = await application.get(contactPhoto.href);
    expect(picture.text).toBe("a picture");
    const another = Buffer.from("another").toString("base64");
    server.control.conversations.list(dana, { name: "Dana Whitfield", jpeg: another });
    const held = { "If-None-Match": picture.headers.get("etag")! };
    expect((await application.get(contactPhoto.href, held)).text).toBe("another");
    expect(JSON.stringify(server.control.state())).not.toContain(jpeg);
  });
});

describe("a search (search)", () => {
  it("may find nobody, more than anybody wants, or fail", async () => {
    const { server, find } = await searching();
    server.control.setSwitches({ search: "none" });
    expect((await find("query=ben")).json._embedded.contact).toEqual([]);
    server.control.setSwitches({ search: "many" });
    const { json } = await find("query=ben&limit=100");
    expect([json._embedded.contact.length, json.moreResultsAvailable]).toEqual([100, true]);
    expect(json._embedded.contact[0].name).toBe("Ben Okafor");
    server.control.setSwitches({ search: "failing" });
    expect((await find("query=ben")).status).toBe(504);
  });
});

describe("what is slow, huge, broken or forbidden of people", () => {
  it("comes after ten seconds: contacts, photos and searches", async () => {
    const { server, application, find } = await searching();
    const { self, contactPhoto } = (await find("query=ben")).json._embedded.contact[0]._links;
    server.control.setSwitches({ search: "slow", contacts: "slow", photos: "slow" });
    const statuses: number[] = [];
    for (const asked of [find("query=ben"), application.get(self.href), application.get(contactPhoto.href)])
      void asked.then(({ status }) => statuses.push(status));
    await due(server);
    await server.control.advance(9_900);
    await due(server);
    expect(statuses).toEqual([]);
    await server.control.advance(100);
    await due(server);
    expect(statuses).toEqual([200, 200, 200]);
  });

  it.each([
    [{ contacts: "forbidden" }, "contact", 403],
    [{ contacts: "unavailable" }, "contact", 504],
    [{ photos: "broken" }, "contactPhoto", 200],
    [{ photos: "huge" }, "contactPhoto", 200],
  ] as const)("%j", async (switches, rel, status) => {
    const { invitation, application, server } = await ring();
    const { contact } = invitation._embedded.from._links;
    const { contactPhoto } = (await application.get(contact.href)).json._links;
    server.control.setSwitches(switches);
    const answer = await application.get(rel === "contact" ? contact.href : contactPhoto.href);
    expect(answer.status).toBe(status);
    if ("photos" in switches && switches.photos === "huge")
      expect(answer.text.length).toBeGreaterThan(4_000_000);
    if ("photos" in switches && switches.photos === "broken") expect(answer.text).toContain("not a picture");
  });
});
