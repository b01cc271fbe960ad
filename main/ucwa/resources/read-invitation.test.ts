import { describe, expect, it } from "vitest";
import { invitationKind, isInvitationRel, readInvitation } from "./read-invitation.ts";
import { readResource } from "./read-resource.ts";
import type { InvitationSnapshot } from "./wire-invitation.ts";

const BASE = "https://fe.contoso.example/ucwa/v1/applications/192/communication/invitations/602";

function read(value: object): InvitationSnapshot {
  const resource = readResource(value, BASE);
  if (!resource) throw new Error("no resource");
  return readInvitation(resource);
}

const link = (href: string, title?: string) => ({ href, ...(title === undefined ? {} : { title }) });

describe("an invitation's representation", () => {
  it(
    "reads everything that an incoming one carries",
    {
      tags: [
        "invitation-direction",
        "invitation-importance",
        "invitation-state",
        "invitation-subject",
        "invitation-thread",
        "invitation-no-operation-id",
        "invitation-to",
        "invitation-message-link",
        "invitation-from",
        "on-behalf-of",
        "answer-links",
      ],
    },
    () => {
      const snapshot = read({
        rel: "messagingInvitation",
        direction: "Incoming",
        importance: "Urgent",
        state: "Connecting",
        subject: "Strategy",
        threadId: "Ac7bUf==",
        _links: {
          accept: link("/i/602/accept"),
          decline: link("/i/602/decline"),
          conversation: link("/c/137"),
          message: link("data:text/plain;charset=utf-8,Hi+Tosh%0d%0a"),
          to: link("/people/tosh", "Tosh Meston"),
          onBehalfOf: link("/people/444", "The Boss"),
        },
        _embedded: {
          from: {
            rel: "participant",
            name: "Lene",
            uri: "sip:lene@contoso.example",
            sourceNetwork: "Federated",
            anonymous: false,
          },
        },
      });
      expect(snapshot).toMatchObject({
        kind: "messaging",
        direction: "Incoming",
        state: "Connecting",
        importance: "Urgent",
        subject: "Strategy",
        threadId: "Ac7bUf==",
        operationId: null,
        to: "Tosh Meston",
        onBehalfOf: "The Boss",
        message: { text: "Hi Tosh", format: "plain" },
        from: { name: "Lene", uri: "sip:lene@contoso.example", network: "Federated", anonymous: false },
        acceptedBy: [],
        links: {
          accept: "https://fe.contoso.example/i/602/accept",
          decline: "https://fe.contoso.example/i/602/decline",
          cancel: null,
          conversation: "https://fe.contoso.example/c/137",
          messaging: null,
          to: "https://fe.contoso.example/people/tosh",
          acceptedByContact: null,
          onBehalfOf: "https://fe.contoso.example/people/444",
          derivedMessaging: null,
        },
      });
    },
  );

  it("offers no answer whose link leads to another origin", () => {
    const { links } = read({
      _links: {
        accept: link("https://evil.example/accept"),
        decline: link("http://fe.contoso.example/decline"),
      },
    });
    expect(links.accept).toBeNull();
    expect(links.decline).toBeNull();
  });

  it(
    "takes lists for single links and embedded resources, and the first one of several",
    { tags: ["object-or-list", "invitation-accepted-by-participant"] },
    () => {
      const snapshot = read({
        _links: { accept: [link("/a"), link("/b")] },
        _embedded: {
          from: [{ name: "Lene", uri: "sip:lene@contoso.example" }],
          acceptedByParticipant: [{ name: "", uri: "sip:tosh@contoso.example" }],
        },
      });
      expect(snapshot.links.accept).toBe("https://fe.contoso.example/a");
      expect(snapshot.from?.name).toBe("Lene");
      expect(snapshot.acceptedBy[0]?.uri).toBe("sip:tosh@contoso.example");
    },
  );

  it(
    "takes the caller's name from the link's title when nobody is embedded, and knows when nothing is said",
    { tags: ["invitation-from-link"] },
    () => {
      expect(read({ _links: { from: link("/p/1", "Lene Aaling") } }).from).toMatchObject({
        name: "Lene Aaling",
        uri: "",
      });
      expect(read({ _links: { from: link("/p/1", "") } }).from).toBeNull();
      expect(read({ _embedded: { from: { anonymous: true } } }).from).toMatchObject({
        anonymous: true,
        name: "",
      });
    },
  );

  it("makes names and subjects one harmless line", () => {
    const snapshot = read({
      subject: "a\r\nb\u0007\u202Ec",
      _embedded: { from: { name: "  Lene\n\tAaling\u001b[31m ", uri: "sip:l@contoso.example" } },
    });
    expect(snapshot.subject).toBe("a bc");
    expect(snapshot.from?.name).toBe("Lene Aaling[31m");
  });

  it("reads odd values as nothing said", { tags: ["new-properties"] }, () => {
    const snapshot = read({
      direction: 5,
      state: "Dancing",
      importance: null,
      subject: {},
      _links: "x",
      _embedded: [1],
    });
    expect(snapshot).toMatchObject({
      direction: null,
      state: null,
      importance: "Normal",
      subject: "",
      from: null,
    });
  });

  it(
    "knows the kinds by their rel, and an unknown invitation as other",
    { tags: ["kinds-by-rel", "kind-unknown"] },
    () => {
      expect(invitationKind("messagingInvitation")).toBe("messaging");
      expect(invitationKind("onlineMeetingInvitation")).toBe("onlineMeeting");
      expect(invitationKind("hologramInvitation")).toBe("other");
      expect(isInvitationRel("hologramInvitation")).toBe(true);
      expect(isInvitationRel("onlineMeetingInvitationCustomization")).toBe(false);
      expect(isInvitationRel("invitation/../x")).toBe(false);
    },
  );
});
