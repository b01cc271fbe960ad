import type { MemoryPoint } from "./measures/memory.ts";
import type { Parked } from "./measures/parked.ts";
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

/** What `npm run bench` found; nothing in it tells when or on whose machine. */
export interface Results {
  readonly mode: "quick" | "full";
  readonly machine: { readonly cores: number; readonly node: string; readonly platform: string };
  readonly lines: readonly Line[];
  readonly bursts: readonly SizedLine[];
  readonly streams: readonly SizedLine[];
  readonly memory: readonly MemoryPoint[];
  readonly parked: Parked;
  /** What could not be measured, one sentence each. */
  readonly gaps: readonly string[];
}
