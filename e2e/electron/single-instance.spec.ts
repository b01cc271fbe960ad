import { expect, test } from "@playwright/test";
import { existsSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { leftovers } from "../driver/leftovers.ts";
import { eventsOf, start, startPlainly, userDataFolder } from "./support/program.ts";

test("the second instance is refused and ends with 0, time and again, and the first is told of each", async () => {
  // docs/api/app.md#apprequestsingleinstancelockadditionaldata, #event-second-instance
  const first = await start("single-instance.mjs");
  try {
    // Electron leaves by C's exit() here, while its threads run: if that can fail, it fails sometimes.
    for (let round = 1; round <= 2; round++) {
      const seconds = await Promise.all(
        Array.from({ length: 4 }, () => startPlainly("single-instance.mjs", [], first.userData)),
      );
      for (const second of seconds)
        expect(await second.exited, second.output()).toEqual({ code: 0, signal: null });
      await expect.poll(async () => (await eventsOf(first, "second")).length).toBe(4 * round);
    }
  } finally {
    await first.close();
  }
  expect(leftovers()).toEqual([]);
});

test("the lock of an instance that was killed is free again", async () => {
  // chrome/browser/process_singleton_posix.cc: a lock whose process is gone is taken over
  const userData = await userDataFolder();
  const first = await start("single-instance.mjs", { userData });
  await first.kill();
  expect(leftovers()).toEqual([]);
  const second = await start("single-instance.mjs", { userData });
  expect(await second.evaluate(({ app }) => app.hasSingleInstanceLock())).toBe(true);
  await second.close();
});

test("the lock that another computer has left is taken over", async () => {
  // Chromium would ask a person ("The profile appears to be in use"); seen on Electron 33.2.1: nobody is asked
  const userData = await userDataFolder();
  symlinkSync("front-desk-2-999999999", join(userData, "SingletonLock"));
  const program = await start("single-instance.mjs", { userData });
  expect(await program.evaluate(({ app }) => app.hasSingleInstanceLock())).toBe(true);
  await program.close();
});

test("the user data folder is the one on the command line", async () => {
  // docs/api/command-line-switches.md#--user-data-dirpath; docs/api/app.md#appgetpathname
  const userData = join(await userDataFolder(), "deeper");
  const program = await start("idle.mjs", { userData });
  expect(await program.evaluate(({ app }) => app.getPath("userData"))).toBe(userData);
  expect(existsSync(userData)).toBe(true);
  await program.close();
});
