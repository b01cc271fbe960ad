import { describe, expect, it } from "vitest";
import { placeIn } from "./job-control.ts";

/** A line of `/proc/PID/stat` up to the group that the terminal is for. */
const stat = (group: number, terminal: number, foreground: number): string =>
  `4281 (odd) name (x) S 4200 ${group} 4200 ${terminal} ${foreground} 4194304 1 0`;

describe("The place of a process among the jobs of its terminal", () => {
  it("is told by its group and the one in the foreground, whatever the program is called", () => {
    expect(placeIn(stat(4281, 34816, 4281))).toBe("foreground");
    expect(placeIn(stat(4281, 34816, 4200))).toBe("background");
    expect(placeIn(stat(4281, 0, -1))).toBe("none");
  });
});
