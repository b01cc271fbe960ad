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

  it("watches the program on Electron for five minutes, and both halves for as long as told", () => {
    expect(readOptions([])).toMatchObject({ effort: { electron: { rounds: 5, parkedSeconds: 300 } } });
    expect(readOptions(["--parked", "5"])).toMatchObject({ effort: { electron: { parkedSeconds: 5 } } });
  });

  it("measures both halves unless told which", () => {
    expect(readOptions([])).toMatchObject({ halves: ["client", "electron"] });
    expect(readOptions(["--only", "client"])).toMatchObject({ halves: ["client"] });
    expect(readOptions(["--only", "electron"])).toMatchObject({ halves: ["electron"] });
  });

  it.each([
    ["--fast"],
    ["--only", "nothing"],
    ["--only"],
    ["--parked", "soon"],
    ["--parked", "0"],
    ["--quick", "--full"],
    ["much"],
  ])("refuses what it does not know (%s %s)", (...args) => {
    expect(readOptions(args)).toMatchObject({ type: "mistake" });
  });
});
