import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { measureElectron } from "./electron.ts";
import { answer } from "./measures/answer.ts";
import { memory } from "./measures/memory.ts";
import { notification } from "./measures/notification.ts";
import { parked } from "./measures/parked.ts";
import { ringWithPhoto } from "./measures/photos.ts";
import { ring } from "./measures/ring.ts";
import { start } from "./measures/start.ts";
import { burst, stream } from "./measures/throughput.ts";
import { readOptions, USAGE, type Effort } from "./options.ts";
import { eventsIn, PHOTO_ANSWERS } from "./packages.ts";
import type { ClientResults, Line, Results, SizedLine } from "./table/results.ts";
import { Server } from "./server.ts";
import { compare, type Round } from "./table/statistics.ts";
import { tableOf, withTable } from "./table/table.ts";

// `npm run bench`: every measurement, one after the other, then the table, the file of figures, and the two documents that are made from it.

const RESULTS = fileURLToPath(new URL("results.json", import.meta.url));
const DOCUMENT = fileURLToPath(new URL("../../docs/benchmark.md", import.meta.url));
const README = fileURLToPath(new URL("../../README.md", import.meta.url));
const EVENTS = eventsIn({ kind: "started", first: 1, count: 1 });

const options = readOptions(process.argv.slice(2));
switch (options.type) {
  case "help":
    process.stdout.write(USAGE);
    break;
  case "mistake":
    process.stderr.write(`${options.message}\n\n${USAGE}`);
    process.exitCode = 2;
    break;
  case "run": {
    const { effort, halves, files } = options;
    const before: Results = JSON.parse(readFileSync(RESULTS, "utf8"));
    const client = halves.includes("client") ? await measureAll(effort) : before;
    const electron = halves.includes("electron") ? await measureElectron(effort, step) : before.electron;
    // Rounded as the file holds them, so that whoever makes the documents from the file gets the same.
    const figures = JSON.stringify({ ...client, electron }, rounded, 2);
    const results: Results = JSON.parse(figures);
    const document = `${tableOf(results)}\n`;
    process.stdout.write(document);
    if (files) {
      writeFileSync(RESULTS, `${figures}\n`);
      writeFileSync(DOCUMENT, document);
      writeFileSync(README, withTable(readFileSync(README, "utf8"), results));
    }
    break;
  }
}

async function measureAll(effort: Effort): Promise<ClientResults> {
  const server = await Server.start();
  try {
    step("warm-up");
    await ring(server, "started", { rounds: 2, samples: effort.samples * 2 });
    await ring(server, "linkOnly", { rounds: 1, samples: effort.samples });
    const gaps: string[] = [];
    const lines = await measureLines(server, effort, gaps);
    const bursts: SizedLine[] = [];
    for (const invitations of [1, 10, 100, 1000]) {
      step(`${invitations} in one package`);
      const samples = invitations < 1000 ? 5 : 1;
      const rounds = await burst(server, invitations, { rounds: effort.rounds, samples });
      bursts.push(sizedLine("burst", rounds, invitations, EVENTS * invitations));
    }
    const streams: SizedLine[] = [];
    for (const alive of [1, 100, 1000]) {
      step(`${alive} alive`);
      const rounds = await stream(server, alive, effort);
      streams.push(sizedLine("stream", rounds, alive, EVENTS));
    }
    step(`memory after ${effort.memoryInvitations} invitations`);
    const points = await memory(server, effort.memoryInvitations);
    step(`parked for ${effort.parkedSeconds} s`);
    const waited = await parked(server, effort.parkedSeconds);
    const { node } = process.versions;
    const machine = { cores: availableParallelism(), node, platform: process.platform };
    return { mode: effort.mode, machine, lines, bursts, streams, memory: points, parked: waited, gaps };
  } finally {
    server.close();
  }
}

async function measureLines(server: Server, effort: Effort, gaps: string[]): Promise<readonly Line[]> {
  const read = "read and parse the package";
  const lines: Line[] = [];
  step("event to ringing");
  const rings = await ring(server, "started", effort);
  const asking = rings.map(({ client, asking }) => ({ client, floor: asking }));
  const onward = rings.map(({ onward, floor }) => ({ client: onward, floor }));
  lines.push(
    line("ring", "event to ringing", read, rings),
    line("ringAsksFirst", "the same", `${read}, send the next event request`, asking),
    line("onward", "last byte of the package to the next event request", read, onward),
  );
  step("link-only event to ringing");
  const fetched = `${read}, GET and parse the invitation`;
  // The bare socket reads the package alone, which would not be the same here.
  const linkOnly = (await ring(server, "linkOnly", effort)).map(({ client, floor }) => ({ client, floor }));
  lines.push(line("ringLinkOnly", "link-only event to ringing", fetched, linkOnly));
  for (const photo of PHOTO_ANSWERS) {
    step(`event to ringing, the caller's photo ${photo}`);
    const rounds = await ringWithPhoto(server, photo, effort);
    const id = `ringPhoto${photo[0]?.toUpperCase()}${photo.slice(1)}`;
    lines.push(line(id, `event to ringing, the caller's photo ${photo}`, "the same without photos", rounds));
  }
  step("event to notification service");
  try {
    const rounds = await notification(server, effort);
    lines.push(line("notify", "event to the notification service", `${read}, one raw bus call`, rounds));
  } catch (error) {
    gaps.push(`Event to the notification service: ${error instanceof Error ? error.message : "failed."}`);
  }
  step("accept to POST");
  lines.push(line("accept", "accept to the server's having the POST", "POST", await answer(server, effort)));
  step("start to online");
  const { rounds, requests } = await start(server, { ...effort, samples: Math.ceil(effort.samples / 6) });
  lines.push(line("start", "start to online", `the same ${requests} requests`, rounds));
  return lines;
}

function line(id: string, what: string, floorIs: string, rounds: readonly Round[]): Line {
  return { id, what, floorIs, ...compare(rounds) };
}

function sizedLine(
  id: string,
  rounds: readonly Round[],
  invitations: number,
  eventsPerPackage: number,
): SizedLine {
  const one = line(`${id}${invitations}`, id, "read and parse the package", rounds);
  const perSecond = 1e6 / one.client.median;
  return {
    ...one,
    invitations,
    eventsPerPackage,
    perEvent: one.client.median / eventsPerPackage,
    floorPerEvent: one.floor.median / eventsPerPackage,
    packagesPerSecond: perSecond,
    eventsPerSecond: perSecond * eventsPerPackage,
  };
}

/** On standard error, so that standard output is the table alone. */
function step(what: string): void {
  process.stderr.write(`${(performance.now() / 1000).toFixed(0).padStart(4)} s  ${what}\n`);
}

function rounded(_key: string, value: unknown): unknown {
  return typeof value === "number" ? Number(value.toPrecision(5)) : value;
}
