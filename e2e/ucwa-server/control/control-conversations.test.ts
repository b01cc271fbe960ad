import { describe, expect, it } from "vitest";
import { memoryFetch } from "../http/memory-fetch.ts";
import { availableApplication, due, eventsOf, inWords, virtualServer } from "../testing/client.ts";
import type { Json, Reply } from "../testing/client.ts";
import { ada, askEvents, brokenRules, callOf, completionIn, ring } from "../testing/ring.ts";
import type { Ringing } from "../testing/ring.ts";

/** The control API answers only where it is asked by a name of this machine. */
const origins = { discovery: "http://127.0.0.1:5080", applications: "http://127.0.0.1:5081" };

async function controlled(
  request: Parameters<typeof ring>[0] = {},
  options: Parameters<typeof ring>[1] = {},
) {
  const call = await ring(request, options, virtualServer({ origins }));
  const fetch = memoryFetch(call.server);
  const control = async (method: string, path: string, body?: unknown): Promise<Response> =>
    fetch(`${call.server.origins.discovery}/_control/${path}`, {
      method,
      ...(body !== undefined && {
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      }),
    });
  return { ...call, control };
}

async function connected() {
  const call = await controlled();
  await call.application.send("POST", call.invitation._links.accept.href);
  await call.channel.read(1000);
  return call;
}

const meeting = { kind: "onlineMeeting", meeting: { lobby: true } } as const;
const phone = { modalities: ["Messaging", "PhoneAudio"], phoneNumber: "tel:+14255550123" };

