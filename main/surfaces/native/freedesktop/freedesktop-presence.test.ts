import { describe, expect, it } from "vitest";
import type { NotificationEvent } from "../notification-service.ts";
import { sessionBusAddress } from "../../../platform/bus/session-bus.ts";
import { onPrivateBus, REQUEST, until } from "../testing/on-private-bus.ts";

const on = onPrivateBus();
const { connect, stage, show, shown, watched } = on;

describe("what the service can do", () => {
  it("is told with the service's own name and version", async () => {
    await stage();
    expect(await on.client.capabilities()).toEqual({
      available: true,
      capabilities: { name: "Stage 1.0", actions: true, body: true, bodyMarkup: true, profile: {} },
    });
  });

  it("is asked once for as long as the same service owns the name", async () => {
    const service = await stage();
    await on.client.capabilities();
    await on.client.capabilities();
    expect(service.called("GetCapabilities")).toHaveLength(1);
  });

  it("is told again when another service takes the name over", async () => {
    await stage();
    const told = watched();
    await until(() => told.length === 1);
    await stage({ capabilities: ["body"] });
    await until(() => told.length === 2);
    expect(told[1]).toMatchObject({ available: true, capabilities: { actions: false } });
  });

  it("is told as gone when the service dies and as back when one starts", async () => {
    const first = await stage();
    const told = watched();
    await until(() => told.length === 1);
    first.stop();
    await until(() => told.length === 2);
    await stage();
    await until(() => told.length === 3);
    expect(told.map(({ available }) => available)).toEqual([true, false, true]);
    expect(told[1]).toMatchObject({ reason: "noService" });
  });

  it("is told as missing when nobody draws notifications and none can be started", async () => {
    expect(await on.client.capabilities()).toMatchObject({ available: false, reason: "noService" });
  });

  it("is told as slow after one second when the service does not answer, and as there when it does", async () => {
    const service = await stage({ holds: ["GetCapabilities"] });
    const told = watched();
    const asked = on.client.capabilities();
    await until(() => service.called("GetCapabilities").length === 1);
    await on.clock.advance(1_000);
    expect(await asked).toMatchObject({ available: false, reason: "slow" });
    service.release();
    await until(() => told.at(-1)?.available === true);
  });

  it("is told as failed when the service refuses to say", async () => {
    await stage({ refuses: ["GetServerInformation"] });
    expect(await on.client.capabilities()).toMatchObject({ available: false, reason: "failed" });
  });

  it("is told within a second when the bus starts a service that never takes its name", async () => {
    await on.bus.kill();
    on.bus.activatable("org.freedesktop.Notifications", "/bin/sleep 600");
    await on.bus.start();
    const told = watched();
    await until(() => told.length === 1);
    const asked = on.client.capabilities();
    await on.clock.advance(1_000);
    expect(await asked).toMatchObject({ available: false, reason: "slow" });
  });
});

describe("a machine without a session bus", () => {
  it("is told at once when no address is known", async () => {
    const none = connect(null);
    expect(await none.capabilities()).toMatchObject({ available: false, reason: "noBus" });
    const events: NotificationEvent[] = [];
    none.show(REQUEST, (event) => events.push(event));
    await until(() => events.length === 1);
    expect(events[0]).toMatchObject({ type: "failed" });
    await none.dispose();
  });

  it.each(["unix:path=/nowhere/bus", "autolaunch:", "unix:", "nonsense"])(
    "is told at once for the address %s",
    async (address) => {
      const none = connect(address);
      expect(await none.capabilities()).toMatchObject({ available: false, reason: "noBus" });
      await none.dispose();
    },
  );

  it("has an address when the environment or the runtime folder gives one", () => {
    expect(sessionBusAddress({ DBUS_SESSION_BUS_ADDRESS: "unix:path=/a" })).toBe("unix:path=/a");
    expect(sessionBusAddress({ XDG_RUNTIME_DIR: "/run/user/7" })).toBe("unix:path=/run/user/7/bus");
    expect(sessionBusAddress({ DBUS_SESSION_BUS_ADDRESS: "" })).toBeNull();
  });
});

describe("a service or bus that dies", () => {
  it("closes what was on the screen, and the next notification goes to the next service", async () => {
    const first = await stage();
    const { events } = await shown();
    first.stop();
    await until(() => events.length === 1);
    expect(events).toEqual([{ type: "closed", by: "service" }]);
    const second = await stage();
    await shown();
    expect(second.called("Notify")).toHaveLength(1);
  });

  it("closes what was on the screen when another service takes the name over", async () => {
    await stage();
    const { events } = await shown();
    await stage();
    await until(() => events.length === 1);
    expect(events).toEqual([{ type: "closed", by: "service" }]);
  });

  it("fails what was on its way", async () => {
    const service = await stage({ holds: ["Notify"] });
    const { events } = show();
    await until(() => service.called("Notify").length === 1);
    service.stop();
    await until(() => events.length === 1);
    expect(events).toMatchObject([{ type: "failed" }]);
  });

  it("is told when the bus dies, and found again when a bus is back", async () => {
    await stage();
    const told = watched();
    const { events } = await shown();
    await on.bus.kill();
    await until(() => told.length === 2);
    expect(told[1]).toMatchObject({ available: false, reason: "noBus" });
    expect(events).toEqual([{ type: "closed", by: "service" }]);
    const failed = show();
    await until(() => failed.events.length === 1);
    expect(failed.events).toMatchObject([{ type: "failed" }]);

    await on.bus.start();
    await stage();
    await on.clock.advance(2_000);
    await until(() => told.length === 3);
    expect(told[2]).toMatchObject({ available: true });
    await shown();
  });

  it("tries again at once when a notification is wanted", async () => {
    await stage();
    const told = watched();
    await until(() => told.length === 1);
    await on.bus.kill();
    await until(() => told.length === 2);
    await on.bus.start();
    await stage();
    await shown();
  });
});
