import { describe, expect, it } from "vitest";

import type { Answering } from "../core/app-state.ts";
import { appState, ended, invitation } from "../testing/invitations.ts";
import { SILENT_LOGGER } from "../testing/rig.ts";
import { VirtualClock } from "../testing/virtual-clock.ts";
import { Alerts } from "./alerts.ts";
import { noticesOf, type NoticeFacts } from "./native/notices.ts";
import type { Capability, NotificationEvent, NotificationService } from "./native/notification-service.ts";
import { NOBODY_WRITES } from "./conversation/testing/nobody-writes.ts";
import { LOUD } from "./presentation.ts";
import type { Quiet } from "../core/quiet/quiet.ts";

const NO_SERVICE: Capability = {
  available: false,
  reason: "noService",
  detail: "Nobody draws notifications.",
};
const GOOD: Capability = {
  available: true,
  capabilities: { name: "test", actions: true, body: true, bodyMarkup: false },
};

const WRONG_PASSWORD: NoticeFacts = {
  session: { name: "attention", reason: "badCredentials", detail: "" },
  wasOnline: true,
  attended: false,
  leftSignedOut: false,
  news: [],
  earlier: null,
};

function rig(capability: Capability, notifications = true, canToast = true) {
  const clock = new VirtualClock();
  let quiet: readonly Quiet[] = [];
  const up = new Set<(event: NotificationEvent) => void>();
  let open = 0;
  let changes = 0;
  const heard: string[] = [];
  const answering: Answering = { accept: async () => ({ ok: true }), decline: async () => ({ ok: true }) };
  const openService = (): NotificationService => {
    open += 1;
    return {
      capabilities: async () => capability,
      show: (_request, listener) => {
        up.add(listener);
        return { close: async () => void up.delete(listener), update: () => undefined };
      },
      onAvailability: () => () => undefined,
      dispose: async () => {
        open -= 1;
      },
    };
  };
  const alerts = new Alerts(
    {
      openService,
      canToast,
      answering,
      clock,
      logger: SILENT_LOGGER,
      messages: NOBODY_WRITES,
      wishes: () => ({ ...LOUD, quiet }),
      heard: (sound) => void heard.push(sound),
      open: () => undefined,
      changed: () => {
        changes += 1;
      },
    },
    appState([]),
  );
  alerts.setNotifications(notifications);
  const toasts = () => alerts.toasts.map(({ id }) => id);
  const wish = (causes: readonly Quiet[]): void => {
    quiet = causes;
    alerts.wishesChanged();
  };
  return { alerts, clock, up, wish, toasts, heard, services: () => open, changes: () => changes };
}

