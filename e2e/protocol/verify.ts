import fc from "fast-check";
import { expect } from "vitest";
import type { Call, Scenario } from "./scenario.ts";
import { tell } from "./scenario.ts";
import { anyStep, peopleStep, setting } from "./steps.ts";
import type { Step } from "./steps.ts";
import { APPLICATIONS, DISCOVERY } from "./wire.ts";

/** How the client has to name the end that the server knows. */
const TRUE_ENDINGS: Readonly<Record<string, readonly string[]>> = {
  connected: ["accepted"],
  over: ["accepted"],
  declined: ["declined"],
  missed: ["missed"],
  cancelled: ["cancelled"],
  answeredElsewhere: ["answeredElsewhere"],
  forwarded: ["forwarded"],
  // The session's end took it, or the server dropped its conversation in a long silence.
  lost: ["withdrawn", "missed"],
};
/** A call that could be seen for so long has to ring. */
const SEEN_MS = 5_000;
/** After so long a time without a word, how a call has ended may not be known to anybody any more. */
const FORGOTTEN_MS = 25_000;

/**
 * Holds a scenario against the promise: what could be seen rang, once, and ended once, with the very end that the server
 * knows. Only a call whose own life was disturbed may end with less than the truth, and only as far as that explains.
 */
export function verify(scenario: Scenario): void {
  expect(scenario.bell.state.session.name, "the session in the end").toBe("online");
  expect(scenario.breaches, "breaches of the protocol").toEqual([]);
  expect([...scenario.wire.addressed].toSorted(), "who was spoken to").toEqual(
    [DISCOVERY, APPLICATIONS].toSorted(),
  );
  const shown = new Map<string, number>();
  for (const [id, versions] of scenario.told) {
    const states = versions.map(({ state }) => state).filter((state, at, all) => state !== all[at - 1]);
    const ends = versions.filter(({ endedAt }) => endedAt !== null);
    expect(ends, `the ends of ${id}: ${states.join(" ")}`).toHaveLength(1);
    expect(versions.at(-1), "nothing comes after the end").toBe(ends[0]);
    const { subject, state } = ends[0] ?? { subject: "", state: "" };
    shown.set(subject, (shown.get(subject) ?? 0) + 1);
    const call = scenario.calls.find((one) => one.subject === subject);
    if (call) expect(possibleEndings(call), `${subject}, ${call.known} for the server`).toContain(state);
    else expect(subject, "nobody called").toBe("");
  }
  for (const call of scenario.calls) {
    const times = shown.get(call.subject) ?? 0;
    expect(times, `how often ${call.subject} was shown`).toBeLessThanOrEqual(1);
    if (call.calmMs < SEEN_MS) continue;
    const rang = [...scenario.told.values()].some((versions) =>
      versions.some(({ subject, state }) => subject === call.subject && state === "ringing"),
    );
    expect(rang, `${call.subject} rang`).toBe(true);
  }
}

/** Signs out: the server has nothing left of it. */
async function leave(scenario: Scenario): Promise<void> {
  const done = scenario.session.signOut();
  await scenario.pass(5_000);
  await done;
  expect(scenario.wire.server.control.state().applications, "what is left at the server").toEqual([]);
}

function possibleEndings(call: Call): readonly string[] {
  const endings = [...(TRUE_ENDINGS[call.known] ?? [])];
  if (call.lost) endings.push("withdrawn");
  // Nobody could be asked in time: a server remembers for a short while only.
  if (call.darkMs >= FORGOTTEN_MS) endings.push("missed");
  if (!call.disturbed) return endings;
  // An answer of ours went into a network that lost it, or was told that there is nothing to answer any more while
  // nobody could say why.
  if (call.tried.size > 0) endings.push("missed");
  if (call.tried.has("accept")) endings.push("failed");
  if (call.tried.has("decline")) endings.push("declined");
  return endings;
}

/** The promise under that many random schedules of people and failures. */
export function holdUnderFaults(numRuns: number): Promise<void> {
  return hold(anyStep, numRuns);
}

/** The same with people alone at work. */
export function holdUndisturbed(numRuns: number): Promise<void> {
  return hold(peopleStep, numRuns);
}

/** fast-check shrinks a schedule that breaks the promise; what happened under it is told here. */
async function hold(step: fc.Arbitrary<Step>, numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 20 }), setting, async (schedule, where) => {
      const scenario = await tell(schedule, where);
      try {
        verify(scenario);
        await leave(scenario);
      } catch (error) {
        if (error instanceof Error) error.message += `\n${scenario.log.slice(-150).join("\n")}`;
        throw error;
      }
    }),
    { numRuns },
  );
}
