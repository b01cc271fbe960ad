import { describe, expect, it } from "vitest";

import type { HistoryEntry } from "../../invitations/history/history.ts";
import { presentedLabel } from "../../invitations/history/presented-label.ts";
import type { Presentation } from "../../surfaces/presentation.ts";
import { historyServices } from "./history-services.ts";

function rig(entry: Partial<HistoryEntry> = {}) {
  const happened: string[] = [];
  const one = { id: "h1", uri: "sip:Ada.Winter@example.test;gruu", anonymous: false, ...entry };
  const state = { shown: true };
  const services = historyServices({
    history: {
      content: { entries: [one as HistoryEntry], unseen: 1 },
      clear: () => void happened.push("cleared"),
      seen: () => void happened.push("seen"),
    },
    isShown: () => state.shown,
    copy: (text) => void happened.push(`copied ${text}`),
  });
  return { services, happened, state };
}

describe("what the panel may do with the history", () => {
  it("copies the address of an entry, as people write it", () => {
    const { services, happened } = rig();
    services.copyAddress("h1");
    expect(happened).toEqual(["copied Ada.Winter@example.test"]);
  });

  it.each([
    ["that is not there", {}, "h2"],
    ["of somebody who does not want to be known", { anonymous: true }, "h1"],
    ["of whom no address is known", { uri: "" }, "h1"],
  ] as const)("copies nothing from an entry %s", (_which, entry, id) => {
    const { services, happened } = rig(entry);
    expect(() => services.copyAddress(id)).toThrow("There is no address to copy.");
    expect(happened).toEqual([]);
  });

  it("takes no page's word for it that the missed ones were seen while the panel is hidden", () => {
    const { services, happened, state } = rig();
    state.shown = false;
    services.historySeen();
    expect(happened).toEqual([]);
    state.shown = true;
    services.historySeen();
    expect(happened).toEqual(["seen"]);
  });
});

/** As the alerts write it down; a reason without words does not compile. */
type Code<One = Presentation> = One extends Presentation
  ? `${One["way"] extends "none" ? "silent" : One["way"]}: ${One["reason"]}`
  : never;

const NOTIFIED = "As a system notification";
const IN_POP_UP = "In a pop-up, because system notifications didn't work";
const NOT_NOTIFIED = "Not shown: system notifications didn't work";
const WINDOW_ONLY = "In Doorbell's window only";

const WORDS: Readonly<Record<Code, string>> = {
  "native: shown": NOTIFIED,
  "native: waitingForService": NOTIFIED,
  "native: noActions": "As a system notification without buttons",
  "native: noRoom": "Not shown: there was no room for one more system notification",
  "native: noBus": NOT_NOTIFIED,
  "native: noService": NOT_NOTIFIED,
  "native: slow": NOT_NOTIFIED,
  "native: failed": NOT_NOTIFIED,
  "toast: notificationsOff": "In Doorbell's pop-up",
  "toast: noActions": "In a pop-up, because system notifications have no buttons here",
  "toast: noRoom": "In a pop-up, because there was no room for one more system notification",
  "toast: noBus": IN_POP_UP,
  "toast: noService": IN_POP_UP,
  "toast: slow": IN_POP_UP,
  "toast: failed": IN_POP_UP,
  "silent: alreadyAnswering": "Not shown: it was being answered already",
  "silent: dismissedByUser": "Not shown",
  "silent: ended": "Not shown: it was over at once",
  "silent: outgoing": "",
  "silent: doNotDisturb": WINDOW_ONLY,
  "silent: systemFocus": WINDOW_ONLY,
  "silent: quietHours": WINDOW_ONLY,
  "silent: presence": WINDOW_ONLY,
};

describe("how an invitation was presented, in words", () => {
  it.each(Object.entries(WORDS))("%s", (code, words) => {
    expect(presentedLabel(code)).toBe(words);
  });

  it("is nothing where nobody knows", () => {
    expect(presentedLabel("")).toBe("");
    expect(presentedLabel("native: aNewReason")).toBe("");
    expect(presentedLabel("constructor")).toBe("");
  });
});
