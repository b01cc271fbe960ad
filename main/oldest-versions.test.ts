import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { OLDEST_ELECTRON, OLDEST_NODE, refuseOlder } from "./oldest-versions.ts";

it.each([
  ["33", "33.0.0"],
  ["33", "33.2.1"],
  ["33", "45.4.1"],
  ["33", "33.0.0-beta.1"],
  ["22.19", "22.19.0"],
  ["22.19", "22.20.1"],
  ["22.19", "24.0.0"],
])("what needs %s runs on %s", (oldest, found) => {
  expect(refuseOlder("Electron", oldest, found)).toBeNull();
});

it.each([
  ["33", "32.3.3"],
  ["33", "9.4.4"],
  ["22.19", "22.18.9"],
  ["22.19", "20.20.2"],
  ["22.19", "8.19.0"],
])("what needs %s says so on %s", (oldest, found) => {
  expect(refuseOlder("Node.js", oldest, found)).toBe(
    `Doorbell needs Node.js ${oldest} or newer; this is Node.js ${found}.`,
  );
});

it("needs what package.json says", () => {
  const { engines } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    engines: unknown;
  };
  expect(engines).toEqual({ node: `>=${OLDEST_NODE}`, electron: `>=${OLDEST_ELECTRON}` });
});