describe("the control API of conversations", () => {
  it("rings with every kind", async () => {
    const { control } = await controlled({}, phone);
    for (const [body, status] of [
      [{ kind: "messaging" }, 201],
      [{ kind: "onlineMeeting", meeting: { modalities: ["Messaging"] } }, 201],
      [{ kind: "phoneAudio", call: { privateLine: true } }, 201],
      [{ kind: "unknown", unknown: { rel: "hologramInvitation" } }, 201],
      [{ kind: "audioVideo" }, 409],
      [{ kind: "carrierPigeon" }, 400],
      [{ kind: "unknown", unknown: { rel: "participantInvitation" } }, 400],
      [{ kind: "messaging", meeting: {} }, 400],
      [{ into: "call-0" }, 404],
    ] as const)
      expect((await control("POST", "invitations", { to: ada, ...body })).status).toBe(status);
  });

  it("ends an invitation with a subcode, once", async () => {
    const { control, channel, id } = await controlled();
    const end = { subcode: "Replaced", acceptedBy: { uri: "sip:eve@doorbell.example" } };
    expect((await control("POST", `invitations/${id}/end`, end)).status).toBe(204);
    expect(completionIn(await channel.read(0))).toMatchObject({ reason: { subcode: "Replaced" } });
    expect((await control("POST", `invitations/${id}/end`, end)).status).toBe(409);
    expect((await control("POST", "invitations/nobody/end", end)).status).toBe(404);
  });

  it("admits from the lobby, and answers the phone", async () => {
    const inMeeting = await controlled(meeting);
    await inMeeting.application.send("POST", inMeeting.invitation._links.accept.href);
    await inMeeting.channel.read(1000);
    expect((await inMeeting.control("POST", `invitations/${inMeeting.id}/admit`)).status).toBe(204);
    const onPhone = await controlled({ kind: "phoneAudio" }, phone);
    expect((await onPhone.control("POST", `invitations/${onPhone.id}/answerPhone`)).status).toBe(204);
    for (const call of [inMeeting, onPhone] satisfies Ringing[]) expect(callOf(call).state).toBe("connected");
  });

  it("types, and changes a modality", async () => {
    const { control, channel, id } = await connected();
    expect((await control("POST", `invitations/${id}/typing`, { begins: true })).status).toBe(204);
    expect(
      (await control("POST", `invitations/${id}/modality`, { rel: "applicationSharing", state: "Connected" }))
        .status,
    ).toBe(204);
    expect((await channel.read(0)).flatMap(inWords)).toEqual([
      "conversation added participant",
      "conversation updated applicationSharing",
      "communication updated conversation",
    ]);
  });

  it("lists people, and has participants come, speak and go in either direction", async () => {
    const { server, control, application, channel, id } = await connected();
    const dana = { name: "Dana Whitfield", answers: "answer", photo: "forbidden", contact: "slow" };
    expect((await control("PUT", "people/sip:dana@partner.example", dana)).status).toBe(204);
    expect((await control("PUT", "people/nobody", dana)).status).toBe(400);
    expect((await control("PUT", "people/sip:dana@partner.example", { name: "" })).status).toBe(400);
    const { startMessaging } = application.resource._embedded.communication._links;
    await application.send("POST", startMessaging.href, { to: "sip:dana@partner.example" });
    await channel.read(1000);
    const [outgoing] = server.control.state().outgoing;
    const eve = "sip:eve@partner.example";
    for (const path of [`invitations/${id}`, `outgoing/${outgoing!.id}`])
      for (const [does, body, status] of [
        ["participants", { uri: eve }, 204],
        ["participants", { uri: eve }, 409],
        ["typing", { from: eve }, 204],
        ["messages", { text: "Hello", from: eve }, 204],
        ["modality", { rel: "audioVideo", state: "Connected" }, 204],
        ["participants", { uri: eve, does: "leaves" }, 204],
        ["messages", { text: "Hello", from: eve }, 404],
      ] as const)
        expect([does, (await control("POST", `${path}/${does}`, body)).status]).toEqual([does, status]);
  });

  it("plays the one who is called", async () => {
    const { server, application, channel, control } = await connected();
    const { startMessaging } = application.resource._embedded.communication._links;
    server.control.setSwitches({ callees: "ignore" });
    const outgoing = async () => {
      await application.send("POST", startMessaging.href, { to: "sip:eve@partner.example" });
      return server.control.state().outgoing.at(-1)!.id;
    };
    const first = await outgoing();
    expect((await control("POST", `outgoing/${first}/answer`, {})).status).toBe(204);
    expect((await control("POST", `outgoing/${first}/typing`)).status).toBe(204);
    expect((await control("POST", `outgoing/${first}/messages`, { text: "Hi" })).status).toBe(204);
    expect((await control("POST", `outgoing/${first}/hangUp`)).status).toBe(204);
    expect((await control("POST", `outgoing/${first}/hangUp`)).status).toBe(409);
    const moved = await outgoing();
    expect((await control("POST", `outgoing/${moved}/answer`, { uri: first, derived: true })).status).toBe(
      400,
    );
    const finn = { uri: "sip:finn@partner.example", derived: true };
    expect((await control("POST", `outgoing/${moved}/answer`, finn)).status).toBe(204);
    const second = await outgoing();
    expect((await control("POST", `outgoing/${second}/answer`, { name: "Nobody" })).status).toBe(400);
    expect((await control("POST", `outgoing/${second}/fail`, { subcode: "Busy" })).status).toBe(204);
    const words = (await channel.read(0)).flatMap(inWords);
    expect(words).toContain("communication completed messagingInvitation Success");
    expect(words).toContain("communication completed messagingInvitation Failure");
  });

  it("sends events of any kind, has channels speak out of turn, and shows people as they are told to be", async () => {
    const { application, channel, control, invitation } = await controlled();
    const event = { link: { rel: "cloud", href: "clouds/1" }, type: "dissolved", raw: { odd: true } };
    expect((await control("POST", "events", event)).status).toBe(204);
    const packages = await channel.read(15_000);
    expect(
      packages.flatMap((one) => one.json.sender.flatMap(({ events }: { events: unknown[] }) => events)),
    ).toContainEqual({
      odd: true,
    });
    expect((await control("POST", "channels", { say: "resync" })).status).toBe(204);
    expect((await control("POST", "channels", { say: "boo" })).status).toBe(400);
    const shown = await control("PUT", "people/sip:dana@partner.example/presence", { availability: "Away" });
    expect(shown.status).toBe(204);
    const { contactPresence } = invitation._embedded.from._links;
    expect((await application.get(contactPresence.href)).json.availability).toBe("Away");
    expect(eventsOf(packages[0]!).length).toBeGreaterThan(0);
  });

  it("throws every switch of invitations, resources and events", async () => {
    const { server, control } = await controlled();
    const switches = {
      linkOnly: "mixed",
      hrefs: "mixed",
      singleLinks: "array",
      senderBlocks: "single",
      heartbeat: "null",
      propertyOrder: "reversed",
      dataUris: "base64",
      newProperties: true,
      allowedModalities: ["Messaging", "Video"],
      callees: "decline",
      photos: "shown",
      contacts: "forbidden",
      search: "none",
      sentMessages: "lost",
      htmlOnly: true,
      bannedUserAgents: ["Bad/"],
      mergeOperations: true,
      receiptLast: true,
      oldServer: true,
      revision: 3,
    };
    expect((await control("PUT", "switches", switches)).status).toBe(200);
    expect(server.control.switches).toMatchObject(switches);
    expect((await control("PUT", "switches", { hrefs: "sideways" })).status).toBe(400);
  });
});

