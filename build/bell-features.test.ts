import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const lines = readFileSync(join(root, "docs/bell.md"), "utf8").split("\n");
const rows = lines
  .map((line) => /^\| (.+?) \| .+ \| `(.+?)`: (.+) \|$/.exec(line))
  .filter((row) => row !== null);

it("every row of the page of the bell names a test", () => {
  expect(rows.length).toBeGreaterThan(20);
  // The head of the table and the line below it.
  expect(lines.filter((line) => line.startsWith("|"))).toHaveLength(rows.length + 2);
});

it.each(rows.map(([, what = "", file = "", test = ""]) => [what, file, test] as const))(
  "%s: seen by a test of %s",
  (_what, file, test) => {
    expect(existsSync(join(root, file)), file).toBe(true);
    expect(readFileSync(join(root, file), "utf8")).toContain(`"${test}"`);
  },
);
