import { describe, expect, it } from "vitest";
import { electronRows, electronSection } from "./electron-table.ts";
import type { ElectronLine, ElectronResults } from "./results.ts";

const spread = (median: number) => ({ min: median, median, max: median });
const line = (id: ElectronLine["id"], client: number, floor: number): ElectronLine => ({
  id,
  rounds: 5,
  client: spread(client),
  floor: spread(floor),
  bare: null,
  ratio: spread(client / floor),
});
const results: ElectronResults = {
  mode: "full",
  machine: { cores: 2, node: "24.0.0", platform: "linux" },
  version: "45.0.0",
  parkedSeconds: 300,
  lines: [
    line("start", 520_000, 400_000),
    line("memory", 150 * 2 ** 20, 100 * 2 ** 20),
    line("wakeUps", 1_400, 1_000),
    line("notify", 9_000, 3_000),
  ],
  packed: { files: 98, bytes: 1.5 * 2 ** 20 },
};

describe.each([
  ["the report", electronSection(results).join("\n")],
  ["the README", electronRows(results)],
])("what %s says of the program on Electron", (_name, text) => {
  it("shows each figure in its own unit", () => {
    expect(text).toMatch(/start to first window drawn.* 520\.0 ms/);
    expect(text).toMatch(/memory of all processes.* 150 MiB/);
    expect(text).toMatch(/wake-ups while parked for 300 s.* 1,400 \(/);
    expect(text).toMatch(/package without Electron.*1\.50 MiB/);
  });

  it("says which aim was missed", () => {
    expect(text).toMatch(/start to.* 1\.30 .*≤ 1\.3 +\|/);
    expect(text).toMatch(/memory of.* 1\.50 .*≤ 1\.15, missed +\|/);
    expect(text).toMatch(/event to the notification service.* 3\.00 .* – +\|/);
  });
});
