import assert from "node:assert/strict";
import { OPEN } from "../freedesktop/freedesktop-message.ts";
import type {
  Capability,
  NotificationEvent,
  NotificationHandle,
  NotificationRequest,
  NotificationService,
} from "../notification-service.ts";

/** A client of a notification service, with what a person and the service do. Notifications are numbered from 0. */
export interface NotificationStand {
  readonly service: NotificationService;
  /** Resolves when `check` holds; rejects when it does not come about. */
  readonly until: (check: () => boolean) => Promise<void>;
  /** What the service has put up and was not told to take away, by number. */
  readonly drawn: () => readonly number[];
  /** `OPEN` for a click beside the buttons. */
  readonly press: (index: number, key: string) => void;
  readonly dismiss: (index: number) => void;
  readonly expire: (index: number) => void;
  /** The service ends, and starts again. */
  readonly leave: () => Promise<void>;
  readonly come: () => Promise<void>;
}

/** Something that every implementation of `NotificationService` does. `run` throws when one does not. */
export interface NotificationBehaviour {
  readonly name: string;
  readonly run: (stand: NotificationStand) => Promise<void>;
}

const REQUEST: NotificationRequest = {
  summary: "Lene Aaling",
  body: "Have you a minute?",
  urgency: "critical",
  category: "im.received",
  actions: [
    { key: "accept", label: "Accept" },
    { key: "decline", label: "Decline" },
  ],
  openLabel: "Open",
};
const ACCEPTING: NotificationRequest = { ...REQUEST, body: "Accepting…", actions: [] };

interface Shown {
  readonly handle: NotificationHandle;
  readonly events: NotificationEvent[];
}

function show({ service }: NotificationStand, request = REQUEST): Shown {
  const events: NotificationEvent[] = [];
  const handle = service.show(request, (event) => events.push(event));
  assert.deepEqual(events, [], "an event came before the handle");
  return { handle, events };
}

/** Shows one, and waits until it is on the screen. */
async function shown(stand: NotificationStand): Promise<Shown> {
  const notification = show(stand);
  await stand.until(() => notification.events.length > 0);
  assert.deepEqual(notification.events.splice(0), [{ type: "shown" }]);
  return notification;
}

/** Signals come in order: when another one is up, whatever was told of this one before has come. */
async function caughtUp(stand: NotificationStand): Promise<void> {
  await shown(stand);
}

function watched({ service }: NotificationStand) {
  const told: Capability[] = [];
  const stop = service.onAvailability((capability) => told.push(capability));
  return { told, stop };
}

/** What the program relies on of its notifications, whichever implementation they are. */
export const notificationBehaviours: readonly NotificationBehaviour[] = [
  {
    name: "one is shown, answered, and then closed by the service",
    run: async (stand) => {
      const { events } = await shown(stand);
      stand.press(0, "accept");
      stand.expire(0);
      await stand.until(() => events.length === 2);
      assert.deepEqual(events, [
        { type: "answered", key: "accept" },
        { type: "closed", by: "service" },
      ]);
    },
  },
  {
    name: "one that is opened and then dismissed tells both, and nothing after that",
    run: async (stand) => {
      const { events } = await shown(stand);
      stand.press(0, OPEN);
      stand.dismiss(0);
      await stand.until(() => events.length === 2);
      stand.press(0, "accept");
      await caughtUp(stand);
      assert.deepEqual(events, [{ type: "opened" }, { type: "closed", by: "user" }]);
    },
  },
  {
    name: "a button that was never offered is told to nobody",
    run: async (stand) => {
      const { events } = await shown(stand);
      stand.press(0, "format the disk");
      await caughtUp(stand);
      assert.deepEqual(events, []);
    },
  },
  {
    name: "one that was closed here tells nothing more, and leaves the screen",
    run: async (stand) => {
      const { handle, events } = await shown(stand);
      const other = await shown(stand);
      await handle.close();
      assert.deepEqual(stand.drawn(), [1]);
      stand.press(0, "accept");
      await caughtUp(stand);
      assert.deepEqual(events, []);
      assert.deepEqual(other.events, []);
    },
  },
  {
    name: "a change is drawn in place and tells nothing, and a press that was on its way still counts",
    run: async (stand) => {
      const { handle, events } = await shown(stand);
      handle.update(ACCEPTING);
      stand.press(0, "decline");
      await stand.until(() => events.length === 1);
      await caughtUp(stand);
      assert.deepEqual(events, [{ type: "answered", key: "decline" }]);
      assert.deepEqual(stand.drawn(), [0, 1]);
    },
  },
  {
    name: "what the service can do is told to whoever asks",
    run: async (stand) => {
      const capability = await stand.service.capabilities();
      assert(capability.available);
      assert.deepEqual(await stand.service.capabilities(), capability);
    },
  },
  {
    name: "a service that leaves has closed what it drew, before anybody hears that it is gone; and all hear that it is back",
    run: async (stand) => {
      await stand.service.capabilities();
      const order: string[] = [];
      const first = await shown(stand);
      const second = await shown(stand);
      const one = watched(stand);
      const other = watched(stand);
      stand.service.onAvailability(({ available }) => {
        const ended = [first, second].every(({ events }) => events.some(({ type }) => type === "closed"));
        order.push(`${available} ${ended}`);
      });
      await stand.leave();
      await stand.until(() => order.length === 1);
      assert.deepEqual(order, ["false true"]);
      for (const { events } of [first, second]) assert.deepEqual(events, [{ type: "closed", by: "service" }]);
      other.stop();
      await stand.come();
      await stand.until(() => order.length === 2);
      assert.deepEqual(
        one.told.map(({ available }) => available),
        [false, true],
      );
      assert.equal(other.told.length, 1);
      await shown(stand);
    },
  },
  {
    name: "what is to be shown while nobody is there has failed, with a sentence, and that is its end",
    run: async (stand) => {
      await stand.service.capabilities();
      const { told } = watched(stand);
      await stand.leave();
      await stand.until(() => told.length === 1);
      assert(told[0]?.available === false);
      assert.match(told[0].detail, /\.$/);
      const { events } = show(stand);
      await stand.until(() => events.length > 0);
      const [failed] = events;
      assert(failed?.type === "failed" && failed.mayStillAppear === undefined);
      assert.match(failed.detail, /\.$/);
      await stand.come();
      await caughtUp(stand);
      assert.equal(events.length, 1);
    },
  },
  {
    name: "whoever disposes of it leaves nothing on the screen, hears nothing more, and can show nothing more",
    run: async (stand) => {
      const { events } = await shown(stand);
      const { told } = watched(stand);
      await stand.service.dispose();
      assert.deepEqual(stand.drawn(), []);
      const late = show(stand);
      await stand.until(() => late.events.length === 1);
      assert.equal(late.events[0]?.type, "failed");
      await stand.leave();
      assert.deepEqual(events, []);
      assert.deepEqual(
        told.filter(({ available }) => !available),
        [],
      );
    },
  },
];
