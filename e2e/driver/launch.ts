import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launchOnElectron } from "./electron-runtime.ts";
import { RunFolder } from "./run-folder.ts";
import type { LaunchOptions, RunningProgram } from "./running-program.ts";
import { chooseRuntime } from "./runtime.ts";
import { launchOnStandIn } from "./stand-in-runtime.ts";

/**
 * Starts a program on one of the two runtimes. Whatever becomes of the caller, every process and folder of the run is gone
 * afterwards. Throws, with one sentence, when the runtime cannot be used here.
 */
export async function launch(options: LaunchOptions): Promise<RunningProgram> {
  const runtime = options.runtime ?? chooseRuntime();
  const folder = new RunFolder();
  try {
    const userData = options.userData ?? join(folder.path, "user-data");
    mkdirSync(userData, { recursive: true });
    return await (runtime === "electron" ? launchOnElectron : launchOnStandIn)(options, folder, userData);
  } catch (error) {
    await folder.close();
    throw error;
  }
}
