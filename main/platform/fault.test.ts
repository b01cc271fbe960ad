import { describe, expect, it } from "vitest";
import { errorCode, faultLine } from "./fault.ts";

describe("The line for an error that nobody caught", () => {
  it("tells kind and place, and nothing of the message", () => {
    const line = faultLine(new TypeError("password hunter2\n    at hunter2 (hunter2.ts:1:1)"));
    expect(line).toMatch(
      /^doorbell: stopped by an unexpected TypeError at fault\.test\.ts:\d+:\d+\. Please report this\.$/,
    );
    expect(line).not.toContain("hunter2");
  });

  it("tells a code where there is one, and copes with anything thrown", () => {
    expect(faultLine(Object.assign(new Error("x"), { code: "EPIPE" }))).toContain("Error EPIPE");
    expect(faultLine(Object.assign(new Error("x"), { name: "a\nb", code: "a\nb", stack: undefined }))).toBe(
      "doorbell: stopped by an unexpected Error. Please report this.",
    );
    expect(faultLine("hunter2")).toBe("doorbell: stopped by an unexpected string. Please report this.");
  });
});

it("A log tells of anything thrown its code, or else its name", () => {
  const thrown = [Object.assign(new Error("x"), { code: "EPIPE" }), new TypeError("x"), "hunter2", undefined];
  expect(thrown.map(errorCode)).toEqual(["EPIPE", "TypeError", "string", "undefined"]);
});
