import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { programVersion } from "./version.ts";

it("The version is the package's, from the source and from the bundle", () => {
  const file = new URL("../../package.json", import.meta.url);
  const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string };
  expect(programVersion()).toBe(version);
  expect(programVersion(new URL("../../out/main/cli.js", import.meta.url).pathname)).toBe(version);
  expect(programVersion("/nowhere/cli.js")).toBe("0.0.0");
});
