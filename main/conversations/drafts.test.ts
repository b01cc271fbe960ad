import { expect, it } from "vitest";

import { Drafts } from "./drafts.ts";

it("keeps what was written in each conversation, until it is sent or the conversation is gone", () => {
  const drafts = new Drafts();
  expect([drafts.of("c1"), drafts.isAnyUnsent]).toEqual(["", false]);
  drafts.write("c1", "Hello");
  drafts.write("c2", " \n");
  expect([drafts.of("c1"), drafts.isAnyUnsent]).toEqual(["Hello", true]);
  drafts.write("c1", "");
  expect([drafts.all, drafts.isAnyUnsent]).toEqual([[{ conversation: "c2", text: " \n" }], false]);
  drafts.write("c3", "There");
  drafts.keepOnly(new Set(["c3"]));
  expect(drafts.all).toEqual([{ conversation: "c3", text: "There" }]);
});
