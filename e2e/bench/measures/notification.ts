import { Message, sessionBus } from "@particle/dbus-next";
import { systemNotifications } from "../../../main/cli/notifications.ts";
import { systemClock } from "../../../main/platform/system.ts";
import { NOTIFICATIONS, notifyCall } from "../../../main/surfaces/native/freedesktop/freedesktop-message.ts";
import { PrivateBus } from "../../../main/testing/private-bus.ts";
import { Client, newestIsOver, SILENT } from "../client.ts";
import { Floor } from "../floor.ts";
import type { PackageSpec } from "../packages.ts";
import type { Server } from "../server.ts";
import type { Round } from "../table/statistics.ts";
import { settle } from "../time.ts";

/**
 * From the server's first byte of a package with one new invitation to the moment at which a notification service on
 * a real bus, in another process, is called. The floor reads the package and makes one raw call. Microseconds.
 * Rejects with a sentence where no `dbus-daemon` can be started.
 */
export async function notification(
  server: Server,
  size: { readonly rounds: number; readonly samples: number },
): Promise<readonly Round[]> {
  const bus = await PrivateBus.start();
  try {
    await server.takeNotifications(bus.address);
    const rounds: Round[] = [];
    for (let round = 0; round < size.rounds; round++)
      rounds.push(await measure(server, bus.address, size.samples));
    return rounds;
  } finally {
    await bus.close();
  }
}

async function measure(server: Server, address: string, samples: number): Promise<Round> {
  const client = await Client.online(server);
  const floor = new Floor(server);
  const open = systemNotifications("linux", { DBUS_SESSION_BUS_ADDRESS: address }, systemClock);
  const shown = open?.(client.doorbell, () => {}, SILENT);
  const raw = sessionBus({ busAddress: address, authMethods: ["EXTERNAL"] });
  const taken = { client: [] as number[], floor: [] as number[] };
  // The first notification is also the one that waits for the connection to the bus; the floor's first is warm-up too.
  for (let sample = 0; sample <= samples; sample++) {
    const spec: PackageSpec = { kind: "started", first: sample + 1, count: 1 };
    const notified = server.notified();
    await settle();
    server.emit(client.base, spec);
    const ofClient = (await notified) - client.http.sentAt;
    const over = client.until(newestIsOver, "the end of the invitation");
    server.emit(client.base, { ...spec, kind: "completed" });
    await over;

    const called = server.notified();
    const parsed = floor.package();
    await settle();
    server.emit(floor.base, spec);
    await parsed;
    const answered = raw.call(notifyMessage());
    const ofFloor = (await called) - floor.http.sentAt;
    await answered;
    if (sample === 0) continue;
    taken.client.push(ofClient);
    taken.floor.push(ofFloor);
  }
  raw.disconnect();
  await shown?.dispose();
  await Promise.all([client.close(), floor.close()]);
  return taken;
}

function notifyMessage(): Message {
  const call = notifyCall(
    NOTIFICATIONS,
    { appName: "Doorbell", icon: "", desktopEntry: "doorbell" },
    { name: "Bench", actions: true, body: true, bodyMarkup: true },
    {
      summary: "Ada Winter",
      body: "Budget\nHave you a minute?",
      urgency: "critical",
      category: "im.received",
      actions: [
        { key: "accept", label: "Accept" },
        { key: "decline", label: "Decline" },
      ],
    },
    0,
  );
  return new Message({ ...call, body: [...(call.body ?? [])] });
}
