import { describe, expect, it } from "vitest";
import { Doorbell } from "../../core/doorbell.ts";
import { SILENT_LOGGER } from "../../testing/rig.ts";
import { ScriptedSession } from "../../testing/scripted-session.ts";
import { VirtualClock } from "../../testing/virtual-clock.ts";
import type { Session } from "../../ucwa/session.ts";
import type { SessionAccount } from "../../ucwa/session-options.ts";
import { systemRandom } from "../../platform/system.ts";
import { openSessionCore } from "./session-core.ts";

const ACCOUNT: SessionAccount = {
  address: "anna@contoso.example",
  password: async () => "hunter2",
  server: null,
  trusted: ["https://given.example"],
  endpointId: "e",
  instanceId: "i",
  userAgent: "Doorbell/1",
  culture: "en-GB",
};

class ToldSession extends ScriptedSession implements Session {
  readonly #done: string[];
  readonly #name: string;

  constructor(done: string[], { trusted }: SessionAccount) {
    super(new VirtualClock());
    this.#done = done;
    this.#name = trusted.length.toString();
  }

  start(): void {
    this.#done.push(`start ${this.#name}`);
  }

  resumed(): void {}

  override async signOut(): Promise<void> {
    this.#done.push(`signOut ${this.#name}`);
  }
}

function rig() {
  const done: string[] = [];
  const accounts: SessionAccount[] = [];
  const core = openSessionCore(
    new Doorbell({ clock: new VirtualClock(), random: systemRandom, logger: SILENT_LOGGER }),
    ACCOUNT,
    (account) => {
      accounts.push(account);
      return new ToldSession(done, account);
    },
    async () => void done.push("close"),
  );
  return { core, done, accounts };
}

describe("the session of the terminal program", () => {
  it("goes on past an origin with all that was approved before", async () => {
    const { core, done, accounts } = rig();
    core.session.start();
    await core.approve("https://pool.elsewhere.example");
    await core.approve("https://third.example");
    expect(accounts.at(-1)?.trusted).toEqual([
      "https://given.example",
      "https://pool.elsewhere.example",
      "https://third.example",
    ]);
    await core.session.signOut();
    expect(done).toEqual(["start 1", "signOut 1", "start 2", "signOut 2", "start 3", "signOut 3"]);
  });

  it("begins no other session once the program is leaving", async () => {
    const { core, done } = rig();
    const approving = core.approve("https://pool.elsewhere.example");
    await core.close();
    await approving;
    expect(done).toEqual(["signOut 1", "close"]);
  });
});
