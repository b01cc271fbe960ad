import { describe, expect, it } from "vitest";
import { readOptions } from "./options.ts";

describe("the options of the benchmark", () => {
  it("measures in full unless told to be quick", () => {
    expect(readOptions([])).toMatchObject({ type: "run", effort: { mode: "full" }, files: true });
    expect(readOptions(["--full"])).toEqual(readOptions([]));
    expect(readOptions(["--quick", "--no-files"])).toMatchObject({ effort: { mode: "quick" }, files: false });
  });

  it("watches a parked client for as long as told, a minute in full", () => {
    expect(readOptions([])).toMatchObject({ effort: { parkedSeconds: 60 } });
    expect(readOptions(["--parked", "5"])).toMatchObject({ effort: { parkedSeconds: 5 } });
  });

  it.each([["--fast"], ["--parked", "soon"], ["--parked", "0"], ["--quick", "--full"], ["much"]])(
    "refuses what it does not know (%s %s)",
    (...args) => {
      expect(readOptions(args)).toMatchObject({ type: "mistake" });
    },
  );
});
