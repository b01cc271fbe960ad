import { describe, expect, it } from "vitest";

import type { HistoryEntry } from "../../invitations/history/history.ts";
import type { Invitation } from "../../invitations/invitation.ts";
import type { Conversation } from "../../conversations/conversation.ts";
import { conversation } from "../../testing/a-conversation.ts";
import type { SessionState } from "../../ucwa/session-port.ts";
import { appState, invitation } from "../../testing/invitations.ts";
import { NOT_QUIET, trayModel, type TrayModel } from "./tray-model.ts";
import { entry, missedCalls } from "./testing/a-history.ts";

/** The way of saying the time is the machine's. */
const MOMENT = new Intl.DateTimeFormat(undefined, {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
}).format(Date.UTC(2026, 10, 30, 10, 42));
const ids = ({ menu }: TrayModel): readonly string[] =>
  menu.map((item) => (item.type === "separator" ? "-" : item.id));

describe("the tray", () => {
  it("offers the answers of what rings, by name, above everything else", () => {
    const model = trayModel(
      appState([invitation(), invitation({ id: "i2", canDecline: false })]),
      missedCalls(0),
    );
    expect(ids(model)).toEqual([
      "ringing:i1",
      "accept:i1",
      "decline:i1",
      "-",
      "ringing:i2",
      "accept:i2",
      "-",
      "status",
      "quietFor",
      "-",
      "call",
      "open",
      "settings",
      "quit",
    ]);
    expect(model).toMatchObject({ bell: "ringing", tooltip: "Doorbell: 2 invitations" });
    expect(model.menu[1]).toMatchObject({ label: "Accept Ada Winter" });
  });

  it("takes the answers away while one is on its way, and still says who it is", () => {
    const answering = invitation({
      state: "answering",
      answering: "accept",
      canAccept: false,
      canDecline: false,
    });
    const model = trayModel(appState([answering]), missedCalls(0));
    expect(ids(model)).not.toContain("accept:i1");
    expect(model.menu[0]).toMatchObject({ type: "text", label: "Ada Winter: Accepting…" });
  });

  it.each<[SessionState, string, string, boolean]>([
    [{ name: "signedOut" }, "offline", "Doorbell: Signed out", false],
    [{ name: "creating" }, "connecting", "Doorbell: Connecting…", false],
    [{ name: "online", generation: 1 }, "available", "Doorbell: Online", false],
    [
      { name: "reconnecting", reason: "timeout", detail: "No answer.", retryAt: 5 },
      "offline",
      "Doorbell: Offline – invitations can't reach you",
      true,
    ],
    [
      { name: "attention", reason: "badCredentials", detail: "No." },
      "needsYou",
      "Doorbell: Sign-in needed",
      false,
    ],
  ])(
    "tells %o by icon and tooltip, and offers to reconnect now only while it waits",
    (session, bell, tooltip, tryNow) => {
      const model = trayModel(appState([], session), missedCalls(0));
      expect(model).toMatchObject({ bell, tooltip });
      expect(ids(model).includes("tryNow")).toBe(tryNow);
    },
  );

  it("leads to the conversations while there are any, with what was not seen", () => {
    const entry = (...conversations: readonly Conversation[]) =>
      trayModel({ ...appState([]), conversations }, missedCalls(0)).menu.find(
        (item) => item.type === "command" && item.id === "conversations",
      );
    const over = { state: "ended", end: "over" } as const;
    expect(entry()).toBeUndefined();
    expect(entry(conversation(over))).toBeUndefined();
    expect(entry(conversation())).toMatchObject({
      label: "Conversation",
      command: { type: "conversations" },
    });
    expect(entry(conversation({ unread: 1 }), conversation({ ...over, unread: 2 }))).toMatchObject({
      label: "2 conversations, 3 new messages",
    });
  });

  it("tells what was missed, behind whatever is wrong with the connection, and an entry leads to it", () => {
    expect(trayModel(appState([]), missedCalls(1))).toMatchObject({
      bell: "missed",
      tooltip: "Doorbell: Online, 1 missed invitation",
    });
    const offline = trayModel(appState([], { name: "signedOut" }), missedCalls(2));
    expect(offline).toMatchObject({
      bell: "offline",
      tooltip: "Doorbell: Signed out, 2 missed invitations",
    });
    expect(offline.menu).toContainEqual({
      type: "command",
      id: "missed",
      label: "2 missed invitations",
      command: { type: "open" },
    });
    expect(ids(trayModel(appState([]), missedCalls(0)))).not.toContain("missed");
  });

  it("tells who wants quiet by the struck bell, behind what was missed, and turns the person's own switch on and off", () => {
    const label = "Do not disturb until 18:30";
    const mine = { causes: [], label, doNotDisturb: true };
    expect(trayModel(appState([]), missedCalls(0), mine)).toMatchObject({
      bell: "quiet",
      tooltip: `Doorbell: Online, ${label}`,
    });
    expect(trayModel(appState([]), missedCalls(1), mine)).toMatchObject({
      bell: "missed",
      tooltip: `Doorbell: Online, 1 missed invitation, ${label}`,
    });
    expect(trayModel(appState([invitation()]), missedCalls(0), mine).bell).toBe("ringing");
    expect(ids(trayModel(appState([]), missedCalls(0), mine))).toEqual([
      "status",
      "quiet",
      "quiet:off",
      "-",
      "call",
      "open",
      "settings",
      "quit",
    ]);
    // Somebody else's wish is not switched off here, and the own one comes on top.
    const schedule = trayModel(appState([]), missedCalls(0), {
      ...NOT_QUIET,
      label: "Quiet hours until 08:00",
    });
    expect(ids(schedule)).toContain("quietFor");
    const menu = schedule.menu.find((item) => item.type === "menu");
    expect(menu?.items.map((item) => (item.type === "command" ? item.id : ""))).toEqual([
      "quiet:15min",
      "quiet:1h",
      "quiet:tomorrow",
      "quiet:untilTurnedOff",
    ]);
  });

  it("keeps names and subjects of any length and kind on one short line", () => {
    const from = { ...invitation().from, name: `Eve\n\u202e${"x".repeat(500)}` };
    const { menu } = trayModel(appState([invitation({ from, subject: "y".repeat(5_000) })]), missedCalls(0));
    for (const item of menu) {
      if (item.type === "separator") continue;
      expect(item.label.length).toBeLessThanOrEqual(80);
      expect(item.label).not.toMatch(/[\n\u202e]/);
    }
  });

  it("lists the last three calls with how they ended and when, each of which leads to the panel", () => {
    const entries = [
      entry({ id: "h5", end: "withdrawn" }),
      entry({ id: "h4", end: "accepted", name: "", uri: "sip:tom@example.test" }),
      entry({ id: "h3", end: "missed", direction: "outgoing" }),
      entry({ id: "h2", end: "declined" }),
    ];
    const model = trayModel(appState([]), { entries, unseen: 0 });
    expect(model.menu.slice(2, 7)).toEqual([
      { type: "separator" },
      ...[
        ["h5", `Missed: Ada Winter, ${MOMENT}`],
        ["h4", `Accepted: tom@example.test, ${MOMENT}`],
        ["h3", `Called: Ada Winter, ${MOMENT}`],
      ].map(([id, label]) => ({
        type: "command",
        id: `open:${id}`,
        label,
        command: { type: "open", entry: id },
      })),
      { type: "separator" },
    ]);
    const signedOut = trayModel(appState([], { name: "signedOut" }), { entries, unseen: 0 });
    expect(ids(signedOut)).toEqual(["status", "quietFor", "-", "call", "open", "quit"]);
  });

  it("offers to call back whoever was missed last, as long as that is news and they have an address", () => {
    const missed = entry({ id: "h2", uri: "sip:ada@example.test" });
    const menu = (last: HistoryEntry, unseen = 1) =>
      trayModel(appState([]), { entries: [last, entry({ id: "h1" })], unseen }).menu;
    expect(menu(missed)).toContainEqual({
      type: "command",
      id: "callBack:h2",
      label: "Call Ada Winter back…",
      command: { type: "callBack", entry: "h2" },
    });
    const others = [
      menu(missed, 0),
      menu({ ...missed, anonymous: true }),
      menu({ ...missed, uri: "tel:+1" }),
    ];
    for (const other of others) expect(JSON.stringify(other)).not.toContain("callBack");
  });

  it.each([
    [1, "missed1"],
    [9, "missed9"],
    [10, "missedMany"],
    [100, "missedMany"],
  ])("draws how many were missed, up to nine (%i)", (count, image) => {
    expect(trayModel(appState([]), missedCalls(count)).frames).toEqual([image]);
  });

  it("swings while anything rings that is not to be quiet, and only then", () => {
    const frames = (quiet: typeof NOT_QUIET, ...importances: readonly Invitation["importance"][]) =>
      trayModel(
        appState(importances.map((importance, index) => invitation({ id: `i${index}`, importance }))),
        missedCalls(1),
        quiet,
      ).frames;
    const quiet = { ...NOT_QUIET, causes: [{ cause: "quietHours", until: null } as const], label: "Quiet" };
    expect(frames(NOT_QUIET, "Normal")).toEqual(["ringing", "ringing2"]);
    expect(frames(quiet, "Normal", "Normal")).toEqual(["ringing"]);
    expect(frames(quiet, "Normal", "Emergency")).toEqual(["ringing", "ringing2"]);
    const answering = invitation({ state: "answering", answering: "accept" });
    expect(trayModel(appState([answering]), missedCalls(0)).frames).toEqual(["available"]);
  });
});
