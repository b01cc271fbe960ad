import type { Line, Results, SizedLine } from "./results.ts";
import type { Spread } from "./statistics.ts";

/** The results as Markdown, which is also what the terminal shows. */
export function tableOf(results: Results): string {
  const { machine, mode, gaps } = results;
  const first = results.lines[0] ?? null;
  return [
    "# What Doorbell costs",
    "Written by `npm run bench`; do not edit. Each figure stands beside its floor, measured in turn with it on the " +
      "same machine: the same bytes through the same HTTP client (undici) and `JSON.parse`. Figures are medians " +
      "(smallest – largest median of a round). The ratio is taken inside each round.",
    `Mode ${mode}, ${first?.rounds ?? 0} rounds, Node.js ${machine.node}, ${machine.platform}, ${machine.cores} cores.`,
    "## One invitation",
    table(
      ["", "client", "floor", "bare socket", "times the floor"],
      results.lines.map((line) => [
        `${line.what}; floor: ${line.floorIs}`,
        micros(line.client),
        micros(line.floor),
        line.bare ? micros(line.bare) : "–",
        ratio(line.ratio),
      ]),
    ),
    "## Many in one package",
    "From the first byte until all of them ring, on a client that knew none. Linear means: the same time per event.",
    sized("new invitations", results.bursts),
    "## Many alive",
    "The server always has another package; each changes one of the invitations that ring.",
    sized("alive", results.streams),
    "## Memory",
    "Heap after a full collection, while invitations come and go, each with its conversation and its history entry.",
    table(
      ["invitations so far", "heap", "since the line above, each"],
      results.memory.map(({ invitations, heapBytes }, index, points) => {
        const before = points[index - 1];
        const each = before && (heapBytes - before.heapBytes) / (invitations - before.invitations);
        return [
          whole(invitations),
          `${(heapBytes / 2 ** 20).toFixed(1)} MiB`,
          each === undefined ? "–" : `${each.toFixed(0)} bytes`,
        ];
      }),
    ),
    "## Parked",
    `Online with an event request parked, for ${results.parked.seconds} s; floor: the same request and nothing else. ` +
      "Wake-ups are the voluntary context switches of all threads.",
    table(
      ["", "client", "floor"],
      [
        ["processor time", ...both(results, ({ cpuMicros }) => `${(cpuMicros / 1000).toFixed(1)} ms`)],
        ["wake-ups", ...both(results, ({ wakeUps }) => whole(wakeUps))],
      ],
    ),
    ...(gaps.length > 0 ? ["## Not measured", gaps.map((gap) => `- ${gap}`).join("\n")] : []),
  ].join("\n\n");
}

function both(
  { parked }: Results,
  show: (cost: Results["parked"]["client"]) => string,
): readonly [string, string] {
  return [show(parked.client), show(parked.floor)];
}

function sized(name: string, lines: readonly SizedLine[]): string {
  return table(
    [
      name,
      "client, per package",
      "floor",
      "per event",
      "floor, per event",
      "packages/s",
      "events/s",
      "times the floor",
    ],
    lines.map((line) => [
      whole(line.invitations),
      micros(line.client),
      micros(line.floor),
      `${line.perEvent.toFixed(1)} µs`,
      `${line.floorPerEvent.toFixed(1)} µs`,
      whole(line.packagesPerSecond),
      whole(line.eventsPerSecond),
      ratio(line.ratio),
    ]),
  );
}

function micros({ min, median, max }: Spread): string {
  const [unit, by, digits] = median >= 10_000 ? (["ms", 1000, 1] as const) : (["µs", 1, 0] as const);
  const show = (value: number) => (value / by).toFixed(digits);
  return `${show(median)} ${unit} (${show(min)} – ${show(max)})`;
}

function ratio({ min, median, max }: Line["ratio"]): string {
  return `${median.toFixed(2)} (${min.toFixed(2)} – ${max.toFixed(2)})`;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const widths = head.map((name, column) =>
    Math.max(3, name.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join(" | ")} |`;
  const rule = widths.map((width, column) =>
    column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`,
  );
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}

function pad(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}
