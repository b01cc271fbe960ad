import { describe, expect, it } from "vitest";

import { appState } from "../../testing/invitations.ts";
import { VirtualClock } from "../../testing/virtual-clock.ts";
import { PanelLife } from "./panel-life.ts";

describe("the settings of the panel", () => {
  it("are wanted until the page has shown them, which looks at the system anew", async () => {
    const clock = new VirtualClock();
    let changes = 0;
    let looks = 0;
    const refuse = () => Promise.reject(new Error("nobody answers here"));
    const life = new PanelLife({
      doorbell: { state: appState([]) },
      answering: { accept: refuse, decline: refuse },
      clock,
      settings: { current: { startAtLoginAnswered: true }, note: () => undefined },
      item: {
        isOn: () => Promise.resolve(++looks > 2),
        set: () => Promise.resolve(null),
      },
      serviceName: () => Promise.resolve(""),
      changed: () => void changes++,
    });
    await clock.settle();
    expect([looks, changes, life.view.settingsWanted]).toEqual([1, 1, false]);
    life.wantSettings();
    expect([changes, life.view.settingsWanted]).toEqual([2, true]);
    life.settingsShown();
    await clock.settle();
    expect([looks, changes, life.view.settingsWanted]).toEqual([2, 3, false]);
    life.settingsShown();
    await clock.settle();
    expect([looks, changes, life.view.startAtLogin.on]).toEqual([3, 4, true]);
  });
});
