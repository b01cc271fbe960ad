import { describe, expect, it } from "vitest";
import { availableApplication, inWords, virtualServer } from "../testing/client.ts";
import { ada, brokenRules, callOf, completionIn, lastOf, ring } from "../testing/ring.ts";

const numberless = { modalities: ["PhoneAudio"] };
const phone = { modalities: ["Messaging", "PhoneAudio"], phoneNumber: "tel:+14255550123" };
const video = { modalities: ["Messaging", "Audio", "Video"] };
const allowsVideo = () =>
  virtualServer({ switches: { allowedModalities: ["Messaging", "PhoneAudio", "Audio", "Video"] } });
const sdp = { "Content-Type": "application/sdp" };

describe("an invitation of any kind (invitation)", () => {
  const kinds = [
    ["messaging", {}],
    ["onlineMeeting", {}],
    ["phoneAudio", phone],
    ["audioVideo", video],
  ] as const;

  it.each(kinds)("is of the kind %s by its rel", { tags: ["kinds-by-rel"] }, async (kind, available) => {
    const { first, invitation } = await ring({ kind }, { ...available }, allowsVideo());
    expect(inWords(first)[0]).toBe(`communication started ${kind}Invitation`);
    expect(invitation.rel).toBe(`${kind}Invitation`);
  });

  it.each([
    ["messaging", numberless, phone],
    ["onlineMeeting", numberless, phone],
    ["phoneAudio", {}, phone],
    ["phoneAudio", numberless, phone],
    ["audioVideo", phone, video],
  ] as const)(
    "comes only where its modality is claimed: %s not for %j, but for %j",
    { tags: ["kinds-need-modality"] },
    async (kind, without, available) => {
      const server = allowsVideo();
      await availableApplication(server, { ...without });
      expect(() => server.control.invite({ to: ada, kind })).toThrow(
        /not available for this kind|not signed in/,
      );
      await availableApplication(server, { endpointId: "2", ...available });
      expect(server.control.invite({ to: ada, kind })).toMatch(/^call-/);
    },
  );

  it.each(kinds)(
    "is declined in the same way, as of the kind %s",
    { tags: ["decline-other-kinds"] },
    async (kind, available) => {
      const { application, channel, invitation } = await ring({ kind }, { ...available }, allowsVideo());
      const declined = await application.send("POST", invitation._links.decline.href, { reason: "Local" });
      expect(declined.status).toBe(204);
      expect(completionIn(await channel.read(0))).toMatchObject({
        status: "Failure",
        reason: { subcode: "Declined" },
      });
    },
  );
});

describe("an invitation to a meeting (onlineMeetingInvitation)", () => {
  const meeting = { kind: "onlineMeeting", meeting: { modalities: ["Messaging", "Audio"] } } as const;

  it(
    "shows the meeting's address, what it offers, and accept and decline, but no messaging link",
    { tags: ["meeting-invitation"] },
    async () => {
      const { invitation, first, server } = await ring({
        ...meeting,
        subject: "Planning",
        onBehalfOf: { uri: "sip:boss@partner.example" },
      });
      expect(inWords(first)[0]).toBe("communication started onlineMeetingInvitation");
      expect(invitation).toMatchObject({
        rel: "onlineMeetingInvitation",
        direction: "Incoming",
        state: "Connecting",
        subject: "Planning",
        availableModalities: ["Messaging", "Audio"],
        onlineMeetingUri: expect.stringMatching(/^sip:.+;gruu;opaque=app:conf:focus:id:\w+$/),
      });
      expect(Object.keys(invitation._links).toSorted()).toEqual(
        ["accept", "conversation", "decline", "message", "onBehalfOf", "self", "to"].toSorted(),
      );
      expect(invitation._links.self.href).toContain("/communication/onlineMeetingInvitations/");
      expect(brokenRules(server)).toEqual([]);
    },
  );
});

