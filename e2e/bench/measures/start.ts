import { Client, ObservedHttp, type SentRequest } from "../client.ts";
import { Floor } from "../floor.ts";
import type { Server } from "../server.ts";
import type { Round } from "../table/statistics.ts";
import { nowMicros } from "../time.ts";

export interface StartMeasurement {
  readonly rounds: readonly Round[];
  /** How many requests lead to being online. */
  readonly requests: number;
}

/**
 * From `start()` to `online`, on new connections. The floor sends the very requests that the client sent, one after
 * the other, and leaves the event request parked as the client does. Microseconds.
 */
export async function start(
  server: Server,
  size: { readonly rounds: number; readonly samples: number },
): Promise<StartMeasurement> {
  const rounds: Round[] = [];
  let requests = 0;
  for (let round = 0; round < size.rounds; round++) {
    const samples = { client: [] as number[], floor: [] as number[] };
    for (let sample = 0; sample < size.samples; sample++) {
      const client = new Client(server, new ObservedHttp());
      const startedAt = nowMicros();
      samples.client.push((await client.goOnline()) - startedAt);
      // What is sent after that moment, such as the second look at `me`, is no part of it.
      const sent = [...client.http.sent];
      requests = sent.length;
      samples.floor.push(await replay(server, sent));
      await client.close();
    }
    rounds.push(samples);
  }
  return { rounds, requests };
}

async function replay(server: Server, sent: readonly SentRequest[]): Promise<number> {
  const floor = new Floor(server);
  const startedAt = nowMicros();
  for (const request of sent) {
    const answered = floor.send(request);
    if (request.url.includes("/events?")) answered.catch(() => undefined);
    else await answered;
  }
  const took = nowMicros() - startedAt;
  await floor.close();
  return took;
}
