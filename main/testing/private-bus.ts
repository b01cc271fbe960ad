import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A session bus of a test's own: a real `dbus-daemon`, which may be killed and started again at the same address. */
export class PrivateBus {
  readonly address: string;
  readonly #folder: string;
  #daemon: ChildProcess | null = null;

  private constructor() {
    this.#folder = mkdtempSync(join(tmpdir(), "doorbell-bus-"));
    this.address = `unix:path=${join(this.#folder, "bus")}`;
  }

  static async start(): Promise<PrivateBus> {
    const bus = new PrivateBus();
    await bus.start();
    return bus;
  }

  /** Rejects with a sentence that names the package when no `dbus-daemon` starts. */
  async start(): Promise<void> {
    const config = join(this.#folder, "bus.conf");
    writeFileSync(
      config,
      `<busconfig><type>session</type><listen>${this.address}</listen><servicedir>${this.#folder}</servicedir>
      <auth>EXTERNAL</auth><policy context="default"><allow send_destination="*" eavesdrop="true"/>
      <allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`,
    );
    // A process group of its own, which what the bus starts on demand stays in; all of it ends with this input.
    const watched = '"$@" & exec >/dev/null; cat; kill -9 $!; wait; kill -9 0';
    const command = [
      "dbus-daemon",
      `--config-file=${config}`,
      "--nofork",
      "--nopidfile",
      "--print-address=1",
    ];
    const daemon = spawn("sh", ["-c", watched, "sh", ...command], {
      stdio: ["pipe", "pipe", "ignore"],
      detached: true,
    });
    this.#daemon = daemon;
    const announced = createInterface({ input: daemon.stdout });
    const [line] = await Promise.race([once(announced, "line"), once(announced, "close")]);
    if (line === undefined) {
      await this.kill();
      throw new Error("This test needs a working dbus-daemon. Install it with: apt-get install dbus");
    }
  }

  /** Makes a service that the bus starts on demand. Takes effect when the bus starts. */
  activatable(name: string, command: string): void {
    writeFileSync(join(this.#folder, `${name}.service`), `[D-BUS Service]\nName=${name}\nExec=${command}\n`);
  }

  /** Kills the bus and what it started. */
  async kill(): Promise<void> {
    const daemon = this.#daemon;
    this.#daemon = null;
    if (daemon?.pid === undefined) return;
    const exited = once(daemon, "exit");
    daemon.stdin?.end();
    await exited;
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
