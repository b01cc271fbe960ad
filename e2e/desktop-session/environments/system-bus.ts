import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { requiredPrograms } from "../required-programs.ts";
import { busConfiguration, type SessionFolder } from "../session-folder.ts";
import type { SessionProcesses } from "../processes/session-processes.ts";

/**
 * A system bus with nobody on it, in place of the machine's: whole desktops look for services there, do without them,
 * and would otherwise meet those of the machine that the tests run on.
 */
export async function startSystemBus(folder: SessionFolder, processes: SessionProcesses): Promise<void> {
  const address = `unix:path=${join(folder.root, "run", "system-bus")}`;
  const config = join(folder.root, "system-bus.conf");
  writeFileSync(config, busConfiguration(address, null));
  const options = [`--config-file=${config}`, "--nofork", "--nopidfile", "--print-address=3"];
  await processes.start(requiredPrograms().messageBus, options, { announces: true });
  processes.addToEnvironment({ DBUS_SYSTEM_BUS_ADDRESS: address });
}
