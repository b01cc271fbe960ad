import { Client, newestIsOver, newestRings } from "../client.ts";
import { BareSocket, Floor } from "../floor.ts";
import { invitationHref, type PackageSpec } from "../packages.ts";
import type { Server } from "../server.ts";
import type { Round } from "../table/statistics.ts";
import { settle } from "../time.ts";

export interface RingRound extends Round {
  /** The floor that has sent the next event request before it is done. */
  readonly asking: readonly number[];
  /** From the client's last byte of the package to its next event request. */
  readonly onward: readonly number[];
}

/**
 * Whose turn it is in one sample after the other. Whoever comes after another that runs the same code finds it in the
 * caches of the processor, so each comes as often after each of the others, and never after itself (a Williams design).
 */
const TURNS: readonly (readonly number[])[] = [
  [0, 1, 3, 2],
  [1, 2, 0, 3],
  [2, 3, 1, 0],
  [3, 0, 2, 1],
];

/**
 * From the server's first byte of a package with one new invitation to the listener that is told of its ringing;
 * with `linkOnly` the client has to fetch the invitation first, and so has the floor. Microseconds.
 */
export async function ring(
  server: Server,
  kind: "started" | "linkOnly",
  size: { readonly rounds: number; readonly samples: number },
): Promise<readonly RingRound[]> {
  const rounds: RingRound[] = [];
  for (let round = 0; round < size.rounds; round++) {
    const client = await Client.online(server);
    const floor = new Floor(server);
    const asking = new Floor(server, true);
    const socket = new BareSocket(server);
    const samples = {
      client: [] as number[],
      floor: [] as number[],
      asking: [] as number[],
      onward: [] as number[],
      bare: [] as number[],
    };
    for (let sample = 0; sample < size.samples; sample++) {
      const spec = { kind, first: sample + 1, count: 1 };
      const turns = [
        async () => samples.client.push(await ringClient(server, client, spec, samples.onward)),
        async () => samples.floor.push(await readByFloor(server, floor, spec)),
        async () => samples.asking.push(await readByFloor(server, asking, spec)),
        async () => samples.bare.push(await readBare(server, socket, spec)),
      ];
      for (const turn of TURNS[sample % TURNS.length] ?? []) await turns[turn]?.();
    }
    rounds.push(samples);
    socket.close();
    await Promise.all([client.close(), floor.close(), asking.close()]);
  }
  return rounds;
}

/** One invitation from its first byte to its ringing, and on to its end. `onward` is added to. */
export async function ringClient(
  server: Server,
  client: Client,
  spec: PackageSpec,
  onward: number[],
): Promise<number> {
  const ringing = client.until(newestRings, "ringing");
  await settle();
  server.emit(client.base, spec);
  const took = (await ringing) - client.http.sentAt;
  // With a link alone, the last request is the one for the invitation.
  if (spec.kind === "started") onward.push(client.http.askedAt - client.http.readAt);
  const over = client.until(newestIsOver, "the end of the invitation");
  server.emit(client.base, { ...spec, kind: "completed" });
  await over;
  return took;
}

async function readByFloor(server: Server, floor: Floor, spec: PackageSpec): Promise<number> {
  const parsed = floor.package();
  await settle();
  server.emit(floor.base, spec);
  const at = await parsed;
  const { sentAt } = floor.http;
  return (spec.kind === "linkOnly" ? await floor.get(invitationHref(floor.base, spec.first)) : at) - sentAt;
}

async function readBare(server: Server, socket: BareSocket, spec: PackageSpec): Promise<number> {
  const parsed = socket.package();
  await settle();
  server.emit(socket.base, spec);
  return (await parsed) - socket.sentAt;
}
