import { describe, it } from "vitest";
import { VirtualClock } from "../../testing/virtual-clock.ts";
import { MemoryKeyring } from "./memory-keyring.ts";
import { secretBehaviours, type SecretStand } from "./secret-behaviours.ts";

function stand(): SecretStand {
  const keyring = new MemoryKeyring();
  return {
    store: keyring.store(new VirtualClock()),
    lock: async () => void (keyring.state = "locked"),
    leave: async () => void (keyring.state = "absent"),
    neverUsed: async () => void (keyring.unused = true),
  };
}

describe("the keyring that tests fill", () => {
  it.each(secretBehaviours.map(({ name, run }) => [name, run] as const))("%s", async (_behaviour, run) => {
    await run(stand());
  });
});
