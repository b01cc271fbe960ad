import { setTimeout as sleep } from "node:timers/promises";
import { IN_TOAST, onlineAt, type ElectronDesk } from "../programs/electron-desk.ts";
import type { PackageSpec } from "../packages.ts";
import { eventsHref } from "../packages.ts";
import type { Server } from "../server.ts";
import type { Round } from "../table/statistics.ts";

/** Until what was hidden is hidden, and both sides are idle. */
const BETWEEN_MS = 150;
let polled = 700_000;

interface Size {
  readonly rounds: number;
  /** In each round. */
  readonly samples: number;
}

/**
 * From the moment at which a package with one new invitation left the server to the moment at which the invitation is
 * drawn on the screen: Doorbell's toast, and the window of an app that only polls. Microseconds.
 */
export async function electronToast(
  desk: ElectronDesk,
  server: Server,
  size: Size,
): Promise<readonly Round[]> {
  const before = await desk.picture.read(IN_TOAST);
  return await rounds(desk, server, size, {
    settings: { notifications: false },
    how: "toast",
    shown: () => desk.picture.drawn(IN_TOAST, before),
    gone: async () => void (await desk.picture.again(IN_TOAST, before)),
  });
}

/**
 * The same to the moment at which the notification service, in another process, is called: beside an app that polls and
 * makes one raw call with the same library.
 */
export async function electronNotification(
  desk: ElectronDesk,
  server: Server,
  size: Size,
): Promise<readonly Round[]> {
  await server.takeNotifications(desk.desktop.busAddress);
  return await rounds(desk, server, size, {
    settings: { notifications: true },
    how: "notification",
    shown: () => server.notified(),
    gone: async () => {},
  });
}

interface Way {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly how: "toast" | "notification";
  readonly shown: () => Promise<number>;
  readonly gone: () => Promise<void>;
}

async function rounds(desk: ElectronDesk, server: Server, size: Size, way: Way): Promise<readonly Round[]> {
  const doorbellData = await desk.remembering({ url: server.root, applications: server.pool }, way.settings);
  const pollingData = desk.newFolder();
  const taken: Round[] = [];
  for (let round = 0; round < size.rounds; round++) {
    const { base: last } = await server.lastApplication();
    await using _doorbell = desk.doorbell(doorbellData, "--hidden");
    const doorbellBase = await onlineAt(server, last);
    const pollingBase = `/ucwa/oauth/v1/applications/${++polled}`;
    const events = server.pool + eventsHref(pollingBase, 1);
    await using _polling = desk.polling(pollingData, `--events=${events}`, `--how=${way.how}`);
    const samples = { client: [] as number[], floor: [] as number[] };
    // The first of each is warm-up.
    for (let sample = 0; sample <= size.samples; sample++) {
      const client = await ringOnce(server, doorbellBase, sample, way);
      const floor = await ringOnce(server, pollingBase, sample, way);
      if (sample === 0) continue;
      samples.client.push(client);
      samples.floor.push(floor);
    }
    taken.push(samples);
  }
  return taken;
}

async function ringOnce(server: Server, base: string, sample: number, way: Way): Promise<number> {
  const spec: PackageSpec = { kind: "started", first: sample + 1, count: 1 };
  await sleep(BETWEEN_MS);
  const shown = way.shown();
  const sentAt = await server.send(base, spec);
  const took = (await shown) - sentAt;
  await server.send(base, { ...spec, kind: "completed" });
  await way.gone();
  return took;
}
