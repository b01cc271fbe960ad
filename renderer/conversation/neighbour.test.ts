import { expect, it } from "vitest";

import { neighbourOf, type Key } from "./neighbour.ts";
import { view } from "./testing/some-views.ts";

const conversations = ["c1", "c2", "c3"].map((id) => view({ id }));
const led = (selected: string | null, key: string, over: Partial<Key> = {}) =>
  neighbourOf(
    { conversations, selected },
    { key, ctrlKey: true, altKey: false, shiftKey: false, metaKey: false, ...over },
  );

it("goes round and round by Ctrl with Page Up and Page Down, and to a number by Ctrl with it", () => {
  expect([led("c1", "PageDown"), led("c3", "PageDown"), led("c1", "PageUp"), led("c2", "PageUp")]).toEqual([
    "c2",
    "c1",
    "c3",
    "c1",
  ]);
  expect([led("c1", "3"), led("c1", "4"), led("c1", "0")]).toEqual(["c3", null, null]);
});

it("goes nowhere by any other key", () => {
  expect(led("c1", "PageDown", { ctrlKey: false })).toBeNull();
  for (const also of ["altKey", "shiftKey", "metaKey"]) expect(led("c1", "2", { [also]: true })).toBeNull();
  expect(led("c1", "a")).toBeNull();
  expect(
    neighbourOf(
      { conversations: [], selected: null },
      { key: "PageDown", ctrlKey: true, altKey: false, shiftKey: false, metaKey: false },
    ),
  ).toBeNull();
});
