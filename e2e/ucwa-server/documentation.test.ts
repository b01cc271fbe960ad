import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { plainSwitches } from "./context.ts";
import { failureNames } from "./faults/failures.ts";
import { faultSchema } from "./faults/fault-request.ts";
import { help } from "./options.ts";

const readme = await readFile(new URL("README.md", import.meta.url), "utf8");

describe("the README names", () => {
  it.each([
    ["switch", Object.keys(plainSwitches)],
    ["failure", failureNames],
    ["field of a fault", Object.keys(faultSchema.shape)],
    ["option", [...help.matchAll(/^ {2}(--(?!help)[a-z-]+)/gm)].map(([, name]) => name ?? "")],
  ])("every %s", (_, names) => {
    expect(names.length).toBeGreaterThan(5);
    const missing = names.filter((name) => !new RegExp(`\`${name}[\` ]`).test(readme));
    expect(missing).toEqual([]);
  });
});
