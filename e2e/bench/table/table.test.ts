import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Results } from "./results.ts";
import { tableOf, withTable } from "./table.ts";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const results: Results = JSON.parse(read("../results.json"));

describe("what the documents say of the benchmark", () => {
  it("is what the file of figures says: the README's table", () => {
    const readme = read("../../../README.md");
    expect(withTable(readme, results), "run `npm run bench`, which writes it anew").toBe(readme);
  });

  it("is what the file of figures says: the whole report", () => {
    expect(`${tableOf(results)}\n`).toBe(read("../../../docs/benchmark.md"));
  });

  it("has a place in the README, or the benchmark says that it has none", () => {
    expect(() => withTable("# Doorbell", results)).toThrow("no place");
  });
});
