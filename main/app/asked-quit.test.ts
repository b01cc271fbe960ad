import { expect, it } from "vitest";

import { askedQuit } from "./asked-quit.ts";

function rig(hasDraft: boolean) {
  const done: string[] = [];
  const answers: ((button: number) => void)[] = [];
  const quit = askedQuit({
    hasDraft: () => hasDraft,
    quit: () => void done.push("quit"),
    show: () => void done.push("show"),
    ask: ({ message }) => {
      done.push(message);
      return new Promise((resolve) => void answers.push(resolve));
    },
  });
  const answer = async (button: number): Promise<void> => {
    answers.shift()?.(button);
    await Promise.resolve();
  };
  return { quit, answer, done };
}

it("quits at once where nothing would be lost", () => {
  const { quit, done } = rig(false);
  quit();
  expect(done).toEqual(["quit"]);
});

it("asks once where something was written and not sent, and closing the box keeps it", async () => {
  const { quit, answer, done } = rig(true);
  quit();
  quit();
  expect(done.splice(0)).toEqual(["Quit without sending?"]);
  await answer(0);
  expect(done).toEqual([]);
  quit();
  await answer(1);
  expect(done.splice(0)).toEqual(["Quit without sending?", "show"]);
  quit();
  await answer(2);
  expect(done).toEqual(["Quit without sending?", "quit"]);
});
