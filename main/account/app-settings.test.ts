import { afterEach, describe, expect, it } from "vitest";

import { speak } from "../../locales/texts.ts";
import { AppSettingsStore } from "./app-settings.ts";

afterEach(() => speak({ language: "en", region: "en" }));

const FOUND = {
  address: "tosh@contoso.example",
  server: null,
  applications: "https://pool.contoso.example/ucwa/oauth/v1/applications",
};

function storeOf(values: Record<string, unknown>): AppSettingsStore {
  return new AppSettingsStore({
    directory: "/nonexistent",
    get: (key) => values[key],
    set: (key, value) => void (values[key] = value),
  });
}

describe("what the app keeps in its settings", () => {
  it("starts with notifications, with a password, and without a known server", () => {
    expect(storeOf({}).current).toMatchObject({
      notifications: true,
      language: "auto",
      trayIcon: "auto",
      withoutPassword: false,
      discovered: null,
    });
  });

  it("gives back where the search for the server ended", () => {
    expect(storeOf({ discovered: FOUND }).current.discovered).toEqual(FOUND);
  });

  it.each([
    "https://pool.contoso.example/",
    7,
    [],
    {},
    { ...FOUND, applications: "" },
    { ...FOUND, applications: "pool.contoso.example" },
    { ...FOUND, applications: "http://pool.contoso.example/ucwa" },
    { ...FOUND, applications: "file:///etc/passwd" },
    { ...FOUND, applications: "https://tosh:secret@pool.contoso.example/" },
    { ...FOUND, address: 7 },
    { applications: FOUND.applications },
  ])("reads %j as no known server, without a word about it", (discovered) => {
    const store = storeOf({ discovered });
    expect(store.current.discovered).toBeNull();
    expect(store.problems).toEqual([]);
  });

  it("tells of a setting that is not valid, and goes on with what it would be without", () => {
    const store = storeOf({ withoutPassword: "yes", notifications: false });
    expect(store.current).toMatchObject({ withoutPassword: false, notifications: false });
    expect(store.problems).toEqual(["The setting withoutPassword is not valid. It is left out."]);
  });

  it("tells of it in the language that is one of these settings", () => {
    const store = storeOf({ withoutPassword: "yes", language: "de" });
    speak({ language: store.current.language === "de" ? "de" : "en", region: "de" });
    expect(store.problems).toEqual([
      "Die Einstellung withoutPassword ist nicht gültig und wird nicht verwendet.",
    ]);
  });

  it("refuses a change that cannot be written, and notes what has happened all the same", () => {
    const values: Record<string, unknown> = {};
    let full = true;
    const store = new AppSettingsStore({
      directory: "/nonexistent",
      get: (key) => values[key],
      set: (key, value) => {
        if (full) throw new Error("no space");
        values[key] = value;
      },
    });
    expect(() => store.change({ notifications: false })).toThrow("no space");
    expect(store.current.notifications).toBe(true);
    expect(store.problems).toEqual([]);
    expect(() => store.note({ address: "tosh@contoso.example" })).toThrow("no space");
    expect(store.current.address).toBe("tosh@contoso.example");
    expect(store.problems).toEqual(["Doorbell cannot save its settings in /nonexistent."]);

    full = false;
    store.change({ trayIcon: "dark" });
    expect(values).toEqual({ address: "tosh@contoso.example", trayIcon: "dark" });
    expect(store.problems).toEqual([]);
  });
});