async function parked() {
  const server = virtualServer();
  const { application, channel } = await availableApplication(server);
  await channel.read(0);
  return { server, application, channel };
}

describe("events that a client does not know (EventsInUCWA)", () => {
  it("may be of an unknown rel and an unknown type, with a link that answers", async () => {
    const { server, application, channel } = await parked();
    server.control.conversations.emit({
      sender: { rel: "weather", href: "weather" },
      link: { rel: "cloud", href: "weather/clouds/1", title: "Cirrus" },
      in: { rel: "sky", href: "weather/sky" },
      type: "dissolved",
      properties: { height: 9000, kinds: ["thin"] },
    });
    const [event] = (await channel.read(15_000)).flatMap(eventsOf);
    expect(event).toMatchObject({
      from: "weather",
      type: "dissolved",
      link: { rel: "cloud", title: "Cirrus" },
      in: { rel: "sky" },
      _embedded: { cloud: { height: 9000, kinds: ["thin"] } },
    });
    expect((await application.get(event.link.href)).json.height).toBe(9000);
    expect(brokenRules(server)).toEqual([]);
  });

  it("may have any shape at all, and what links they hold may be followed without blame", async () => {
    const { server, application, channel } = await parked();
    for (const raw of [
      null,
      7,
      {},
      { link: null },
      { type: "updated", link: { rel: "x", href: "/ucwa/nowhere" } },
    ])
      server.control.conversations.emit({ raw });
    const events: Json[] = (await channel.read(15_000)).flatMap((one) => one.json.sender[0].events);
    expect(events.slice(0, 4)).toEqual([null, 7, {}, { link: null }]);
    await application.get(events[4].link.href);
    expect(brokenRules(server)).toEqual([]);
  });

  it("may be an operation with a reason of its own", async () => {
    const { server, channel } = await parked();
    server.control.conversations.emit({
      link: { rel: "newsInvitation", href: "news/1" },
      type: "completed",
      status: "Failure",
      reason: { code: "Informational", subcode: "Whatever" },
    });
    expect((await channel.read(0)).flatMap(eventsOf)).toMatchObject([
      { status: "Failure", reason: { code: "Informational", subcode: "Whatever" } },
    ]);
  });
});

describe("what a channel can say out of turn (EventChannelDetails)", () => {
  it("resync, in any response: it leads back to the package that is not acknowledged", async () => {
    const { server, application, channel } = await parked();
    const answer = application.poll(channel.next);
    await due(server);
    server.control.conversations.interject("resync");
    const { json } = await answer;
    expect(Object.keys(json)).toEqual(["_links"]);
    expect(Object.keys(json._links)).toEqual(["resync"]);
    server.control.invite({ to: ada });
    const unread = await askEvents(server, application, json._links.resync.href);
    expect(inWords(unread)[0]).toBe("communication started messagingInvitation");
  });

  it(
    "resume: conversations are dropped, and event parameters with them",
    { tags: ["events-parameters-resent"] },
    async () => {
      const { server, application, channel, id } = await ring();
      await channel.hangUp();
      const answer = application.poll(`${channel.next}&timeout=600`);
      await due(server);
      server.control.conversations.interject("resume");
      const { json } = await answer;
      expect(Object.keys(json._links)).toEqual(["self", "resume"]);
      expect(callOf({ server, id }).state).toBe("lost");
      const resumed: { reply: Reply | null } = { reply: null };
      void application.poll(json._links.resume.href).then((reply) => (resumed.reply = reply));
      await server.control.advance(180_000);
      await due(server);
      expect(resumed.reply?.status).toBe(200);
    },
  );

  it(
    "nothing that leads on: the application's own link shows where the events go on, and none is lost",
    { tags: ["no-way-on"] },
    async () => {
      const { server, application, channel } = await parked();
      await channel.hangUp();
      server.control.conversations.interject("noLink");
      server.control.invite({ to: ada });
      const bare = await application.get(channel.next);
      expect([Object.keys(bare.json._links), bare.json.sender.length]).toEqual([["self"], 2]);
      const { events } = (await application.get(application.resource._links.self.href)).json._links;
      const again = await application.get(events.href);
      expect(again.json.sender).toEqual(bare.json.sender);
      expect(Object.keys(again.json._links)).toEqual(["self", "next"]);
    },
  );
});
