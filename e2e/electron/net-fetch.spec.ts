import { expect, test } from "@playwright/test";
import { fetchBehaviours, type Ask, type AskAndGiveUp } from "../../main/testing/fetch-behaviours.ts";
import type { RunningProgram } from "../driver/running-program.ts";
import { startBundled } from "./bundled-fixture.ts";
import type { FetchFixture } from "./fixtures/fetch.ts";

let program: RunningProgram;

test.beforeAll(async () => {
  program = await startBundled("fetch.ts");
  await program.evaluate(({ app }) => app.whenReady());
});
test.afterAll(async () => {
  await program.close();
});

interface FixtureMain {
  readonly fixture: FetchFixture;
}

const ask: Ask = (question) =>
  program.evaluate((_, asked) => (globalThis as unknown as FixtureMain).fixture.ask(asked), question);

const askAndGiveUp: AskAndGiveUp = (url) =>
  program.evaluate((_, asked) => (globalThis as unknown as FixtureMain).fixture.askAndGiveUp(asked), url);

test.afterEach(async () => {
  const uncaught = await program.evaluate(() => (globalThis as unknown as FixtureMain).fixture.uncaught);
  expect(uncaught, "errors that nobody caught").toEqual([]);
});

for (const { name, run } of fetchBehaviours)
  test(name, async () => {
    await run(ask, askAndGiveUp);
  });
