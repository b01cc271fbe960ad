import { describe, expect, it } from "vitest";

import { powerMonitorDouble } from "../testing/electron-double/app-double.ts";
import { startSystem } from "../testing/electron-double/pretended-system.ts";
import { electronEvent } from "../testing/electron-double/unknown-members.ts";
import { BrowserWindowDouble } from "../testing/electron-double/window-double.ts";
import { isSomebodyThere, watchPower, watchSessionEnd } from "./power.electron.ts";

describe("the power of the machine", () => {
  it("has come back after sleep, and after the screen was locked, of which Linux does not tell", () => {
    startSystem({ platform: "win32" });
    let woken = 0;
    const stop = watchPower(() => (woken += 1));
    powerMonitorDouble.emit("resume");
    powerMonitorDouble.emit("unlock-screen");
    expect(woken).toBe(2);
    stop();
    powerMonitorDouble.emit("resume");
    powerMonitorDouble.emit("unlock-screen");
    expect(woken).toBe(2);
  });

  it.each([
    ["active", true],
    ["unknown", true],
    ["idle", false],
    ["locked", false],
  ] as const)("shows whether somebody is there: %s, so %s", (idleState, there) => {
    startSystem({ platform: "darwin", idleState });
    expect(isSomebodyThere()).toBe(there);
    expect(powerMonitorDouble.idleThreshold).toBe(300);
  });
});

describe("the end of the person's session", () => {
  it("is told by macOS, which waits for the program", () => {
    startSystem({ platform: "darwin" });
    let ended = 0;
    watchSessionEnd(() => (ended += 1));
    const event = electronEvent({});
    powerMonitorDouble.emit("shutdown", event);
    expect([ended, event.defaultPrevented]).toEqual([1, true]);
  });

  it("is told by Windows to each window", () => {
    startSystem({ platform: "win32" });
    const windows = [new BrowserWindowDouble(), new BrowserWindowDouble()];
    let ended = 0;
    watchSessionEnd(() => (ended += 1));
    for (const window of windows) window.emit("session-end", electronEvent({ reasons: ["logoff"] }));
    expect(ended).toBe(2);
  });
});
