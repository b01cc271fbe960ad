import { expect, test, type Page } from "@playwright/test";
import type { RunningProgram } from "../driver/running-program.ts";
import type { FixtureWindow } from "./fixture-window.ts";
import { pageOf, start } from "./program.ts";

let program: RunningProgram;
let page: Page;

test.beforeAll(async () => {
  program = await start("window.mjs");
  page = await pageOf(program);
});
test.afterAll(() => program.close());

for (const [kind, described] of [
  ["map", "Map 1 Date 7"],
  ["bytes", "Uint8Array 1,2,3"],
  ["error", "RangeError: too far"],
  ["undefined", "undefined"],
  ["bigint", "bigint 12"],
  ["instance", "Object x"],
] as const)
  test(`${kind}: what the structured clone keeps arrives in main as it was`, async () => {
    // docs/api/ipc-renderer.md#ipcrendererinvokechannel-args: "serialized with the Structured Clone Algorithm"
    const text = await page.evaluate(
      (one) => (window as unknown as FixtureWindow).fixture.describe(one),
      kind,
    );
    expect(text).toBe(described);
  });

test("cycles, holes and the odd numbers survive the way there and back", async () => {
  // docs/api/ipc-renderer.md#ipcrendererinvokechannel-args
  const kept = await page.evaluate(() => (window as unknown as FixtureWindow).fixture.echoCycle());
  expect(kept).toEqual([true, false, 3, true, true, true]);
});

for (const kind of ["function", "promise", "symbol", "weak", "element"] as const)
  test(`${kind}: what cannot be cloned is refused in the renderer`, async () => {
    // docs/api/ipc-renderer.md#ipcrendererinvokechannel-args: "Sending Functions, Promises, Symbols, WeakMaps, or WeakSets
    // will throw an exception"
    const text = await page.evaluate(
      (one) => (window as unknown as FixtureWindow).fixture.invokeWith(one),
      kind,
    );
    expect(text).toBe("Error: An object could not be cloned.");
  });

test("send() refuses a function at once", async () => {
  // docs/api/ipc-renderer.md#ipcrenderersendchannel-args
  const text = await page.evaluate(() => (window as unknown as FixtureWindow).fixture.sendFunction());
  expect(text).toBe("Error: An object could not be cloned.");
});

test("an error of a handler arrives as its text and nothing else", async () => {
  // docs/api/ipc-main.md#ipcmainhandlechannel-listener: "only the message property … is provided to the renderer process";
  // lib/browser/ipc-dispatch.ts, replyWithError; lib/renderer/api/ipc-renderer.ts, invoke
  expect(await refusal("throw")).toBe(
    "Error: Error invoking remote method 'throw': TypeError: no such thing",
  );
});

test("an answer that cannot be cloned is an error of the call", async () => {
  // lib/browser/ipc-dispatch.ts: replyWithResult stands inside the try
  expect(await refusal("function")).toBe(
    "Error: Error invoking remote method 'function': Error: An object could not be cloned.",
  );
});

test("a channel without a handler is an error of the call", async () => {
  // lib/browser/ipc-dispatch.ts
  expect(await refusal("nobody")).toBe(
    "Error: Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
  );
});

test("a second handler for a channel is refused", async () => {
  // lib/browser/ipc-main-impl.ts, handle
  const text = await program.evaluate(({ ipcMain }) => {
    try {
      ipcMain.handle("echo", () => {});
      return "taken";
    } catch (error) {
      return String(error);
    }
  });
  expect(text).toBe("Error: Attempted to register a second handler for 'echo'");
});

test("the handlers are where the driver's forged calls look for them", async () => {
  // lib/browser/ipc-main-impl.ts, _invokeHandlers
  const kind = await program.evaluate(({ ipcMain }) => {
    const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, unknown> })._invokeHandlers;
    return `${handlers.constructor.name} ${typeof handlers.get("echo")}`;
  });
  expect(kind).toBe("Map function");
});

test("the event names the frame, its address under our scheme, and its window", async () => {
  // docs/api/structures/ipc-main-invoke-event.md; docs/tutorial/security.md#17-validate-the-sender-of-all-ipc-messages
  const sender = await page.evaluate(() => (window as unknown as FixtureWindow).fixture.invoke("sender"));
  expect(sender).toEqual({
    url: "app://fixture/panel.html",
    origin: "app://fixture",
    isMainFrame: true,
    window: 1,
  });
});

test("sent messages arrive in order, and replies reach a listener until it is taken off", async () => {
  // docs/api/ipc-renderer.md#ipcrendereronchannel-listener, #ipcrendereroffchannel-listener; docs/api/ipc-main.md, event.reply
  const heard = await page.evaluate(async () => {
    const { fixture } = window as unknown as FixtureWindow;
    const values: unknown[] = [];
    const unsubscribe = fixture.subscribe((value) => values.push(value));
    for (const value of [1, { two: 2 }, [3]]) fixture.send(value);
    await fixture.invoke("echo", "flush");
    unsubscribe();
    fixture.send("unheard");
    await fixture.invoke("echo", "flush");
    return values;
  });
  expect(heard).toEqual([1, { two: 2 }, [3]]);
  const received = await program.evaluate(() => (globalThis as unknown as { received: unknown[] }).received);
  expect(received).toEqual([1, { two: 2 }, [3], "unheard"]);
});

test("webContents.send refuses what cannot be cloned", async () => {
  // docs/api/web-contents.md#contentssendchannel-args
  const text = await program.evaluate(({ BrowserWindow }) => {
    try {
      BrowserWindow.getAllWindows()[0]?.webContents.send("noted", () => {});
      return "sent";
    } catch (error) {
      return String(error);
    }
  });
  expect(text).toContain("could not be cloned");
});

async function refusal(channel: string): Promise<string> {
  return await page.evaluate(
    (name) =>
      (window as unknown as FixtureWindow).fixture.invoke(name).then(
        () => "answered",
        (error: unknown) => String(error),
      ),
    channel,
  );
}
