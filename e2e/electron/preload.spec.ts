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

test("a sandboxed preload requires electron, events, timers and url, and nothing else", async () => {
  // docs/tutorial/sandbox.md#preload-scripts; lib/sandboxed_renderer/preload.ts, preloadRequire
  const required = await page.evaluate(() => (window as unknown as FixtureWindow).fixture.require);
  expect(required).toEqual({
    electron: "object",
    events: "function",
    timers: "object",
    url: "object",
    fs: "Error: module not found: fs",
    "node:child_process": "Error: module not found: node:child_process",
    "./other.cjs": "Error: module not found: ./other.cjs",
  });
});

test("its events and its process are there", async () => {
  // docs/tutorial/sandbox.md#preload-scripts; docs/api/process.md#sandbox
  const { emitter, process } = await page.evaluate(() => {
    const { fixture } = window as unknown as FixtureWindow;
    return { emitter: fixture.emitter, process: fixture.process };
  });
  expect(emitter).toEqual([1]);
  expect(process).toMatchObject({ type: "renderer", sandboxed: true });
});

test("the bridge is there before the page's first script, and the preload's globals never are", async () => {
  // docs/tutorial/context-isolation.md
  const seen = await page.evaluate(() => (window as unknown as FixtureWindow).seenAtStart);
  expect(seen).toEqual({ bridge: "object", preload: "undefined" });
});

test("nothing of Node or Electron is in the page", async () => {
  // docs/tutorial/security.md#2-do-not-enable-nodejs-integration-for-remote-content, #3-enable-context-isolation
  const kinds = await page.evaluate(() =>
    ["require", "process", "module", "Buffer", "global", "ipcRenderer", "electron"].map(
      (name) => typeof (window as unknown as Record<string, unknown>)[name],
    ),
  );
  expect(new Set(kinds)).toEqual(new Set(["undefined"]));
});

test("the exposed object is frozen, and cannot be replaced or taken away", async () => {
  // docs/api/context-bridge.md#api: "all other values are copied and frozen"
  const result = await page.evaluate(() => {
    const page = window as unknown as { fixture: Record<string, unknown> };
    const before = page.fixture;
    const attempts = [
      Reflect.set(page, "fixture", {}),
      Reflect.deleteProperty(page, "fixture"),
      Reflect.set(before, "add", null),
      Reflect.set(before["state"] as object, "count", 99),
    ];
    return {
      attempts,
      same: page.fixture === before,
      frozen: Object.isFrozen(before) && Object.isFrozen(before["add"]),
    };
  });
  expect(result).toEqual({ attempts: [false, false, false, false], same: true, frozen: true });
});

test("values are copies: a change behind the bridge does not show", async () => {
  // docs/api/context-bridge.md#api: "updates on either side of the bridge do not result in an update on the other side"
  const counts = await page.evaluate(() => {
    const { fixture } = window as unknown as FixtureWindow;
    return [fixture.count(), fixture.count(), fixture.state.count];
  });
  expect(counts).toEqual([1, 2, 1]);
});

test("calls answer at once, and callbacks and promises go through", async () => {
  // docs/api/context-bridge.md#parameter--error--return-type-support
  const result = await page.evaluate(async () => {
    const { fixture } = window as unknown as FixtureWindow;
    const callback = fixture.identity((value: number) => value * 2) as (value: number) => number;
    const promise = fixture.identity(Promise.resolve("kept")) as Promise<string>;
    return { sum: fixture.add(1, 2), doubled: callback(21), kept: await promise };
  });
  expect(result).toEqual({ sum: 3, doubled: 42, kept: "kept" });
});

test("clonable values keep their kind, and a class loses its prototype", async () => {
  // docs/api/context-bridge.md#parameter--error--return-type-support
  const result = await page.evaluate(() => {
    const { fixture } = window as unknown as FixtureWindow;
    const back = fixture.identity(
      new (class Point {
        x = 1;
      })(),
    ) as { x: number };
    return {
      date: fixture.data.when instanceof Date,
      map: fixture.data.map instanceof Map,
      list: Array.isArray(fixture.data.list[1]),
      instance: [Object.getPrototypeOf(back) === Object.prototype, back.x],
      kinds: [fixture.kindOf(new Set()), fixture.kindOf(new Uint8Array())],
    };
  });
  expect(result).toEqual({
    date: true,
    map: true,
    list: true,
    instance: [true, 1],
    kinds: ["[object Set]", "[object Uint8Array]"],
  });
});

test("of an error only its message comes over", async () => {
  // docs/api/context-bridge.md#parameter--error--return-type-support, "Error"
  const errors = await page.evaluate(async () => {
    const { fixture } = window as unknown as FixtureWindow;
    const caught: string[] = [];
    try {
      fixture.fail();
    } catch (error) {
      caught.push(error instanceof Error ? error.message : "no error");
    }
    await fixture
      .reject()
      .catch((error: unknown) => caught.push(error instanceof Error ? error.message : "no error"));
    return caught;
  });
  expect(errors[0]).toContain("from the preload");
  expect(errors[1]).toContain("later");
});

test("a name that the page already has cannot be exposed again", async () => {
  // shell/renderer/api/electron_api_context_bridge.cc, ExposeAPIInWorld
  const text = await page.evaluate(() => (window as unknown as FixtureWindow).fixture.again());
  expect(text).toBe("Error: Cannot bind an API on top of an existing property on the window object");
});
