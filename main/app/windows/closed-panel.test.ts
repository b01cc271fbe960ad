import { describe, expect, it } from "vitest";

import type { AppSettings } from "../../account/app-settings.ts";
import type { Question } from "../../desktop/message-box.ts";
import type { TrayHost } from "../../surfaces/tray/tray-host.ts";
import { SILENT_LOGGER } from "../../testing/rig.ts";
import { ClosedPanel } from "./closed-panel.ts";

const TRAY = "To open this window again, click the bell in the tray.";
const NO_TRAY = "No tray was found here. To open this window again, start Doorbell again.";

function rig(platform: NodeJS.Platform = "linux", full = false) {
  const current: Pick<AppSettings, "closeTold"> = { closeTold: "nothing" };
  const state = { host: "present" as TrayHost, current, quits: 0 };
  const boxes: (Question & { press(button: number): void })[] = [];
  const panel = new ClosedPanel({
    settings: {
      get current() {
        return state.current;
      },
      note: (change) => {
        state.current = change;
        if (full) throw new Error("no space");
      },
    },
    platform,
    trayHost: () => state.host,
    ask: (question) => {
      const { promise, resolve } = Promise.withResolvers<number>();
      question.signal?.addEventListener("abort", () => resolve(0));
      boxes.push({ ...question, press: resolve });
      return promise;
    },
    quit: () => (state.quits += 1),
    logger: SILENT_LOGGER,
  });
  const closeAndPress = async (button: number): Promise<void> => {
    panel.closed();
    boxes.at(-1)?.press(button);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { panel, state, boxes, closeAndPress, told: () => boxes.map(({ detail }) => detail) };
}

describe("a panel that was closed", () => {
  it("is told of once where there is a tray", async () => {
    const { closeAndPress, state, told } = rig();
    await closeAndPress(0);
    await closeAndPress(0);
    expect(told()).toEqual([TRAY]);
    expect(state).toMatchObject({ current: { closeTold: "tray" }, quits: 0 });
  });

  it.each<TrayHost>(["absent", "unknown"])("tells the way back without a tray, once: %s", async (host) => {
    const { closeAndPress, state, told } = rig();
    state.host = host;
    await closeAndPress(0);
    state.host = "present";
    await closeAndPress(0);
    state.host = host;
    await closeAndPress(0);
    expect(told()).toEqual([NO_TRAY]);
  });

  it("is told of again where the tray has gone since", async () => {
    const { closeAndPress, state, told } = rig();
    await closeAndPress(0);
    state.host = "absent";
    await closeAndPress(0);
    expect(told()).toEqual([TRAY, NO_TRAY]);
    expect(state.current.closeTold).toBe("noTray");
  });

  it.each<[NodeJS.Platform, string]>([
    ["win32", TRAY],
    ["darwin", "To open this window again, click the bell in the menu bar."],
  ])("needs no bus to know the tray of %s", async (platform, detail) => {
    const { closeAndPress, state, told } = rig(platform);
    state.host = "unknown";
    await closeAndPress(0);
    expect(told()).toEqual([detail]);
  });

  it("quits for whoever did not want it to stay", async () => {
    const { boxes, closeAndPress, state } = rig();
    await closeAndPress(1);
    expect(boxes[0]?.buttons[1]).toBe("Quit Doorbell");
    expect(state.quits).toBe(1);
  });

  it("takes the box away when the panel is there again, and shows one at a time", async () => {
    const { panel, boxes, state } = rig();
    panel.closed();
    state.host = "absent";
    panel.closed();
    expect(boxes).toHaveLength(1);
    panel.shown();
    expect(boxes[0]?.signal?.aborted).toBe(true);
    boxes[0]?.press(1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(state.quits).toBe(0);
    panel.closed();
    expect(boxes).toHaveLength(2);
  });

  it("is told of although the disk is full", async () => {
    const { closeAndPress, told } = rig("linux", true);
    await closeAndPress(0);
    await closeAndPress(0);
    expect(told()).toEqual([TRAY]);
  });
});
