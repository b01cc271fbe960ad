import { describe, expect, it } from "vitest";
import type { AppSettings, AppSettingsStore } from "../../account/app-settings.ts";
import type { SettingsChange } from "../../../preload/contract.ts";
import { changeSettings } from "./window-content.ts";

/** What is written down of a change, to settings that are these. */
function written(current: Partial<AppSettings>, change: SettingsChange): SettingsChange {
  let changed: SettingsChange = {};
  const settings = { current, change: (all: SettingsChange) => void (changed = all) };
  changeSettings(settings as unknown as AppSettingsStore, change);
  return changed;
}

describe("a change of settings", () => {
  it("hands nothing over by sip: where links to people come here", () => {
    expect(written({ personLinks: false }, { personLinks: true })).toEqual({
      personLinks: true,
      afterAccept: "here",
    });
    expect(written({ personLinks: true }, { afterAccept: "handOver" })).toEqual({ afterAccept: "here" });
    expect(written({ personLinks: false }, { afterAccept: "handOver" })).toEqual({ afterAccept: "handOver" });
    expect(written({ personLinks: true }, { personLinks: false })).toEqual({ personLinks: false });
  });
});
