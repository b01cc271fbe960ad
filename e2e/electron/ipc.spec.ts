import { expect, test, type Page } from "@playwright/test";
import type { RunningProgram } from "../driver/running-program.ts";
import type { FixtureWindow } from "./support/fixture-window.ts";
import { eventsOf, pageOf, start } from "./support/program.ts";

let program: RunningProgram;
let page: Page;

test.beforeAll(async () => {
  program = await start("window.mjs");
  page = await pageOf(program);
});
test.afterAll(() => program.close());

/** What a call of the page comes to. */
async function invoke(channel: string, value?: unknown): Promise<unknown> {
  return await page.evaluate(
    ([name, sent]) =>
      (window as unknown as FixtureWindow).fixture
        .invoke(name, sent)
        .catch((error: unknown) => String(error)),
    [channel, value] as const,
  );
}

async function send(...values: readonly unknown[]): Promise<void> {
  await program.evaluate(({ BrowserWindow }, all) => {
    for (const value of all) BrowserWindow.getAllWindows()[0]?.webContents.send("state", value);
  }, values);
}

test("plain values go to main and back as they were", async () => {
  // docs/api/ipc-renderer.md#ipcrendererinvokechannel-args: "serialized with the Structured Clone Algorithm"
  const value = { id: "i1", none: null, list: [1, 0.5, true, { text: "Åsa & “Bo”" }] };
  expect(await invoke("echo", value)).toEqual(value);
  expect(await invoke("echo", null)).toBeNull();
});

for (const [kind, becomes] of [
  ["map", "[object Map]"],
  ["nothing", "[object Undefined]"],
  ["function", "Error: An object could not be cloned."],
  ["promise", "Error: An object could not be cloned."],
  ["symbol", "Error: An object could not be cloned."],
  ["element", "Error: An object could not be cloned."],
] as const)
  test(`${kind}: what a page that was taken over sends is data in main, or is not sent`, async () => {
    // docs/api/ipc-renderer.md#ipcrendererinvokechannel-args: "Sending Functions, Promises, Symbols, WeakMaps, or WeakSets
    // will throw an exception"
    const came = await page.evaluate(
      (one) => (window as unknown as FixtureWindow).fixture.invokeWith(one),
      kind,
    );
    expect(came).toBe(becomes);
  });

for (const [what, channel] of [
  ["a handler that throws", "throw"],
  ["an answer that cannot be cloned", "function"],
  ["a channel without a handler", "nobody"],
] as const)
  test(`${what} rejects the call, which never waits for ever`, async () => {
    // lib/browser/ipc-dispatch.ts: replyWithError
    expect(await invoke(channel)).toMatch(/^Error: Error invoking remote method '\w+': /);
  });

test("the event names the frame with its address, that it has no parent, and its window", async () => {
  // docs/api/structures/ipc-main-invoke-event.md; docs/tutorial/security.md#17-validate-the-sender-of-all-ipc-messages
  const contents = await program.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => webContents.id),
  );
  expect(await invoke("sender")).toEqual({
    url: "app://fixture/panel.html",
    isMainFrame: true,
    contents: contents[0],
  });
});

test("a frame within the page has no bridge to call over", async () => {
  // docs/api/structures/web-preferences.md, nodeIntegrationInSubFrames: otherwise preload scripts run in the main frame only
  const kind = await page.evaluate(async () => {
    const frame = document.createElement("iframe");
    const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
    frame.src = "/other.html";
    document.body.append(frame);
    await loaded;
    const { title } = frame.contentDocument ?? {};
    const found = typeof Reflect.get(frame.contentWindow ?? {}, "fixture");
    frame.remove();
    return `${title} ${found}`;
  });
  expect(kind).toBe("Other undefined");
});

test("what main sends reaches a listener in order, until that is taken off", async () => {
  // docs/api/ipc-renderer.md#ipcrendereronchannel-listener, #ipcrendereroffchannel-listener; docs/api/web-contents.md#contentssendchannel-args
  await page.evaluate(() => {
    const heard: unknown[] = [];
    const { fixture } = window as unknown as FixtureWindow;
    const unsubscribe = fixture.subscribe((value) => heard.push(value));
    Object.assign(window, { heard, unsubscribe });
  });
  const heard = () => page.evaluate(() => (window as unknown as { heard: unknown[] }).heard);
  await send({ revision: 1 }, { revision: 2, ringing: [{ id: "a" }] });
  await expect.poll(heard).toEqual([{ revision: 1 }, { revision: 2, ringing: [{ id: "a" }] }]);
  await page.evaluate(() => (window as unknown as { unsubscribe: () => void }).unsubscribe());
  await send({ revision: 3 });
  await invoke("echo", "flush");
  expect(await heard()).toHaveLength(2);
});

test("sending what cannot be cloned, or to a page that died, is no error of the sender", async () => {
  // lib/browser/api/web-frame-main.ts, send: what goes wrong is written to standard error
  await program.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.send("state", () => {}),
  );
  await expect.poll(() => program.output()).toContain("An object could not be cloned");
  await program.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  );
  await expect.poll(() => eventsOf(program, "render-process-gone")).toHaveLength(1);
  await send({ revision: 4 });
});
