import { setTimeout as sleep } from "node:timers/promises";
import type { UcwaServer } from "../../specs/support/ucwa-server.ts";
import { online, type ElectronDesk } from "../programs/electron-desk.ts";
import type { ElectronProgram } from "../programs/electron-program.ts";
import { memoryOf } from "../process-costs.ts";
import type { Round } from "../table/statistics.ts";

/** Compiler and collector have work left from the start, and the process that asks the keyring ends. */
const SETTLE_MS = 10_000;

/**
 * The memory of all processes of a program that is hidden in the tray, in bytes: Doorbell online, and alone on the
 * desktop, because what several programs on one Electron share would be divided among them.
 */
export async function electronMemory(
  desk: ElectronDesk,
  server: UcwaServer,
  rounds: number,
): Promise<readonly Round[]> {
  const doorbellData = await desk.remembering(server, { endpointId: "bench-memory" });
  const emptyData = desk.newFolder();
  const taken: Round[] = [];
  for (let round = 0; round < rounds; round++) {
    const client = await hidden(desk.doorbell(doorbellData, "--hidden"), () => online(server, 1));
    const floor = await hidden(desk.empty(emptyData, "--hidden"), async () => {});
    taken.push({ client: [client], floor: [floor] });
  }
  return taken;
}

async function hidden(started: ElectronProgram, settled: () => Promise<void>): Promise<number> {
  await using program = started;
  await settled();
  await sleep(SETTLE_MS);
  return memoryOf(program.pids());
}
