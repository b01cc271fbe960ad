import { describe, expect, it } from "vitest";
import type { KeptSecret, KeyringState, SecretReader } from "../account/secrets.ts";
import { VirtualClock } from "../testing/virtual-clock.ts";
import { findPassword, type PasswordSources } from "./password.ts";

const refuse = (): Promise<never> => Promise.reject(new Error("Not expected"));
const ACCOUNT = { address: "anna@contoso.example", server: null };

function store(
  get: (signal: AbortSignal) => Promise<KeptSecret>,
  look: () => Promise<KeyringState> = async () => "available",
): SecretReader {
  return { look, get: (_, signal) => get(signal) };
}

const found = (secret: string): KeptSecret => ({ outcome: "found", secret });

function sources(given: Partial<PasswordSources>): PasswordSources {
  return {
    firstLine: null,
    environment: undefined,
    secrets: store(async () => ({ outcome: "missing" })),
    clock: new VirtualClock(),
    waiting: () => undefined,
    ask: null,
    ...given,
  };
}

async function password(given: Partial<PasswordSources>): Promise<string | null> {
  const reading = await findPassword(ACCOUNT, sources(given));
  if (reading.kind === "found") return await reading.password();
  return reading.kind === "none" ? `none: ${reading.message}` : reading.kind;
}

describe("The password", () => {
  const unasked = { secrets: { look: refuse, get: refuse } };
  const keyring = { secrets: store(async () => found("from the keyring")) };
  const environment = { environment: "from the environment" };
  const ask = { ask: async () => ({ kind: "typed" as const, text: "from the person" }) };

  it("is taken from the first line before all else, and the keyring is not even looked at", async () => {
    const firstLine = async () => ({ kind: "line" as const, text: " from input " });
    expect(await password({ firstLine, ...unasked, ...environment, ...ask })).toBe(" from input ");
  });

  it("is taken from the environment before the keyring, which is not even looked at", async () => {
    expect(await password({ ...unasked, ...environment, ...ask })).toBe("from the environment");
  });

  it("is taken from keyring, then person", async () => {
    expect(await password({ ...keyring, ...ask })).toBe("from the keyring");
    expect(await password({ ...keyring, environment: "", ...ask })).toBe("from the keyring");
    expect(await password(ask)).toBe("from the person");
    const locked = store(async () => ({ outcome: "failed", why: "locked" }));
    expect(await password({ secrets: locked, ...ask })).toBe("from the person");
  });

  it("is looked for under the server that it was kept for, and under no other", async () => {
    const names: string[] = [];
    const secrets: SecretReader = {
      look: async () => "available",
      get: async (name) => {
        names.push(name);
        return { outcome: "missing" };
      },
    };
    for (const server of [null, "https://lync.contoso.example/"])
      await findPassword({ ...ACCOUNT, server }, sources({ secrets }));
    expect(names).toEqual([ACCOUNT.address, `${ACCOUNT.address} https://lync.contoso.example/`]);
  });

  it("waits for a keyring to be unlocked for as long as it takes, and says once what it waits for", async () => {
    const clock = new VirtualClock();
    const unlocked = Promise.withResolvers<KeptSecret>();
    let said = 0;
    const given = { clock, waiting: () => void (said += 1), secrets: store(() => unlocked.promise) };
    const reading = findPassword(ACCOUNT, sources(given));
    await clock.advance(1_999);
    expect(said).toBe(0);
    await clock.advance(3_600_000);
    expect(said).toBe(1);
    unlocked.resolve(found("late"));
    const { kind } = await reading;
    expect([kind, clock.pending]).toEqual(["found", 0]);
  });

  it("is looked up again at each sign-in when the keyring keeps it, for five seconds and without a prompt", async () => {
    const clock = new VirtualClock();
    let state: KeyringState = "available";
    const stalled = (signal: AbortSignal) =>
      new Promise<KeptSecret>((resolve) =>
        signal.addEventListener("abort", () => resolve({ outcome: "failed", why: "givenUp" })),
      );
    const answers: ((signal: AbortSignal) => Promise<KeptSecret>)[] = [
      async () => found("old"),
      async () => found("new"),
      async () => ({ outcome: "missing" }),
      stalled,
    ];
    const secrets = store(
      (signal) => answers.shift()?.(signal) ?? refuse(),
      async () => state,
    );
    const reading = await findPassword(ACCOUNT, sources({ clock, secrets }));
    if (reading.kind !== "found") throw new Error("No password");
    expect(await reading.password()).toBe("new");
    expect(await reading.password()).toBe("old");
    const late = reading.password();
    await clock.advance(5_000);
    expect(await late).toBe("old");
    state = "locked";
    expect(await reading.password()).toBe("old");
    expect(clock.pending).toBe(0);
  });

  it("is missing with a sentence that says what was tried", async () => {
    expect(await password({})).toMatch(
      /^none: There is no password for .* DOORBELL_PASSWORD .* holds none\. .*--password-stdin\.$/,
    );
    const absent = store(async () => ({ outcome: "failed", why: "absent" }));
    expect(await password({ secrets: absent })).toContain("No keyring is available.");
    const locked = store(async () => ({ outcome: "failed", why: "locked" }));
    expect(await password({ secrets: locked })).toContain("was not unlocked");
    expect(await password({ firstLine: async () => undefined, ...environment })).toMatch(
      /^none: --password-stdin/,
    );
    expect(await password({ firstLine: async () => ({ kind: "line", text: "" }) })).toMatch(
      /^none: --password-stdin/,
    );
    expect(await password({ firstLine: async () => ({ kind: "tooLong" }) })).toMatch(/^none: .*too long/);
    expect(await password({ ask: async () => ({ kind: "ended" }) })).toMatch(/^none: No password was typed/);
    expect(await password({ ask: async () => ({ kind: "interrupted" }) })).toBe("interrupted");
  });
});