describe("alerts", () => {
  it.each([
    ["wanted", GOOD, true],
    ["not wanted", GOOD, false],
    ["not wanted, and there is no service", NO_SERVICE, false],
  ] as const)(
    "ring natively, and never on a toast, where there can be none: notifications are %s",
    async (_name, capability, notifications) => {
      const { alerts, clock, up, toasts, services } = rig(capability, notifications, false);
      alerts.setState(appState([invitation()]));
      await clock.advance(30_000);
      expect(services()).toBe(1);
      expect(up.size).toBe(1);
      expect(toasts()).toEqual([]);
      alerts.setNotifications(false);
      await clock.advance(1_000);
      expect(up.size).toBe(1);
      expect(toasts()).toEqual([]);
    },
  );

  it("ring natively where that works, and not on the toast as well", async () => {
    const { alerts, clock, up, toasts } = rig(GOOD);
    await clock.settle();
    alerts.setState(appState([invitation()]));
    await clock.settle();
    expect(up.size).toBe(1);
    expect(toasts()).toEqual([]);
    expect(alerts.presented("i1")?.how).toBe("native: shown");
  });

  it("ring on the toast where nobody draws notifications, say why, and let go at the end", async () => {
    const { alerts, clock, up, toasts } = rig(NO_SERVICE);
    await clock.settle();
    alerts.setState(appState([invitation()]));
    await clock.settle();
    expect([up.size, toasts()]).toEqual([0, ["i1"]]);
    expect(alerts.problem?.code).toBe("noService");
    alerts.setState(appState([ended("missed", 5_000)]));
    expect(toasts()).toEqual([]);
    expect(alerts.presented("i1")?.how).toBe("toast: noService");
  });

  it("go over to the toast, and back, when notifications are switched off and on while it rings", async () => {
    const { alerts, clock, up, toasts, services } = rig(GOOD);
    alerts.setState(appState([invitation()]));
    await clock.settle();
    alerts.setNotifications(false);
    expect(toasts()).toEqual(["i1"]);
    await clock.settle();
    expect([up.size, services()]).toEqual([0, 0]);
    alerts.setNotifications(true);
    await clock.settle();
    expect([up.size, toasts(), services()]).toEqual([1, [], 1]);
  });

  it("are neither seen nor heard while somebody wants quiet, from one moment to the next, and say why", async () => {
    const { alerts, clock, up, wish } = rig(GOOD);
    await clock.settle();
    wish([{ cause: "quietHours", until: 7 }]);
    alerts.setState(appState([invitation()]));
    await clock.settle();
    expect([up.size, alerts.sounding]).toEqual([0, null]);
    expect(alerts.presented("i1")).toEqual({ how: "silent: quietHours", until: 7 });
    wish([]);
    await clock.settle();
    expect([up.size, alerts.sounding]).toEqual([1, "ring"]);
    expect(alerts.presented("i1")).toEqual({ how: "native: shown", until: null });
    wish([{ cause: "doNotDisturb", until: null }]);
    await clock.settle();
    expect([up.size, alerts.sounding]).toEqual([0, null]);
    const emergency = invitation({ id: "i2", importance: "Emergency" });
    alerts.setState(appState([invitation(), emergency]));
    await clock.settle();
    expect([up.size, alerts.sounding]).toEqual([1, "urgentRing"]);
    alerts.setState(appState([invitation(), { ...emergency, state: "answering" }]));
    expect(alerts.sounding).toBeNull();
  });

  it("are heard once about who was missed, unless that was waved off, answered, or nobody is to be disturbed", () => {
    const { alerts, wish, heard } = rig(GOOD, false);
    const rings = invitation({ id: "i2" });
    alerts.setState(appState([invitation(), rings]));
    alerts.setState(appState([ended("missed", 5_000), rings]));
    expect(heard).toEqual(["missed"]);
    alerts.setState(appState([ended("missed", 5_000), { ...rings, state: "declined", endedAt: 6_000 }]));
    expect(heard).toEqual(["missed"]);
    alerts.setState(appState([rings]));
    alerts.dismissToast("i2");
    alerts.setState(appState([{ ...rings, state: "cancelled", endedAt: 7_000 }]));
    expect(heard).toEqual(["missed"]);
    wish([{ cause: "quietHours", until: null }]);
    const urgent = invitation({ id: "i3", importance: "Urgent" });
    alerts.setState(appState([invitation(), urgent]));
    alerts.setState(appState([ended("missed", 8_000), urgent]));
    expect(heard).toEqual(["missed"]);
    alerts.setState(appState([{ ...urgent, state: "cancelled", endedAt: 9_000 }]));
    expect(heard).toEqual(["missed", "missed"]);
  });

  it("are not heard about what has ended before this program knew of it, or called out", () => {
    const { alerts, heard } = rig(GOOD, false);
    alerts.setState(appState([ended("missed", 5_000)]));
    const own = invitation({ id: "i2", direction: "outgoing", state: "inviting" });
    alerts.setState(appState([own]));
    alerts.setState(appState([{ ...own, state: "missed", endedAt: 6_000 }]));
    expect(heard).toEqual([]);
  });

  it("tell what does not ring once the quiet is over, if it still holds", async () => {
    const { alerts, clock, up, wish } = rig(GOOD);
    wish([{ cause: "quietHours", until: 7 }]);
    alerts.setNotices(noticesOf(WRONG_PASSWORD));
    await clock.advance(120_000);
    expect(up.size).toBe(0);
    wish([]);
    await clock.settle();
    expect(up.size).toBe(1);
  });

  it("stay silent about one that was waved off the toast, and keep the others", async () => {
    const { alerts, clock, toasts } = rig(GOOD, false);
    alerts.setState(appState([invitation(), invitation({ id: "i2" })]));
    alerts.dismissToast("i1");
    await clock.settle();
    expect(toasts()).toEqual(["i2"]);
    alerts.setState(appState([invitation({ subject: "New" }), invitation({ id: "i2" })]));
    expect(toasts()).toEqual(["i2"]);
  });

  it("stay silent about one that was waved off, when notifications are switched on or off", async () => {
    const { alerts, clock, up, toasts } = rig(GOOD, false);
    alerts.setState(appState([invitation()]));
    alerts.dismissToast("i1");
    alerts.setNotifications(true);
    await clock.settle();
    alerts.setNotifications(false);
    await clock.settle();
    expect([up.size, toasts()]).toEqual([0, []]);
    expect(alerts.presented("i1")?.how).toBe("toast: notificationsOff");
  });

  it("keep one on the toast that is being answered there", async () => {
    const { alerts, clock, toasts } = rig(NO_SERVICE);
    alerts.setState(appState([invitation()]));
    await clock.settle();
    alerts.setState(appState([invitation({ state: "answering", answering: "accept" })]));
    await clock.settle();
    expect(toasts()).toEqual(["i1"]);
    expect(alerts.presented("i1")?.how).toBe("toast: noService");
  });

  it("never put up one that is answered elsewhere in the program already", () => {
    const { alerts, toasts } = rig(GOOD, false);
    alerts.setState(appState([invitation({ state: "answering", answering: "accept" })]));
    expect(toasts()).toEqual([]);
  });

  it.each([true, false])(
    "tell what does not ring by notifications alone, and only if they are wanted; there is a toast: %s",
    async (canToast) => {
      const { alerts, clock, up, toasts } = rig(GOOD, false, canToast);
      alerts.setNotices(noticesOf(WRONG_PASSWORD));
      await clock.advance(60_000);
      expect([up.size, toasts()]).toEqual([0, []]);
      alerts.setNotifications(true);
      alerts.setNotices([]);
      alerts.setNotices(noticesOf(WRONG_PASSWORD));
      expect([up.size, toasts()]).toEqual([1, []]);
      alerts.setNotifications(false);
      await clock.settle();
      expect(up.size).toBe(0);
      await alerts.dispose();
    },
  );

  it("withdraw everything when the program ends", async () => {
    const { alerts, clock, up, toasts } = rig(GOOD);
    alerts.setState(appState([invitation()]));
    await clock.settle();
    await alerts.dispose();
    expect([up.size, toasts(), clock.pending]).toEqual([0, [], 0]);
  });
});
