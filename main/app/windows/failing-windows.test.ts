import { describe, expect, it } from "vitest";

import type { Question } from "../../desktop/message-box.ts";
import { FailingWindows } from "./failing-windows.ts";

function rig() {
  const boxes: (Question & { press(label: string): Promise<void> })[] = [];
  const done: string[] = [];
  const windows = new FailingWindows({
    ask: (question) => {
      const { promise, resolve } = Promise.withResolvers<number>();
      const press = async (label: string): Promise<void> => {
        resolve(question.buttons.indexOf(label));
        await new Promise((next) => setImmediate(next));
      };
      boxes.push({ ...question, press });
      return promise;
    },
    revive: (role) => done.push(`revive ${role}`),
    quit: () => done.push("quit"),
  });
  return { windows, boxes, done };
}

describe("a window that has given up", () => {
  it("is told of in one box for each window", () => {
    const { windows, boxes } = rig();
    windows.gaveUp("panel");
    windows.gaveUp("panel");
    windows.gaveUp("toast");
    expect(boxes.map(({ message }) => message)).toEqual([
      "Doorbell's window cannot be shown.",
      "Doorbell's pop-up cannot be shown.",
    ]);
  });

  it.each([
    ["Try again", ["revive toast"]],
    ["Quit Doorbell", ["quit"]],
    ["Close", []],
  ])("is what the person wants it to be: %s", async (label, expected) => {
    const { windows, boxes, done } = rig();
    windows.gaveUp("toast");
    await boxes[0]?.press(label);
    expect(done).toEqual(expected);
    windows.gaveUp("toast");
    expect(boxes).toHaveLength(2);
  });
});
