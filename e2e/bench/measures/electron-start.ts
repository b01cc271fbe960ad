import type { UcwaServer } from "../../specs/support/ucwa-server.ts";
import { IN_WINDOW, online, type ElectronDesk } from "../programs/electron-desk.ts";
import type { ElectronProgram } from "../programs/electron-program.ts";
import type { Round } from "../table/statistics.ts";

/**
 * From the start of the program to the moment at which its window has been drawn, microseconds. The first start of each,
 * which fills the caches of system and program, is not counted. Doorbell signs in meanwhile, with a kept password.
 */
export async function electronStart(
  desk: ElectronDesk,
  server: UcwaServer,
  rounds: number,
): Promise<readonly Round[]> {
  const doorbellData = await desk.remembering(server, { endpointId: "bench-start" });
  const emptyData = desk.newFolder();
  const taken: Round[] = [];
  for (let round = 0; round <= rounds; round++) {
    const client = await toWindow(
      desk,
      () => desk.doorbell(doorbellData),
      () => online(server, 1),
    );
    const floor = await toWindow(
      desk,
      () => desk.empty(emptyData),
      async () => {},
    );
    if (round > 0) taken.push({ client: [client], floor: [floor] });
  }
  return taken;
}

async function toWindow(
  desk: ElectronDesk,
  start: () => ElectronProgram,
  settled: () => Promise<void>,
): Promise<number> {
  const before = await desk.picture.read(IN_WINDOW);
  await using program = start();
  const took = (await desk.picture.drawn(IN_WINDOW, before)) - program.startedAt;
  await settled();
  return took;
}
