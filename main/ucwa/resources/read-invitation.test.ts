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
  const lene = { name: "Lene", uri: "sip:lene@contoso.example", anonymous: false };
  const told: readonly (readonly [string, object, object, rule: string])[] = [
    ["that it comes in", { direction: "Incoming" }, { direction: "Incoming" }, "invitation-direction"],
    ["that it goes out", { direction: "Outgoing" }, { direction: "Outgoing" }, "invitation-direction"],
    ["nothing special", {}, { importance: "Normal" }, "invitation-importance"],
    ["that it is urgent", { importance: "Urgent" }, { importance: "Urgent" }, "invitation-importance"],
    [
      "that it is an emergency",
      { importance: "Emergency" },
      { importance: "Emergency" },
      "invitation-importance",
    ],
    ...["Connecting", "Connected", "Failed"].map(
      (state) => [`that it is ${state}`, { state }, { state }, "invitation-state"] as const,
    ),
    ["its subject", { subject: "Strategy" }, { subject: "Strategy" }, "invitation-subject"],
    ["that it has no subject", { subject: "" }, { subject: "" }, "invitation-subject"],
    ["no operation id", { direction: "Incoming" }, { operationId: null }, "invitation-no-operation-id"],
    [
      "who is invited",
      { _links: { to: link("/people/tosh", "Tosh Meston") } },
      { to: "Tosh Meston", links: { to: "https://fe.contoso.example/people/tosh" } },
      "invitation-to",
    ],
    [
      "its first message",
      { _links: { message: link("data:text/plain;charset=utf-8,Hi+Tosh%0d%0a") } },
      { message: { text: "Hi Tosh", format: "plain" } },
      "invitation-message-link",
    ],
    [
      "who calls",
      { _embedded: { from: { rel: "participant", ...lene, sourceNetwork: "Federated" } } },
      { from: { ...lene, network: "Federated" } },
      "invitation-from",
    ],
    [
      "on whose behalf",
      { _links: { onBehalfOf: link("/people/444", "The Boss") } },
      { onBehalfOf: "The Boss", links: { onBehalfOf: "https://fe.contoso.example/people/444" } },
      "on-behalf-of",
    ],
    [
      "how it is answered",
      { _links: { accept: link("/i/602/accept"), decline: link("/i/602/decline") } },
      {
        links: {
          accept: "https://fe.contoso.example/i/602/accept",
          decline: "https://fe.contoso.example/i/602/decline",
        },
      },
      "answer-links",
    ],
  ];
  for (const [what, value, said, rule] of told) {
    it(`tells ${what}`, { tags: [rule] }, () => {
      expect(read({ rel: "messagingInvitation", ...value })).toMatchObject(said);
    });
  }

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

  it("takes lists for single links and embedded resources, and the first one of several", () => {
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
  });

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

  it("reads odd values as nothing said", () => {
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

  it("knows the kinds by their rel, and an unknown invitation as other", () => {
    expect(invitationKind("messagingInvitation")).toBe("messaging");
    expect(invitationKind("onlineMeetingInvitation")).toBe("onlineMeeting");
    expect(invitationKind("hologramInvitation")).toBe("other");
    expect(isInvitationRel("hologramInvitation")).toBe(true);
    expect(isInvitationRel("onlineMeetingInvitationCustomization")).toBe(false);
    expect(isInvitationRel("invitation/../x")).toBe(false);
  });
});
