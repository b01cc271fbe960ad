import { describe, it } from "vitest";
import { rig } from "../../testing/rig.ts";
import {
  stateSourceBehaviours,
  type StateSourceStand,
} from "../../testing/behaviours/state-source-behaviours.ts";
import { FakeCore } from "./fakes.ts";

function real(): StateSourceStand {
  const { doorbell } = rig();
  doorbell.stateChanged({ name: "signedOut" });
  return { source: doorbell, become: (session) => doorbell.stateChanged(session) };
}

function fake(): StateSourceStand {
  const core = new FakeCore();
  return { source: core.bell, become: (session) => core.becomes({ session }) };
}

describe.each([
  ["the doorbell", real],
  ["the bell of the terminal program's tests", fake],
])("%s", (_name, stand) => {
  it.each(stateSourceBehaviours.map(({ name, run }) => [name, run] as const))("%s", (_behaviour, run) => {
    run(stand());
  });
});
