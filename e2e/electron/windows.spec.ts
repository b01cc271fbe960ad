import { expect, test } from "@playwright/test";
import type { RunningProgram } from "../driver/running-program.ts";
import { privateDesktop, start } from "./support/program.ts";

let program: RunningProgram;

test.beforeAll(async () => {
  program = await start("idle.mjs");
  await program.evaluate(({ app }) => app.whenReady());
});
test.afterAll(() => program.close());
test.afterEach(() =>
  program.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.destroy();
  }),
);

test("a window that cannot be resized or focused still takes the bounds that it is given, hidden and shown", async () => {
  // docs/api/browser-window.md#winsetboundsbounds-animate, #winshowinactive
  const [hidden, shown] = [
    { x: 40, y: 30, width: 360, height: 180 },
    { x: 40, y: 30, width: 360, height: 390 },
  ];
  const seen = await program.evaluate(
    ({ BrowserWindow }, [first, second]) => {
      const window = new BrowserWindow({
        title: "Toast",
        show: false,
        frame: false,
        resizable: false,
        focusable: false,
        alwaysOnTop: true,
        skipTaskbar: true,
        type: "notification",
      });
      window.on("page-title-updated", (event) => event.preventDefault());
      window.setBounds(first);
      const states = [window.isVisible(), window.getBounds()] as unknown[];
      window.showInactive();
      window.setBounds(second);
      return [...states, window.isVisible(), window.getBounds(), window.isFocused()];
    },
    [hidden, shown] as const,
  );
  expect(seen).toEqual([false, hidden, true, shown, false]);
  const { screen } = await privateDesktop();
  await expect
    .poll(async () => (await screen.windows()).filter(({ name }) => name === "Toast"))
    .toEqual([expect.objectContaining(shown)]);
  await program.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  await expect.poll(() => screen.windows()).not.toContainEqual(expect.objectContaining({ name: "Toast" }));
});

test("a window lacks the corners that its shape leaves out, without a compositing manager too", async () => {
  // docs/api/browser-window.md#winsetshaperects-windows-linux-experimental
  const { screen } = await privateDesktop();
  const [corner, middle] = [
    { x: 40, y: 30, width: 6, height: 6 },
    { x: 90, y: 60, width: 6, height: 6 },
  ];
  const [bare, bareMiddle] = [await screen.pixels(corner), await screen.pixels(middle)];
  await program.evaluate(({ BrowserWindow }) => {
    const bounds = { x: 40, y: 30, width: 200, height: 100 };
    const window = new BrowserWindow({ ...bounds, show: false, frame: false, backgroundColor: "#c03030" });
    window.setShape([
      { x: 10, y: 0, width: 180, height: 10 },
      { x: 0, y: 10, width: 200, height: 90 },
    ]);
    window.showInactive();
  });
  await expect.poll(() => screen.pixels(middle)).not.toBe(bareMiddle);
  expect(await screen.pixels(corner)).toBe(bare);
});

test("a window that prevents its close stays", async () => {
  // docs/api/browser-window.md#event-close
  const left = await program.evaluate(({ BrowserWindow }) => {
    const window = new BrowserWindow({ show: false });
    window.on("close", (event) => event.preventDefault());
    window.close();
    return [window.isDestroyed(), BrowserWindow.getAllWindows().length];
  });
  expect(left).toEqual([false, 1]);
});

test("a message box that is given up goes away, and says what cancelling says", async () => {
  // docs/api/dialog.md#dialogshowmessageboxwindow-options, signal: "the message box will behave as if it was cancelled"
  const { screen } = await privateDesktop();
  const boxes = async () => (await screen.windows()).filter(({ name }) => name === "Question").length;
  await program.evaluate(({ BrowserWindow, dialog }) => {
    const giveUp = new AbortController();
    const window = new BrowserWindow({ show: true });
    const answered = dialog.showMessageBox(window, {
      title: "Question",
      message: "The page could not be loaded.",
      buttons: ["Close", "Try again"],
      cancelId: 0,
      defaultId: 1,
      signal: giveUp.signal,
    });
    Object.assign(globalThis, { giveUp, answered });
  });
  await expect.poll(boxes).toBe(1);
  const answer = await program.evaluate(({ BrowserWindow }) => {
    const { giveUp, answered } = globalThis as unknown as {
      giveUp: AbortController;
      answered: Promise<Electron.MessageBoxReturnValue>;
    };
    giveUp.abort();
    BrowserWindow.getAllWindows()[0]?.destroy();
    return answered;
  });
  expect(answer.response).toBe(0);
  await expect.poll(boxes).toBe(0);
});
