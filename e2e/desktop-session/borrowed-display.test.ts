import { expect, it } from "vitest";
import { FreedesktopNotifications } from "../../main/surfaces/native/freedesktop/freedesktop.ts";
import { REAL_CLOCK } from "./control-bus.ts";
import { startDesktopSession } from "./desktop-session.ts";

it("draws on a display that is there already, and leaves it there in the end", async () => {
  await using host = await startDesktopSession({ notifications: false, keyring: false });
  const { DISPLAY: display } = host.env;
  if (display === undefined) throw new Error("no display");
  {
    await using guest = await startDesktopSession({ display, keyring: false });
    const logger = { error() {}, warn() {}, info() {}, debug() {} };
    const service = new FreedesktopNotifications({ address: guest.busAddress, clock: REAL_CLOCK, logger });
    const request = {
      summary: "Lene",
      body: "",
      urgency: "normal",
      category: "im.received",
      actions: [],
    } as const;
    service.show(request, () => undefined);
    await guest.waitForNotification({ text: "Lene" });
    expect(await host.windows()).not.toHaveLength(0);
    await service.dispose();
  }
  expect(await host.windows()).toHaveLength(0);
}, 20_000);
