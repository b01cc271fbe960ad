import { afterEach, describe, it } from "vitest";
import { PrivateBus } from "../../testing/private-bus.ts";
import { SILENT_LOGGER as logger } from "../../testing/rig.ts";
import { VirtualClock } from "../../testing/virtual-clock.ts";
import { OPEN } from "./freedesktop/freedesktop-message.ts";
import { FreedesktopNotifications } from "./freedesktop/freedesktop.ts";
import { notificationBehaviours, type NotificationStand } from "./testing/notification-behaviours.ts";
import { ABLE, ScriptedNotifications } from "./testing/scripted-notifications.ts";
import { StagedService } from "./testing/staged-service.ts";

const closings: Array<() => Promise<void>> = [];

afterEach(async () => {
  for (const close of closings.splice(0).toReversed()) await close();
});

/** Turns the event loop until something has come about. */
async function until(check: () => boolean): Promise<void> {
  const deadline = performance.now() + 4_000;
  while (!check()) {
    if (performance.now() > deadline) throw new Error("It did not come about.");
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The real client on a real bus; the service there is held to the one of Xfce. */
async function real(): Promise<NotificationStand> {
  const bus = await PrivateBus.start();
  const clock = new VirtualClock();
  const start = () => StagedService.start(bus.address, clock);
  let staged = await start();
  const service = new FreedesktopNotifications({ address: bus.address, clock, logger });
  closings.push(async () => {
    const ends = { disposed: false };
    void service.dispose().then(() => (ends.disposed = true));
    while (!ends.disposed) await clock.advance(1_000);
    staged.stop();
    await bus.close();
  });
  const FIRST_ID = 41;
  return {
    service,
    until,
    drawn: () => staged.up.map((id) => id - FIRST_ID),
    press: (index, key) => staged.invoke(index + FIRST_ID, key),
    dismiss: (index) => staged.closed(index + FIRST_ID, 2),
    expire: (index) => staged.closed(index + FIRST_ID, 1),
    leave: async () => staged.stop(),
    come: async () => void (staged = await start()),
  };
}

async function scripted(): Promise<NotificationStand> {
  const service = new ScriptedNotifications();
  closings.push(() => service.dispose());
  const drawn = () => service.shown.flatMap(({ shown }, index) => (shown ? [index] : []));
  const at = (index: number) => {
    const notification = service.shown[index];
    if (!notification) throw new Error("There is no such notification.");
    return notification;
  };
  const gone = { available: false, reason: "noService", detail: "Nobody is there." } as const;
  return {
    service,
    /** A service that does what it is asked to do. */
    until: async (check) => {
      await Promise.resolve();
      await until(() => {
        for (const notification of service.up) {
          if (notification.shown) continue;
          if (service.capability.available) notification.tell({ type: "shown" });
          else notification.tell({ type: "failed", detail: service.capability.detail });
        }
        return check();
      });
    },
    drawn,
    press: (index, key) => {
      if (key !== OPEN) at(index).press(key);
      else if (at(index).up) at(index).tell({ type: "opened" });
    },
    dismiss: (index) => at(index).tell({ type: "closed", by: "user" }),
    expire: (index) => at(index).tell({ type: "closed", by: "service" }),
    leave: async () => service.announce(gone),
    come: async () => service.announce(ABLE),
  };
}

describe.runIf(process.platform === "linux").each([
  ["the notifications of Linux", real],
  ["the notifications that tests script", scripted],
])("%s", (_name, stand) => {
  it.each(notificationBehaviours.map(({ name, run }) => [name, run] as const))(
    "%s",
    async (_behaviour, run) => {
      await run(await stand());
    },
  );
});
