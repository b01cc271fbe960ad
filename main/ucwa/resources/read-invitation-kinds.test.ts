import { describe, expect, it } from "vitest";

import { NO_LINKS } from "./wire-invitation.ts";
import type { InvitationSnapshot } from "./wire-invitation.ts";
import { readInvitation } from "./read-invitation.ts";
import { readResource } from "./read-resource.ts";

const ORIGIN = "https://fe.contoso.example";
const I = "/ucwa/v1/applications/9/communication/invitations/7";
const C = "/ucwa/v1/applications/9/communication/conversations/3";
const P = "/ucwa/v1/applications/9/people";

function read(value: object, rel?: string): InvitationSnapshot {
  const resource = readResource(value, ORIGIN + I);
  if (!resource) throw new Error("no resource");
  return rel === undefined ? readInvitation(resource) : readInvitation(resource, rel);
}

function links(hrefs: Readonly<Record<string, string>>): object {
  return Object.fromEntries(Object.entries(hrefs).map(([rel, href]) => [rel, { href }]));
}

describe("every link of an invitation", () => {
  it("is read by its own name, and what is not there is null", () => {
    const hrefs = {
      accept: `${I}/accept`,
      decline: `${I}/decline`,
      cancel: `${I}/cancel`,
      conversation: C,
      messaging: `${C}/messaging`,
      phoneAudio: `${C}/phoneAudio`,
      audioVideo: `${C}/audioVideo`,
      participant: `${C}/participants/1`,
      from: `${C}/participants/2`,
      to: `${P}/1`,
      onBehalfOf: `${P}/2`,
      delegator: `${P}/3`,
      forwardedBy: `${P}/4`,
      transferredBy: `${P}/5`,
      acceptedByContact: `${P}/6`,
      derivedConversation: `${I}/derivedConversation`,
      derivedMessaging: `${I}/derivedMessaging`,
      derivedPhoneAudio: `${I}/derivedPhoneAudio`,
      derivedAudioVideo: `${I}/derivedAudioVideo`,
      replacesPhoneAudio: `${I}/replacesPhoneAudio`,
      replacesAudioVideo: `${I}/replacesAudioVideo`,
    };
    const expected = Object.fromEntries(Object.entries(hrefs).map(([rel, href]) => [rel, ORIGIN + href]));
    expect(read({ _links: links(hrefs) }).links).toEqual({ ...expected, caller: null });
    expect(read({}).links).toEqual(NO_LINKS);
  });

  it("that leads from the caller to the contact behind is read as well", () => {
    const from = { rel: "participant", name: "", _links: links({ contact: `${P}/8` }) };
    expect(read({ _embedded: { from } }).links.caller).toBe(`${ORIGIN}${P}/8`);
  });
});

describe("a messaging invitation", () => {
  it(
    "has its custom content, as a link or as a property, with its media type",
    { tags: ["invitation-custom-content"] },
    () => {
      const dataUri = "data:Application/SDP;charset=utf-8;base64,dj0w";
      const expected = { mediaType: "application/sdp", dataUri };
      expect(read({ _links: links({ customContent: dataUri }) }).customContent).toEqual(expected);
      expect(read({ customContent: dataUri }).customContent).toEqual(expected);
      expect(read({ customContent: "no data URI" }).customContent).toBeNull();
      expect(read({}).customContent).toBeNull();
    },
  );

  it("tells of a first message that is no text by its media type, and of a text not", () => {
    expect(read({ _links: links({ message: "data:text/rtf,x" }) })).toMatchObject({
      message: null,
      otherMessageType: "text/rtf",
    });
    expect(read({ _links: links({ message: "data:,Hi" }) })).toMatchObject({
      message: { text: "Hi" },
      otherMessageType: null,
    });
    expect(read({})).toMatchObject({ message: null, otherMessageType: null });
  });

  it(
    "names everybody who took it: a list of participants, one participant, or a contact",
    { tags: ["invitation-accepted-by-participant"] },
    () => {
      const ben = { rel: "participant", name: "Ben", uri: "sip:ben@contoso.example" };
      const ada = { rel: "participant", name: "Ada", uri: "sip:ada@contoso.example" };
      const names = (embedded: object) => read({ _embedded: embedded }).acceptedBy.map(({ name }) => name);
      expect(names({ acceptedByParticipant: [ben, ada] })).toEqual(["Ben", "Ada"]);
      expect(names({ acceptedByParticipant: ben })).toEqual(["Ben"]);
      expect(names({ acceptedByContact: { ...ada, rel: "contact" } })).toEqual(["Ada"]);
      const titled = { acceptedByContact: { href: `${P}/4`, title: "Ines" } };
      expect(read({ _links: titled }).acceptedBy.map(({ name }) => name)).toEqual(["Ines"]);
      expect(read({ _links: links({ acceptedByContact: `${P}/4` }) }).acceptedBy).toEqual([]);
    },
  );
});

