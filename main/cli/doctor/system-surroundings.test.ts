import { describe, expect, it } from "vitest";
import { busCall, openSessionBus } from "../../platform/bus/session-bus.ts";
import { PrivateBus } from "../../testing/private-bus.ts";
import { systemClock as clock } from "../../platform/system.ts";
import { SILENT_LOGGER as logger } from "../../testing/rig.ts";
import { systemSurroundings } from "./system-surroundings.ts";

describe("The surroundings of this machine", () => {
  it("tell who shows tray icons by the owner of its name on the session bus", async () => {
    const bus = await PrivateBus.start();
    try {
      const { desktop } = systemSurroundings("linux", { DBUS_SESSION_BUS_ADDRESS: bus.address }, clock);
      expect(await desktop?.()).toMatchObject({ notifications: { available: false }, trayHost: false });
      const options = { address: bus.address, clock, logger, limitMs: 1_000 };
      const panel = await openSessionBus(options, { signal() {}, lost() {} });
      await panel?.ask(busCall("RequestName", "su", ["org.kde.StatusNotifierWatcher", 0]));
      expect(await desktop?.()).toMatchObject({ trayHost: true });
      panel?.close();
    } finally {
      await bus.close();
    }
  });

  it("have no tray and no notifications without a session bus, and need none elsewhere than on Linux", async () => {
    expect(await systemSurroundings("linux", {}, clock).desktop?.()).toMatchObject({
      notifications: { available: false, reason: "noBus" },
      trayHost: null,
    });
    expect(systemSurroundings("darwin", {}, clock).desktop).toBeNull();
  });

  it("know the addresses of a name, and read no certificate where nobody listens", async () => {
    const surroundings = systemSurroundings("linux", {}, clock);
    expect(await surroundings.resolve("localhost")).not.toEqual([]);
    expect(await surroundings.certificate("https://127.0.0.1:1")).toBeNull();
  });
});
