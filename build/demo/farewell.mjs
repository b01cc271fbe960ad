import { once } from "node:events";

/** How long a part may take over its farewell before it is killed. */
const farewellMs = 5_000;

/**
 * Lets a part end in good order, which for Doorbell means signing out, and kills it when it does not.
 * @param {import("node:child_process").ChildProcess} child
 */
export async function bidFarewell(child) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  const kill = setTimeout(() => child.kill("SIGKILL"), farewellMs);
  await gone;
  clearTimeout(kill);
}
