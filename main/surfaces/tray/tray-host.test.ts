import { afterAll, afterEach, beforeAll, expect, describe, it, vi } from "vitest";

import { systemClock } from "../../platform/system.ts";
import { SILENT_LOGGER } from "../../testing/rig.ts";
import { PrivateBus } from "../../testing/private-bus.ts";
import { StagedWatcher } from "./testing/staged-watcher.ts";
import { TrayHostWatch, type TrayHost } from "./tray-host.ts";

describe("whether a tray icon would be seen", { timeout: 30_000 }, () => {
  let bus: PrivateBus;
  let watch: TrayHostWatch | null = null;
  const watchers: StagedWatcher[] = [];
  const told: TrayHost[] = [];

  beforeAll(async () => {
    bus = await PrivateBus.start();
  });
  afterAll(() => bus.close());
  afterEach(() => {
    watch?.close();
    for (const watcher of watchers.splice(0)) watcher.stop();
    told.length = 0;
  });

  async function watcher(how: { host?: boolean; silent?: boolean } = {}): Promise<StagedWatcher> {
    const started = await StagedWatcher.start(bus.address, how);
    watchers.push(started);
    return started;
  }

  async function open(address: string | null = bus.address): Promise<TrayHost> {
    const opened = new TrayHostWatch({ address, clock: systemClock, logger: SILENT_LOGGER });
    watch = opened;
    const first = await opened.open();
    opened.follow(() => told.push(opened.host));
    return first;
  }

  const becomes = (host: TrayHost) => vi.waitFor(() => expect(told.at(-1)).toBe(host), { timeout: 10_000 });

  it("is told by a host that is there, and nothing more is said while it stays", async () => {
    await watcher();
    expect(await open()).toBe("present");
    expect(told).toEqual([]);
  });

  it("is followed over a watcher that comes late, ends and comes back", async () => {
    expect(await open()).toBe("absent");
    const first = await watcher();
    await becomes("present");
    first.stop();
    await becomes("absent");
    await watcher();
    await becomes("present");
    expect(told).toEqual(["present", "absent", "present"]);
    expect(watch?.host).toBe("present");
  });

  it("is followed over the hosts of one watcher", async () => {
    const one = await watcher({ host: false });
    expect(await open()).toBe("absent");
    one.setHost(true);
    await becomes("present");
    one.setHost(false);
    await becomes("absent");
  });

  it("stays unknown where there is no bus", async () => {
    expect(await open(null)).toBe("unknown");
    expect(await open("unix:path=/nonexistent/bus")).toBe("unknown");
  });

  it("lets nobody wait for a slow answer, which still counts when it comes", async () => {
    const slow = await watcher({ silent: true });
    expect(await open()).toBe("unknown");
    slow.answer();
    await becomes("present");
  });

  it("becomes unknown with the bus, and nothing is said once it was closed", async () => {
    const own = await PrivateBus.start();
    const host = await StagedWatcher.start(own.address);
    expect(await open(own.address)).toBe("present");
    await own.kill();
    await becomes("unknown");
    host.stop();
    await own.close();

    await watcher();
    expect(await open()).toBe("present");
    watch?.close();
    watchers[0]?.stop();
    expect(told).toEqual(["unknown"]);
  });
});
