import { Client } from "../client.ts";
import type { PackageSpec, PhotoAnswer } from "../packages.ts";
import type { Server } from "../server.ts";
import type { Round } from "../table/statistics.ts";
import { ringClient } from "./ring.ts";

/** Longer than a photo is waited with before it is asked for, and than the server takes for one that it answers. */
const ASKED_MS = 150;

/**
 * From the server's first byte of a package with one new invitation to the listener that is told of its ringing, in a
 * client that asks for the photo of each caller; the floor is the same client without photos. Each caller is another
 * person, so that each is asked for. Before the next one everything is answered that is answered at all: what is slow is
 * under way then. Microseconds.
 */
export async function ringWithPhoto(
  server: Server,
  photo: PhotoAnswer,
  size: { readonly rounds: number; readonly samples: number },
): Promise<readonly Round[]> {
  const rounds: Round[] = [];
  for (let round = 0; round < size.rounds; round++) {
    const drawing = await Client.online(server, { drawsPhotos: true });
    const plain = await Client.online(server);
    const samples = { client: [] as number[], floor: [] as number[] };
    const turns = [
      () => ringClient(server, drawing, spec, []).then((took) => samples.client.push(took)),
      () => ringClient(server, plain, spec, []).then((took) => samples.floor.push(took)),
    ];
    let spec: PackageSpec = { kind: "started", first: 1, count: 1, photo };
    for (let sample = 0; sample < size.samples; sample++) {
      spec = { ...spec, first: sample + 1 };
      // By turns, since the second finds everything warm.
      for (const turn of sample % 2 === 0 ? turns : turns.toReversed()) await turn();
      await new Promise((resolve) => setTimeout(resolve, ASKED_MS));
    }
    rounds.push(samples);
    await Promise.all([drawing.close(), plain.close()]);
  }
  return rounds;
}
