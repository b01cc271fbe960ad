import { describe, expect, it } from "vitest";

import { VirtualClock } from "../../testing/virtual-clock.ts";
import { NO_QUIET_HOURS } from "../../platform/settings/quiet-settings.ts";
import {
  doNotDisturbFor,
  type Quiet,
  quietCauses,
  type QuietCause,
  type QuietFacts,
  quietFor,
} from "./quiet.ts";
import { QuietWatch } from "./quiet-watch.ts";

const LOUD: QuietFacts = {
  doNotDisturb: null,
  quietHours: NO_QUIET_HOURS,
  systemFocus: false,
  presence: null,
};
const ALWAYS = {
  on: true,
  days: Array.from({ length: 7 }, () => ({ on: true, from: "00:00", to: "00:00" })),
};
const MINUTE = 60_000;

describe("who wants quiet", () => {
  it.each([
    ["nobody", {}, []],
    ["the person, until then", { doNotDisturb: { until: 5 } }, [{ cause: "doNotDisturb", until: 5 }]],
    [
      "the person, until it is turned off",
      { doNotDisturb: { until: null } },
      [{ cause: "doNotDisturb", until: null }],
    ],
    ["nobody any more", { doNotDisturb: { until: 4 } }, []],
    ["the schedule, for ever", { quietHours: ALWAYS }, [{ cause: "quietHours", until: null }]],
    ["the system", { systemFocus: true }, [{ cause: "systemFocus", until: null }]],
    ["the presence", { presence: "DoNotDisturb" }, [{ cause: "presence", until: null }]],
    ["no other presence", { presence: "Busy" }, []],
  ] as const)("%s", (_, facts, causes) => {
    expect(quietCauses({ ...LOUD, ...facts }, 4)).toEqual(causes);
  });

  it("are all of them at once, what lets the least through first", () => {
    const facts = {
      doNotDisturb: { until: null },
      quietHours: ALWAYS,
      systemFocus: true,
      presence: "DoNotDisturb",
    };
    const causes = quietCauses(facts, 4).map(({ cause }) => cause);
    expect(causes).toEqual(["doNotDisturb", "systemFocus", "quietHours", "presence"]);
  });
});

describe("what gets through", () => {
  const quiet = (cause: QuietCause): Quiet => ({ cause, until: null });
  it.each([
    ["doNotDisturb", false, false, true],
    ["systemFocus", false, false, true],
    ["quietHours", false, true, true],
    ["presence", false, true, true],
  ] as const)("%s: normal %s, urgent %s, emergency %s", (cause, normal, urgent, emergency) => {
    const passes = (["Normal", "Urgent", "Emergency"] as const).map(
      (one) => quietFor(one, [quiet(cause)]) === null,
    );
    expect(passes).toEqual([normal, urgent, emergency]);
  });

  it("is held back by the one cause that lets it not through", () => {
    expect(quietFor("Urgent", [quiet("quietHours"), quiet("systemFocus")])).toEqual(quiet("systemFocus"));
  });
});

describe("for how long", () => {
  const evening = new Date(2026, 10, 30, 23, 50).getTime();
  it.each([
    ["15min", evening + 15 * MINUTE],
    ["1h", evening + 60 * MINUTE],
    ["tomorrow", new Date(2026, 11, 1, 8).getTime()],
    ["untilTurnedOff", null],
  ] as const)("%s", (wanted, until) => {
    expect(doNotDisturbFor(wanted, evening)).toEqual({ until });
  });
});

describe("quiet ends by itself", () => {
  it("when its time is over, is told once, and begins again with the schedule", async () => {
    const clock = new VirtualClock(new Date(2026, 10, 30, 12).getTime());
    const told: string[] = [];
    const changed = (causes: readonly Quiet[]) => void told.push(causes.map(({ cause }) => cause).join());
    const noon = { on: true, from: "13:00", to: "13:30" };
    const quietHours = { on: true, days: Array.from({ length: 7 }, () => noon) };
    const watch = new QuietWatch({ clock, changed }, { ...LOUD, quietHours });
    watch.setFacts({ doNotDisturb: doNotDisturbFor("15min", clock.now()) });
    watch.setFacts({ presence: "Online" });
    expect(told).toEqual(["doNotDisturb"]);
    await clock.advance(15 * MINUTE - 1);
    expect(told).toEqual(["doNotDisturb"]);
    await clock.advance(1);
    expect(told).toEqual(["doNotDisturb", ""]);
    await clock.advance(45 * MINUTE);
    expect(watch.causes).toEqual([{ cause: "quietHours", until: new Date(2026, 10, 30, 13, 30).getTime() }]);
    await clock.advance(30 * MINUTE);
    expect(told).toEqual(["doNotDisturb", "", "quietHours", ""]);
    watch.dispose();
  });

  it("within a minute after a sleep that no timer has seen", async () => {
    const clock = new VirtualClock(0);
    const told: number[] = [];
    const watch = new QuietWatch(
      { clock, changed: (causes) => void told.push(causes.length) },
      { ...LOUD, doNotDisturb: { until: 60 * MINUTE } },
    );
    clock.setWall(2 * 60 * MINUTE);
    await clock.advance(MINUTE);
    expect(told).toEqual([0]);
    watch.dispose();
  });
});