describe("a meeting's invitation", () => {
  it(
    "has answers, a message, the meeting's address, what it offers, and the name for somebody anonymous",
    { tags: ["meeting-invitation"] },
    () => {
      const value = {
        rel: "onlineMeetingInvitation",
        onlineMeetingUri: "sip:ada@contoso.example;gruu;opaque=app:conf:focus:id:Q1",
        availableModalities: ["audio", "Messaging", "Hologram", 7],
        anonymousDisplayName: "Guest\r\n1",
        _links: links({ accept: `${I}/accept`, decline: `${I}/decline`, message: "data:,Weekly" }),
      };
      expect(read(value)).toMatchObject({
        kind: "onlineMeeting",
        message: { text: "Weekly" },
        links: { accept: `${ORIGIN}${I}/accept`, decline: `${ORIGIN}${I}/decline` },
        meeting: {
          uri: "sip:ada@contoso.example;gruu;opaque=app:conf:focus:id:Q1",
          modalities: ["Messaging", "Audio"],
          anonymousDisplayName: "Guest 1",
        },
      });
    },
  );

  it("has no meeting where it says nothing of one, and keeps it where it does not name its kind", () => {
    expect(read({ rel: "onlineMeetingInvitation" }).meeting).toBeNull();
    expect(read({ availableModalities: "Messaging" }).meeting?.modalities).toEqual(["Messaging"]);
  });
});

describe("a phone call's invitation", () => {
  it(
    "has the number, the private line, the muting, and everybody it passed through",
    { tags: ["phone-properties"] },
    () => {
      const value = {
        rel: "phoneAudioInvitation",
        phoneNumber: "tel:+14255550100",
        privateLine: true,
        joinAudioMuted: "True",
        delegator: "sip:boss@contoso.example",
        _links: {
          delegator: { href: `${P}/3` },
          forwardedBy: { href: `${P}/4`, title: "Tom" },
          transferredBy: { href: `${P}/5` },
        },
        _embedded: { transferredBy: { rel: "contact", name: "", uri: "sip:uta@contoso.example" } },
      };
      expect(read(value)).toMatchObject({
        kind: "phoneAudio",
        phoneNumber: "tel:+14255550100",
        privateLine: true,
        joinAudioMuted: true,
        joinVideoMuted: false,
        delegator: "sip:boss@contoso.example",
        forwardedBy: "Tom",
        transferredBy: "sip:uta@contoso.example",
        onBehalfOf: null,
      });
    },
  );

  it("prefers a name to the address that the property gives", () => {
    const value = {
      delegator: "sip:boss@contoso.example",
      _links: { delegator: { href: "/p", title: "Ines" } },
    };
    expect(read(value).delegator).toBe("Ines");
  });
});

describe("an invitation to audio and video", () => {
  it("is read, and its acceptWithAnswer is not taken for an accept", () => {
    const value = {
      privateLine: "false",
      joinVideoMuted: true,
      _links: links({ acceptWithAnswer: `${I}/acceptWithAnswer`, decline: `${I}/decline` }),
    };
    expect(read(value, "audioVideoInvitation")).toMatchObject({
      kind: "audioVideo",
      privateLine: false,
      joinVideoMuted: true,
      links: { accept: null, decline: `${ORIGIN}${I}/decline` },
    });
  });
});
