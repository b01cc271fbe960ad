import { spawn } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { constants } from "node:os";

import { bareEnvironment, TERMINAL } from "./support/shell.ts";
import { expect, PASSWORD, test, USER } from "./support/test.ts";
import { UcwaServer } from "./support/ucwa-server.ts";

/** The promise: within five seconds of being told to end. */
const END_MS = 5_000;

interface Run {
  readonly args: readonly string[];
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly output?: number;
  /** Sent once this was printed. */
  readonly signal?: readonly [NodeJS.Signals, after: RegExp];
}

/** What the built program printed, how it ended, as a shell tells it, and how long that took after the signal. */
async function run(home: string, { args, input, env, output, signal }: Run) {
  const child = spawn(process.execPath, [TERMINAL, ...args], {
    env: { ...bareEnvironment(home), ...env },
    stdio: [input === undefined ? "ignore" : "pipe", output ?? "pipe", "pipe"],
  });
  let printed = "";
  let signalledAt = 0;
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      printed += chunk;
      if (signal === undefined || signalledAt > 0 || !signal[1].test(printed)) return;
      signalledAt = Date.now();
      child.kill(signal[0]);
    });
  child.stdin?.write(input ?? "");
  const [code, by] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  return {
    status: by === null ? code : 128 + constants.signals[by],
    tookMs: signalledAt === 0 ? 0 : Date.now() - signalledAt,
    printed,
  };
}

test("every way to end has its own status, and says why in a sentence", async ({ server }, info) => {
  test.setTimeout(120_000);
  const home = info.outputPath();
  await using full = await UcwaServer.start();
  const tooMany = { endpoint: "applications", status: 409, subcode: "TooManyApplications", times: 9 };
  await full.control("POST", "faults", tooMany);
  const user = ["--user", USER, "--server", server.url];
  const watch = ["watch", ...user];
  const json = [...watch, "--json", "--password-stdin"];
  const env = { DOORBELL_PASSWORD: PASSWORD };
  const wrong = { DOORBELL_PASSWORD: "wrong" };
  // Whatever throws in it, at whatever time.
  const fault = "data:text/javascript,setTimeout(() => { throw new Error('Not to be quoted.') }, 1000)";
  const online = /online/i;
  const ends: readonly (readonly [status: number, sentence: RegExp, run: Run])[] = [
    [0, /doorbell \d/, { args: ["--version"] }],
    [0, /"signedOut"/, { args: json, input: `${PASSWORD}\n{"quit":true}\n` }],
    [
      1,
      /stopped by an unexpected Error/,
      { args: watch, env: { ...env, NODE_OPTIONS: `--import="${fault}"` } },
    ],
    [1, /would not work/, { args: ["doctor", ...user], env: wrong }],
    [2, /There is no command "wach"\. Did you mean "watch"\?/, { args: ["wach"] }],
    [2, /There is no password/, { args: watch }],
    [2, /HTTPS_PROXY/, { args: watch, env: { ...env, HTTPS_PROXY: "http://::" } }],
    [3, /password/, { args: watch, env: wrong }],
    [3, /Sign out on one of them/, { args: ["watch", "--user", USER, "--server", full.url], env }],
    [4, /name the server with --server/, { args: ["watch", "--user", "tosh@nowhere.invalid"], env }],
    [5, /output could not be written/, { args: ["--help"], output: openSync("/dev/full", "w") }],
    [5, /output could not be written/, { args: watch, env, output: openSync("/dev/full", "w") }],
    [129, online, { args: watch, env, signal: ["SIGHUP", online] }],
    [130, online, { args: watch, env, signal: ["SIGINT", online] }],
    [143, online, { args: json, input: `${PASSWORD}\n`, signal: ["SIGTERM", online] }],
    [143, /"address"/, { args: ["doctor", ...user, "--json"], env, signal: ["SIGTERM", /"address"/] }],
  ];
  const found = await Promise.all(ends.map(async ([, , one]) => await run(home, one)));
  for (const [index, [status, sentence, { args }]] of ends.entries()) {
    const end = found[index]!;
    expect.soft([args, end.status, end.printed]).toEqual([args, status, expect.stringMatching(sentence)]);
    expect.soft(end.tookMs).toBeLessThan(END_MS);
    // Neither a stack nor the program's own text.
    expect.soft(end.printed).not.toMatch(/^\s+at |await|Not to be quoted/m);
  }
});
