import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Chance } from "./chance.ts";
import { GROWTH_LIMIT, growthOf, windowsOf } from "./growth.ts";
import type { Sample } from "./growth.ts";
import { Report } from "./report.ts";
import { Stage } from "./stage.ts";
import { drawOneOfEach, drawTrouble } from "./trouble.ts";

// An hour of the real client at the development server, in real time, over real sockets, with everything going wrong
// that the server can play: nothing missed, nothing twice, nothing left ringing, and no growth.

const LOOK_EVERY_MS = 250;
const SAMPLE_EVERY_MS = 20_000;
/** On the average; the thousand ended invitations that are remembered are there within a quarter of an hour. */
const CALL_EVERY_MS = 400;
/** A person who finds the program offline in fair weather presses the button. */
const PATIENCE_MS = 15_000;
/** The client's longest wait for the end of what it was told to answer, which is that for a meeting, and some more. */
const LAST_ENDS_MS = 660_000;
/** Below this the bounded memories are not yet full at the first window, and growth says nothing. */
const SHORTEST_VERDICT_MIN = 30;

const { values } = parseArgs({
  options: { minutes: { type: "string", default: "60" }, seed: { type: "string" } },
});
const minutes = Number(values.minutes);
const seed = values.seed === undefined ? Date.now() % 1e9 : Number(values.seed);
if (!(minutes > 0 && minutes <= 24 * 60) || !Number.isInteger(seed)) {
  process.stderr.write("Usage: main.ts [--minutes <1 to 1440>] [--seed <whole number>]\n");
  process.exit(2);
}

const results = join(import.meta.dirname, "../../../test-results");
mkdirSync(results, { recursive: true });
const home = mkdtempSync(join(tmpdir(), "doorbell-hour-"));
const report = new Report(join(results, "hour.log"));
const stage = await Stage.open(new Chance(seed), { home, log: join(results, "hour-client.log") });
process.on("exit", () => {
  stage.client.kill();
  rmSync(home, { recursive: true, force: true });
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(1));
report.line(`${minutes} minutes, seed ${seed}`);

const startedAt = Date.now();
const endsAt = startedAt + minutes * 60_000;
const samples: Record<"heap" | "pss" | "own", Sample[]> = { heap: [], pss: [], own: [] };
let pressedAt = 0;
const looking = setInterval(() => stage.look(), LOOK_EVERY_MS);

await until(() => stage.session.state === "online", 30_000);
await Promise.all([calls(), troubles(), measure()]);

// Everything goes well from here on: whatever rings comes to its end, and the session back from where it was.
stage.calm();
const quietAt = Date.now();
const isOver = (): boolean => stage.openCalls === 0 && stage.session.state === "online";
while (!isOver() && Date.now() - quietAt < LAST_ENDS_MS) {
  await sleep(1_000);
  encourage();
}
const broken = [...stage.verify()];
clearInterval(looking);
if (stage.session.state !== "online") broken.push(`the session was ${stage.session.state} in the end`);
if (!stage.client.running) broken.push("the client ended by itself");
const living = stage.control.state().applications.filter(({ parked }) => parked > 0);
const status = await stage.client.quit();
if (status !== 0) broken.push(`the client ended with ${status}`);
const left = stage.control.state().applications.filter(({ id }) => living.some((one) => one.id === id));
if (left.length > 0) broken.push(`${left.length} applications were left at the server`);
for (const fault of stage.client.faults) broken.push(`the client said: ${fault}`);
for (const breach of stage.breaches) broken.push(`breach of the protocol: ${breach}`);
await stage.close();

report.counts(stage.counts);
for (const [name, samplesOf] of [
  ["heap after collection", samples.heap],
  ["PSS without the pages of files", samples.own],
] as const) {
  const growth = growthOf(samplesOf, minutes);
  report.growth(name, growth, windowsOf(minutes));
  if (minutes >= SHORTEST_VERDICT_MIN && !(growth.share < GROWTH_LIMIT))
    broken.push(`${name} grew by ${(growth.share * 100).toFixed(2)} %`);
}
report.growth("PSS", growthOf(samples.pss, minutes), windowsOf(minutes));
if (minutes < SHORTEST_VERDICT_MIN) report.line("Too short to say anything of growth.");
report.verdict(broken);
process.exit(broken.length === 0 ? 0 : 1);

async function calls(): Promise<void> {
  const chance = new Chance(seed + 1);
  while (Date.now() < endsAt) {
    stage.invite();
    await sleep(chance.between(1, 2 * CALL_EVERY_MS - 1));
  }
}

/** By turns all is well, and several things go wrong at once. */
async function troubles(): Promise<void> {
  const chance = new Chance(seed + 2);
  const first = drawOneOfEach(chance);
  while (Date.now() < endsAt) {
    const calmUntil = Date.now() + chance.between(10_000, 25_000);
    while (Date.now() < Math.min(calmUntil, endsAt)) {
      await sleep(500);
      encourage();
    }
    const troubleMs = chance.happens(0.1) ? chance.between(30_000, 90_000) : chance.between(2_000, 15_000);
    const count = chance.between(1, 6);
    for (let left = count; left > 0 && Date.now() < endsAt; left--) {
      if (chance.happens(0.02)) await stage.restart();
      else stage.begin(first.pop() ?? drawTrouble(chance));
      await sleep(Math.min(troubleMs / count, Math.max(0, endsAt - Date.now())));
    }
    stage.calm();
  }
}

function encourage(): void {
  const { state, sinceMs } = stage.session;
  if (state === "online" || state === "attention" || sinceMs < PATIENCE_MS) return;
  if (Date.now() - pressedAt < PATIENCE_MS) return;
  pressedAt = Date.now();
  stage.reconnect();
}

async function measure(): Promise<void> {
  for (let at = startedAt; at <= endsAt; at += SAMPLE_EVERY_MS) {
    await sleep(Math.max(0, at - Date.now()));
    if (!stage.client.running) return;
    const memory = await stage.client.measure();
    const minute = (Date.now() - startedAt) / 60_000;
    samples.heap.push({ minute, bytes: memory.heapBytes });
    samples.pss.push({ minute, bytes: memory.pssBytes });
    samples.own.push({ minute, bytes: memory.ownBytes });
    report.sample(minute, memory, stage.counts);
  }
}

async function until(reached: () => boolean, limitMs: number): Promise<void> {
  for (const since = Date.now(); !reached();) {
    if (Date.now() - since > limitMs) throw new Error("The client did not come online.");
    await sleep(50);
  }
}
