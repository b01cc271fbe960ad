import { describe, expect, it } from "vitest";

import type { AppSettings, KeptPasswordOwner } from "../../account/app-settings.ts";
import type { KeptSecret, KeyringFailure, KeyringState, SecretStore } from "../../account/secrets.ts";
import { SILENT_LOGGER } from "../../testing/rig.ts";
import { VirtualClock } from "../../testing/virtual-clock.ts";
import { KeptPassword } from "./kept-password.ts";

const OWNER: KeptPasswordOwner = {
  address: "tosh@contoso.example",
  server: null,
  origins: ["https://pool.contoso.example"],
};

/** One question that waits for its answer, unless it is given up before. */
class Asked<Answer extends KeptSecret | KeyringFailure | null> {
  readonly what: string;
  readonly signal: AbortSignal;
  readonly #answer = Promise.withResolvers<Answer>();

  constructor(what: string, signal: AbortSignal, givenUp: Answer) {
    this.what = what;
    this.signal = signal;
    signal.addEventListener("abort", () => this.answer(givenUp));
  }

  answer(value: Answer): void {
    this.#answer.resolve(value);
  }

  get answered(): Promise<Answer> {
    return this.#answer.promise;
  }
}

function rig(state: KeyringState = "available", keptPassword: KeptPasswordOwner | null = null) {
  const clock = new VirtualClock();
  const asked: { readonly what: string; readonly signal: AbortSignal }[] = [];
  const lookUps: Asked<KeptSecret>[] = [];
  const changes: Asked<KeyringFailure | null>[] = [];
  const change = (what: string, signal: AbortSignal): Promise<KeyringFailure | null> => {
    const question = new Asked<KeyringFailure | null>(what, signal, "givenUp");
    asked.push(question);
    changes.push(question);
    return question.answered;
  };
  let current = { keptPassword } as AppSettings;
  let looks = state;
  let shown = 0;
  const secrets: SecretStore = {
    look: async () => looks,
    get: (account, signal) => {
      const givenUp = { outcome: "failed", why: "givenUp" } as const;
      const question = new Asked<KeptSecret>(`get ${account}`, signal, givenUp);
      asked.push(question);
      lookUps.push(question);
      return question.answered;
    },
    set: (account, secret, signal) => change(`set ${account} ${secret}`, signal),
    delete: (account, signal) => change(`delete ${account}`, signal),
  };
  const kept = new KeptPassword({
    secrets,
    clock,
    logger: SILENT_LOGGER,
    changed: () => undefined,
    show: () => void (shown += 1),
    settings: {
      get current() {
        return current;
      },
      save: (change) => void (current = { ...current, ...change }),
    },
  });
  return {
    kept,
    clock,
    asked,
    lookUps,
    changes,
    shown: () => shown,
    becomes: (next: KeyringState) => void (looks = next),
    owner: () => current.keptPassword,
    whats: () => asked.map(({ what }) => what),
  };
}

