import { micros, ratio, table, whole } from "./markdown.ts";
import type { ElectronLine, ElectronResults } from "./results.ts";
import type { Spread } from "./statistics.ts";

interface Shown {
  readonly what: (results: ElectronResults) => string;
  readonly floorIs: string;
  /** How many times the floor it may be; null where nothing is aimed at. */
  readonly aim: number | null;
  readonly show: (spread: Spread) => string;
}

const SHOWN: Readonly<Record<ElectronLine["id"], Shown>> = {
  start: {
    what: () => "start to first window drawn",
    floorIs: "the empty app",
    aim: 1.3,
    show: micros,
  },
  memory: {
    what: () => "memory of all processes, hidden in the tray",
    floorIs: "the empty app",
    aim: 1.15,
    show: mebibytes,
  },
  cpu: {
    what: ({ parkedSeconds }) => `processor time while parked for ${parkedSeconds} s`,
    floorIs: "the empty app",
    aim: 1.5,
    show: micros,
  },
  wakeUps: {
    what: ({ parkedSeconds }) => `wake-ups while parked for ${parkedSeconds} s`,
    floorIs: "the empty app",
    aim: 1.5,
    show: counts,
  },
  toast: {
    what: () => "event to toast drawn",
    floorIs: "an app that polls and draws a small window",
    aim: 1.3,
    show: micros,
  },
  notify: {
    what: () => "event to the notification service",
    floorIs: "an app that polls and makes one raw bus call",
    aim: null,
    show: micros,
  },
};

/** What the whole program costs on Electron, as sections of the report. */
export function electronSection(results: ElectronResults): readonly string[] {
  const { mode, machine, version, lines, packed, parkedSeconds } = results;
  return [
    "## On Electron",
    "The whole program beside the least that a program on Electron can be, in turn with it on one private desktop. The " +
      "empty app has what any program in the tray has: one window, a tray icon, the sandbox, and no hardware " +
      "acceleration, as Doorbell. The other one only polls, with the same HTTP request, and shows what comes. Nothing is " +
      "attached to any of them: what is drawn is read from the screen, the rest from the kernel.",
    "Start is warm, with a kept password. Memory is the proportional set size (PSS), Doorbell online and each program alone. " +
      `While parked all pairs are watched in the same ${parkedSeconds} s, online with an event request parked and the panel ` +
      "hidden; wake-ups are the voluntary context switches of all threads of all processes.",
    `Mode ${mode}, ${lines[0]?.rounds ?? 0} rounds, Electron ${version}, ${machine.platform}, ${machine.cores} cores.`,
    table(
      ["", "Doorbell", "floor", "times the floor", "aim"],
      lines.map((line) => {
        const { what, floorIs, show } = SHOWN[line.id];
        return [
          `${what(results)}; floor: ${floorIs}`,
          show(line.client),
          show(line.floor),
          ratio(line.ratio),
          aimOf(line),
        ];
      }),
    ),
    `The package without Electron: ${packed.files} files, ${(packed.bytes / 2 ** 20).toFixed(2)} MiB.`,
  ];
}

/** The README's lines of the same. */
export function electronRows(results: ElectronResults): string {
  const rows = results.lines.map((line) => {
    const { what, show } = SHOWN[line.id];
    return [what(results), show(line.client), ratio(line.ratio), aimOf(line)];
  });
  const packed = `${(results.packed.bytes / 2 ** 20).toFixed(2)} MiB`;
  return table(
    ["", "Doorbell", "times an app that does next to nothing", "aim"],
    [...rows, ["the package without Electron", packed, "–", "–"]],
  );
}

function aimOf({ id, ratio: { median } }: ElectronLine): string {
  const { aim } = SHOWN[id];
  return aim === null ? "–" : `≤ ${aim}${median > aim ? ", missed" : ""}`;
}

function mebibytes({ min, median, max }: Spread): string {
  const show = (bytes: number) => (bytes / 2 ** 20).toFixed(0);
  return `${show(median)} MiB (${show(min)} – ${show(max)})`;
}

function counts({ min, median, max }: Spread): string {
  return `${whole(median)} (${whole(min)} – ${whole(max)})`;
}
