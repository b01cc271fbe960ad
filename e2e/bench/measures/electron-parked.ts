import { setTimeout as sleep } from "node:timers/promises";
import type { UcwaServer } from "../../specs/support/ucwa-server.ts";
import { online, type ElectronDesk } from "../programs/electron-desk.ts";
import type { ElectronProgram } from "../programs/electron-program.ts";
import { costBetween, costsOf } from "../process-costs.ts";
import type { Round } from "../table/statistics.ts";
import type { ParkedCost } from "./parked.ts";

/** Compiler and collector have work left from the start, and Chromium looks after itself for a while. */
const SETTLE_MS = 30_000;

export interface ElectronParked {
  readonly seconds: number;
  /** Microseconds. */
  readonly cpu: readonly Round[];
  readonly wakeUps: readonly Round[];
}

/**
 * What all processes of a program use while it is hidden in the tray, Doorbell online with an event request parked. Each
 * round is a pair of programs, and all pairs are watched in the same seconds.
 */
export async function electronParked(
  desk: ElectronDesk,
  server: UcwaServer,
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
): Promise<ElectronParked> {
  await using running = new AsyncDisposableStack();
  const pairs: { readonly client: ElectronProgram; readonly floor: ElectronProgram }[] = [];
  for (let round = 0; round < rounds; round++) {
    const userData = await desk.remembering(server, { endpointId: `bench-parked-${round}` });
    const client = running.use(desk.doorbell(userData, "--hidden"));
    await online(server, round + 1);
    pairs.push({ client, floor: running.use(desk.empty(desk.newFolder(), "--hidden")) });
  }
  await sleep(SETTLE_MS);
  const watched = pairs.map(({ client, floor }) => ({ client: watch(client), floor: watch(floor) }));
  await sleep(seconds * 1000);
  const costs = watched.map(({ client, floor }) => ({ client: client(), floor: floor() }));
  const rounded = (show: (cost: ParkedCost) => number): readonly Round[] =>
    costs.map(({ client, floor }) => ({ client: [show(client)], floor: [show(floor)] }));
  return {
    seconds,
    cpu: rounded(({ cpuMicros }) => cpuMicros),
    wakeUps: rounded(({ wakeUps }) => wakeUps),
  };
}

/** The cost from now on until it is called. */
function watch(program: ElectronProgram): () => ParkedCost {
  const before = costsOf(program.pids());
  return () => costBetween(before, costsOf(program.pids()));
}
