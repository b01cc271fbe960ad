import type { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import type { AppState } from "../../core/app-state.ts";
import type { Clock } from "../../platform/ports.ts";
import { SOUND_OF, type RingSound } from "../../surfaces/presentation.ts";

/** Plays what rings through a program of the system's. */
export interface RingPlayer {
  /** Again and again, until it is told another one, or null. */
  play(sound: RingSound | null): void;
}

export interface ProgramPlayerOptions {
  /** Paths of the programs that can, the best first. */
  readonly programs: readonly string[];
  readonly fileOf: (sound: RingSound) => string;
  /** Asked when it first rings: by then no secret is in it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly spawn: typeof spawn;
  readonly clock: Pick<Clock, "now">;
}

/** Whoever plays is done no sooner. */
const SHORTEST_MS = 200;
const PLAYERS = ["paplay", "pw-play", "aplay"];

/** Those of this system. None where the person sits at another: they hear the bell of their terminal. */
export function systemPlayers(env: ProgramPlayerOptions["env"]): readonly string[] {
  if (env["SSH_CONNECTION"] && !env["PULSE_SERVER"]) return [];
  const folders = (env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return PLAYERS.flatMap(
    (name) => folders.map((folder) => join(folder, name)).find((path) => isExecutable(path)) ?? [],
  );
}

/** Without a program that can it is silent, and says nothing about it. */
export class ProgramPlayer implements RingPlayer {
  readonly #options: ProgramPlayerOptions;
  #sound: RingSound | null = null;
  #stop: () => void = () => undefined;

  constructor(options: ProgramPlayerOptions) {
    this.#options = options;
  }

  play(sound: RingSound | null): void {
    if (sound === this.#sound) return;
    this.#sound = sound;
    this.#stop();
    this.#stop = () => undefined;
    if (sound !== null) this.#start(sound, 0);
  }

  #start(sound: RingSound, index: number): void {
    const { programs, fileOf, env, clock, spawn } = this.#options;
    const program = programs[index];
    if (program === undefined) return;
    const startedAt = clock.now();
    let isOver = false;
    const child = spawn(program, [fileOf(sound)], { stdio: "ignore", env });
    const over = (wasPlayed: boolean): void => {
      if (isOver) return;
      isOver = true;
      this.#start(sound, wasPlayed ? index : index + 1);
    };
    child.once("error", () => over(false));
    child.once("exit", (code) => over(code === 0 && clock.now() - startedAt >= SHORTEST_MS));
    this.#stop = () => {
      isOver = true;
      child.kill();
    };
  }
}

/** What is to be heard of all that ring: the most pressing one. Pure. */
export function ringingSound({ invitations }: Pick<AppState, "invitations">): RingSound | null {
  const sounds = invitations
    .filter(({ direction, state }) => direction === "incoming" && state === "ringing")
    .map(({ importance }) => SOUND_OF[importance]);
  return sounds.includes("urgentRing") ? "urgentRing" : (sounds[0] ?? null);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
