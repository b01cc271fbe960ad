import { describe, expect, it } from "vitest";
import {
  TestChannel,
  availableApplication,
  createApplication,
  eventsOf,
  inWords,
  virtualServer,
} from "../testing/client.ts";
import { fresh, minutes } from "../testing/fresh.ts";
import { ada } from "../testing/ring.ts";

describe("being made available (makeMeAvailable, ReceiveAnIM step 7)", () => {
  it("is needed before anybody can ring", { tags: ["available-lurker", "available-204"] }, async () => {
    const { server, makeAvailable, channel } = await fresh();
    expect(() => server.control.invite({ to: ada })).toThrow();
    expect(await channel.read(minutes(1))).toEqual([]);
    expect((await makeAvailable({ supportedModalities: ["Messaging"] })).status).toBe(204);
    server.control.invite({ to: ada });
    const words = (await channel.read(0)).flatMap(inWords);
    expect(words).toContain("communication started messagingInvitation");
  });

  it("shows in the links of me", { tags: ["me-before", "me-after"] }, async () => {
    const { makeAvailable, readMe } = await fresh();
    const later = ["note", "presence", "location", "reportMyActivity"];
    const before = Object.keys((await readMe())._links);
    expect(before).toContain("makeMeAvailable");
    expect(before.filter((rel) => later.includes(rel))).toEqual([]);
    await makeAvailable();
    const after = Object.keys((await readMe())._links);
    expect(after).toEqual(expect.arrayContaining(later));
    expect(after).not.toContain("makeMeAvailable");
  });

  it("sends the burst of the recording in one package", { tags: ["available-burst"] }, async () => {
    const { application, makeAvailable, channel, readMe } = await fresh();
    await makeAvailable({ supportedModalities: ["Messaging"] });
    const [burst] = await channel.read(5000);
    expect(inWords(burst!)).toEqual([
      "me updated me",
      "me added presence",
      "me added note",
      "me added location",
      "communication updated communication",
    ]);
    expect(eventsOf(burst!)[4]._embedded.communication).toMatchObject({
      supportedModalities: ["Messaging"],
      supportedMessageFormats: ["Plain"],
    });
    const { _links: links } = await readMe();
    for (const rel of ["note", "presence", "location"])
      expect((await application.get(links[rel].href)).json.rel).toBe(rel);
  });

  it("brings the same burst again after each creation", { tags: ["available-burst-again"] }, async () => {
    const server = virtualServer();
    const bursts = [];
    for (let time = 0; time < 2; time += 1) {
      const next = await createApplication(server);
      await next.send("POST", next.resource._embedded.me._links.makeMeAvailable.href, {});
      const [burst] = await new TestChannel(server, next, next.resource._links.events.href).read(5000);
      bursts.push(inWords(burst!));
      server.control.kill({}, 404, "ApplicationNotFound");
    }
    expect(bursts[0]).toHaveLength(5);
    expect(bursts[1]).toEqual(bursts[0]);
  });

  it("happens once", { tags: ["available-twice"] }, async () => {
    const { application } = await availableApplication(virtualServer());
    const again = await application.send(
      "POST",
      application.resource._embedded.me._links.makeMeAvailable.href,
    );
    expect([again.status, again.json.subcode]).toEqual([409, "AlreadyExists"]);
  });

  it(
    "comes before activity, presence and a note",
    { tags: ["activity-before-available", "presence-before-available"] },
    async () => {
      const application = await createApplication(virtualServer());
      const base = application.resource._links.self.href as string;
      for (const [method, path] of [
        ["POST", "/reportMyActivity"],
        ["GET", "/me/presence"],
        ["GET", "/me/note"],
      ] as const) {
        const answer = await application.send(method, base + path);
        expect([answer.status, answer.json.subcode]).toEqual([409, "MakeMeAvailableRequired"]);
      }
    },
  );

  it(
    "guests of a meeting can neither be made available nor report activity nor start to write",
    { tags: ["available-anonymous", "activity-anonymous"] },
    async () => {
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
    },
  );
});

it("lets presence be set and reset (presence)", { tags: ["presence-set"] }, async () => {
  const { application } = await availableApplication(virtualServer());
  const me = await application.get(application.resource._embedded.me._links.self.href);
  const href = me.json._links.presence.href as string;
  expect((await application.send("POST", href, { availability: "Busy" })).status).toBe(204);
  expect((await application.get(href)).json.availability).toBe("Busy");
  expect((await application.send("POST", href)).status).toBe(204);
  expect((await application.get(href)).json.availability).toBe("Online");
  expect((await application.send("POST", href, { availability: "Elsewhere" })).status).toBe(400);
});
