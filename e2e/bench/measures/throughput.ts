import { Client } from "../client.ts";
import { Floor } from "../floor.ts";
import { eventsIn, type PackageSpec } from "../packages.ts";
import type { Server } from "../server.ts";
import type { Round } from "../table/statistics.ts";
import { nowMicros, settle } from "../time.ts";

/** How often client and floor take turns in a round: a noisy moment should be over before the round is. */
const TURNS = 5;

/**
 * Time for one package, in microseconds, when the server always has another one and `alive` invitations ring: each
 * package changes one of them visibly. The floor reads the same packages.
 */
export async function stream(
  server: Server,
  alive: number,
  size: { readonly rounds: number; readonly packages: number },
): Promise<readonly Round[]> {
  const floor = new Floor(server);
  const rounds: Round[] = [];
  const packages = Array.from({ length: size.packages / TURNS }, (_, index) => changeOf(1 + (index % alive)));
  const events = packages.reduce((sum, spec) => sum + eventsIn(spec), 0);
  for (let round = 0; round < size.rounds; round++) {
    // One client for all rounds would take the endless packages for a server that is out of order, and rest.
    const client = await Client.online(server);
    await bring(server, client, alive);
    const samples = { client: [] as number[], floor: [] as number[] };
    for (let turn = 0; turn < TURNS; turn++) {
      await server.prepare(client.base, packages);
      const done = client.more(events);
      const clientFrom = nowMicros();
      server.release(client.base);
      samples.client.push(((await done) - clientFrom) / packages.length);

      await server.prepare(floor.base, packages);
      const floorFrom = nowMicros();
      server.release(floor.base);
      for (let read = 0; read < packages.length; read++) await floor.package();
      samples.floor.push((nowMicros() - floorFrom) / packages.length);
    }
    rounds.push(samples);
    await client.close();
  }
  await floor.close();
  return rounds;
}

/**
 * From the server's first byte of one package with so many new invitations until all of them ring, on a client that
 * knows none yet. Microseconds.
 */
export async function burst(
  server: Server,
  invitations: number,
  size: { readonly rounds: number; readonly samples: number },
): Promise<readonly Round[]> {
  const rounds: Round[] = [];
  const floor = new Floor(server);
  for (let round = 0; round < size.rounds; round++) {
    const samples = { client: [] as number[], floor: [] as number[] };
    for (let sample = 0; sample < size.samples; sample++) {
      const client = await Client.online(server);
      samples.client.push((await bring(server, client, invitations)) - client.http.sentAt);
      await client.close();
      const parsed = floor.package();
      await settle();
      server.emit(floor.base, { kind: "started", first: 1, count: invitations });
      samples.floor.push((await parsed) - floor.http.sentAt);
    }
    rounds.push(samples);
  }
  await floor.close();
  return rounds;
}

/** Resolves with the moment at which all of them ring. */
async function bring(server: Server, client: Client, invitations: number): Promise<number> {
  const ringing = client.until(
    (state) => state.invitations.length === invitations && state.invitations.at(-1)?.state === "ringing",
    `${invitations} ringing`,
  );
  await settle();
  server.emit(client.base, { kind: "started", first: 1, count: invitations });
  return await ringing;
}

function changeOf(number: number): PackageSpec {
  return { kind: "updated", first: number, count: 1 };
}
