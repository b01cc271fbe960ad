import { describe, expect, it } from "vitest";

import type { LoginItem } from "../../desktop/start/start-at-login.ts";
import { StartAtLogin } from "./start-offer.ts";

function rig({ on = false, answered = false, problem = null as string | null, full = false } = {}) {
  const system = { on, sets: [] as boolean[] };
  const item: LoginItem = {
    isOn: () => Promise.resolve(system.on),
    set: (wanted) => {
      system.sets.push(wanted);
      if (problem === null) system.on = wanted;
      return Promise.resolve(problem);
    },
  };
  const settings = {
    current: { startAtLoginAnswered: answered },
    note: (change: { readonly startAtLoginAnswered: boolean }) => {
      settings.current = change;
      if (full) throw new Error("ENOSPC");
    },
  };
  const told: boolean[] = [];
  const start: StartAtLogin = new StartAtLogin({
    item,
    settings,
    changed: () => void told.push(start.view.on),
  });
  return { start, system, settings, told };
}

describe("the start with the desktop", () => {
  it("is offered once the system was looked at, and never again after an answer", async () => {
    for (const wanted of [true, false]) {
      const { start, settings } = rig();
      expect(start.view).toEqual({ possible: true, on: false, offered: false });
      await start.look();
      expect(start.view).toEqual({ possible: true, on: false, offered: true });
      await start.want(wanted);
      expect(start.view).toEqual({ possible: true, on: wanted, offered: false });
      expect(settings.current).toEqual({ startAtLoginAnswered: true });
    }
  });

  it("is not offered where the person has it already, or had it and has removed it", async () => {
    const { start, system } = rig({ on: true });
    await start.look();
    expect(start.view).toEqual({ possible: true, on: true, offered: false });
    await start.want(true);
    expect(system.sets).toEqual([]);
    system.on = false;
    await start.look();
    expect(start.view).toEqual({ possible: true, on: false, offered: false });
  });

  it("tells of a change of the system's own, and of none that is none", async () => {
    const { start, system, told } = rig({ answered: true });
    await start.look();
    await start.look();
    system.on = true;
    await start.look();
    expect(told).toEqual([false, true]);
  });

  it("says why the system does not do it, shows what it does, and goes on offering it", async () => {
    const { start } = rig({ problem: "It can't." });
    await expect(start.want(true)).rejects.toMatchObject({ code: "failed", message: "It can't." });
    expect(start.view).toEqual({ possible: true, on: false, offered: true });
  });

  it("takes an answer that cannot be saved for this run", async () => {
    const { start } = rig({ full: true });
    await start.want(false);
    expect(start.view.offered).toBe(false);
  });

  it("is not to be had for a program that is not installed", async () => {
    const settings = { current: { startAtLoginAnswered: false }, note: () => undefined };
    const start = new StartAtLogin({ item: null, settings, changed: () => undefined });
    await start.look();
    expect(start.view).toEqual({ possible: false, on: false, offered: false });
    await expect(start.want(true)).rejects.toMatchObject({ code: "failed" });
  });
});
