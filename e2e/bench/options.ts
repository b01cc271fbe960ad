import { parseArgs } from "node:util";

/** How much is measured. */
export interface Effort {
  readonly mode: "quick" | "full";
  readonly rounds: number;
  /** In each round. */
  readonly samples: number;
  /** Packages of a stream in each round. */
  readonly packages: number;
  readonly memoryInvitations: number;
  readonly parkedSeconds: number;
  readonly electron: ElectronEffort;
}

/** The same of the half on Electron. */
export interface ElectronEffort {
  readonly rounds: number;
  readonly samples: number;
  readonly parkedSeconds: number;
}

/** The two halves: the client on Node.js, the whole program on Electron. */
export type Half = "client" | "electron";

const EFFORTS: Readonly<Record<Effort["mode"], Effort>> = {
  quick: {
    mode: "quick",
    rounds: 5,
    samples: 30,
    packages: 200,
    memoryInvitations: 20_000,
    parkedSeconds: 20,
    electron: { rounds: 3, samples: 5, parkedSeconds: 20 },
  },
  full: {
    mode: "full",
    rounds: 11,
    samples: 40,
    packages: 400,
    memoryInvitations: 100_000,
    parkedSeconds: 60,
    electron: { rounds: 5, samples: 15, parkedSeconds: 300 },
  },
};

export const USAGE = `Usage: npm run bench -- [--quick] [--only client|electron] [--parked <seconds>] [--no-files]

What the client costs beside the floor, which is the same bytes through the same HTTP client and JSON.parse; and what the
program costs on Electron beside programs that do next to nothing there.

  --full              100,000 invitations, the client parked for 60 s, the program for 5 min: within fifteen minutes
                      (this is the default)
  --quick             the same with less of everything: within five minutes
  --only <half>       client or electron; the figures of the other half stay
  --parked <seconds>  how long to watch what is parked, in both halves
  --no-files          leave e2e/bench/results.json and docs/benchmark.md as they are
`;

export type Reading =
  | {
      readonly type: "run";
      readonly effort: Effort;
      readonly halves: readonly Half[];
      readonly files: boolean;
    }
  | { readonly type: "help" }
  | { readonly type: "mistake"; readonly message: string };

export function readOptions(args: readonly string[]): Reading {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        quick: { type: "boolean" },
        full: { type: "boolean" },
        parked: { type: "string" },
        only: { type: "string" },
        "no-files": { type: "boolean" },
        help: { type: "boolean" },
      },
    });
    if (values.help === true) return { type: "help" };
    if (values.quick === true && values.full === true) throw new Error("Either --quick or --full.");
    const effort = EFFORTS[values.quick === true ? "quick" : "full"];
    return {
      type: "run",
      effort: values.parked === undefined ? effort : parkedFor(effort, Number(values.parked)),
      halves: values.only === undefined ? ["client", "electron"] : [halfOf(values.only)],
      files: values["no-files"] !== true,
    };
  } catch (error) {
    return { type: "mistake", message: error instanceof Error ? error.message : String(error) };
  }
}

function parkedFor(effort: Effort, parkedSeconds: number): Effort {
  if (!(parkedSeconds >= 1 && parkedSeconds <= 3600)) throw new Error("--parked takes 1 to 3600 seconds.");
  return { ...effort, parkedSeconds, electron: { ...effort.electron, parkedSeconds } };
}

function halfOf(name: string): Half {
  if (name === "client" || name === "electron") return name;
  throw new Error("--only takes client or electron.");
}
