import { Scenario } from "./scenario.ts";
import type { Step } from "./steps.ts";
import type { Setting } from "./wire.ts";

/** Lets the steps happen to a client that has just signed in, and waits for the end of all that they began. */
export async function tell(
  steps: readonly Step[],
  options: Setting = { linkOnly: false },
): Promise<Scenario> {
  const scenario = new Scenario(options);
  await scenario.pass(1_000);
  for (const one of steps) await scenario.take(one);
  await scenario.end();
  return scenario;
}
