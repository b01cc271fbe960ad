import { expect, test, type Page } from "@playwright/test";
import type { RunningProgram } from "../driver/running-program.ts";
import type { FixtureWindow } from "./support/fixture-window.ts";
import { pageOf, start } from "./support/program.ts";

let program: RunningProgram;
let page: Page;

test.beforeAll(async () => {
  program = await start("window.mjs");
  page = await pageOf(program);
});
test.afterAll(() => program.close());

test("a sandboxed preload script can require electron and nothing that reaches the machine", async () => {
  // docs/tutorial/sandbox.md#preload-scripts; docs/api/process.md#sandbox
  const seen = await page.evaluate(() => {
    const { fixture } = window as unknown as FixtureWindow;
    return { ...fixture.require, sandboxed: fixture.sandboxed };
  });
  expect(seen).toEqual({
    electron: "object",
    fs: "Error: module not found: fs",
    "node:child_process": "Error: module not found: node:child_process",
    "./other.cjs": "Error: module not found: ./other.cjs",
    sandboxed: true,
  });
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

test("the bridge is frozen, and cannot be replaced or taken away", async () => {
  // docs/api/context-bridge.md#api: "all other values are copied and frozen"
  const result = await page.evaluate(() => {
    const page = window as unknown as { fixture: Record<string, unknown> };
    const before = page.fixture;
    const attempts = [
      Reflect.set(page, "fixture", {}),
      Reflect.deleteProperty(page, "fixture"),
      Reflect.set(before, "invoke", null),
    ];
    return {
      attempts,
      same: page.fixture === before,
      frozen: Object.isFrozen(before) && Object.isFrozen(before["invoke"]),
    };
  });
  expect(result).toEqual({ attempts: [false, false, false], same: true, frozen: true });
});

test("a promise, and what it is kept with, goes through the bridge", async () => {
  // docs/api/context-bridge.md#parameter--error--return-type-support
  const value = { id: "i1", list: [1, null, true], nested: { text: "Åsa & “Bo”" } };
  const kept = await page.evaluate(
    (sent) => (window as unknown as FixtureWindow).fixture.echoLater(sent),
    value,
  );
  expect(kept).toEqual(value);
});
