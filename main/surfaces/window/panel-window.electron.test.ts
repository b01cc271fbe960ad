import { describe, expect, it } from "vitest";

import { startSystem } from "../../testing/electron-double/pretended-system.ts";
import { VirtualClock } from "../../testing/virtual-clock.ts";
import { windowPartsOf } from "../../testing/window-parts.ts";
import { PanelWindow } from "./panel-window.electron.ts";

const LIMIT_MS = 1_000;

describe("whoever waits until the panel has been drawn", () => {
  it("waits for its page", async () => {
    const { panel, clock, wait } = open();
    panel.show();
    const waiting = wait();
    await clock.advance(LIMIT_MS - 1);
    expect(waiting.over).toBe(false);
    panel.drawn();
    await clock.advance(0);
    expect(waiting.over).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it("waits no longer than they want to", async () => {
    const { panel, clock, wait } = open();
    panel.show();
    const waiting = wait();
    await clock.advance(LIMIT_MS);
    expect(waiting.over).toBe(true);
  });

  it("does not wait for one that was drawn before, or that nobody has shown", async () => {
    const { panel, clock, wait } = open();
    const hidden = wait();
    await clock.advance(0);
    panel.show();
    panel.drawn();
    const shown = wait();
    await clock.advance(0);
    expect([hidden.over, shown.over]).toEqual([true, true]);
  });
});

function open() {
  startSystem({ platform: "win32", workArea: { x: 0, y: 0, width: 1440, height: 800 } });
  const clock = new VirtualClock();
  const panel = new PanelWindow(windowPartsOf(clock), { closed: () => undefined, shown: () => undefined });
  const wait = () => {
    const waiting = { over: false };
    void panel.whenDrawn(LIMIT_MS).then(() => (waiting.over = true));
    return waiting;
  };
  return { panel, clock, wait };
}
