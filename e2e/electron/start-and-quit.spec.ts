import { expect, test } from "@playwright/test";
import { lifeOf, start } from "./program.ts";

const START = ["read ready=false", "will-finish-launching", "ready", "when-ready"];

test("ready comes when the main script has been read, and quit() announces itself in order", async () => {
  // docs/api/app.md#event-will-finish-launching, #event-ready, #event-before-quit, #event-will-quit, #event-quit
  expect(sorted(await lifeOf([]))).toEqual([...START, "before-quit", "will-quit", "quit", "exit 0"]);
});

test("quit() closes the windows between before-quit and will-quit, and window-all-closed is not emitted", async () => {
  // docs/api/app.md#event-window-all-closed: "in this case the window-all-closed event would not be emitted"
  expect(sorted(await lifeOf(["--window", "--keep-open"]))).toEqual([
    ...START,
    "before-quit",
    "close",
    "closed",
    "will-quit",
    "quit",
    "exit 0",
  ]);
});

test("a prevented before-quit leaves the program running, and the next quit() asks anew", async () => {
  // docs/api/app.md#event-before-quit: "Calling event.preventDefault() will prevent the default behavior"
  expect(sorted(await lifeOf(["--prevent-before-quit", "--twice"]))).toEqual([
    ...START,
    "before-quit",
    "before-quit",
    "will-quit",
    "quit",
    "exit 0",
  ]);
});

test("a window that prevents its close cancels the quit", async () => {
  // docs/api/browser-window.md#event-close; shell/browser/browser.cc, Browser::OnWindowCloseCancelled
  expect(sorted(await lifeOf(["--window", "--prevent-close", "--twice"]))).toEqual([
    ...START,
    "before-quit",
    "close",
    "before-quit",
    "close",
    "closed",
    "will-quit",
    "quit",
    "exit 0",
  ]);
});

test("a prevented will-quit leaves the program running", async () => {
  // docs/api/app.md#event-will-quit: "will prevent the default behavior, which is terminating the application"
  expect(sorted(await lifeOf(["--prevent-will-quit", "--twice"]))).toEqual([
    ...START,
    "before-quit",
    "will-quit",
    "before-quit",
    "will-quit",
    "quit",
    "exit 0",
  ]);
});

test("without a listener of window-all-closed the program quits with its last window", async () => {
  // docs/api/app.md#event-window-all-closed: "the default behavior is to quit the app"
  expect(sorted(await lifeOf(["--window", "--close-window"]))).toEqual([
    ...START,
    "close",
    "closed",
    "before-quit",
    "will-quit",
    "quit",
    "exit 0",
  ]);
});

test("destroy() emits closed without close", async () => {
  // docs/api/browser-window.md#windestroy: "close event will also not be emitted … but it guarantees the closed event"
  expect(sorted(await lifeOf(["--window", "--destroy-window", "--keep-open", "--twice"]))).toEqual([
    ...START,
    "closed",
    "window-all-closed",
    "before-quit",
    "will-quit",
    "quit",
    "exit 0",
  ]);
});

test("exit() asks nobody and gives its code", async () => {
  // docs/api/app.md#appexitexitcode: "the before-quit and will-quit events will not be emitted"
  expect(sorted(await lifeOf(["--window", "--exit"]))).toEqual([...START, "closed", "quit", "exit 7"]);
});

test("SIGTERM quits in order", async () => {
  // shell/browser/electron_browser_main_parts_posix.cc, GracefulShutdownHandler
  const program = await start("lifecycle.mjs", { args: ["--stay"] });
  await expect.poll(() => program.output()).toContain("when-ready");
  await program.evaluate(() => process.kill(process.pid, "SIGTERM"));
  const exit = await program.exited;
  await program.close();
  expect(exit).toEqual({ code: 0, signal: null });
  expect(program.output()).toMatch(/EVENT before-quit\nEVENT will-quit\nEVENT quit/);
});

test("a main script that awaits ready at its top level never gets it", async () => {
  // docs/tutorial/esm.md, "You must use await generously before the app's ready event"; electron#40719
  const program = await start("deadlock.mjs").catch(() => null);
  if (program === null) return;
  await Promise.race([program.exited, new Promise((resolve) => setTimeout(resolve, 3_000))]);
  await program.kill();
  expect(program.output()).not.toContain("got ready");
});

/** Whether the promise of whenReady or the listeners of ready come first is not documented. */
function sorted(life: readonly string[]): readonly string[] {
  const [ready, whenReady] = [life.indexOf("ready"), life.indexOf("when-ready")];
  return whenReady < ready ? life.toSpliced(whenReady, 1).toSpliced(ready, 0, "when-ready") : life;
}
