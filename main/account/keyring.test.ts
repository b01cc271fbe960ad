import { describe, expect, it } from "vitest";

import { VirtualClock } from "../testing/virtual-clock.ts";
import { askKeyring, type KeyringChildListener, type KeyringReply } from "./keyring.ts";
import type { KeyringQuestion } from "./keyring-protocol.ts";

const GET: KeyringQuestion = { ask: "get", account: "anna@contoso.example" };
const SET: KeyringQuestion = { ask: "set", account: "anna@contoso.example", secret: "hunter2" };

function asked(question: KeyringQuestion = GET) {
  const clock = new VirtualClock();
  const giveUp = new AbortController();
  const said: unknown[] = [];
  let listener: KeyringChildListener | null = null;
  let kills = 0;
  let reply: KeyringReply | null = null;
  const start = (given: KeyringChildListener) => {
    listener = given;
    return { send: (one: unknown) => void said.push(one), kill: () => void (kills += 1) };
  };
  void askKeyring(question, { start, clock }, giveUp.signal).then((one) => (reply = one));
  return {
    clock,
    said,
    giveUp: () => giveUp.abort(),
    child: listener as unknown as KeyringChildListener,
    outcome: async () => {
      await clock.settle();
      return { reply, kills };
    },
  };
}

describe("A question to the keyring", () => {
  it.each([
    [GET, { say: "secret", secret: "hunter2" }, { outcome: "secret", secret: "hunter2" }],
    [GET, { say: "secret", secret: null }, { outcome: "secret", secret: null }],
    [SET, { say: "done", changed: true }, { outcome: "done", changed: true }],
    [GET, { say: "failed", why: "library" }, { outcome: "failed", why: "library" }],
    [SET, { say: "failed", why: "refused" }, { outcome: "failed", why: "refused" }],
  ])("%o is sent once, answered by %o, and its process ended", async (question, message, reply) => {
    const { clock, said, child, outcome } = asked(question);
    expect(said).toEqual([question]);
    child.message({ say: "asking" });
    child.message(message);
    expect(await outcome()).toEqual({ reply, kills: 1 });
    expect(clock.pending).toBe(0);
  });

  it("waits for a person for as long as they take", async () => {
    const { clock, child, outcome } = asked();
    child.message({ say: "asking" });
    await clock.advance(8 * 3_600_000);
    expect(await outcome()).toEqual({ reply: null, kills: 0 });
    child.message({ say: "secret", secret: "hunter2" });
    expect((await outcome()).reply).toEqual({ outcome: "secret", secret: "hunter2" });
  });

  it("waits twenty seconds for the process to get ready, and then ends it", async () => {
    const { clock, outcome } = asked();
    await clock.advance(19_999);
    expect(await outcome()).toEqual({ reply: null, kills: 0 });
    await clock.advance(1);
    expect(await outcome()).toEqual({ reply: { outcome: "failed", why: "broken" }, kills: 1 });
  });

  it("is over when its process ends without an answer", async () => {
    const { clock, child, outcome } = asked();
    child.message({ say: "asking" });
    child.gone();
    expect((await outcome()).reply).toEqual({ outcome: "failed", why: "broken" });
    expect(clock.pending).toBe(0);
  });

  it.each([
    null,
    "hunter2",
    { say: "secret" },
    { say: "secret", secret: 4 },
    { say: "secret", secret: "x".repeat(10_001) },
    { say: "secret", secret: "x", more: true },
    { say: "done", changed: true },
    { say: "failed", why: "because of hunter2" },
  ])("is over when its process answers %o", async (message) => {
    const { child, outcome } = asked();
    child.message({ say: "asking" });
    child.message(message);
    expect(await outcome()).toEqual({ reply: { outcome: "failed", why: "broken" }, kills: 1 });
  });

  it("takes no secret for an answer to anything but a look-up, and starts to ask once", async () => {
    const answered = asked(SET);
    answered.child.message({ say: "secret", secret: "hunter2" });
    expect((await answered.outcome()).reply).toMatchObject({ why: "broken" });
    const twice = asked();
    twice.child.message({ say: "asking" });
    twice.child.message({ say: "asking" });
    expect((await twice.outcome()).reply).toMatchObject({ why: "broken" });
  });

  it("is given up at once, and an answer after that changes nothing", async () => {
    const { clock, child, giveUp, outcome } = asked();
    child.message({ say: "asking" });
    giveUp();
    child.message({ say: "secret", secret: "hunter2" });
    child.gone();
    expect(await outcome()).toEqual({ reply: { outcome: "failed", why: "givenUp" }, kills: 1 });
    expect(clock.pending).toBe(0);
  });

  it("starts nothing when it was given up before, and survives a process that cannot be started", async () => {
    const clock = new VirtualClock();
    const start = () => {
      throw new Error("no processes left");
    };
    expect(await askKeyring(GET, { start, clock }, AbortSignal.abort())).toMatchObject({ why: "givenUp" });
    expect(await askKeyring(GET, { start, clock }, new AbortController().signal)).toEqual({
      outcome: "failed",
      why: "broken",
    });
    expect(clock.pending).toBe(0);
  });
});
