import { expect, it } from "vitest";
import { pseudo } from "./pseudo.ts";

it("makes every text longer, between brackets and with accents, and keeps what is put in readable", () => {
  const texts = pseudo({
    open: "Open Doorbell",
    empty: "",
    ends: { missed: "Missed" },
    lines: ["One", "Two"],
    ringing: (name: string) => `${name} rings`,
  });
  expect(texts.open).toBe("[Öpéñ Dööŕbéll ~ ~ ~]".replaceAll("ŕ", "r"));
  expect(texts.open.length).toBeGreaterThan("Open Doorbell".length * 1.3);
  expect(texts.empty).toBe("");
  expect(texts.ends.missed).toMatch(/^\[Mîsséd ~\]$/);
  expect(texts.lines.every((line) => line.startsWith("["))).toBe(true);
  expect(texts.ringing("Ada")).toMatch(/^\[.+ rîñgs( ~)+\]$/);
});
