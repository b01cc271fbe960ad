import { afterEach, describe, expect, it } from "vitest";

import { speak } from "../../locales/texts.ts";
import { ended, invitation } from "../testing/invitations.ts";
import { reason } from "../testing/invitation-events.ts";
import { calleeLabel, callEndLabel, callingLabel, failureLabel } from "./call-labels.ts";
import type { EndState, Invitation } from "./invitation.ts";
import { endDetail, endLabel, messageLabel } from "./invitation-labels.ts";

const OLA = { name: "Ola Berg", uri: "sip:ola@contoso.example" };
const KIM = { name: "Kim Lee", uri: "sip:kim@contoso.example" };
const OUTGOING = { direction: "outgoing", state: "inviting", callee: OLA, canCancel: true } as const;

describe("a call of the person's own", () => {
  it.each<readonly [Partial<Invitation>, string]>([
    [{ callee: OLA }, "Ola Berg"],
    [{ callee: { ...OLA, name: "" } }, "ola@contoso.example"],
    [{ callee: null, to: "sip:ola@contoso.example" }, "ola@contoso.example"],
    [{ callee: null }, ""],
  ])("calls %j: %s", (over, label) => {
    expect(calleeLabel(invitation(over))).toBe(label);
  });

  it("says how it stands", () => {
    expect(callingLabel(invitation(OUTGOING))).toBe("ringing…");
    expect(callingLabel(invitation({ ...OUTGOING, canCancel: false }))).toBe("calling…");
    expect(callingLabel(invitation({ ...OUTGOING, canCancel: false, answering: "cancel" }))).toBe(
      "cancelling…",
    );
  });

  it.each<readonly [EndState, Partial<Invitation>, string]>([
    ["accepted", {}, "answered"],
    ["accepted", { acceptedBy: { ...OLA, uri: "SIP:Ola@Contoso.example" } }, "answered"],
    ["accepted", { acceptedBy: { name: "Ola Berg", uri: "" } }, "answered"],
    ["accepted", { acceptedBy: KIM }, "answered by Kim Lee"],
    ["accepted", { acceptedBy: { ...KIM, name: "" } }, "answered by kim@contoso.example"],
    ["declined", {}, "declined"],
    ["missed", {}, "no answer"],
    ["cancelled", {}, "cancelled after 4 s"],
    ["forwarded", {}, "passed on to someone else"],
    ["forwarded", { acceptedBy: KIM }, "passed on to Kim Lee"],
    ["failed", { reason: reason("Busy") }, "they are busy"],
    ["withdrawn", {}, "connection lost"],
  ])("ends %s %j: %s", (state, over, label) => {
    const over_ = ended(state, 5_000, { ...OUTGOING, state, ...over });
    expect(callEndLabel(over_)).toBe(label);
    expect(endLabel(state, endDetail(over_), "outgoing")).toBe(`You called – ${label}`);
  });

  it.each([
    ["DoNotDisturb", "they don't want to be disturbed"],
    ["busy", "they are busy"],
    ["Unreachable", "they can't be reached now"],
    ["DestinationNotFound", "nobody has this address"],
    ["FederationRequired", "your organisation isn't connected with theirs"],
    ["ModalityNotSupported", "they can't receive messages"],
    ["TooManyConversations", "you have too many conversations open"],
    ["AnotherOperationPending", "the server is still busy with your last call"],
    ["ThreadIdAlreadyExists", "you have this conversation open already"],
  ])("fails with %s: %s", (subcode, label) => {
    expect(failureLabel(reason(subcode))).toBe(label);
  });

  it("fails as the server says it where the reason is not known, and in general words without one", () => {
    expect(failureLabel({ code: "X", subcode: "New", message: "The line is cut." })).toBe("The line is cut");
    expect(failureLabel({ code: "X", subcode: "New", message: null })).toBe("it didn't get through");
    expect(failureLabel(null)).toBe("it didn't get through");
  });
});

it("what a caller has sent that cannot be shown is told by its kind", () => {
  const custom = invitation({ message: null, customContentType: "application/x-poll" });
  expect(messageLabel(custom)).toBe("Sent something Doorbell can't show (application/x-poll)");
  const both = invitation({
    message: { text: "Vote!", format: "plain" },
    customContentType: "text/x-poll",
  });
  expect(messageLabel(both)).toBe("Vote!\nSent something Doorbell can't show (text/x-poll)");
});

describe("a call of the person's own in German", () => {
  afterEach(() => speak({ language: "en", region: "en" }));

  it("says how it ended alone and in a sentence", () => {
    speak({ language: "de", region: "de" });
    expect(callingLabel(invitation(OUTGOING))).toBe("klingelt …");
    const label = (state: EndState, over: Partial<Invitation> = {}) =>
      endLabel(state, endDetail(ended(state, 1_235_000, { ...OUTGOING, state, ...over })), "outgoing");
    expect(label("accepted", { acceptedBy: KIM })).toBe("Sie haben angerufen – angenommen von Kim Lee");
    expect(label("cancelled")).toBe("Sie haben angerufen – nach 1.234 s abgebrochen");
    expect(label("failed", { reason: reason("Busy") })).toBe("Sie haben angerufen – besetzt");
    expect(failureLabel({ code: "X", subcode: "constructor", message: null })).toBe("nicht durchgekommen");
  });
});
