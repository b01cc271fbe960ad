import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { MonitorPrograms } from "./required-programs.ts";
import type { SessionFolder } from "./session-folder.ts";
import type { SessionProcesses } from "./processes/session-processes.ts";

/** One of the resolutions that the virtual graphics card knows. */
export type Resolution = "1280x800" | "1024x768" | "800x600";

/**
 * Monitors that can be plugged in, unplugged and given another resolution while programs run: Xorg with the driver of a
 * graphics card that is not there. They lie side by side, the first one on the left.
 */
export class VirtualMonitors {
  readonly #programs: MonitorPrograms;
  readonly #processes: SessionProcesses;

  private constructor(programs: MonitorPrograms, processes: SessionProcesses) {
    this.#programs = programs;
    this.#processes = processes;
  }

  /** Starts a display whose monitors have these resolutions, and makes it the desktop's. */
  static async start(
    programs: MonitorPrograms,
    folder: SessionFolder,
    processes: SessionProcesses,
    resolutions: readonly Resolution[],
  ): Promise<VirtualMonitors> {
    const config = join(folder.root, "xorg.conf");
    writeFileSync(config, CONFIGURATION);
    const files = ["-config", config, "-logfile", join(folder.logs, "Xorg.0.log")];
    // No terminal, no keyboard and no mouse of this machine: xdotool brings the events.
    const alone = ["-nolisten", "tcp", "-noreset", "-novtswitch", "-sharevts", "-keeptty"];
    const server = await processes.start(programs.displayServer, ["-displayfd", "3", ...files, ...alone], {
      announces: true,
    });
    processes.setDisplay(`:${server.announced}`);
    const monitors = new VirtualMonitors(programs, processes);
    for (const [index, resolution] of resolutions.entries()) await monitors.plugIn(index, resolution);
    return monitors;
  }

  /** Counted from 0. */
  async plugIn(index: number, resolution: Resolution): Promise<void> {
    if (index > 0) await this.#settings("--addmode", output(index), resolution);
    await this.changeResolution(index, resolution);
    // The card tells of a new monitor when it is asked once more.
    await this.#settings("--query");
  }

  async unplug(index: number): Promise<void> {
    await this.#settings("--output", output(index), "--off");
  }

  async changeResolution(index: number, resolution: Resolution): Promise<void> {
    const place = index === 0 ? ["--pos", "0x0"] : ["--right-of", output(index - 1)];
    await this.#settings("--output", output(index), "--mode", resolution, ...place);
  }

  async #settings(...args: readonly string[]): Promise<void> {
    await this.#processes.run(this.#programs.monitorSettings, args);
  }
}

function output(index: number): string {
  return `DUMMY${index}`;
}

const CONFIGURATION = `Section "ServerFlags"
  Option "AutoAddDevices" "false"
  Option "AutoAddGPU" "false"
EndSection
Section "Device"
  Identifier "card"
  Driver "dummy"
  VideoRam 65536
EndSection
Section "Monitor"
  Identifier "monitor"
  HorizSync 5.0 - 1000.0
  VertRefresh 5.0 - 200.0
EndSection
Section "Screen"
  Identifier "screen"
  Device "card"
  Monitor "monitor"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Virtual 2560 1600
  EndSubSection
EndSection
`;
