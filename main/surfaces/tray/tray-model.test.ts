import { describe, expect, it } from "vitest";

import type { Conversation } from "../../conversations/conversation.ts";
import { conversation } from "../../testing/a-conversation.ts";
import type { SessionState } from "../../ucwa/session-port.ts";
import { appState, invitation } from "../../testing/invitations.ts";
import { trayModel, type TrayModel } from "./tray-model.ts";
import { TraySurface } from "./tray-surface.ts";

const ids = ({ menu }: TrayModel): readonly string[] =>
  menu.map((item) => (item.type === "separator" ? "-" : item.id));

describe("the tray", () => {
  it("offers the answers of what rings, by name, above everything else", () => {
    const model = trayModel(appState([invitation(), invitation({ id: "i2", canDecline: false })]), 0);
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
    const model = trayModel(appState([answering]), 0);
    expect(ids(model)).not.toContain("accept:i1");
    expect(model.menu[0]).toMatchObject({ type: "text", label: "Ada Winter: accepting…" });
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
    "tells %o by icon and tooltip, and offers to try now only while it waits",
    (session, bell, tooltip, tryNow) => {
      const model = trayModel(appState([], session), 0);
      expect(model).toMatchObject({ bell, tooltip });
      expect(ids(model).includes("tryNow")).toBe(tryNow);
    },
  );

  it("leads to the conversations while there are any, with what was not seen", () => {
    const entry = (...conversations: readonly Conversation[]) =>
      trayModel({ ...appState([]), conversations }, 0).menu.find(
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
    expect(trayModel(appState([]), 1)).toMatchObject({
      bell: "missed",
      tooltip: "Doorbell: Online, 1 missed invitation",
    });
    const offline = trayModel(appState([], { name: "signedOut" }), 2);
    expect(offline).toMatchObject({
      bell: "offline",
      tooltip: "Doorbell: Signed out, 2 missed invitations",
    });
    expect(offline.menu[1]).toMatchObject({ label: "2 missed invitations", command: { type: "open" } });
    expect(ids(trayModel(appState([]), 0))).not.toContain("missed");
  });

  it("tells who wants quiet by the struck bell, behind what was missed, and turns the person's own switch on and off", () => {
    const label = "Do not disturb until 18:30";
    const mine = { label, doNotDisturb: true };
    expect(trayModel(appState([]), 0, mine)).toMatchObject({
      bell: "quiet",
      tooltip: `Doorbell: Online, ${label}`,
    });
    expect(trayModel(appState([]), 1, mine)).toMatchObject({
      bell: "missed",
      tooltip: `Doorbell: Online, 1 missed invitation, ${label}`,
    });
    expect(trayModel(appState([invitation()]), 0, mine).bell).toBe("ringing");
    expect(ids(trayModel(appState([]), 0, mine))).toEqual([
      "status",
      "quiet",
      "quiet:off",
      "-",
      "call",
      "open",
      "quit",
    ]);
    // Somebody else's wish is not switched off here, and the own one comes on top.
    const schedule = trayModel(appState([]), 0, { label: "Quiet hours until 08:00", doNotDisturb: false });
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
    const { menu } = trayModel(appState([invitation({ from, subject: "y".repeat(5_000) })]), 0);
    for (const item of menu) {
      if (item.type === "separator") continue;
      expect(item.label.length).toBeLessThanOrEqual(80);
      expect(item.label).not.toMatch(/[\n\u202e]/);
    }
  });

  it("touches the system only where something differs, and the menu only when its entries do", () => {
    const calls: string[] = [];
    const surface = new TraySurface(
      {
        choose: () => undefined,
        later: (run) => run(),
        port: {
          setImage: (bell) => void calls.push(`image ${bell}`),
          setToolTip: (text) => void calls.push(text),
          setMenu: () => void calls.push("menu"),
          destroy: () => void calls.push("destroy"),
        },
      },
      appState([]),
      0,
    );
    calls.length = 0;
    surface.setState(appState([]));
    expect(calls).toEqual([]);
    surface.setState(appState([invitation()]));
    expect(calls).toEqual(["image ringing", "Doorbell: Ada Winter is ringing", "menu"]);
    calls.length = 0;
    surface.setState(appState([invitation({ canDecline: false })]));
    expect(calls).toEqual(["menu"]);
    // Behind what rings the session may come and go: no entry says so.
    calls.length = 0;
    surface.setState(appState([invitation({ canDecline: false })], { name: "creating" }));
    expect(calls).toEqual([]);
  });

  it("can be done without", () => {
    const options = { choose: () => undefined, later: (run: () => void) => run(), port: null };
    const surface = new TraySurface(options, appState([]), 0);
    expect(() => surface.setState(appState([invitation()]))).not.toThrow();
  });

  it("gathers changes until there is time for them, and draws nothing after its end", () => {
    const toolTips: string[] = [];
    const images: string[] = [];
    const due: (() => void)[] = [];
    const surface = new TraySurface(
      {
        choose: () => undefined,
        later: (run) => void due.push(run),
        port: {
          setImage: (bell) => void images.push(bell),
          setToolTip: (text) => void toolTips.push(text),
          setMenu: () => undefined,
          destroy: () => void toolTips.push("destroyed"),
        },
      },
      appState([]),
      0,
    );
    toolTips.length = 0;
    surface.setState(appState([invitation()]));
    surface.setState(appState([], { name: "creating" }));
    surface.setMissed(1);
    expect(toolTips).toEqual([]);
    for (const run of due.splice(0)) run();
    expect(toolTips).toEqual(["Doorbell: Connecting…, 1 missed invitation"]);
    surface.setState(appState([invitation()]));
    surface.dispose();
    for (const run of due.splice(0)) run();
    expect(toolTips).toEqual(["Doorbell: Connecting…, 1 missed invitation", "destroyed"]);
    const drawn = images.length;
    // The theme of the desktop may change at any time.
    surface.redrawImage();
    expect(images).toHaveLength(drawn);
  });
});
