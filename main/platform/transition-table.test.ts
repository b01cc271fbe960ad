import { expect, it } from "vitest";

import {
  diagramOf,
  ImpossibleTransition,
  isPossible,
  logImpossible,
  throwImpossible,
} from "./transition-table.ts";
import type { Transitions } from "./transition-table.ts";

const DOOR: Transitions<"open" | "shut" | "locked", "push" | "pull" | "key"> = {
  open: { shut: ["push", "pull"] },
  shut: { open: ["pull"], locked: ["key"] },
  locked: { shut: ["key"] },
};

it("a transition is possible by its causes, and by no other", () => {
  expect(isPossible(DOOR, "shut", "open", "pull")).toBe(true);
  expect(isPossible(DOOR, "shut", "open", "push")).toBe(false);
  expect(isPossible(DOOR, "shut", "locked")).toBe(true);
  expect(isPossible(DOOR, "open", "locked")).toBe(false);
});

it("a machine is drawn with every transition and its causes", () => {
  expect(diagramOf(DOOR, "open")).toBe(
    [
      "```mermaid",
      "stateDiagram-v2",
      "  [*] --> open",
      "  open --> shut: push, pull",
      "  shut --> open: pull",
      "  shut --> locked: key",
      "  locked --> shut: key",
      "```",
    ].join("\n"),
  );
});

it("an impossible transition is an error in a test, and a line of the log in the program", () => {
  const impossible = new ImpossibleTransition("a door", "open to locked");
  expect(() => throwImpossible(impossible)).toThrow("Impossible for a door: open to locked");
  const logged: unknown[] = [];
  const note = (event: string, fields?: object): void => void logged.push([event, fields]);
  logImpossible({ error: note, warn: note, info: note, debug: note })(impossible);
  expect(logged).toEqual([
    ["an impossible transition was refused", { what: "Impossible for a door: open to locked" }],
  ]);
});