describe("an invitation to the phone (phoneAudioInvitation)", () => {
  it(
    "can be declined and not accepted, and names everybody who has a part in it",
    { tags: ["phone-decline-only", "phone-properties", "delegation-words"] },
    async () => {
      const { invitation, application, server, id, channel } = await ring(
        {
          kind: "phoneAudio",
          call: { phoneNumber: "tel:+14255550100", privateLine: true },
          forwardedBy: { uri: "sip:eve@doorbell.example" },
          transferredBy: { uri: "sip:finn@doorbell.example" },
          delegator: { uri: "sip:boss@doorbell.example", name: "The Boss" },
          onBehalfOf: { uri: "sip:boss@doorbell.example", name: "The Boss" },
        },
        phone,
      );
      expect(invitation).toMatchObject({
        rel: "phoneAudioInvitation",
        phoneNumber: "tel:+14255550100",
        privateLine: true,
        joinAudioMuted: false,
        delegator: "sip:boss@doorbell.example",
      });
      expect(Object.keys(invitation._links).toSorted()).toEqual(
        [
          "conversation",
          "decline",
          "delegator",
          "forwardedBy",
          "onBehalfOf",
          "phoneAudio",
          "self",
          "to",
          "transferredBy",
        ].toSorted(),
      );
      for (const rel of ["forwardedBy", "transferredBy", "delegator", "onBehalfOf"])
        expect((await application.get(invitation._links[rel].href)).json.rel).toBe("contact");
      await application.send("POST", invitation._links.decline.href, { reason: "Global" });
      expect(completionIn(await channel.read(0))).toMatchObject({ reason: { subcode: "Declined" } });
      expect(callOf({ server, id }).state).toBe("declined");
      expect(brokenRules(server)).toEqual([]);
    },
  );

  it("completes with success when the user answers the phone itself", async () => {
    const { channel, server, id } = await ring({ kind: "phoneAudio" }, phone);
    server.control.conversations.answerPhone(id);
    const packages = await channel.read(0);
    expect(completionIn(packages)).toMatchObject({ status: "Success" });
    expect(lastOf(packages, "phoneAudio")._embedded.phoneAudio.state).toBe("Connected");
    expect(lastOf(packages, "conversation")._embedded.conversation).toMatchObject({
      state: "Connected",
      activeModalities: ["PhoneAudio"],
    });
  });
});

describe("an invitation to audio and video (audioVideoInvitation)", () => {
  it("needs a deployment that allows the modality: elsewhere claiming it is forbidden", async () => {
    await expect(availableApplication(virtualServer(), video)).resolves.toBeDefined();
    const server = virtualServer();
    await availableApplication(server, video);
    expect(server.control.state().users.find(({ uri }) => uri === ada)?.endpoints).toBe(0);
    const { invitation } = await ring({ kind: "audioVideo" }, video, allowsVideo());
    expect(invitation.rel).toBe("audioVideoInvitation");
  });

  it(
    "has no plain accept; its answers carry a session description",
    { tags: ["audio-video-no-accept"] },
    async () => {
      const { invitation, application, channel, server } = await ring(
        { kind: "audioVideo", call: { sdp: "v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\n" } },
        video,
        allowsVideo(),
      );
      const { acceptWithAnswer, sendProvisionalAnswer, accept, mediaOffer } = invitation._links;
      expect(accept).toBeUndefined();
      expect(mediaOffer.href).toMatch(/^data:multipart\/alternative;.*boundary=offer,/);
      const provisional = `${sendProvisionalAnswer.href}?sessionContext=1`;
      expect((await application.send("POST", provisional, "v=0", sdp)).status).toBe(204);
      expect((await channel.read(0)).flatMap(inWords)).toEqual([]);
      const answer = `${acceptWithAnswer.href}?sessionContext=1&processedOfferId=2`;
      expect((await application.send("POST", answer, "v=0", sdp)).status).toBe(204);
      const packages = await channel.read(1000);
      expect(completionIn(packages)).toMatchObject({ status: "Success" });
      expect(lastOf(packages, "audioVideo")._embedded.audioVideo.state).toBe("Connected");
      expect(brokenRules(server)).toEqual([]);
    },
  );
});

describe("an invitation of a kind that no page describes (ResourcesInUCWA)", () => {
  it("rings with its rel, and can be declined", { tags: ["kind-unknown"] }, async () => {
    const { invitation, application, channel } = await ring({
      kind: "unknown",
      unknown: { rel: "hologramInvitation" },
    });
    expect(invitation).toMatchObject({ rel: "hologramInvitation", direction: "Incoming" });
    expect([invitation._links.accept, typeof invitation._links.decline]).toEqual([undefined, "object"]);
    await application.send("POST", invitation._links.decline.href);
    expect(completionIn(await channel.read(0))).toMatchObject({
      link: { rel: "hologramInvitation" },
      status: "Failure",
    });
  });

  it("can be accepted where it offers that", async () => {
    const { invitation, application, channel } = await ring({
      kind: "unknown",
      unknown: { acceptable: true },
    });
    await application.send("POST", invitation._links.accept.href);
    expect(completionIn(await channel.read(1000))).toMatchObject({ status: "Success" });
  });
});

it("refuses a property that the kind of invitation does not have, rather than dropping it", async () => {
  const server = virtualServer();
  await availableApplication(server, phone);
  const someone = { uri: "sip:eve@doorbell.example" };
  for (const wrong of [
    { forwardedBy: someone },
    { delegator: someone },
    { meeting: {} },
    { call: {} },
    { kind: "phoneAudio", unknown: {} },
    { kind: "onlineMeeting", into: "call-1" },
  ] as const)
    expect(() => server.control.invite({ to: ada, ...wrong })).toThrow(/has no/);
});

it("rings in the state that it is told to (InvitationState)", async () => {
  const { invitation, application, channel } = await ring({ ringsIn: "TeamRing" });
  expect(invitation.state).toBe("TeamRing");
  await application.send("POST", invitation._links.accept.href);
  expect(lastOf(await channel.read(0), "messagingInvitation")._embedded.messagingInvitation.state).toBe(
    "Connecting",
  );
});
