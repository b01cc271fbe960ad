import { PassThrough } from "node:stream";
import type { KeptSecret, KeyringState } from "../../account/secrets.ts";
import { Doorbell } from "../../core/doorbell.ts";
import type { Fetch } from "../../platform/ports.ts";
import { SILENT_LOGGER } from "../../testing/rig.ts";
import { ScriptedServer, TOKEN_PATH } from "../../testing/servers/scripted-server.ts";
import { VirtualClock } from "../../testing/virtual-clock.ts";
import { createSession } from "../../ucwa/session.ts";
import type { Parts, ProgramIo } from "../composition.ts";
import { Interruption } from "../interruption.ts";
import { openSessionCore } from "../watch/session-core.ts";
import { run } from "../run.ts";
import { FakeJob } from "./fakes.ts";
import type { DesktopReading, ShownCertificate } from "../doctor/surroundings.ts";
import { PASSWORD } from "../../testing/signed-in.ts";

const CAPABLE: DesktopReading = {
  notifications: {
    available: true,
    capabilities: { name: "Notify 1.0", actions: true, body: true, bodyMarkup: false },
  },
  trayHost: true,
};

/** What may stand in a line of its JSON. */
interface Line {
  readonly type: string;
  readonly name?: string;
  readonly result?: string;
  readonly detail?: string;
  readonly ok?: boolean;
}

/** The doctor with the real session against a server in memory, on a virtual clock. */
export class Practice {
  readonly clock = new VirtualClock();
  readonly server = new ScriptedServer();
  readonly interruption = new Interruption(() => undefined);
  fetch: Fetch = this.server.fetch;
  desktop: DesktopReading = CAPABLE;
  certificate: ShownCertificate | null = {
    issuer: "Contoso CA",
    validUntil: Date.UTC(2027, 0, 2),
    refusal: null,
  };
  keyring: KeyringState = "available";
  keyringAnswers: KeptSecret = { outcome: "missing" };
  readonly asked: string[] = [];
  out = "";
  err = "";

  start(...options: string[]): Promise<number> {
    const { clock } = this;
    const stdin = new PassThrough();
    stdin.end(`${PASSWORD}\n`);
    const stdout = new PassThrough().on("data", (chunk) => (this.out += String(chunk)));
    const stderr = new PassThrough().on("data", (chunk) => (this.err += String(chunk)));
    const random = { uuid: () => "11111111-1111-4111-8111-111111111111", fraction: () => 0.5 };
    const parts: Parts = {
      clock,
      random,
      version: "1.2.3",
      culture: "en-GB",
      machine: () => "machine",
      readSettings: () => ({
        settings: { address: null, server: null, trustedOrigins: {}, endpointId: null },
        problems: [],
      }),
      secrets: {
        look: async () => this.keyring,
        get: async (account) => {
          this.asked.push(account);
          return this.keyringAnswers;
        },
      },
      openCore: (account, logger, observe = (fetch) => fetch) => {
        const bell = new Doorbell({ clock, random, logger: SILENT_LOGGER });
        const fetch = observe((url, init) => this.fetch(url, init));
        const open = (current: typeof account) =>
          createSession({ fetch, clock, random, logger, listener: bell, account: current });
        return openSessionCore(bell, account, open, async () => undefined);
      },
      openNotifications: null,
      ringPlayer: { play: () => undefined },
      surroundings: {
        resolve: async (host) => (host.startsWith("lyncdiscoverinternal") ? [] : ["192.0.2.7"]),
        certificate: async () => this.certificate,
        desktop: async () => this.desktop,
      },
    };
    const io: ProgramIo = {
      stdin,
      stdout,
      stderr,
      env: {},
      interruption: this.interruption,
      job: new FakeJob(),
      shown: (text) => text,
    };
    const argv = ["doctor", "--user", "anna@contoso.example", "--password-stdin", ...options];
    return run(argv, parts, io);
  }

  /** Runs it to its end, through every wait. */
  async status(...options: string[]): Promise<number> {
    const running = this.start(...options);
    for (let seconds = 0; seconds < 30; seconds++) await this.clock.advance(1_000);
    return await running;
  }

  get lines(): Line[] {
    return this.out
      .trimEnd()
      .split("\n")
      .map((line): Line => JSON.parse(line));
  }

  /** `name result` of each line, one after another the same left out. */
  get outcomes(): string[] {
    const outcomes = this.lines.map(({ name, result, ok }) => (name ? `${name} ${result}` : `verdict ${ok}`));
    return outcomes.filter((line, index) => line !== outcomes[index - 1]);
  }

  detail(name: string, result: string): string | undefined {
    return this.lines.findLast((line) => line.name === name && line.result === result)?.detail;
  }

  get tokenRequests(): number {
    return this.server.requests.filter(({ url }) => new URL(url).pathname === TOKEN_PATH).length;
  }
}
