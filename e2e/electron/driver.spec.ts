import { expect, test } from "@playwright/test";
import { leftovers } from "../driver/leftovers.ts";
import { pageOf, start } from "./support/program.ts";

// Not about Electron: what the suites promise to the machine that they run on.
test("a program that was killed leaves no process and no folder behind", async () => {
  const running = await start("window.mjs");
  await pageOf(running);
  // Its folder, the process itself, and Chromium's.
  expect(leftovers().length).toBeGreaterThan(2);
  await running.kill();
  expect(leftovers()).toEqual([]);
});
