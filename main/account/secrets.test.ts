import { describe, expect, it } from "vitest";

import { VirtualClock } from "../testing/virtual-clock.ts";
import type { KeyringMessage, KeyringQuestion } from "./keyring-protocol.ts";
import { keyringStore, type KeyringState } from "./secrets.ts";

const SIGNAL = new AbortController().signal;

/** A keyring that looks like `states`, one after the other, and answers everything with `message`. */
function storeOf(states: readonly KeyringState[], message: KeyringMessage) {
  const questions: KeyringQuestion[] = [];
  const left = [...states];
  const store = keyringStore({
    clock: new VirtualClock(),
    look: async () => (left.length > 1 ? (left.shift() as KeyringState) : (left[0] ?? "absent")),
    start: (listener) => ({
      send: (question) => {
        questions.push(question);
        queueMicrotask(() => listener.message(message));
      },
      kill: () => undefined,
    }),
  });
  return { store, questions };
}

describe("The secret store", () => {
  it("finds what is kept, and says when nothing is", async () => {
    const found = storeOf(["available"], { say: "secret", secret: "hunter2" });
    expect(await found.store.get("a", SIGNAL)).toEqual({ outcome: "found", secret: "hunter2" });
    const missing = storeOf(["available"], { say: "secret", secret: null });
    expect(await missing.store.get("a", SIGNAL)).toEqual({ outcome: "missing" });
  });

  it("asks nothing where there is no keyring", async () => {
    const { store, questions } = storeOf(["absent"], { say: "secret", secret: "hunter2" });
    expect(await store.look()).toBe("absent");
    expect(await store.get("a", SIGNAL)).toEqual({ outcome: "failed", why: "absent" });
    expect(await store.set("a", "hunter2", SIGNAL)).toBe("absent");
    expect(await store.delete("a", SIGNAL)).toBe("absent");
    expect(questions).toEqual([]);
  });

  it("tells a prompt that was dismissed from a password that is gone, by a second look", async () => {
    const nothing = storeOf(["locked"], { say: "secret", secret: null });
    expect(await nothing.store.get("a", SIGNAL)).toEqual({ outcome: "failed", why: "locked" });
    const unlocked = storeOf(["locked", "available"], { say: "secret", secret: null });
    expect(await unlocked.store.get("a", SIGNAL)).toEqual({ outcome: "missing" });
    const refused = storeOf(["locked"], { say: "failed", why: "refused" });
    expect(await refused.store.set("a", "hunter2", SIGNAL)).toBe("locked");
    const undeleted = storeOf(["locked"], { say: "done", changed: false });
    expect(await undeleted.store.delete("a", SIGNAL)).toBe("locked");
  });

  it("keeps and deletes, and deleting what is not there is no failure", async () => {
    const done = storeOf(["available"], { say: "done", changed: true });
    expect(await done.store.set("a", "hunter2", SIGNAL)).toBeNull();
    expect(await done.store.delete("a", SIGNAL)).toBeNull();
    expect(done.questions).toEqual([
      { ask: "set", account: "a", secret: "hunter2" },
      { ask: "delete", account: "a" },
    ]);
    const nothing = storeOf(["available"], { say: "done", changed: false });
    expect(await nothing.store.delete("a", SIGNAL)).toBeNull();
  });

  it("passes on why a keyring did not do it", async () => {
    const { store } = storeOf(["available"], { say: "failed", why: "library" });
    expect(await store.get("a", SIGNAL)).toEqual({ outcome: "failed", why: "library" });
    expect(await store.set("a", "hunter2", SIGNAL)).toBe("library");
    expect(await store.delete("a", AbortSignal.abort())).toBe("givenUp");
  });
});
