import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Logger } from "../../platform/ports.ts";
import { VirtualClock } from "../../testing/virtual-clock.ts";
import { FreedesktopNotifications } from "./freedesktop/freedesktop.ts";
import type { NotificationEvent, NotificationRequest } from "./notification-service.ts";
import { shownFiles } from "./shown-files.ts";
import type { ShownIds, ShownStore } from "./shown-record.ts";
import { PrivateBus } from "../../testing/private-bus.ts";
import { StagedService } from "./testing/staged-service.ts";

const LOGGER: Logger = { error() {}, warn() {}, info() {}, debug() {} };
const REQUEST: NotificationRequest = {
  summary: "Lene Aaling",
  body: "Hi Tosh",
  urgency: "critical",
  category: "im.received",
  actions: [{ key: "accept", label: "Accept" }],
};

let runtime: string;
let bus: PrivateBus;
let clock: VirtualClock;
let services: StagedService[];
let clients: FreedesktopNotifications[];
/** Stands for the process of another copy of the program. */
let other: ChildProcess;

beforeEach(async () => {
  runtime = mkdtempSync(join(tmpdir(), "doorbell-runtime-"));
  bus = await PrivateBus.start();
  clock = new VirtualClock();
  services = [];
  clients = [];
  other = spawn("sleep", ["600"], { stdio: "ignore" });
  await once(other, "spawn");
});

afterEach(async () => {
  await disposed(clients);
  for (const service of services) service.stop();
  await bus.close();
  await kill();
  rmSync(runtime, { recursive: true });
  expect(clock.pending).toBe(0);
});

async function disposed(which: readonly FreedesktopNotifications[]): Promise<void> {
  let done = false;
  void Promise.all(which.map((client) => client.dispose())).then(() => (done = true));
  await until(async () => {
    await clock.advance(1_000);
    return done;
  });
}

const dead = () => other.exitCode !== null || other.signalCode !== null;

async function kill(): Promise<void> {
  if (dead()) return;
  other.kill("SIGKILL");
  await once(other, "exit");
}

async function stage(): Promise<StagedService> {
  const service = await StagedService.start(bus.address, clock);
  services.push(service);
  return service;
}

const filesOf = (pid: number | undefined) =>
  shownFiles({ env: { XDG_RUNTIME_DIR: runtime }, pid: pid ?? 0, logger: LOGGER })();

function connect(shown: ShownStore): FreedesktopNotifications {
  const client = new FreedesktopNotifications({ address: bus.address, clock, logger: LOGGER, shown });
  clients.push(client);
  return client;
}

/** What is kept, one entry for each process. */
function kept(): ShownIds[] {
  const folder = join(runtime, "doorbell");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .flatMap((name) => {
      try {
        return [JSON.parse(readFileSync(join(folder, name), "utf8")) as ShownIds];
      } catch {
        // It was removed since the folder was read.
        return [];
      }
    });
}

const keptIds = () => JSON.stringify(kept().map(({ ids }) => ids));

async function until(check: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 4_000;
  while (!(await check())) {
    if (performance.now() > deadline) throw new Error("It did not come about.");
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Another copy of the program shows this many notifications, and they are kept. */
async function shownByOther(count = 1): Promise<void> {
  const files = filesOf(other.pid);
  // Who is dead writes nothing more.
  const client = connect({
    left: () => files.left(),
    keep: async (shown) => {
      if (!dead()) await files.keep(shown);
    },
  });
  for (let index = 0; index < count; index += 1) client.show(REQUEST, () => {});
  await until(() => kept()[0]?.ids.length === count);
}

describe("notifications of a program that was killed", () => {
  it("are closed by the next start, and the record is empty", async () => {
    const service = await stage();
    await shownByOther(2);
    await kill();
    connect(filesOf(process.pid)).onAvailability(() => {});
    await until(() => service.up.length === 0);
    expect(service.called("CloseNotification")).toEqual([[41], [42]]);
    await until(() => kept().length === 0);
  });

  it("are closed when the service is first met, long after the start", async () => {
    const service = await stage();
    await shownByOther();
    await kill();
    const client = connect(filesOf(process.pid));
    await clock.advance(10_000);
    expect(service.up).toEqual([41]);
    client.show(REQUEST, () => {});
    await until(() => service.called("CloseNotification").length === 1);
    expect(service.up).toEqual([42]);
    await until(() => keptIds() === "[[42]]");
  });

  it("are nobody's when another service has taken over, whose own have the same ids", async () => {
    const first = await stage();
    await shownByOther();
    await kill();
    first.stop();
    const second = await stage();
    const stranger = connect({ keep: async () => {}, left: async () => [] });
    stranger.show(REQUEST, () => {});
    await until(() => second.up.length === 1);
    connect(filesOf(process.pid)).onAvailability(() => {});
    await until(() => kept().length === 0);
    expect(second.up).toEqual([41]);
  });

  it("are nobody's on a bus that was started anew, where the same service has the same name", async () => {
    await stage();
    await shownByOther();
    const [left] = kept();
    await kill();
    await bus.kill();
    await bus.start();
    const service = await stage();
    const strangers: ShownIds[] = [];
    const stranger = connect({
      keep: async (shown) => void (shown === null || strangers.push(shown)),
      left: async () => [],
    });
    stranger.show(REQUEST, () => {});
    await until(() => strangers.length === 1);
    expect(strangers).toEqual([{ ...left, busId: expect.not.stringMatching(left?.busId ?? "") }]);
    connect(filesOf(process.pid)).onAvailability(() => {});
    await until(() => kept().length === 0);
    expect(service.up).toEqual([41]);
  });
});

describe("notifications of another copy that runs", () => {
  it("stay, whatever this one shows, closes and leaves", async () => {
    const service = await stage();
    await shownByOther();
    const client = connect(filesOf(process.pid));
    const handle = client.show(REQUEST, () => {});
    await until(() => kept().length === 2);
    await handle.close();
    await until(() => kept().length === 1);
    await disposed([client]);
    expect(service.up).toEqual([41]);
    expect(keptIds()).toBe("[[41]]");
  });
});

describe("the record", () => {
  it("follows what is on the screen", async () => {
    const service = await stage();
    const client = connect(filesOf(process.pid));
    const [first] = [client.show(REQUEST, () => {}), client.show({ ...REQUEST, body: "Two" }, () => {})];
    await until(() => keptIds() === "[[41,42]]");
    service.closed(42, 2);
    await until(() => keptIds() === "[[41]]");
    first?.update({ ...REQUEST, body: "Accepting…", actions: [] });
    await until(() => service.called("Notify").length === 3);
    expect(keptIds()).toBe("[[41]]");
    service.stop();
    await until(() => kept().length === 0);
  });

  it("keeps nothing waiting when it hangs, neither a notification nor the end", async () => {
    await stage();
    const never = new Promise<never>(() => {});
    const client = connect({ keep: () => never, left: () => never });
    const events: NotificationEvent[] = [];
    const handle = client.show(REQUEST, (event) => events.push(event));
    await until(() => events.length === 1);
    expect(events).toEqual([{ type: "shown" }]);
    await handle.close();
    let over = false;
    void client.dispose().then(() => (over = true));
    await clock.advance(999);
    expect(over).toBe(false);
    await clock.advance(1);
    expect(over).toBe(true);
  });
});
