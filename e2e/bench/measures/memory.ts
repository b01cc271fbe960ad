import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { History } from "../../../main/invitations/history/history.ts";
import { systemClock } from "../../../main/platform/system.ts";
import { Client, SILENT } from "../client.ts";
import { eventsIn, type PackageSpec } from "../packages.ts";
import type { Server } from "../server.ts";

export interface MemoryPoint {
  readonly invitations: number;
  /** After a full collection, in bytes. */
  readonly heapBytes: number;
}

const PER_PACKAGE = 50;

/**
 * The heap after 0, a tenth, a half and all of so many invitations that came and went, each with its conversation.
 * The history records them as it does in the app, on a file that keeps nothing.
 */
export async function memory(server: Server, invitations: number): Promise<readonly MemoryPoint[]> {
  const client = await Client.online(server);
  const history = new History({
    file: { read: async () => null, write: async () => {} },
    clock: systemClock,
    logger: SILENT,
    uuid: () => "",
  });
  client.doorbell.subscribe((state) => history.record(state.invitations, () => ({ how: "", until: null })));
  const points: MemoryPoint[] = [await point(0)];
  let done = 0;
  for (const goal of [invitations / 10, invitations / 2, invitations]) {
    const packages: PackageSpec[] = [];
    for (; done < goal; done += PER_PACKAGE)
      packages.push({ kind: "life", first: done + 1, count: PER_PACKAGE });
    // The wait for events is bounded; a slow machine needs more than one.
    for (let from = 0; from < packages.length; from += 100) {
      const some = packages.slice(from, from + 100);
      const worked = client.more(some.reduce((sum, spec) => sum + eventsIn(spec), 0));
      server.emit(client.base, ...some);
      await worked;
    }
    points.push(await point(done));
  }
  await history.flush();
  await client.close();
  return points;
}

async function point(invitations: number): Promise<MemoryPoint> {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect !== "function") throw new Error("This Node.js cannot be told to collect garbage.");
  for (let turn = 0; turn < 3; turn++) {
    // What a finished request still holds is let go in the next turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    Reflect.apply(collect, undefined, []);
  }
  return { invitations, heapBytes: process.memoryUsage().heapUsed };
}
