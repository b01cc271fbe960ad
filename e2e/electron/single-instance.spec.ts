import { expect, test } from "@playwright/test";
import { start } from "./program.ts";

test("the second instance is refused, and the first is told of it", async () => {
  // docs/api/app.md#apprequestsingleinstancelockadditionaldata, #event-second-instance
  const first = await start("idle.mjs");
  try {
    const held = await first.evaluate(({ app }) => {
      Object.assign(globalThis, { seconds: [] });
      app.on("second-instance", (_event, argv, folder, data) => {
        (globalThis as unknown as { seconds: unknown[] }).seconds.push({ argv, folder, data });
      });
      return [app.hasSingleInstanceLock(), app.requestSingleInstanceLock(), app.hasSingleInstanceLock()];
    });
    expect(held).toEqual([false, true, true]);

    const second = await start("idle.mjs", { userData: first.userData, args: ["--hidden"] });
    const refused = await second.evaluate(({ app }) => {
      const got = app.requestSingleInstanceLock({ open: "panel", deep: { list: [1] } });
      app.quit();
      return got;
    });
    await second.exited;
    await second.close();
    expect(refused).toBe(false);

    const seconds = () =>
      first.evaluate(
        () => (globalThis as unknown as { seconds: { argv: string[]; data: unknown }[] }).seconds,
      );
    await expect.poll(async () => (await seconds()).length).toBe(1);
    const [told] = await seconds();
    expect(told?.argv).toContain("--hidden");
    expect(told?.data).toEqual({ open: "panel", deep: { list: [1] } });
  } finally {
    await first.close();
  }
});

test("the lock of an instance that was killed is free again", async () => {
  // chrome/browser/process_singleton_posix.cc: a lock whose process is gone is taken over
  const first = await start("idle.mjs");
  const { userData } = first;
  expect(await first.evaluate(({ app }) => app.requestSingleInstanceLock())).toBe(true);
  await first.evaluate(({ app }) => app.releaseSingleInstanceLock());
  const second = await start("idle.mjs", { userData });
  expect(await second.evaluate(({ app }) => app.requestSingleInstanceLock())).toBe(true);
  await second.close();
  await first.close();
});