describe("The password in the keyring", () => {
  it("is asked for nothing while the keyring is only looked at", async () => {
    const { kept, clock, asked, becomes } = rig("absent");
    kept.look();
    await clock.settle();
    expect([kept.possible, kept.problem, kept.notice, asked]).toEqual([false, "", null, []]);
    becomes("locked");
    kept.look();
    await clock.settle();
    expect(kept.possible).toBe(true);
  });

  it("that is found signs in without a word", async () => {
    const { kept, clock, shown, lookUps } = rig();
    const found = kept.lookUp(OWNER);
    await clock.settle();
    lookUps[0]?.answer({ outcome: "found", secret: "hunter2" });
    expect(await found).toBe("hunter2");
    expect([kept.problem, shown(), clock.pending]).toEqual(["", 0, 0]);
  });

  it.each([
    ["a locked keyring", "locked", 0],
    ["a keyring that does not answer", "available", 5_000],
  ] as const)("is waited for, with the form in front of the person, in %s", async (_, state, waitMs) => {
    const { kept, clock, shown, lookUps } = rig(state);
    const found = kept.lookUp(OWNER);
    await clock.advance(Math.max(0, waitMs - 1));
    if (waitMs > 0) expect(shown()).toBe(0);
    await clock.advance(1);
    expect(kept.problem).toContain("Unlock your keyring");
    await clock.advance(3_600_000);
    expect(shown()).toBe(1);
    lookUps[0]?.answer({ outcome: "found", secret: "hunter2" });
    expect(await found).toBe("hunter2");
    expect([kept.problem, clock.pending]).toEqual(["", 0]);
  });

  it.each([
    [{ outcome: "missing" }, "no longer in your keyring"],
    [{ outcome: "failed", why: "locked" }, "was not unlocked"],
    [{ outcome: "failed", why: "absent" }, "No keyring is available"],
    [{ outcome: "failed", why: "library" }, "libsecret"],
    [{ outcome: "failed", why: "refused" }, "did not give"],
    [{ outcome: "failed", why: "broken" }, "did not give"],
  ] as const)("that does not come (%o) is told on the form, which is shown", async (answer, sentence) => {
    const { kept, clock, shown, lookUps } = rig();
    const found = kept.lookUp(OWNER);
    await clock.settle();
    lookUps[0]?.answer(answer);
    expect(await found).toBeNull();
    expect(kept.problem).toContain(sentence);
    expect(shown()).toBe(1);
    kept.giveUp();
    expect(kept.problem).toBe("");
  });

  it("is no longer waited for once it is given up: the question ends, and a late answer is nobody's", async () => {
    const { kept, clock, asked, shown, lookUps } = rig("locked");
    const found = kept.lookUp(OWNER);
    await clock.settle();
    kept.giveUp();
    expect(asked[0]?.signal.aborted).toBe(true);
    lookUps[0]?.answer({ outcome: "found", secret: "hunter2" });
    expect(await found).toBeNull();
    await clock.settle();
    expect([kept.problem, shown(), clock.pending]).toEqual(["", 1, 0]);
  });

  it("belongs to the settings only when it is kept, and failing is told once", async () => {
    const { kept, clock, owner, changes } = rig("available", { ...OWNER, server: "https://old.example" });
    kept.keep(OWNER, "hunter2");
    expect(owner()).toBeNull();
    await clock.settle();
    changes[0]?.answer(null);
    await clock.settle();
    expect([owner(), kept.notice, kept.ownerFor(OWNER)]).toEqual([OWNER, null, OWNER]);
    for (const [why, sentence] of [
      ["locked", "not unlocked"],
      ["absent", "could not be saved"],
    ] as const) {
      kept.keep(OWNER, "hunter3");
      await clock.settle();
      changes.at(-1)?.answer(why);
      await clock.settle();
      expect([owner(), kept.notice]).toEqual([null, expect.stringContaining(sentence)]);
    }
    kept.giveUp();
    expect(kept.notice).toBeNull();
  });

  it("is removed where one is kept, for its own address, and nothing is asked where none is", async () => {
    const { kept, clock, owner, whats, changes } = rig("available", OWNER);
    kept.forget(OWNER);
    expect(owner()).toEqual(OWNER);
    kept.forget({ ...OWNER, address: "lene@contoso.example" });
    kept.forget();
    await clock.settle();
    expect([owner(), whats()]).toEqual([null, [`delete ${OWNER.address}`]]);
    changes[0]?.answer("locked");
    await clock.settle();
    expect(kept.notice).toContain("still in your keyring");
  });

  it("that is still being kept at a sign-out is given up, and removed in case it arrived", async () => {
    const { kept, clock, owner, whats, changes } = rig("locked");
    kept.keep(OWNER, "hunter2");
    await clock.settle();
    kept.forget();
    await clock.settle();
    expect(whats()).toEqual([`set ${OWNER.address} hunter2`, `delete ${OWNER.address}`]);
    changes[1]?.answer("locked");
    await clock.settle();
    expect([owner(), kept.notice]).toEqual([null, null]);
  });

  it("is given three seconds to arrive when the program ends, and no more", async () => {
    const { kept, clock, asked } = rig("locked");
    kept.keep(OWNER, "hunter2");
    await clock.settle();
    let closed = false;
    void kept.close().then(() => (closed = true));
    await clock.advance(2_999);
    expect([closed, asked[0]?.signal.aborted]).toEqual([false, false]);
    await clock.advance(1);
    expect([closed, asked[0]?.signal.aborted, clock.pending]).toEqual([true, true, 0]);
    const idle = rig();
    await idle.kept.close();
    expect(idle.clock.pending).toBe(0);
  });
});
