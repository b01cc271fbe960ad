import { addressLabel } from "./address-label.ts";
import { afterEach, describe, expect, it } from "vitest";

import { speak } from "../../locales/texts.ts";
import { ended, invitation } from "../testing/invitations.ts";
import { leavingReason } from "./machine/ending.ts";
import type { EndState, Invitation } from "./invitation.ts";
import {
  answeringLabel,
  endDetail,
  endLabel,
  meetingLabel,
  messageLabel,
  requestLabel,
  routeLabel,
} from "./invitation-labels.ts";

describe("an address in words", () => {
  it.each([
    ["sip:ada@contoso.example", "ada@contoso.example"],
    ["SIPS:ada@contoso.example;transport=tls", "ada@contoso.example"],
    ["sip:+14255550100@contoso.example;user=phone", "+14255550100"],
    ["tel:+14255550100;ext=17", "+14255550100"],
    ["ada@contoso.example", "ada@contoso.example"],
    ["", ""],
  ])("%s is %s", (uri, words) => {
    expect(addressLabel(uri)).toBe(words);
  });
});

describe("what an invitation asks for", () => {
  it.each([
    ["messaging", "invites you to a conversation"],
    ["onlineMeeting", "invites you to a meeting"],
    ["phoneAudio", "calls your phone"],
    ["audioVideo", "calls you"],
    ["participant", "wants to bring you into a conversation"],
    ["other", "invites you to something Doorbell doesn't know"],
  ] as const)("%s: %s", (kind, words) => {
    expect(requestLabel(invitation({ kind }))).toBe(words);
  });

  it("is to write where the two are talking already", () => {
    expect(requestLabel(invitation({ inKnownConversation: true }))).toBe(
      "writes to you in your conversation",
    );
    expect(requestLabel(invitation({ kind: "phoneAudio", inKnownConversation: true }))).toBe(
      "calls your phone",
    );
  });
});

describe("the way that an invitation has come", () => {
  it(
    "names everybody it passed through, those without a name by their address",
    { tags: ["delegation-words"] },
    () => {
      const route = {
        delegator: "Ines Roth",
        privateLine: true,
        onBehalfOf: "Sales",
        forwardedBy: "sip:tom@contoso.example",
        transferredBy: "tel:+14255550100",
      };
      expect(routeLabel(invitation(route))).toEqual([
        "for Ines Roth",
        "on your private line",
        "on behalf of Sales",
        "forwarded by tom@contoso.example",
        "transferred by +14255550100",
      ]);
    },
  );

  it("is not mentioned when it came straight, and names nobody who is blank", () => {
    expect(routeLabel(invitation({ onBehalfOf: "  ", forwardedBy: "sip:" }))).toEqual([]);
  });
});

describe("the first message", () => {
  it("is its text, or that there is one, or nothing", () => {
    expect(messageLabel(invitation({ message: { text: "Hello", format: "html" } }))).toBe("Hello");
    expect(messageLabel(invitation({ message: null, otherMessageType: "text/rtf" }))).toBe("New message");
    expect(messageLabel(invitation({ message: null }))).toBe("");
  });
});

describe("a meeting", () => {
  const meeting = (modalities: NonNullable<Invitation["meeting"]>["modalities"]) =>
    meetingLabel(invitation({ meeting: { uri: null, modalities, anonymousDisplayName: null } }));

  it("that has no messages says what it has, each thing once", () => {
    expect(meeting(["Audio"])).toBe("Audio only: join from another device");
    expect(meeting(["Audio", "PhoneAudio", "Video", "ApplicationSharing"])).toBe(
      "Audio, video and screen sharing only: join from another device",
    );
  });

  it("that has messages, or does not say what it has, needs no warning", () => {
    expect(meeting(["Audio", "Messaging"])).toBeNull();
    expect(meeting([])).toBeNull();
    expect(meetingLabel(invitation())).toBeNull();
  });
});

