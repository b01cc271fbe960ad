import assert from "node:assert/strict";
import type { SecretStore } from "../secrets.ts";

/** The store of a keyring that is open and empty, with what can happen to it. */
export interface SecretStand {
  readonly store: SecretStore;
  /** Nobody can be asked to unlock it. */
  readonly lock: () => Promise<void>;
  /** The keyring's service ends, and none can be started. */
  readonly leave: () => Promise<void>;
  /** It is as on a machine where nothing was ever kept. */
  readonly neverUsed: () => Promise<void>;
}

/** Something that every keyring does. `run` throws when one does not. */
export interface SecretBehaviour {
  readonly name: string;
  readonly run: (stand: SecretStand) => Promise<void>;
}

const ANNA = "anna@contoso.example";
const BO = "bo@contoso.example";
const { signal } = new AbortController();

/** What the program relies on of a keyring, whichever that is. */
export const secretBehaviours: readonly SecretBehaviour[] = [
  {
    name: "it keeps one password for each account, the newest, until it is to be forgotten",
    run: async ({ store }) => {
      assert.equal(await store.look(), "available");
      assert.equal(await store.set(ANNA, "first", signal), null);
      assert.equal(await store.set(ANNA, "pä55 wörd", signal), null);
      assert.deepEqual(await store.get(ANNA, signal), { outcome: "found", secret: "pä55 wörd" });
      assert.deepEqual(await store.get(BO, signal), { outcome: "missing" });
      assert.equal(await store.delete(ANNA, signal), null);
      assert.deepEqual(await store.get(ANNA, signal), { outcome: "missing" });
    },
  },
  {
    name: "one that is locked gives, keeps and forgets nothing, and says so",
    run: async ({ store, lock }) => {
      assert.equal(await store.set(ANNA, "secret", signal), null);
      await lock();
      assert.equal(await store.look(), "locked");
      assert.deepEqual(await store.get(ANNA, signal), { outcome: "failed", why: "locked" });
      assert.deepEqual(await store.get(BO, signal), { outcome: "failed", why: "locked" });
      assert.equal(await store.set(ANNA, "another", signal), "locked");
      assert.equal(await store.delete(ANNA, signal), "locked");
    },
  },
  {
    name: "where there is none, everything says so",
    run: async ({ store, leave }) => {
      await leave();
      assert.equal(await store.look(), "absent");
      assert.deepEqual(await store.get(ANNA, signal), { outcome: "failed", why: "absent" });
      assert.equal(await store.set(ANNA, "secret", signal), "absent");
      assert.equal(await store.delete(ANNA, signal), "absent");
    },
  },
  {
    name: "one that was never used holds nothing, and takes nothing without asking",
    run: async ({ store, neverUsed }) => {
      await neverUsed();
      assert.equal(await store.look(), "available");
      assert.deepEqual(await store.get(ANNA, signal), { outcome: "missing" });
      assert.equal(await store.delete(ANNA, signal), null);
      assert.equal(await store.set(ANNA, "secret", signal), "refused");
    },
  },
  {
    name: "what was given up before it was asked changes nothing",
    run: async ({ store }) => {
      assert.equal(await store.set(ANNA, "secret", signal), null);
      const givenUp = AbortSignal.abort();
      assert.deepEqual(await store.get(ANNA, givenUp), { outcome: "failed", why: "givenUp" });
      assert.equal(await store.set(ANNA, "another", givenUp), "givenUp");
      assert.equal(await store.delete(ANNA, givenUp), "givenUp");
      assert.deepEqual(await store.get(ANNA, signal), { outcome: "found", secret: "secret" });
    },
  },
];
