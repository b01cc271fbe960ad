import { Client, newestIsOver, newestRings } from "../client.ts";
import { Floor } from "../floor.ts";
import { invitationHref } from "../packages.ts";
import type { Server } from "../server.ts";
import type { Round } from "../table/statistics.ts";
import { nowMicros, settle } from "../time.ts";

/** From the call of `accept()` to the server's having the POST; the floor posts the same address at once. Microseconds. */
export async function answer(
  server: Server,
  size: { readonly rounds: number; readonly samples: number },
): Promise<readonly Round[]> {
  const rounds: Round[] = [];
  for (let round = 0; round < size.rounds; round++) {
    const client = await Client.online(server);
    const floor = new Floor(server);
    const samples = { client: [] as number[], floor: [] as number[] };
    for (let sample = 1; sample <= size.samples; sample++) {
      samples.client.push(await accept(server, client, sample));
      await settle();
      const at = nowMicros();
      await floor.post(`${invitationHref(floor.base, sample)}/accept`);
      samples.floor.push(floor.http.receivedAt - at);
    }
    rounds.push(samples);
    await Promise.all([client.close(), floor.close()]);
  }
  return rounds;
}

async function accept(server: Server, client: Client, number: number): Promise<number> {
  const ringing = client.until(newestRings, "ringing");
  server.emit(client.base, { kind: "started", first: number, count: 1 });
  await ringing;
  const id = client.doorbell.state.invitations.at(-1)?.id ?? "";
  await settle();
  const at = nowMicros();
  const receipt = await client.doorbell.accept(id);
  if (!receipt.ok) throw new Error(`The answer was not taken: ${receipt.error.code}.`);
  const took = client.http.receivedAt - at;
  const over = client.until(newestIsOver, "the end of the invitation");
  server.emit(client.base, { kind: "completed", first: number, count: 1 });
  await over;
  return took;
}
