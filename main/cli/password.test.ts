import { describe, expect, it } from "vitest";
import type { SecretStore } from "../account/secrets.ts";
import { findPassword, type PasswordSources } from "./password.ts";

const refuse = (): Promise<never> => Promise.reject(new Error("Not expected"));

function store(get: () => Promise<string | null>, kind: "keychain" | "memory" = "keychain"): SecretStore {
  return { place: { kind, detail: "No keychain answers." }, get, set: refuse, delete: refuse };
}

async function found(sources: Partial<PasswordSources>): Promise<string | null> {
  const reading = await findPassword("anna@contoso.com", {
    firstLine: null,
    openSecrets: async () => store(async () => null),
    environment: undefined,
    ask: null,
    ...sources,
  });
  if (reading.kind === "found") return await reading.password();
  return reading.kind === "none" ? `none: ${reading.message}` : reading.kind;
}

describe("The password", () => {
  const keychain = { openSecrets: async () => store(async () => "from the keychain") };
  const environment = { environment: "from the environment" };
  const ask = { ask: async () => ({ kind: "typed" as const, text: "from the person" }) };

  it("is taken from the first line before all else, and the keychain is not even opened", async () => {
    const firstLine = async () => ({ kind: "line" as const, text: " from input " });
    expect(await found({ firstLine, openSecrets: refuse, ...environment, ...ask })).toBe(" from input ");
  });

  it("is taken from keychain, environment, person, in this order", async () => {
    expect(await found({ ...keychain, ...environment, ...ask })).toBe("from the keychain");
    expect(await found({ ...environment, ...ask })).toBe("from the environment");
    expect(await found({ ...ask })).toBe("from the person");
  });

  it("is looked up again at each sign-in when the keychain keeps it", async () => {
    const answers = ["old", "new"];
    const reading = await findPassword("a@b", {
      firstLine: null,
      openSecrets: async () => store(async () => answers.shift() ?? Promise.reject(new Error("locked"))),
      environment: undefined,
      ask: null,
    });
    if (reading.kind !== "found") throw new Error("No password");
    expect([await reading.password(), await reading.password()]).toEqual(["new", "old"]);
  });

  it("is missing with a sentence that says what was tried", async () => {
    expect(await found({})).toMatch(
      /^none: There is no password for .* holds none\. DOORBELL_PASSWORD .* --password-stdin\.$/,
    );
    expect(await found({ openSecrets: async () => store(async () => null, "memory") })).toContain(
      "No keychain answers.",
    );
    expect(await found({ openSecrets: async () => store(refuse) })).toContain("did not answer");
    expect(await found({ firstLine: async () => undefined, ...environment })).toMatch(
      /^none: --password-stdin/,
    );
    expect(await found({ firstLine: async () => ({ kind: "line", text: "" }) })).toMatch(
      /^none: --password-stdin/,
    );
    expect(await found({ firstLine: async () => ({ kind: "tooLong" }) })).toMatch(/^none: .*too long/);
    expect(await found({ ask: async () => ({ kind: "ended" }) })).toMatch(/^none: No password was typed/);
    expect(await found({ ask: async () => ({ kind: "interrupted" }) })).toBe("interrupted");
  });
});
