import fc from "fast-check";
import { expect } from "vitest";
import { brokenConversations } from "./kept-conversation.ts";
import { brokenPromises } from "./kept-promise.ts";
import type { Scenario } from "./scenario.ts";
import { tell } from "./tell.ts";
import { anyStep, peopleStep, setting } from "./steps.ts";
import type { Step } from "./steps.ts";
import { APPLICATIONS, DISCOVERY } from "./wire.ts";

/**
 * Holds a scenario against the promise: what could be seen rang, once, and ended once, with the very end that the server
 * knows. Only a call whose own life was disturbed may end with less than the truth, and only as far as that explains.
 */
export function verify(scenario: Scenario): void {
  expect(scenario.bell.state.session.name, "the session in the end").toBe("online");
  expect(scenario.errors, "what the client has logged as an error").toEqual([]);
  expect([...scenario.breaches], "breaches of the protocol").toEqual([]);
  expect([...scenario.wire.addressed].toSorted(), "who was spoken to").toEqual(
    [DISCOVERY, APPLICATIONS].toSorted(),
  );
  expect(brokenPromises(scenario.calls, scenario.told)).toEqual([]);
  expect(brokenConversations(scenario.talks.talked, scenario.talks.told)).toEqual([]);
}

/** Signs out: the server has nothing left of it. */
async function leave(scenario: Scenario): Promise<void> {
  const done = scenario.session.signOut();
  await scenario.pass(5_000);
  await done;
  expect(scenario.wire.server.control.state().applications, "what is left at the server").toEqual([]);
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
