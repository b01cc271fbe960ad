import { describe, expect, it, onTestFinished } from "vitest";

import type { AnswerReceipt, Answering } from "../../core/app-state.ts";
import type { Invitation } from "../../invitations/invitation.ts";
import { desktop } from "../../testing/electron-double/notification-double.ts";
import { startSystem, type PretendedSystem } from "../../testing/electron-double/pretended-system.ts";
import { appState, ended, invitation } from "../../testing/invitations.ts";
import { SILENT_LOGGER } from "../../testing/rig.ts";
import { VirtualClock } from "../../testing/virtual-clock.ts";
import { Alerts } from "../alerts.ts";
import { notificationServices } from "./app-service.electron.ts";
import { ElectronNotifications } from "./electron-notification.electron.ts";
import { FreedesktopNotifications } from "./freedesktop/freedesktop.ts";
import { NOBODY_WRITES } from "../conversation/testing/nobody-writes.ts";
import { LOUD } from "../presentation.ts";

const ANSWERING = { state: "answering", answering: "accept", canAccept: false, canDecline: false } as const;

async function ringOn(platform: "win32" | "darwin", over: Partial<PretendedSystem> = {}) {
  startSystem({ platform, ...over });
  const clock = new VirtualClock();
  let tags = 0;
  const receipt = Promise.withResolvers<AnswerReceipt>();
  const done: string[] = [];
  const answering: Answering = {
    accept: (id) => (done.push(`accept ${id}`), receipt.promise),
    decline: (id) => (done.push(`decline ${id}`), receipt.promise),
  };
  const random = { uuid: () => `tag-${(tags += 1)}`, fraction: () => 0 };
  const alerts = new Alerts(
    {
      openService: notificationServices(platform, {
        clock,
        random,
        logger: SILENT_LOGGER,
        env: {},
        icon: "/bell.png",
      }),
      canToast: true,
      answering,
      clock,
      logger: SILENT_LOGGER,
      messages: NOBODY_WRITES,
      wishes: () => LOUD,
      heard: () => undefined,
      open: () => done.push("open"),
      changed: () => undefined,
    },
    appState([]),
  );
  alerts.setNotifications(true);
  onTestFinished(async () => {
    await alerts.dispose();
    expect([desktop.shown, desktop.kept]).toEqual([[], []]);
    expect(clock.pending).toBe(0);
  });
  const ring = async (...invitations: Invitation[]) => {
    alerts.setState(appState(invitations));
    await clock.settle();
  };
  await clock.settle();
  await ring(invitation());
  return { alerts, clock, ring, done, receipt };
}

describe("the notification service of the app", () => {
  it("is Electron's on Windows and macOS, and never on Linux, where it can block the program", () => {
    const parts = {
      clock: new VirtualClock(),
      random: { uuid: () => "", fraction: () => 0 },
      logger: SILENT_LOGGER,
      env: {},
      icon: "/bell.png",
    };
    startSystem({ platform: "win32" });
    expect(notificationServices("win32", parts)()).toBeInstanceOf(ElectronNotifications);
    startSystem({ platform: "darwin" });
    expect(notificationServices("darwin", parts)()).toBeInstanceOf(ElectronNotifications);
    expect(notificationServices("linux", parts)()).toBeInstanceOf(FreedesktopNotifications);
  });
});

describe.each(["win32", "darwin"] as const)("an invitation on %s", (platform) => {
  it("rings natively, is answered there once, and does not come back while the answer is on its way", async () => {
    const { alerts, ring, done } = await ringOn(platform);
    expect(desktop.shown).toHaveLength(1);
    desktop.press("Accept");
    await ring(invitation(ANSWERING));
    expect(done).toEqual(["accept i1"]);
    expect([desktop.shown, alerts.toasts]).toEqual([[], []]);
    expect(alerts.presented("i1")?.how).toBe("native: shown");
  });

  it("rings again with the reason when the answer did not arrive", async () => {
    const { ring, receipt } = await ringOn(platform);
    desktop.press("Accept");
    await ring(invitation(ANSWERING));
    receipt.resolve({
      ok: false,
      error: { code: "unreachable", message: "The server could not be reached." },
    });
    await ring(invitation());
    expect(desktop.shown).toMatchObject([
      { body: expect.stringContaining("The server could not be reached."), buttons: ["Accept", "Decline"] },
    ]);
  });

  it("stays silent here once it was opened, whatever changes of it", async () => {
    const { ring, done } = await ringOn(platform);
    desktop.click();
    await ring(invitation({ subject: "The budget" }));
    expect(done).toEqual(["open"]);
    expect(desktop.shown).toEqual([]);
  });

  it("stays silent here once it was waved off, and is not declined", async () => {
    const { ring, done } = await ringOn(platform);
    desktop.dismiss();
    await ring(invitation({ subject: "The budget" }));
    expect([desktop.shown, done]).toEqual([[], []]);
  });

  it("is gone with its end", async () => {
    const { ring, done } = await ringOn(platform);
    await ring(ended("cancelled", 5));
    expect([desktop.shown, done]).toEqual([[], []]);
  });
});

describe("an invitation that the system does not keep on the screen", () => {
  it("rings again when Windows takes it away", async () => {
    const { clock } = await ringOn("win32");
    await clock.advance(5_000);
    desktop.timeOut();
    await clock.settle();
    expect(desktop.shown).toHaveLength(1);
  });

  it("is on the toast window where macOS refuses it, because the program is not signed", async () => {
    const { alerts } = await ringOn("darwin", { signed: false });
    expect(alerts.toasts.map(({ id }) => id)).toEqual(["i1"]);
    expect(alerts.presented("i1")?.how).toBe("toast: failed");
  });

  it("is on the toast window where an old Electron cannot tell the buttons of Windows apart", async () => {
    const { alerts } = await ringOn("win32", { electron: 33 });
    expect(alerts.toasts.map(({ id }) => id)).toEqual(["i1"]);
    expect(desktop.shown).toEqual([]);
    expect(alerts.presented("i1")?.how).toBe("toast: noActions");
  });
});
