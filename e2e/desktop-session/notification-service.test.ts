import { Variant } from "@particle/dbus-next";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { NOTIFICATIONS, serviceCall } from "../../main/surfaces/native/freedesktop/freedesktop-message.ts";
import { busCall, type SessionBus } from "../../main/platform/bus/session-bus.ts";
import { PrivateBus } from "../../main/testing/private-bus.ts";
import { StagedService } from "../../main/surfaces/native/testing/staged-service.ts";
import { openBus, REAL_CLOCK } from "./control-bus.ts";
import { startDesktopSession } from "./desktop-session.ts";

/** One notification service on a bus of its own. */
interface Service {
  readonly address: string;
  stop(): Promise<void>;
}

const SERVICES: ReadonlyArray<readonly [string, () => Promise<Service>]> = [
  [
    "the staged service",
    async () => {
      const bus = await PrivateBus.start();
      const service = await StagedService.start(bus.address, REAL_CLOCK);
      return {
        address: bus.address,
        stop: async () => {
          service.stop();
          await bus.close();
        },
      };
    },
  ],
  [
    "the notification service of Xfce",
    async () => {
      const desktop = await startDesktopSession({ keyring: false });
      return { address: desktop.busAddress, stop: () => desktop.close() };
    },
  ],
];

const NORMAL = 1;
const CRITICAL = 2;
const MATCH = `type='signal',interface='${NOTIFICATIONS}',member='NotificationClosed'`;

// What Doorbell relies on. The staged service stands in for real ones in other tests, so it is held to one here.
describe.each(SERVICES)("%s", (_, start) => {
  let service: Service;
  let bus: SessionBus;
  /** Ids and reasons of NotificationClosed, in the order they came. */
  let closed: ReadonlyArray<readonly [number, number]> = [];
  let wake: () => void = () => {};

  beforeAll(async () => {
    service = await start();
    bus = await openBus(service.address, ({ member, body: [id, reason] }) => {
      if (member !== "NotificationClosed" || typeof id !== "number" || typeof reason !== "number") return;
      closed = [...closed, [id, reason]];
      wake();
    });
    await bus.ask(busCall("AddMatch", "s", [MATCH]));
  }, 20_000);

  afterAll(async () => {
    bus?.close();
    await service?.stop();
  });

  afterEach(() => {
    closed = [];
  });

  async function notify(expiresMs: number, { urgency = NORMAL, replaces = 0 } = {}): Promise<number> {
    const body = [
      "Doorbell",
      replaces,
      "",
      "Lene Aaling",
      `Hi ${expiresMs}`,
      ["accept", "Accept"],
      { urgency: new Variant("y", urgency) },
      expiresMs,
    ];
    const result = await bus.ask(serviceCall(NOTIFICATIONS, "Notify", "susssasa{sv}i", body));
    const [id] = result.outcome === "answered" ? result.body : [];
    if (typeof id !== "number") throw new Error(`Notify: ${result.outcome}`);
    return id;
  }

  const close = (id: number) => bus.ask(serviceCall(NOTIFICATIONS, "CloseNotification", "u", [id]));

  /** Waits until this many have been closed. */
  async function untilClosed(count: number): Promise<void> {
    while (closed.length < count) await new Promise<void>((resolve) => (wake = resolve));
  }

  it("gives every notification an id of its own, never 0", async () => {
    const first = await notify(60_000);
    const second = await notify(60_000);
    expect(first).toBeGreaterThan(0);
    expect(second).toBeGreaterThan(first);
    await close(first);
    await close(second);
    await untilClosed(2);
  });

  it("keeps the id of a notification that is replaced, and tells of no end", async () => {
    const id = await notify(60_000);
    expect(await notify(60_000, { replaces: id })).toBe(id);
    const other = await notify(60_000);
    await close(other);
    await untilClosed(1);
    expect(closed).toEqual([[other, 3]]);
    await close(id);
    await untilClosed(2);
  });

  it("tells of a notification that it was asked to close, once", async () => {
    const id = await notify(60_000, { urgency: CRITICAL });
    expect(await close(id)).toMatchObject({ outcome: "answered" });
    expect(await close(id)).toMatchObject({ outcome: "answered" });
    const last = await notify(60_000);
    await close(last);
    await untilClosed(2);
    expect(closed).toEqual([
      [id, 3],
      [last, 3],
    ]);
  });

  it("answers for an id that it never gave, and closes nothing", async () => {
    const id = await notify(60_000);
    expect(await close(id + 1_000)).toMatchObject({ outcome: "answered" });
    await close(id);
    await untilClosed(1);
    expect(closed).toEqual([[id, 3]]);
  });

  it("lets an ordinary notification expire when its time is over, and no critical one", async () => {
    const critical = await notify(100, { urgency: CRITICAL });
    const ordinary = await notify(400);
    await untilClosed(1);
    await close(critical);
    await untilClosed(2);
    expect(closed).toEqual([
      [ordinary, 1],
      [critical, 3],
    ]);
  });

  it("begins the time of a notification anew when it is replaced", async () => {
    const renewed = await notify(500);
    const other = await notify(1_000);
    await notify(1_500, { replaces: renewed });
    await untilClosed(2);
    expect(closed).toEqual([
      [other, 1],
      [renewed, 1],
    ]);
  });

  it("never gives an id again that has expired, and puts it up again when it is to be replaced", async () => {
    const gone = await notify(50);
    await untilClosed(1);
    const next = await notify(60_000);
    expect(next).toBeGreaterThan(gone);
    expect(await notify(60_000, { replaces: gone })).toBe(gone);
    await close(gone);
    await close(next);
    await untilClosed(3);
    expect(closed).toEqual([
      [gone, 1],
      [gone, 3],
      [next, 3],
    ]);
  });
});
