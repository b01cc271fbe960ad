import { beforeEach, expect, it } from "vitest";

import { KeptDrafts } from "./kept-drafts.ts";

let now: number;
let due: { readonly at: number; readonly run: () => void }[];
let written: string[];
let drafts: KeptDrafts;

beforeEach(() => {
  now = 1_000;
  due = [];
  written = [];
  drafts = new KeptDrafts([{ conversation: "c1", text: "From before" }], {
    now: () => now,
    after: (delayMs, run) => {
      const timer = { at: now + delayMs, run };
      due.push(timer);
      return () => void (due = due.filter((one) => one !== timer));
    },
    write: (conversation, text) => void written.push(`${conversation}: ${text}`),
  });
});

function pass(ms: number): void {
  now += ms;
  const over = due.filter(({ at }) => at <= now);
  due = due.filter(({ at }) => at > now);
  for (const { run } of over) run();
}

it("begins with what main has kept", () => {
  expect([drafts.of("c1"), drafts.of("c2"), written]).toEqual(["From before", "", []]);
});

it("tells main at once, and then four times a second with the newest", () => {
  drafts.write("c1", "H");
  expect(written.splice(0)).toEqual(["c1: H"]);
  drafts.write("c1", "He");
  drafts.write("c1", "Hel");
  drafts.write("c2", "T");
  pass(249);
  expect(written).toEqual([]);
  pass(1);
  expect(written).toEqual(["c1: Hel", "c2: T"]);
  expect(drafts.of("c1")).toBe("Hel");
});

it("tells nothing any more of what was sent", () => {
  drafts.write("c1", "H");
  drafts.write("c1", "Hello");
  drafts.clear("c1");
  pass(1_000);
  expect([written, drafts.of("c1")]).toEqual([["c1: H"], ""]);
});

it("tells all that is owed when the page goes", () => {
  drafts.write("c1", "H");
  drafts.write("c1", "Hello");
  drafts.flush();
  pass(1_000);
  expect(written).toEqual(["c1: H", "c1: Hello"]);
});