describe("an answer that is on its way", () => {
  it("waits for the server, or for the organiser who has to let the person in", () => {
    const accepting = invitation({ state: "answering", answering: "accept" });
    expect(answeringLabel(accepting)).toBe("Accepting…");
    expect(answeringLabel({ ...accepting, inLobby: true })).toBe("Waiting to be let in…");
    expect(answeringLabel({ ...accepting, answering: "decline" })).toBe("Declining…");
    expect(answeringLabel({ ...accepting, answering: null })).toBe("Answering…");
    expect(answeringLabel(invitation())).toBeNull();
  });
});

describe("how an invitation ended", () => {
  const ben = { name: "Ben", uri: "sip:ben@contoso.example" };
  const rows: readonly [EndState, Partial<Invitation>, string][] = [
    ["accepted", {}, "Accepted"],
    ["declined", { declineScope: "Global" }, "Declined"],
    ["declined", { declineScope: "Local" }, "Declined on this device only"],
    ["declined", {}, "Declined on another device"],
    ["missed", {}, "Missed"],
    ["cancelled", {}, "Missed – caller hung up after 4 s"],
    ["answeredElsewhere", {}, "Answered on another device"],
    ["answeredElsewhere", { acceptedBy: ben }, "Answered by Ben"],
    ["forwarded", {}, "Forwarded to someone else"],
    ["forwarded", { acceptedBy: ben }, "Forwarded: taken by Ben"],
    ["forwarded", { acceptedBy: { ...ben, name: "" } }, "Forwarded: taken by ben@contoso.example"],
    ["failed", {}, "Failed"],
    ["failed", { reason: { code: "Gone", subcode: "Ended", message: null } }, "Failed"],
    ["failed", { reason: { code: "Gone", subcode: null, message: "It ended" } }, "Failed: It ended"],
    ["withdrawn", {}, "Connection lost while ringing"],
    ["withdrawn", { reason: leavingReason("quit") }, "Still ringing when you quit"],
    ["withdrawn", { reason: leavingReason("signOut") }, "Still ringing when you signed out"],
  ];

  it.each(rows)("%s %j: %s", (state, over, words) => {
    expect(endLabel(state, endDetail(ended(state, 5_000, over)))).toBe(words);
    // As earlier versions have kept it in the history.
    expect(endLabel("cancelled", "")).toBe("Missed – caller hung up");
  });
});

describe("in German", () => {
  afterEach(() => speak({ language: "en", region: "en" }));

  it("stands behind the caller's name, in a row, in a sentence and alone", () => {
    speak({ language: "de", region: "de" });
    expect(`Ada ${requestLabel(invitation({ kind: "onlineMeeting" }))}`).toBe(
      "Ada lädt Sie zu einer Besprechung ein",
    );
    expect(routeLabel(invitation({ delegator: "Ines Roth", forwardedBy: "Tom" })).join(", ")).toBe(
      "für Ines Roth, weitergeleitet von Tom",
    );
    const modalities = ["Audio", "Video", "ApplicationSharing"] as const;
    const meeting = { uri: null, modalities, anonymousDisplayName: null };
    expect(meetingLabel(invitation({ meeting }))).toBe(
      "Nur Ton, Video und Bildschirmübertragung: Nehmen Sie mit einem anderen Gerät teil",
    );
    const label = (state: EndState, over: Partial<Invitation> = {}) =>
      endLabel(state, endDetail(ended(state, 5_000, over)));
    expect(label("cancelled")).toBe("Verpasst – nach 4 s aufgelegt");
    expect(label("declined", { declineScope: "Local" })).toBe("Abgelehnt: nur auf diesem Gerät");
    const acceptedBy = { name: "Ben", uri: "" };
    expect(label("answeredElsewhere", { acceptedBy })).toBe("Angenommen von Ben");
    expect(label("forwarded", { acceptedBy })).toBe("Weitergeleitet: angenommen von Ben");
    expect(label("withdrawn", { reason: leavingReason("quit") })).toBe(
      "Hat noch geklingelt, als Sie Doorbell beendeten",
    );
  });
});
