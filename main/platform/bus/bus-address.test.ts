import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PrivateBus } from "../../testing/private-bus.ts";
import { SILENT_LOGGER as logger } from "../../testing/rig.ts";
import { busAddresses } from "./bus-address.ts";
import { openSessionBus } from "./session-bus.ts";
import { systemClock as clock } from "../system.ts";

describe("The address of a bus", () => {
  it.each([
    ["unix:path=/run/user/1000/bus,guid=0123", ["unix:path=/run/user/1000/bus"]],
    ["unix:path=/tmp/two%20words/%c3%bc", ["unix:path=/tmp/two words/ü"]],
    ["unix:path=/tmp/a;unix:abstract=/tmp/b", ["unix:path=/tmp/a", "unix:abstract=/tmp/b"]],
    ["autolaunch:;unixexec:path=/bin/sh;tcp:host=localhost,port=55", ["tcp:host=localhost,port=55"]],
    // The first would be read as another path, the others as none.
    ["unix:path=/tmp/a%3db;unix:path=/tmp/%zz;unix:guid=1;;nonsense;toString:path=/", []],
  ])("is read as a list, without escapes: %s", (list, addresses) => {
    expect(busAddresses(list)).toEqual(addresses);
  });

  it("leads to a bus whose path has escapes, behind one where nobody listens", async () => {
    const bus = await PrivateBus.start();
    const folder = mkdtempSync(join(tmpdir(), "two words-"));
    try {
      symlinkSync(bus.address.replace(/^unix:path=|,.*$/g, ""), join(folder, "bus"));
      const escaped = folder.replace(" ", "%20");
      const open = (address: string) =>
        openSessionBus({ address, clock, logger, limitMs: 5_000 }, { signal() {}, lost() {} });
      const nobody = `unix:path=${escaped}/nobody`;
      const opened = await open(`${nobody};unix:path=${escaped}/bus`);
      expect(opened).not.toBeNull();
      opened?.close();
      expect(await open(nobody)).toBeNull();
    } finally {
      rmSync(folder, { recursive: true });
      await bus.close();
    }
  });
});
