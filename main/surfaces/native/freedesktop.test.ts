import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Logger } from "../../platform/ports.ts";
import { VirtualClock } from "../../testing/virtual-clock.ts";
import { FreedesktopNotifications } from "./freedesktop.ts";
import type { Capability, NotificationEvent, NotificationRequest } from "./notification-service.ts";
import { sessionBusAddress } from "../../platform/session-bus.ts";
import { PrivateBus } from "../../testing/private-bus.ts";
import { StagedService, type Staging } from "./testing/staged-service.ts";

const REQUEST: NotificationRequest = {
  summary: "Lene Aaling",
  body: "Profit & <loss>\nHi Tosh",
  urgency: "critical",
  category: "im.received",
  actions: [
    { key: "accept", label: "Accept" },
    { key: "decline", label: "Decline" },
  ],
};
/** Where a click beside the buttons leads somewhere. */
const OPENING: NotificationRequest = { ...REQUEST, openLabel: "Open" };
const ACCEPTING: NotificationRequest = { ...REQUEST, body: "Accepting…", actions: [] };

const SILENT: Logger = { error() {}, warn() {}, info() {}, debug() {} };

let bus: PrivateBus;
let clock: VirtualClock;
let client: FreedesktopNotifications;
let errors: string[];
let services: StagedService[];

beforeEach(async () => {
  bus = await PrivateBus.start();
  clock = new VirtualClock();
  errors = [];
  services = [];
  client = connect(bus.address);
});

afterEach(async () => {
  let disposed = false;
  const disposing = client.dispose().then(() => (disposed = true));
  try {
    await until(async () => {
      await clock.advance(1_000);
      return disposed;
    });
    await disposing;
  } finally {
    for (const service of services) service.stop();
    await bus.close();
  }
  expect(errors).toEqual([]);
  expect(clock.pending).toBe(0);
});

function connect(address: string | null): FreedesktopNotifications {
  const logger: Logger = { error: (event) => errors.push(event), warn() {}, info() {}, debug() {} };
  return new FreedesktopNotifications({ address, clock, logger });
}

async function stage(staging: Staging = {}): Promise<StagedService> {
  const service = await StagedService.start(bus.address, clock, staging);
  services.push(service);
  return service;
}

