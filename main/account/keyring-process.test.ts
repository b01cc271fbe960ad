import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { busCall, openSessionBus } from "../platform/bus/session-bus.ts";
import { systemClock as clock } from "../platform/system.ts";
import { PrivateBus } from "../testing/private-bus.ts";
import { SILENT_LOGGER as logger } from "../testing/rig.ts";
import { askKeyring } from "./keyring.ts";
import { nodeKeyringChild } from "./keyring-process.ts";
import { lookAtSecretService } from "./secret-service.ts";
import { keyringStore } from "./secrets.ts";
import { secretBehaviours, type SecretStand } from "./testing/secret-behaviours.ts";

// The real child process, keytar and gnome-keyring, on a session bus of its own.

const CHILD = fileURLToPath(new URL("keyring-child.ts", import.meta.url));
const ACCOUNT = "anna@contoso.example";
const SIGNAL = new AbortController().signal;

// Real processes, each of which loads the program from its sources.
const LIMIT_MS = 60_000;

describe.runIf(process.platform === "linux")("A process that asks the keyring", { timeout: LIMIT_MS }, () => {
  const daemons: ChildProcess[] = [];
  let bus: PrivateBus;
  let home: string;
  let env: NodeJS.ProcessEnv;

  beforeEach(async () => {
    bus = await PrivateBus.start();
    home = mkdtempSync(join(tmpdir(), "doorbell-keyring-"));
    env = {
      PATH: process.env["PATH"],
      HOME: home,
      XDG_RUNTIME_DIR: home,
      XDG_DATA_HOME: home,
      DBUS_SESSION_BUS_ADDRESS: bus.address,
    };
  });

  afterEach(async () => {
    for (const daemon of daemons.splice(0)) await endOf(daemon);
    await bus.close();
    rmSync(home, { recursive: true });
  });

  async function endOf(daemon: ChildProcess): Promise<void> {
    if (daemon.exitCode !== null || daemon.signalCode !== null) return;
    daemon.kill("SIGKILL");
    await once(daemon, "exit");
  }

  /** Starts the daemon: unlocked with a password, or as it is on the disk. */
  async function startDaemon(password: string | null): Promise<ChildProcess> {
    const args = ["--foreground", "--components=secrets", ...(password === null ? [] : ["--unlock"])];
    const daemon = spawn("gnome-keyring-daemon", args, { env, stdio: ["pipe", "ignore", "ignore"] });
    daemons.push(daemon);
    const missing = once(daemon, "error").then(() =>
      Promise.reject(new Error("gnome-keyring-daemon is not installed")),
    );
    daemon.stdin.end(password ?? "");
    const owned = (async () => {
      while ((await look()) === "absent") await new Promise((resolve) => setTimeout(resolve, 20));
    })();
    await Promise.race([owned, missing]);
    return daemon;
  }

  const look = () => lookAtSecretService({ address: bus.address, clock, logger });
  const store = () => keyringStore({ clock, look, start: nodeKeyringChild(CHILD, env) });

  /** An open keyring of a daemon that can be started anew. */
  async function stand(): Promise<SecretStand> {
    let daemon = await startDaemon("keyring password");
    const leave = async () => {
      await endOf(daemon);
      while ((await look()) !== "absent") await new Promise((resolve) => setTimeout(resolve, 20));
    };
    return {
      store: store(),
      leave,
      lock: async () => {
        await leave();
        daemon = await startDaemon(null);
      },
      neverUsed: async () => {
        await leave();
        rmSync(join(home, "keyrings"), { recursive: true });
        daemon = await startDaemon(null);
      },
    };
  }

  it.each(secretBehaviours.map(({ name, run }) => [name, run] as const))(
    "asks one of which is true: %s",
    async (_behaviour, run) => {
      await run(await stand());
    },
  );

  it("is seen as absent without a service or a bus, and as available where one starts on demand", async () => {
    expect(await look()).toBe("absent");
    expect(await store().get(ACCOUNT, SIGNAL)).toEqual({ outcome: "failed", why: "absent" });
    expect(await lookAtSecretService({ address: null, clock, logger })).toBe("absent");
    await bus.kill();
    expect(await look()).toBe("absent");
    bus.activatable("org.freedesktop.secrets", "/bin/false");
    await bus.start();
    expect(await look()).toBe("available");
    expect((await store().get(ACCOUNT, SIGNAL)).outcome).toBe("failed");
  });

  it("counts a service that says nothing as there and not locked, within its limits", async () => {
    const options = { address: bus.address, clock, logger, limitMs: 1_000 };
    const silent = await openSessionBus(options, { signal() {}, lost() {} });
    await silent?.ask(busCall("RequestName", "su", ["org.freedesktop.secrets", 0]));
    expect(await look()).toBe("available");
    silent?.close();
  });

  it("ends at once when it is given up, whatever it waits for", async () => {
    const script = join(home, "waits-for-ever.mjs");
    writeFileSync(
      script,
      `process.on("message", () => process.send({ say: "asking", pid: process.pid }));
       process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));`,
    );
    const told = Promise.withResolvers<number>();
    const giveUp = new AbortController();
    const start = nodeKeyringChild(script, env);
    const asked = askKeyring(
      { ask: "get", account: ACCOUNT },
      {
        clock,
        start: (listener) =>
          start({
            ...listener,
            message: (message) => {
              told.resolve(Number(Reflect.get(message as object, "pid")));
              listener.message({ say: "asking" });
            },
          }),
      },
      giveUp.signal,
    );
    const pid = await told.promise;
    process.kill(pid, 0);
    giveUp.abort();
    expect(await asked).toEqual({ outcome: "failed", why: "givenUp" });
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
