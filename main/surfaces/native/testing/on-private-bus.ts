import { afterEach, beforeEach, expect } from "vitest";
import type { Logger } from "../../../platform/ports.ts";
import { PrivateBus } from "../../../testing/private-bus.ts";
import { VirtualClock } from "../../../testing/virtual-clock.ts";
import { FreedesktopNotifications } from "../freedesktop/freedesktop.ts";
import type { Capability, NotificationEvent, NotificationRequest } from "../notification-service.ts";
import { StagedService, type Staging } from "./staged-service.ts";

/** A call that may be answered. */
export const REQUEST: NotificationRequest = {
  summary: "Lene Aaling",
  body: "Profit & <loss>\nHi Tosh",
  urgency: "critical",
  category: "im.received",
  actions: [
    { key: "accept", label: "Accept" },
    { key: "decline", label: "Decline" },
  ],
};

/** Real sockets under virtual time: turns the event loop until something has come about. */
export async function until(check: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 4_000;
  while (!(await check())) {
    if (performance.now() > deadline) throw new Error("It did not come about.");
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/**
 * A session bus of its own for each test, with a client in virtual time that has to leave nothing behind. For the top of
 * a file of tests.
 */
export function onPrivateBus() {
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

  return {
    get bus() {
      return bus;
    },
    get clock() {
      return clock;
    },
    get client() {
      return client;
    },
    get services() {
      return services;
    },
    connect,
    stage,
    show,
    shown,
    watched,
  };
}
