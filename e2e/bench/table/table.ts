import { electronRows, electronSection } from "./electron-table.ts";
import { micros, ratio, table, whole } from "./markdown.ts";
import type { Results, SizedLine } from "./results.ts";

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
    ...(results.electron === null ? [] : electronSection(results.electron)),
    ...(gaps.length > 0 ? ["## Not measured", gaps.map((gap) => `- ${gap}`).join("\n")] : []),
  ].join("\n\n");
}

/** The README's few lines: what a person notices, as a ratio to the floor. */
export function readmeTable(results: Results): string {
  const burst = results.bursts.at(-1);
  const first = results.bursts.find(({ invitations }) => invitations >= 100);
  const [before, after] = [results.memory[1], results.memory.at(-1)];
  const mebibytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
  const rows = results.lines.map((line) => [
    line.what === "the same" ? "the same; the floor sends the next request, too" : line.what,
    micros(line.client),
    ratio(line.ratio),
  ]);
  if (burst && first) {
    const cost = `${first.perEvent.toFixed(0)} → ${burst.perEvent.toFixed(0)} µs`;
    const what = `each event of a package with ${whole(first.invitations)} → ${whole(burst.invitations)} invitations`;
    rows.push([what, cost, "–"]);
  }
  if (before && after && after !== before) {
    const what = `heap after ${whole(before.invitations)} → ${whole(after.invitations)} invitations`;
    rows.push([what, `${mebibytes(before.heapBytes)} → ${mebibytes(after.heapBytes)}`, "–"]);
  }
  const { parked } = results;
  const wakeUps = `${whole(parked.client.wakeUps)} (floor: ${whole(parked.floor.wakeUps)})`;
  rows.push([`wake-ups while parked for ${parked.seconds} s`, wakeUps, "–"]);
  const client = table(["", "Doorbell", "times the floor"], rows);
  if (results.electron === null) return client;
  return [client, "And on Electron:", electronRows(results.electron)].join("\n\n");
}

const START = "<!-- written by npm run bench -->";
const END = "<!-- end of what npm run bench wrote -->";

/** The README with the table in its place. Throws when it has none. */
export function withTable(readme: string, results: Results): string {
  const [start, end] = [readme.indexOf(START), readme.indexOf(END)];
  if (start < 0 || end < start) throw new Error("README.md has no place for the benchmark's table.");
  return `${readme.slice(0, start + START.length)}\n\n${readmeTable(results)}\n\n${readme.slice(end)}`;
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
