import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { Logger } from "../../platform/ports.ts";
import { shownFiles } from "./shown-files.ts";
import type { ShownIds, ShownStore } from "./shown-record.ts";

const SHOWN: ShownIds = { busId: "0123abcd", owner: ":1.7", ids: [4, 9] };

let runtime: string;
let folder: string;
let logged: string[];
let other: ChildProcess;

beforeEach(async () => {
  runtime = mkdtempSync(join(tmpdir(), "doorbell-runtime-"));
  folder = join(runtime, "doorbell");
  logged = [];
  other = spawn("sleep", ["600"], { stdio: "ignore" });
  await once(other, "spawn");
});

afterEach(async () => {
  await kill();
  rmSync(runtime, { recursive: true });
});

async function kill(): Promise<void> {
  if (other.exitCode !== null || other.signalCode !== null) return;
  other.kill("SIGKILL");
  await once(other, "exit");
}

function stores(pid: number | undefined = process.pid, env = { XDG_RUNTIME_DIR: runtime }): () => ShownStore {
  const log = (event: string, fields?: unknown) => logged.push(event + JSON.stringify(fields));
  const logger: Logger = { error: log, warn: log, info: log, debug: log };
  return shownFiles({ env, pid, logger });
}

const left = async () => (await stores()().left()).map(({ shown }) => shown);

describe("the ids of notifications on the screen", () => {
  it("are found by the next start once their process has been killed, until they are forgotten", async () => {
    await stores(other.pid)().keep(SHOWN);
    await kill();
    const found = await stores()().left();
    expect(found.map(({ shown }) => shown)).toEqual([SHOWN]);
    await Promise.all(found.map((one) => one.forget()));
    expect(await left()).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("belong to their process alone as long as it lives", async () => {
    await stores(other.pid)().keep(SHOWN);
    await stores()().keep(SHOWN);
    expect(await left()).toEqual([]);
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it("are found of a process that was killed and that its parent has not asked about", async () => {
    const parent = spawn("sh", ["-c", "sleep 600 & echo $!; exec sleep 600"], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    onTestFinished(() => void parent.kill("SIGKILL"));
    const [line] = (await once(parent.stdout, "data")) as [Buffer];
    const pid = Number(line.toString());
    // A shell would ask; a process that is stopped asks nothing.
    parent.kill("SIGSTOP");
    await stores(pid)().keep(SHOWN);
    process.kill(pid, "SIGKILL");
    await expect.poll(left).toEqual([SHOWN]);
    expect(existsSync(`/proc/${pid}`)).toBe(true);
  });

  it("are not taken for those of a later process with the same number", async () => {
    await stores()().keep(SHOWN);
    const [name = ""] = readdirSync(folder);
    const earlier = name.replace(/-\d+-/, "-1-");
    writeFileSync(join(folder, earlier), JSON.stringify(SHOWN));
    expect(await left()).toEqual([SHOWN]);
    expect(readdirSync(folder).toSorted()).toEqual([name, earlier].toSorted());
  });

  it("are replaced by the latest, and their file goes when nothing is on the screen", async () => {
    const store = stores(other.pid)();
    await store.keep(SHOWN);
    await store.keep({ ...SHOWN, ids: [12] });
    expect(readdirSync(folder)).toHaveLength(1);
    await kill();
    expect(await left()).toEqual([{ ...SHOWN, ids: [12] }]);
    await store.keep(null);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("of two services that one process opened do not get into each other's way", async () => {
    const open = stores(other.pid);
    const [first, second] = [open(), open()];
    await first.keep(SHOWN);
    await second.keep({ ...SHOWN, ids: [1] });
    await first.keep(null);
    await kill();
    expect(await left()).toEqual([{ ...SHOWN, ids: [1] }]);
  });

  it("are for the user alone", async () => {
    await stores()().keep(SHOWN);
    const [name = ""] = readdirSync(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  });

  it.each([
    ["half written", '{"busId":"0123ab'],
    ["of another form", '{"busId":"0123abcd","owner":":1.7","ids":["4"]}'],
    ["of impossible ids", '{"busId":"0123abcd","owner":":1.7","ids":[0]}'],
    ["empty", ""],
  ])("%s by a process that has ended are swept", async (_, text) => {
    await stores(other.pid)().keep(SHOWN);
    const [name = ""] = readdirSync(folder);
    writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, `${name}.new`), JSON.stringify(SHOWN));
    writeFileSync(join(folder, "something-else"), "");
    await kill();
    expect(await left()).toEqual([]);
    expect(readdirSync(folder)).toEqual(["something-else"]);
  });
});

describe("where nothing can be kept", () => {
  it.each([{}, { XDG_RUNTIME_DIR: "" }, { XDG_RUNTIME_DIR: "runtime" }])(
    "with the environment %j it is done without",
    async (env) => {
      const store = shownFiles({ env, pid: process.pid, logger: SILENT })();
      await store.keep(SHOWN);
      expect(await store.left()).toEqual([]);
      expect(existsSync("runtime")).toBe(false);
    },
  );

  it("a folder that is a file, or gone, is told in the log and harms nothing", async () => {
    writeFileSync(folder, "");
    const store = stores()();
    await store.keep(SHOWN);
    expect(await store.left()).toEqual([]);
    expect(logged).toEqual([
      'notification.record{"step":"keep","code":"EEXIST"}',
      'notification.record{"step":"left","code":"ENOTDIR"}',
    ]);
  });

  it("nothing is kept of a process that the system does not tell of", async () => {
    await kill();
    await stores(other.pid)().keep(SHOWN);
    expect(existsSync(folder)).toBe(false);
  });
});

const SILENT: Logger = { error() {}, warn() {}, info() {}, debug() {} };
