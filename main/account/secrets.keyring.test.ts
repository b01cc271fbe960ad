import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

// The real keytar against a real Secret Service: a private session bus and a keyring of its own. Each store is opened
// in a process of its own, since the library keeps the first bus it has seen.

const STORE = new URL("./secrets.ts", import.meta.url).href;
const SYSTEM = new URL("../system.ts", import.meta.url).href;

const script = (body: string): string => `
  import { openSecretStore } from ${JSON.stringify(STORE)};
  import { systemClock as clock, systemRandom as random } from ${JSON.stringify(SYSTEM)};
  const store = await openSecretStore({ clock, random });
  ${body}
`;

async function inProcess(env: NodeJS.ProcessEnv, body: string): Promise<unknown> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--input-type=module", "-e", script(body)],
    { env },
  );
  return JSON.parse(stdout);
}

describe.runIf(process.platform === "linux")("With a real keyring", () => {
  const children: ChildProcess[] = [];
  let home: string;
  let env: NodeJS.ProcessEnv;

  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), "doorbell-keyring-"));
    env = { PATH: process.env["PATH"], HOME: home, XDG_RUNTIME_DIR: home, XDG_DATA_HOME: home };
    const bus = start("dbus-daemon", ["--session", "--nofork", "--print-address"], env);
    const address = await firstLine(bus, "dbus-daemon");
    env["DBUS_SESSION_BUS_ADDRESS"] = address;
  });

  afterEach(async () => {
    for (const child of children.splice(0).toReversed()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill("SIGKILL");
      await once(child, "exit");
    }
    rmSync(home, { recursive: true });
  });

  function start(command: string, args: string[], environment: NodeJS.ProcessEnv): ChildProcess {
    const child = spawn(command, args, { env: environment, stdio: ["pipe", "pipe", "ignore"] });
    children.push(child);
    return child;
  }

  async function firstLine(child: ChildProcess, name: string): Promise<string> {
    const lines = createInterface({ input: child.stdout! });
    const missing = once(child, "error").then(() => Promise.reject(new Error(`${name} is not installed`)));
    const [line] = (await Promise.race([once(lines, "line"), missing])) as [string];
    return line;
  }

  it("a secret outlives the process, and can be deleted", async () => {
    // It returns when it is on the bus, and ends with the bus.
    const keyring = start("gnome-keyring-daemon", ["--unlock", "--components=secrets"], env);
    const missing = once(keyring, "error").then(() =>
      Promise.reject(new Error("gnome-keyring-daemon is not installed")),
    );
    keyring.stdin!.end("keyring password");
    await Promise.race([once(keyring, "exit"), missing]);

    const account = JSON.stringify("anna@contoso.example");
    expect(
      await inProcess(
        env,
        `await store.set(${account}, "pä55 wörd"); console.log(JSON.stringify(store.place.kind));`,
      ),
    ).toBe("keychain");
    const read = `console.log(JSON.stringify(await store.get(${account})));`;
    expect(await inProcess(env, read)).toBe("pä55 wörd");
    await inProcess(env, `await store.delete(${account}); console.log("null");`);
    expect(await inProcess(env, read)).toBeNull();
  });

  it("a keyring that nobody can unlock is a sentence and memory", async () => {
    expect(await inProcess(env, "console.log(JSON.stringify(store.place));")).toEqual({
      kind: "memory",
      detail: "No keychain answers, or it refuses.",
    });
  });
});
