import { expect, test } from "@playwright/test";
import { lifeOf, startPlainly } from "./support/program.ts";

const START = ["read ready=false", "ready"];

test("Electron is ready when the main script has been read, and quit() announces itself in order", async () => {
  // docs/api/app.md#event-ready, #event-before-quit, #event-will-quit
  const program = await startPlainly("lifecycle.mjs", ["--quit"]);
  expect(await program.exited).toEqual({ code: 0, signal: null });
  expect(lifeOf(program)).toEqual([...START, "before-quit", "will-quit"]);
});

test("a main script that awaits ready at its top level never gets it", async () => {
  // docs/tutorial/esm.md, "You must use await generously before the app's ready event"; electron#40719
  const program = await startPlainly("deadlock.mjs", []);
  await expect.poll(() => lifeOf(program), { timeout: 15_000 }).toEqual(["read"]);
  // Nothing tells that something will not happen; the others are ready within a fraction of that.
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  program.signal("SIGKILL");
  await program.exited;
  expect(lifeOf(program)).toEqual(["read"]);
});

test("a prevented before-quit leaves the program running, and the next quit() asks anew", async () => {
  // docs/api/app.md#event-before-quit: "Calling event.preventDefault() will prevent the default behavior"
  const program = await startPlainly("lifecycle.mjs", ["--prevent-quit", "--quit-twice", "--exit"]);
  expect(await program.exited).toEqual({ code: 7, signal: null });
  expect(lifeOf(program)).toEqual([...START, "before-quit", "before-quit"]);
});

test("exit() asks neither the program nor its windows, and gives its status", async () => {
  // docs/api/app.md#appexitexitcode: "All windows will be closed immediately without asking the user"
  const program = await startPlainly("lifecycle.mjs", ["--window", "--exit"]);
  expect(await program.exited).toEqual({ code: 7, signal: null });
  expect(lifeOf(program)).toEqual(START);
});

test("with a listener of window-all-closed the program outlives its last window", async () => {
  // docs/api/app.md#event-window-all-closed: "If you do not subscribe to this event …, the default behavior is to quit"
  const program = await startPlainly("lifecycle.mjs", ["--window", "--close-window"]);
  expect(await program.exited).toEqual({ code: 0, signal: null });
  expect(lifeOf(program)).toEqual([...START, "close", "window-all-closed", "before-quit", "will-quit"]);
});

test("with a listener of uncaughtException no error box of Electron's waits for a click", async () => {
  // lib/browser/init.ts: "Do nothing if the user has a custom uncaught exception handler."
  const program = await startPlainly("lifecycle.mjs", ["--fault"]);
  expect(await program.exited).toEqual({ code: 0, signal: null });
  expect(lifeOf(program)).toEqual([...START, "nobody caught this"]);
});

for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const)
  test(`${signal} quits as quit() does`, async () => {
    // shell/browser/electron_browser_main_parts_posix.cc, GracefulShutdownHandler
    const program = await startPlainly("lifecycle.mjs", []);
    await expect.poll(() => lifeOf(program), { timeout: 15_000 }).toEqual(START);
    program.signal(signal);
    expect(await program.exited).toEqual({ code: 0, signal: null });
    expect(lifeOf(program)).toEqual([...START, "before-quit", "will-quit"]);
  });
