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
}

const EFFORTS: Readonly<Record<Effort["mode"], Effort>> = {
  quick: {
    mode: "quick",
    rounds: 5,
    samples: 30,
    packages: 200,
    memoryInvitations: 20_000,
    parkedSeconds: 20,
  },
  full: {
    mode: "full",
    rounds: 11,
    samples: 40,
    packages: 400,
    memoryInvitations: 100_000,
    parkedSeconds: 60,
  },
};

export const USAGE = `Usage: npm run bench -- [--quick] [--parked <seconds>] [--no-files]

What the client costs beside the floor: the same bytes through the same HTTP client and JSON.parse.

  --full              100,000 invitations, 60 s parked: within four minutes (this is the default)
  --quick             the same with less of everything: within one minute
  --parked <seconds>  how long to watch a parked client
  --no-files          leave e2e/bench/results.json and docs/benchmark.md as they are
`;

export type Reading =
  | { readonly type: "run"; readonly effort: Effort; readonly files: boolean }
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
        "no-files": { type: "boolean" },
        help: { type: "boolean" },
      },
    });
    if (values.help === true) return { type: "help" };
    if (values.quick === true && values.full === true) throw new Error("Either --quick or --full.");
    const effort = EFFORTS[values.quick === true ? "quick" : "full"];
    const parkedSeconds = Number(values.parked ?? effort.parkedSeconds);
    if (!(parkedSeconds >= 1 && parkedSeconds <= 3600)) throw new Error("--parked takes 1 to 3600 seconds.");
    return { type: "run", effort: { ...effort, parkedSeconds }, files: values["no-files"] !== true };
  } catch (error) {
    return { type: "mistake", message: error instanceof Error ? error.message : String(error) };
  }
}
