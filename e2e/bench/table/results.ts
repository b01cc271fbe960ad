import type { PackageSize } from "../measures/electron-package.ts";
import type { MemoryPoint } from "../measures/memory.ts";
import type { Parked } from "../measures/parked.ts";
import type { Comparison } from "./statistics.ts";

/** One measured way, compared with its floor; microseconds. */
export interface Line extends Comparison {
  readonly id: string;
  readonly what: string;
  readonly floorIs: string;
}

/** So many invitations, in one package or alive while packages come; `perEvent` in microseconds of the client. */
export interface SizedLine extends Line {
  readonly invitations: number;
  readonly eventsPerPackage: number;
  readonly perEvent: number;
  readonly floorPerEvent: number;
  readonly packagesPerSecond: number;
  readonly eventsPerSecond: number;
}

/** One measurement of the program on Electron, compared with a program that does next to nothing there. */
export interface ElectronLine extends Comparison {
  /** Microseconds; of `memory` bytes, of `wakeUps` their number. */
  readonly id: "start" | "memory" | "cpu" | "wakeUps" | "toast" | "notify";
}

export interface ElectronResults {
  readonly mode: Mode;
  readonly machine: Machine;
  /** Of Electron. */
  readonly version: string;
  readonly parkedSeconds: number;
  readonly lines: readonly ElectronLine[];
  readonly packed: PackageSize;
}

type Mode = "quick" | "full";

interface Machine {
  readonly cores: number;
  readonly node: string;
  readonly platform: string;
}

/** What `npm run bench` found; nothing in it tells when or on whose machine. */
export interface Results extends ClientResults {
  /** Null where it was never measured. */
  readonly electron: ElectronResults | null;
}

/** The half about the client. */
export interface ClientResults {
  readonly mode: Mode;
  readonly machine: Machine;
  readonly lines: readonly Line[];
  readonly bursts: readonly SizedLine[];
  readonly streams: readonly SizedLine[];
  readonly memory: readonly MemoryPoint[];
  readonly parked: Parked;
  /** What could not be measured, one sentence each. */
  readonly gaps: readonly string[];
}