/** Real sockets under virtual time: turns the event loop until something has come about. */
async function until(check: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 4_000;
  while (!(await check())) {
    if (performance.now() > deadline) throw new Error("It did not come about.");
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function show(request = REQUEST) {
  const events: NotificationEvent[] = [];
  const handle = client.show(request, (event) => events.push(event));
  return { handle, events };
}

async function shown(request = REQUEST) {
  const notification = show(request);
  await until(() => notification.events.length > 0);
  expect(notification.events.splice(0)).toEqual([{ type: "shown" }]);
  return notification;
}

function watched(): Capability[] {
  const told: Capability[] = [];
  client.onAvailability((capability) => told.push(capability));
  return told;
}

describe("what the service can do", () => {
  it("is told with the service's own name and version", async () => {
    await stage();
    expect(await client.capabilities()).toEqual({
      available: true,
      capabilities: { name: "Stage 1.0", actions: true, body: true, bodyMarkup: true, profile: {} },
    });
  });

  it("is asked once for as long as the same service owns the name", async () => {
    const service = await stage();
    await client.capabilities();
    await client.capabilities();
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
    expect(await client.capabilities()).toMatchObject({ available: false, reason: "noService" });
  });

  it("is told as slow after one second when the service does not answer, and as there when it does", async () => {
    const service = await stage({ holds: ["GetCapabilities"] });
    const told = watched();
    const asked = client.capabilities();
    await until(() => service.called("GetCapabilities").length === 1);
    await clock.advance(1_000);
    expect(await asked).toMatchObject({ available: false, reason: "slow" });
    service.release();
    await until(() => told.at(-1)?.available === true);
  });

  it("is told as failed when the service refuses to say", async () => {
    await stage({ refuses: ["GetServerInformation"] });
    expect(await client.capabilities()).toMatchObject({ available: false, reason: "failed" });
  });

  it("is told within a second when the bus starts a service that never takes its name", async () => {
    await bus.kill();
    bus.activatable("org.freedesktop.Notifications", "/bin/sleep 600");
    await bus.start();
    const told = watched();
    await until(() => told.length === 1);
    const asked = client.capabilities();
    await clock.advance(1_000);
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

describe("showing", () => {
  it("sends a notification with its hints and buttons", async () => {
    const service = await stage();
    await shown();
    const [body] = service.called("Notify");
    const hints = { urgency: 2, category: "im.received", resident: true, "desktop-entry": "doorbell" };
    expect(body?.slice(0, 6)).toEqual([
      "Doorbell",
      0,
      "",
      "Lene Aaling",
      "Profit &amp; &lt;loss&gt;\nHi Tosh",
      ["accept", "Accept", "decline", "Decline"],
    ]);
    const sent = body?.[6] as Record<string, { value: unknown }>;
    expect(Object.fromEntries(Object.entries(sent).map(([key, { value }]) => [key, value]))).toEqual(hints);
    expect(body?.[7]).toBe(60_000);
  });

  it("offers a click beside the buttons only where it leads somewhere", async () => {
    const service = await stage();
    const nowhere = await shown();
    const somewhere = await shown(OPENING);
    expect(service.called("Notify").map((body) => body[5])).toEqual([
      ["accept", "Accept", "decline", "Decline"],
      ["accept", "Accept", "decline", "Decline", "default", "Open"],
    ]);
    service.invoke(41, "default");
    service.invoke(42, "default");
    await until(() => somewhere.events.length === 1);
    expect(somewhere.events).toEqual([{ type: "opened" }]);
    expect(nowhere.events).toEqual([]);
  });

  it("leaves the body plain where the service reads no markup, and the buttons out where it has none", async () => {
    const service = await stage({ capabilities: ["body"] });
    await shown();
    expect(service.called("Notify")[0]?.slice(4, 6)).toEqual(["Profit & <loss>\nHi Tosh", []]);
  });

  it("survives texts that no bus carries", async () => {
    const service = await stage();
    await shown({ ...REQUEST, summary: "A\0B\uD800C", body: "x\u0007y" });
    expect(service.called("Notify")[0]?.slice(3, 5)).toEqual(["AB\uFFFDC", "xy"]);
  });

  it("fails when the service refuses", async () => {
    await stage({ refuses: ["Notify"] });
    const { events } = show();
    await until(() => events.length > 0);
    expect(events).toEqual([
      { type: "failed", detail: "The notification service refused the notification." },
    ]);
  });

  it("tells after a second that a slow service may still bring it, and then that it has", async () => {
    const service = await stage({ holds: ["Notify"] });
    const { events } = show();
    await until(() => service.called("Notify").length === 1);
    await clock.advance(1_000);
    expect(events).toEqual([{ type: "failed", detail: expect.any(String), mayStillAppear: true }]);
    service.release();
    await until(() => events.length === 2);
    service.invoke(41, "accept");
    await until(() => events.length === 3);
    expect(events.slice(1)).toEqual([{ type: "shown" }, { type: "answered", key: "accept" }]);
  });

  it("sends what waits as soon as a service that was slow to start answers", async () => {
    const service = await stage({ holds: ["GetCapabilities"] });
    const { events } = show();
    await until(() => service.called("GetCapabilities").length === 1);
    await clock.advance(1_000);
    expect(events).toMatchObject([{ type: "failed", mayStillAppear: true }]);
    service.release();
    await until(() => events.length === 2);
    expect(events[1]).toEqual({ type: "shown" });
  });
});

describe("what the user does", () => {
  it("is told for the right notification and the keys that were offered", async () => {
    const service = await stage();
    const { events } = await shown(OPENING);
    const other = await shown(OPENING);
    service.invoke(41, "selfdestruct");
    service.invoke(99, "accept");
    service.invoke(41, "default");
    service.invoke(41, "decline");
    await until(() => events.length === 2);
    expect(events).toEqual([{ type: "opened" }, { type: "answered", key: "decline" }]);
    expect(other.events).toEqual([]);
  });

  it("is not believed from a connection that does not own the service's name", async () => {
    const service = await stage();
    const { events } = await shown(OPENING);
    const impostor = StagedService.impostor(bus.address, clock);
    services.push(impostor);
    impostor.invoke(41, "accept");
    impostor.closed(41, 2);
    service.signal("ActionInvoked", "s", ["garbage"]);
    service.signal("ActivationToken", "us", [41, "token"]);
    service.invoke(41, "default");
    await until(() => events.length === 1);
    expect(events).toEqual([{ type: "opened" }]);
  });

  it.each([
    [1, "service"],
    [2, "user"],
    [3, "service"],
    [4, "service"],
  ] as const)(
    "closed for reason %i is told as closed by the %s, and nothing after it",
    async (reason, by) => {
      const service = await stage();
      const { events } = await shown();
      service.closed(41, reason);
      service.closed(41, 2);
      const after = await shown();
      service.invoke(42, "accept");
      await until(() => after.events.length === 1);
      expect(events).toEqual([{ type: "closed", by }]);
    },
  );
});

describe("the time of a notification", () => {
  it("is renewed for as long as it is up, at a service that lets critical ones expire, and nothing else changes", async () => {
    const service = await stage({ criticalExpires: true });
    const { events } = await shown();
    const [first] = service.called("Notify").map((body) => JSON.stringify(body));
    const renewals = () => service.called("Notify").filter(([, replaces]) => replaces === 41);
    for (let times = 1; times <= 15; times += 1) {
      await clock.advance(40_000);
      await until(() => renewals().length === times);
      // Answers come in order: with this one, that to the renewal is here.
      const { handle } = await shown();
      await handle.close();
    }
    expect(new Set(renewals().map((body) => JSON.stringify(body)))).toEqual(
      new Set([first?.replace('"Doorbell",0', '"Doorbell",41')]),
    );
    expect(service.up).toEqual([41]);
    expect(events).toEqual([]);
  });

  it("is the service's own of one in passing, which is not renewed", async () => {
    const service = await stage();
    const { handle } = await shown({ ...REQUEST, urgency: "normal", passing: true });
    const [body] = service.called("Notify");
    expect(body?.[7]).toBe(-1);
    expect(body?.[6]).toMatchObject({ resident: { value: false } });
    expect(clock.pending).toBe(0);
    await handle.close();
    expect(service.up).toEqual([]);
  });

  it("is over a minute after its program has stopped", async () => {
    const service = await stage({ criticalExpires: true });
    const stopped = new FreedesktopNotifications({
      address: bus.address,
      clock: new VirtualClock(),
      logger: SILENT,
    });
    stopped.show(REQUEST, () => {});
    await until(() => service.up.length === 1);
    await clock.advance(60_000);
    expect(service.up).toEqual([]);
    await stopped.dispose();
  });

  it("begins anew with a change", async () => {
    const service = await stage({ criticalExpires: true });
    const { handle } = await shown();
    await clock.advance(30_000);
    handle.update(ACCEPTING);
    await until(() => service.called("Notify").length === 2);
    await shown();
    await clock.advance(39_999);
    expect(service.called("Notify")).toHaveLength(3);
    await clock.advance(1);
    await until(() => service.called("Notify").length === 5);
    expect(service.up).toEqual([41, 42]);
  });

  it("is not renewed while a change is under way, which does it", async () => {
    const service = await stage({ holds: ["Notify"] });
    const { handle, events } = show();
    await until(() => service.called("Notify").length === 1);
    service.release();
    await until(() => events.length === 1);
    handle.update(ACCEPTING);
    await until(() => service.called("Notify").length === 2);
    await clock.advance(40_000);
    const other = show();
    await until(() => service.called("Notify").length === 3);
    service.release();
    await until(() => other.events.length > 0);
    // Calls come in order: what the answers have led to comes before this.
    show();
    await until(() => service.called("Notify").length === 4);
    expect(service.called("Notify").map((body) => body[1])).toEqual([0, 41, 0, 0]);
    service.release();
    await clock.advance(40_000);
    await until(() => service.called("Notify").length >= 6);
  });

  it("that a renewal gives to one that the user dismissed meanwhile is taken back", async () => {
    const service = await stage({ holds: ["Notify"] });
    const { events } = show();
    await until(() => service.called("Notify").length === 1);
    service.release();
    await until(() => events.length === 1);
    await clock.advance(40_000);
    await until(() => service.called("Notify").length === 2);
    service.closed(41, 2);
    await until(() => events.length === 2);
    service.release();
    await until(() => service.called("CloseNotification").length === 1);
    await until(() => service.up.length === 0);
    expect(events.at(-1)).toEqual({ type: "closed", by: "user" });
  });
});

describe("a stranger on the bus", () => {
  it("who calls us is refused, and harms nothing", async () => {
    const service = await stage();
    await shown();
    const call = { path: "/", interface: "org.freedesktop.DBus.Peer", member: "Ping" };
    await expect(service.callBack(call)).rejects.toMatchObject({
      type: "org.freedesktop.DBus.Error.UnknownMethod",
    });
  });
});

describe("closing and changing", () => {
  it("withdraws without telling our own closing as anybody's wish", async () => {
    const service = await stage();
    const { handle, events } = await shown();
    await Promise.all([handle.close(), handle.close()]);
    expect(service.called("CloseNotification")).toEqual([[41]]);
    service.closed(41, 3);
    await shown();
    expect(events).toEqual([]);
  });

  it("is bounded when the service does not confirm", async () => {
    const service = await stage({ holds: ["CloseNotification"] });
    const { handle } = await shown();
    const closed = handle.close();
    await until(() => service.called("CloseNotification").length === 1);
    await clock.advance(1_000);
    await closed;
  });

  it("replaces in place, and only when something changed", async () => {
    const service = await stage();
    const { handle, events } = await shown();
    handle.update({ ...REQUEST });
    handle.update(ACCEPTING);
    await until(() => service.called("Notify").length === 2);
    expect(service.called("Notify")[1]?.slice(1, 6)).toEqual([41, "", "Lene Aaling", "Accepting…", []]);
    expect(events).toEqual([]);
  });

  it("keeps changes that come before the answer to Notify, the last one alone", async () => {
    const service = await stage({ holds: ["Notify"] });
    const { handle } = show();
    await until(() => service.called("Notify").length === 1);
    handle.update({ ...REQUEST, body: "one" });
    handle.update(ACCEPTING);
    service.release();
    await until(() => service.called("Notify").length === 2);
    expect(service.called("Notify").map((body) => [body[1], body[4]])).toEqual([
      [0, "Profit &amp; &lt;loss&gt;\nHi Tosh"],
      [41, "Accepting…"],
    ]);
  });

  it("withdraws what a slow service puts up after it was closed", async () => {
    const service = await stage({ holds: ["Notify"] });
    const { handle } = show();
    await until(() => service.called("Notify").length === 1);
    const closed = handle.close();
    await clock.advance(1_500);
    await closed;
    service.release();
    await until(() => service.called("CloseNotification").length === 1);
    expect(service.called("CloseNotification")).toEqual([[41]]);
  });

  it("withdraws what a change puts up again after the user dismissed it", async () => {
    const service = await stage();
    const { handle, events } = await shown();
    service.closed(41, 2);
    handle.update(ACCEPTING);
    await until(() => service.called("CloseNotification").length === 1);
    expect(events).toEqual([{ type: "closed", by: "user" }]);
  });

  it("sends nothing for a notification that was closed in the turn it was shown", async () => {
    const service = await stage();
    await client.capabilities();
    await show().handle.close();
    await shown();
    expect(service.called("Notify")).toHaveLength(1);
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
    await bus.kill();
    await until(() => told.length === 2);
    expect(told[1]).toMatchObject({ available: false, reason: "noBus" });
    expect(events).toEqual([{ type: "closed", by: "service" }]);
    const failed = show();
    await until(() => failed.events.length === 1);
    expect(failed.events).toMatchObject([{ type: "failed" }]);

    await bus.start();
    await stage();
    await clock.advance(2_000);
    await until(() => told.length === 3);
    expect(told[2]).toMatchObject({ available: true });
    await shown();
  });

  it("tries again at once when a notification is wanted", async () => {
    await stage();
    const told = watched();
    await until(() => told.length === 1);
    await bus.kill();
    await until(() => told.length === 2);
    await bus.start();
    await stage();
    await shown();
  });
});
