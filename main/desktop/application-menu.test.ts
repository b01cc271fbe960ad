import { afterEach, expect, it } from "vitest";

import { speak } from "../../locales/texts.ts";
import { applicationMenu, type MenuEntry } from "./application-menu.ts";

afterEach(() => speak({ language: "en", region: "en" }));

const entries = (menu: readonly MenuEntry[]): MenuEntry[] =>
  menu.flatMap((entry) => [entry, ...entries(entry.submenu ?? [])]);

it.each(["linux", "win32"] as const)(
  "there is no menu on %s, and with it none of Electron's keys",
  (platform) => {
    expect(applicationMenu(platform, "Doorbell", () => undefined)).toBeNull();
  },
);

it("on macOS text can be edited by keys, and only the entry that asks first ends the program", () => {
  let asked = 0;
  const menu = entries(applicationMenu("darwin", "Doorbell", () => (asked += 1)) ?? []);
  const roles = menu.map(({ role }) => role);
  expect(roles).toEqual(expect.arrayContaining(["undo", "redo", "cut", "copy", "paste", "selectAll"]));
  expect(roles.filter((role) => /quit|reload|zoom|devtools|fullscreen/i.test(role ?? ""))).toEqual([]);
  const quitting = menu.filter(({ accelerator }) => accelerator === "Command+Q");
  expect(quitting.map(({ label }) => label)).toEqual(["Quit Doorbell"]);
  quitting[0]?.click?.();
  expect(asked).toBe(1);
});

it("on macOS every entry is in the language of the person, and none in that of Electron", () => {
  const labels = () =>
    entries(applicationMenu("darwin", "Doorbell", () => undefined) ?? [])
      .filter(({ type }) => type !== "separator")
      .map(({ label }) => label ?? "");
  const english = labels();
  speak({ language: "de", region: "de" });
  const german = labels();
  expect(german).toEqual(expect.arrayContaining(["Über Doorbell", "Doorbell beenden", "Fenster schließen"]));
  // The first is the name of the program.
  expect(english.filter((label) => german.includes(label))).toEqual(["Doorbell"]);
  expect([...english, ...german]).not.toContain("");
});
