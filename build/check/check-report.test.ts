import { describe, expect, it } from "vitest";
import { closingLine, countPlaywright, settleCounts, summary } from "./check-report.mjs";

function report(parts: object): string {
  return JSON.stringify({
    stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 },
    errors: [],
    suites: [],
    ...parts,
  });
}

describe("the counts of a Playwright run", () => {
  it("takes a test that passed only sometimes for a failure", () => {
    const counts = countPlaywright(report({ stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 0 } }));
    expect(counts).toEqual({ passed: 3, failed: 2, skipped: [] });
  });

  it("counts a file that does not load as a failure", () => {
    expect(countPlaywright(report({ errors: [{ message: "Error: load" }] })).failed).toBe(1);
  });

  it("names every skipped test by its whole path, with its reason", () => {
    const skip = { status: "skipped", annotations: [{ type: "skip", description: "no keyring" }] };
    const fixme = { status: "skipped", annotations: [{ type: "fixme" }] };
    const inner = {
      title: "answering",
      specs: [
        { title: "accepts", tests: [skip] },
        { title: "declines", tests: [fixme] },
        { title: "opens", tests: [{ status: "expected", annotations: [] }] },
      ],
    };
    const suites = [{ title: "ring.spec.ts", specs: [], suites: [inner] }];
    expect(countPlaywright(report({ suites })).skipped).toEqual([
      { name: "ring.spec.ts › answering › accepts", reason: "no keyring" },
      { name: "ring.spec.ts › answering › declines", reason: "no reason given" },
    ]);
  });
});

describe("the counts of a step", () => {
  it("stand as they are when the program ended well", () => {
    expect(settleCounts({ passed: 2, failed: 0, skipped: [] }, 0).failed).toBe(0);
  });

  it("hold one failure when the program failed without counting any", () => {
    expect(settleCounts({ passed: 2, failed: 0, skipped: [] }, 1)).toEqual({
      passed: 2,
      failed: 1,
      skipped: [],
    });
    expect(settleCounts(null, 1).failed).toBe(1);
  });

  it("do not count a failure twice", () => {
    expect(settleCounts({ passed: 2, failed: 3, skipped: [] }, 1).failed).toBe(3);
  });

  it("hold one failure when nothing at all was tested", () => {
    expect(settleCounts(null, 0).failed).toBe(1);
    expect(settleCounts({ passed: 0, failed: 0, skipped: [] }, 0).failed).toBe(1);
  });
});

describe("the summary", () => {
  const steps = [
    { step: "types", passed: 1, failed: 0, skipped: [], ms: 1234 },
    {
      step: "e2e",
      passed: 10,
      failed: 2,
      skipped: [{ name: "keyring", reason: "no libsecret" }],
      ms: 60_000,
    },
  ];

  it("ends with the sums on a line of their own", () => {
    expect(summary(steps).endsWith("\n11 passed, 2 failed, 1 skipped\n")).toBe(true);
  });

  it("tells why something was skipped", () => {
    expect(summary(steps)).toContain("keyring: no libsecret");
  });

  it("has a row for each step and one for all, in line", () => {
    const rows = summary(steps)
      .split("\n")
      .filter((line) => / s$|time$/.test(line));
    expect(rows).toHaveLength(4);
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
  });

  it("leaves skipped out of the closing line when there are none", () => {
    expect(closingLine(5, 0, 0)).toBe("5 passed, 0 failed");
  });
});
