import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { environmentWithin, hasDesktop } from "./user-namespace.mjs";

describe("what root starts in a user namespace", () => {
  it("keeps root's home and settings, whatever account the user inside may be", () => {
    expect(environmentWithin({ PATH: "/bin" }, "/root", "/tmp/run")).toEqual({
      PATH: "/bin",
      HOME: "/root",
      XDG_CONFIG_HOME: "/root/.config",
      XDG_CACHE_HOME: "/root/.cache",
      XDG_DATA_HOME: "/root/.local/share",
      XDG_STATE_HOME: "/root/.local/state",
      XDG_RUNTIME_DIR: "/tmp/run",
    });
    expect(environmentWithin({ XDG_CONFIG_HOME: "/etc/xdg-of-root" }, "/root", "/tmp/run")).toMatchObject({
      XDG_CONFIG_HOME: "/etc/xdg-of-root",
    });
  });

  it("keeps the display, but not the session bus, which lets in nobody who is not root", () => {
    const env = environmentWithin(
      {
        DISPLAY: ":0",
        WAYLAND_DISPLAY: "wayland-0",
        DBUS_SESSION_BUS_ADDRESS: "unix:path=/run/user/0/bus",
        XDG_RUNTIME_DIR: "/run/user/0",
      },
      "/root",
      "/tmp/run",
    );
    expect(env).toMatchObject({ DISPLAY: ":0", XDG_RUNTIME_DIR: "/tmp/run" });
    expect(env).not.toHaveProperty("DBUS_SESSION_BUS_ADDRESS");
    expect(env).not.toHaveProperty("WAYLAND_DISPLAY");
  });
});

describe("a desktop of root's own", () => {
  it("is there when a session bus is named or found", () => {
    const runtime = mkdtempSync(join(tmpdir(), "doorbell-runtime-"));
    try {
      expect(hasDesktop({ DISPLAY: ":0", XDG_RUNTIME_DIR: runtime })).toBe(false);
      writeFileSync(join(runtime, "bus"), "");
      expect(hasDesktop({ XDG_RUNTIME_DIR: runtime })).toBe(true);
      expect(hasDesktop({ DBUS_SESSION_BUS_ADDRESS: "unix:path=/run/user/0/bus" })).toBe(true);
    } finally {
      rmSync(runtime, { recursive: true });
    }
  });
});
