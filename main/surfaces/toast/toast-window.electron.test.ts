import { describe, expect, it, vi } from "vitest";

import { changeSystem, startSystem } from "../../testing/electron-double/pretended-system.ts";
import { dock, screenDouble as screen, windows } from "../../testing/electron-double/window-double.ts";
import { toastState as state } from "../../testing/toast-states.ts";
import { VirtualClock } from "../../testing/virtual-clock.ts";
import { windowPartsOf } from "../../testing/window-parts.ts";
import { Pointer } from "../window/pointer.electron.ts";
import { ToastWindow } from "./toast-window.electron.ts";

const workArea = { x: 0, y: 25, width: 1440, height: 800 };

function open(platform: "win32" | "darwin") {
  startSystem({ platform, workArea });
  const clock = new VirtualClock();
  const toast = new ToastWindow(windowPartsOf(clock), platform, new Pointer({ platform, env: {} }));
  toast.revive();
  const [window] = windows;
  if (window === undefined) throw new Error("There is no window.");
  return { toast, clock, window };
}

describe("the toast window", () => {
  it("leaves no timer and no listener behind, a thousand times", () => {
    for (let number = 1; number <= 1_000; number++) {
      const { toast, clock, window } = open("win32");
      toast.push(state(1));
      expect(clock.pending).toBe(1);
      expect(screen.listenerCount("display-added")).toBe(1);
      window.destroy();
      expect(clock.pending).toBe(0);
    }
    expect(screen.eventNames()).toEqual([]);
  });

  it.each([
    ["an ordinary window", "win32", undefined, { x: 1048, y: 613, width: 380, height: 200 }],
    ["a panel", "darwin", "panel", { x: 1048, y: 37, width: 380, height: 200 }],
  ] as const)(
    "is %s on %s, in the corner of the system's own notifications",
    (_name, platform, type, bounds) => {
      const { toast, window } = open(platform);
      expect(window.options.type).toBe(type);
      toast.push(state(1));
      toast.fit(200);
      expect(window.isVisible()).toBe(true);
      expect(window.bounds).toEqual(bounds);
      toast.push(state(0));
      expect(window.isVisible()).toBe(false);
    },
  );

  it.each([
    ["win32", "on the desktop that is shown", false],
    ["darwin", "on all desktops", true],
  ] as const)("lies over everything on %s, %s, and takes no focus", (platform, _where, everywhere) => {
    const { window } = open(platform);
    expect([window.level, window.everywhere]).toEqual(["screen-saver", everywhere]);
    expect(window.options).toMatchObject({
      focusable: false,
      skipTaskbar: true,
      frame: false,
      show: false,
    });
  });

  it("loads a page that was given up once more to be heard, and stays hidden", async () => {
    const { toast, clock, window } = open("win32");
    for (let deaths = 0; deaths < 9; deaths += 1) {
      window.webContents.forcefullyCrashRenderer();
      await clock.advance(10_000);
    }
    window.url = "";
    toast.push(state(0));
    expect(window.url).toBe("");
    const ring = { sound: "ring", sources: ["sounds/ring.wav"], volume: 1 } as const;
    toast.push({ ...state(0), sound: { loop: ring, once: null } });
    expect([window.url, window.isVisible()]).toEqual(["app://doorbell/toast.html", false]);
  });

  it("asks the window system for another place only when it needs one", () => {
    const { toast, window } = open("win32");
    const placed = vi.spyOn(window, "setBounds");
    for (const height of [200, 200, 240]) {
      toast.push(state(1));
      toast.fit(height);
      toast.push(state(0));
    }
    expect(placed.mock.calls.map(([{ height }]) => height)).toEqual([200, 240]);
  });

  it("leaves the program in the Dock of macOS", () => {
    open("darwin");
    expect(dock.visible).toBe(true);
  });

  it("is shown without a page's word about its height, and goes where there is room by then", async () => {
    const { toast, clock, window } = open("win32");
    toast.push(state(20));
    expect(window.isVisible()).toBe(false);
    changeSystem({ workArea: { ...workArea, width: 1000 } });
    await clock.advance(400);
    expect(window.isVisible()).toBe(true);
    expect(window.bounds).toEqual({ x: 608, y: 273, width: 380, height: 540 });
    expect(window.webContents.sent.map(({ channel }) => channel)).toEqual(["toast.state", "window.placed"]);
  });
});
