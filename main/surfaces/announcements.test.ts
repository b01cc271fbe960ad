import { expect, it } from "vitest";

import { Announcements } from "./announcements.ts";

it("one window tells of an invitation, and goes on doing so when the panel comes or goes", () => {
  let shown = false;
  const announcements = new Announcements(() => shown);
  expect(announcements.of(["a"]).get("a")).toBe("toast");
  shown = true;
  expect(Object.fromEntries(announcements.of(["a", "b"]))).toEqual({ a: "toast", b: "panel" });
  shown = false;
  expect(Object.fromEntries(announcements.of(["b", "c"]))).toEqual({ b: "panel", c: "toast" });
});

it("what is over is forgotten", () => {
  let shown = true;
  const announcements = new Announcements(() => shown);
  announcements.of(["a"]);
  announcements.of([]);
  shown = false;
  expect(announcements.of(["a"]).get("a")).toBe("toast");
});
