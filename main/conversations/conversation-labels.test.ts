import { afterEach, describe, expect, it } from "vitest";

import { speak } from "../../locales/texts.ts";
import { ADA, BEN, CLEO, conversation, DAN } from "../testing/a-conversation.ts";
import { readCallRequest } from "./call-request.ts";
import {
  isGroup,
  namesLabel,
  othersLabels,
  statusLabel,
  titleLabel,
  typingLabel,
} from "./conversation-labels.ts";

describe("the words for a conversation", () => {
  it("name who is in it, and a meeting by what it is about", () => {
    expect(titleLabel(conversation())).toBe("Ada Winter");
    expect(titleLabel(conversation({ participants: [] }))).toBe("Ada Winter");
    expect(titleLabel(conversation({ participants: [ADA, BEN] }))).toBe("Ada Winter and Ben Stone");
    expect(titleLabel(conversation({ kind: "meeting", subject: " Plans\n" }))).toBe("Plans");
    expect(titleLabel(conversation({ kind: "meeting", subject: "" }))).toBe("Meeting with Ada Winter");
    const nobody = { ...ADA, name: "", uri: "", anonymous: true };
    expect(titleLabel(conversation({ partner: nobody, participants: [] }))).toBe("Anonymous caller");
    expect(isGroup(conversation())).toBe(false);
    expect(isGroup(conversation({ participants: [ADA, BEN] }))).toBe(true);
  });

  it("count names of which there are many", () => {
    const names = [ADA, BEN, CLEO, DAN].map(({ name }) => name);
    expect([0, 1, 2, 3, 4].map((count) => namesLabel(names.slice(0, count)))).toEqual([
      "",
      "Ada Winter",
      "Ada Winter and Ben Stone",
      "Ada Winter, Ben Stone and Cleo Marsh",
      "Ada Winter, Ben Stone and 2 more",
    ]);
  });

  it("say what it waits for and how it ended", () => {
    expect(statusLabel(conversation())).toBe("");
    expect(statusLabel(conversation({ state: "connecting" }))).toBe("Connecting…");
    expect(statusLabel(conversation({ state: "inLobby", kind: "meeting" }))).toBe("Waiting to be let in…");
    const over = { state: "ended" } as const;
    expect(
      (["left", "over", "lost"] as const).map((end) => statusLabel(conversation({ ...over, end }))),
    ).toEqual([
      "You left the conversation.",
      "The conversation has ended.",
      "The connection was lost, and the conversation with it.",
    ]);
    expect(statusLabel(conversation({ ...over, kind: "meeting", end: "over" }))).toBe(
      "The meeting has ended.",
    );
  });

  it("say who is typing, as long as it goes on", () => {
    const ada = { ...ADA, typing: true };
    expect(typingLabel(conversation())).toBe("");
    expect(typingLabel(conversation({ participants: [ada, BEN] }))).toBe("Ada Winter is typing…");
    expect(typingLabel(conversation({ participants: [ada, { ...BEN, typing: true }] }))).toBe(
      "Ada Winter and Ben Stone are typing…",
    );
    expect(typingLabel(conversation({ participants: [ada], state: "ended" }))).toBe("");
  });

  it("say once what others hold there and Doorbell cannot take part in", () => {
    const others = ["phoneAudio", "audioVideo", "applicationSharing"] as const;
    expect(othersLabels(conversation({ others }))).toEqual([
      "Ada Winter added a call. Doorbell can't do audio or video: use another device.",
      "Ada Winter added screen sharing. Doorbell can't show shared screens: use another device.",
    ]);
    expect(othersLabels(conversation({ others: ["dataCollaboration"], kind: "meeting" }))).toEqual([
      "There is shared content here. Doorbell can't show it: use another device.",
    ]);
    expect(othersLabels(conversation({ others, state: "ended" }))).toEqual([]);
  });
});

describe("the words for a conversation in German", () => {
  afterEach(() => speak({ language: "en", region: "en" }));

  it("join names, and agree with how many there are", () => {
    speak({ language: "de", region: "de" });
    const typing = (...people: readonly (typeof ADA)[]) =>
      typingLabel(conversation({ participants: people.map((one) => ({ ...one, typing: true })) }));
    expect(typing(ADA)).toBe("Ada Winter schreibt …");
    expect(typing(ADA, BEN)).toBe("Ada Winter und Ben Stone schreiben …");
    expect(typing(ADA, BEN, CLEO, DAN)).toBe("Ada Winter, Ben Stone und 2 weitere schreiben …");
    expect(statusLabel(conversation({ state: "ended", end: "lost", kind: "meeting" }))).toBe(
      "Die Verbindung ging verloren und mit ihr die Besprechung.",
    );
    expect(othersLabels(conversation({ others: ["phoneAudio", "audioVideo"] }))).toEqual([
      "Ada Winter hat einen Anruf hinzugefügt. Doorbell kann weder Ton noch Bild übertragen: Verwenden Sie ein anderes Gerät.",
    ]);
    expect(readCallRequest({ to: "ada@", message: "" }, "o1")).toMatchObject({
      error: { message: "Der Teil der Adresse nach dem @ ist kein Domänenname." },
    });
  });
});
