import { describe, expect, it } from "vitest";
import { VirtualClock } from "../testing/virtual-clock.ts";
import { openSecretStore, SecretStoreError, type Keychain } from "./secrets.ts";

const random = { uuid: () => "22222222-2222-4222-8222-222222222222", fraction: () => 0.5 };

class FakeKeychain implements Keychain {
  readonly kept = new Map<string, string>();
  fail: "nothing" | "set" | "get" | "delete" | "all" = "nothing";

  async setPassword(service: string, account: string, secret: string): Promise<void> {
    this.#refuse("set", secret);
    this.kept.set(`${service}/${account}`, secret);
  }
  async getPassword(service: string, account: string): Promise<string | null> {
    this.#refuse("get", account);
    return this.kept.get(`${service}/${account}`) ?? null;
  }
  async deletePassword(service: string, account: string): Promise<boolean> {
    this.#refuse("delete", account);
    return this.kept.delete(`${service}/${account}`);
  }
  #refuse(what: FakeKeychain["fail"], quoted: string): void {
    if (this.fail === what || this.fail === "all") throw new Error(`cannot ${what} ${quoted}`);
  }
}

describe("The secret store", () => {
  it("uses a keychain that gives back what is put into it, and leaves no probe behind", async () => {
    const keychain = new FakeKeychain();
    const clock = new VirtualClock();
    const store = await openSecretStore({ clock, random }, async () => keychain);
    expect(store.place.kind).toBe("keychain");
    expect(keychain.kept.size).toBe(0);
    await store.set("anna@contoso.com", "hunter2");
    expect(keychain.kept).toEqual(new Map([["Doorbell/anna@contoso.com", "hunter2"]]));
    expect(await store.get("anna@contoso.com")).toBe("hunter2");
    await store.delete("anna@contoso.com");
    expect(await store.get("anna@contoso.com")).toBeNull();
    expect(clock.pending).toBe(0);
  });

  it.each(["set", "get", "delete", "all"] as const)(
    "keeps secrets in memory when the keychain fails to %s, and says so",
    async (fail) => {
      const keychain = new FakeKeychain();
      keychain.fail = fail;
      const store = await openSecretStore({ clock: new VirtualClock(), random }, async () => keychain);
      expect(store.place).toEqual({ kind: "memory", detail: "No keychain answers, or it refuses." });
      if (fail !== "delete") expect(keychain.kept.size).toBe(0);
      await store.set("a", "secret");
      expect(await store.get("a")).toBe("secret");
      await store.delete("a");
      expect(await store.get("a")).toBeNull();
    },
  );

  it("keeps secrets in memory when what is read is not what was written", async () => {
    const keychain = new FakeKeychain();
    keychain.getPassword = async () => "something else";
    const store = await openSecretStore({ clock: new VirtualClock(), random }, async () => keychain);
    expect(store.place).toEqual({
      kind: "memory",
      detail: "The keychain does not give back what is put into it.",
    });
    expect(keychain.kept.size).toBe(0);
  });

  it("keeps secrets in memory when the library cannot be loaded", async () => {
    const store = await openSecretStore({ clock: new VirtualClock(), random }, () =>
      Promise.reject(new Error("dlopen")),
    );
    expect(store.place.kind).toBe("memory");
  });

  it("waits five seconds for a locked keychain, and takes the probe back when it is unlocked later", async () => {
    const clock = new VirtualClock();
    const keychain = new FakeKeychain();
    const unlocked = Promise.withResolvers<void>();
    keychain.setPassword = async (service, account, secret) => {
      await unlocked.promise;
      keychain.kept.set(`${service}/${account}`, secret);
    };
    const opening = openSecretStore({ clock, random }, async () => keychain);
    await clock.advance(5_000);
    expect((await opening).place).toEqual({
      kind: "memory",
      detail: "The keychain did not answer within 5 seconds.",
    });
    expect(keychain.kept.size).toBe(0);
    let written = false;
    const { kept } = keychain;
    const set = kept.set.bind(kept);
    kept.set = (...entry) => {
      written = true;
      return set(...entry);
    };
    unlocked.resolve();
    await clock.settle();
    expect(written).toBe(true);
    expect(kept.size).toBe(0);
    expect(clock.pending).toBe(0);
  });

  it("never quotes a secret when the keychain fails later", async () => {
    const keychain = new FakeKeychain();
    const store = await openSecretStore({ clock: new VirtualClock(), random }, async () => keychain);
    keychain.fail = "all";
    const error: unknown = await store.set("anna@contoso.com", "hunter2").catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SecretStoreError);
    expect(
      `${String(error)} ${error instanceof Error ? error.stack : ""} ${JSON.stringify(error)}`,
    ).not.toContain("hunter2");
    expect(error).not.toHaveProperty("cause");
  });
});
