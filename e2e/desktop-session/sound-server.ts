import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { poll } from "./processes/poll.ts";
import type { SessionProcesses } from "./processes/session-processes.ts";
import { soundPrograms } from "./required-programs.ts";

const RATE = 22_050;
const BLOCK_MS = 20;
const BLOCK_SAMPLES = (RATE * BLOCK_MS) / 1_000;
const SINK = "ear";

/** A fiftieth of a second of what was heard. */
interface Block {
  /** When the last of it was heard, in milliseconds of the wall clock. */
  readonly at: number;
  /** Root mean square, from 0 to 1. */
  readonly loudness: number;
  readonly samples: readonly number[];
}

/** Below it is nothing: what is played at the lowest volume of a test is ten times as loud. */
const SILENCE = 0.002;

/**
 * Starts a real PulseAudio of this desktop's own, whose one loudspeaker leads nowhere, and listens to it. Nothing of the
 * machine's own sound is touched. Ends with the desktop.
 */
export async function startSoundServer(processes: SessionProcesses, root: string): Promise<Ear> {
  const programs = soundPrograms();
  const folder = join(root, "sound");
  mkdirSync(folder);
  const socket = join(folder, "native");
  processes.addToEnvironment({
    PULSE_SERVER: `unix:${socket}`,
    PULSE_RUNTIME_PATH: folder,
    PULSE_STATE_PATH: folder,
  });
  await processes.start(programs.server, [
    "-n",
    "--daemonize=no",
    "--use-pid-file=no",
    "--exit-idle-time=-1",
    "--disable-shm=yes",
    `--load=module-null-sink sink_name=${SINK} rate=${RATE} channels=1`,
    `--load=module-native-protocol-unix auth-anonymous=1 socket=${socket}`,
  ]);
  const isUp = () =>
    processes.run(programs.control, ["info"]).then(
      () => true,
      () => undefined,
    );
  await poll("No sound server came up", isUp, { timeoutMs: 10_000 });
  return new Ear(programs.recorder, processes.env);
}

/** Hears all that is played on one sound server, from its making on. */
export class Ear {
  readonly #blocks: Block[] = [];
  #rest = Buffer.alloc(0);

  constructor(recorder: string, env: Readonly<Record<string, string>>) {
    const args = [`--device=${SINK}.monitor`, "--format=s16le", `--rate=${RATE}`, "--channels=1"];
    const child = spawn(recorder, [...args, "--raw", "--latency-msec=10"], {
      env,
      stdio: ["ignore", "pipe", "ignore"],
    });
    // It ends with the server that it listens to.
    child.unref();
    child.stdout.on("data", (chunk: Buffer) => this.#hear(chunk));
  }

  /** Resolves when it hears at all: silence, too, is heard. */
  async listening(): Promise<void> {
    await this.#until("Nothing is heard", () => this.#blocks.at(-1));
  }

  /** Resolves to when something was heard first that was played after this moment; rejects after 10 s. */
  async loud(since: number): Promise<number> {
    const block = await this.#until("No sound was heard", () =>
      this.#blocks.find(({ at, loudness }) => at > since && loudness > SILENCE),
    );
    return block.at;
  }

  /** The last moment until now at which something was heard; 0 when there was none. */
  get lastLoud(): number {
    return this.#blocks.findLast(({ loudness }) => loudness > SILENCE)?.at ?? 0;
  }

  /** Listens for so long. */
  async listen(ms: number): Promise<void> {
    const until = Date.now() + ms;
    await this.#until("Nothing is heard any more", () => this.#blocks.findLast(({ at }) => at >= until), ms);
  }

  /** The loudest tone of what was heard between two moments, in hertz, to five. */
  tone(from: number, to: number): number {
    const samples = this.#blocks.filter(({ at }) => at > from && at <= to).flatMap((block) => block.samples);
    const strengths = Array.from({ length: 400 }, (_, index) => strength(samples, 5 * (index + 10)));
    return 5 * (strengths.indexOf(Math.max(...strengths)) + 10);
  }

  /** How loud it was at the most between two moments. */
  loudest(from: number, to: number): number {
    const heard = this.#blocks.filter(({ at }) => at > from && at <= to);
    return Math.max(0, ...heard.map(({ loudness }) => loudness));
  }

  #hear(chunk: Buffer): void {
    const at = Date.now();
    const bytes = Buffer.concat([this.#rest, chunk]);
    let from = 0;
    for (; from + 2 * BLOCK_SAMPLES <= bytes.length; from += 2 * BLOCK_SAMPLES) {
      const start = from;
      const samples = Array.from(
        { length: BLOCK_SAMPLES },
        (_, index) => bytes.readInt16LE(start + 2 * index) / 32_768,
      );
      const loudness = Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / BLOCK_SAMPLES);
      this.#blocks.push({ at, loudness, samples });
    }
    this.#rest = bytes.subarray(from);
  }

  #until<Found>(failure: string, look: () => Found | undefined, moreMs = 0): Promise<Found> {
    return poll(failure, async () => look(), { timeoutMs: 10_000 + moreMs });
  }
}

/** Of one tone in these samples. Reference: the Goertzel algorithm. */
function strength(samples: readonly number[], hertz: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * hertz) / RATE);
  let [last, before] = [0, 0];
  for (const sample of samples) [last, before] = [sample + turn * last - before, last];
  return last ** 2 + before ** 2 - turn * last * before;
}
