import { describe, expect, it } from "vitest";

import type { AppSettings } from "../../account/app-settings.ts";
import { NO_QUIET_HOURS } from "../../platform/settings/quiet-settings.ts";
import { VirtualClock } from "../../testing/virtual-clock.ts";
import { Quietness } from "./quietness.ts";

const MINUTE = 60_000;

function rig(over: Partial<AppSettings> = {}, canWrite = true) {
  const clock = new VirtualClock();
  let changes = 0;
  const settings = {
    current: {
      quietHours: NO_QUIET_HOURS,
      doNotDisturb: null,
      followSystemFocus: true,
      followPresence: true,
      ...over,
    } as AppSettings,
    note: (change: Partial<AppSettings>) => {
      settings.current = { ...settings.current, ...change };
      if (!canWrite) throw new Error("ENOSPC");
    },
  };
  const quietness = new Quietness({ settings, clock, changed: () => void changes++ });
  const causes = () => quietness.causes.map(({ cause }) => cause);
  return { quietness, settings, clock, causes, changes: () => changes };
}

describe("quiet in the app", () => {
  it("is wanted by a switch that turns itself off, and that the settings keep", async () => {
    const { quietness, settings, clock, causes, changes } = rig();
    expect(quietness.disturb("15min")).toBe(true);
    expect(settings.current.doNotDisturb).toEqual({ until: clock.now() + 15 * MINUTE });
    expect(causes()).toEqual(["doNotDisturb"]);
    await clock.advance(15 * MINUTE);
    expect([causes(), changes()]).toEqual([[], 2]);
  });

  it("holds from the start where it was switched on before, and is switched off", () => {
    const { quietness, causes } = rig({ doNotDisturb: { until: null } });
    expect(causes()).toEqual(["doNotDisturb"]);
    quietness.disturb("off");
    expect(causes()).toEqual([]);
  });

  it("holds although it cannot be written down, which is said", () => {
    const { quietness, causes } = rig({}, false);
    expect(quietness.disturb("1h")).toBe(false);
    expect(causes()).toEqual(["doNotDisturb"]);
  });

  it("goes by the system and by the presence only where the person wants that, from that moment on", () => {
    const { quietness, settings, causes } = rig({ followSystemFocus: false, followPresence: false });
    quietness.setSystemFocus(true);
    quietness.setPresence("DoNotDisturb");
    expect(causes()).toEqual([]);
    settings.note({ followSystemFocus: true, followPresence: true });
    quietness.settingsChanged();
    expect(causes()).toEqual(["systemFocus", "presence"]);
    quietness.setSystemFocus(false);
    quietness.setPresence(null);
    expect(causes()).toEqual([]);
  });
});
