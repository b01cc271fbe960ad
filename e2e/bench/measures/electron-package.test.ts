import { describe, expect, it } from "vitest";
import { fileName } from "./electron-package.ts";

describe("the files of the package, as they are called here", () => {
  it("finds a file whose name holds what a bundler wrote into it", () => {
    const here = ["session-Dk3_a-9Z.js", "session-Dk3_a-9Z.js.map", "keyring.js"];
    expect(fileName("session-[hash].js", here)).toBe("session-Dk3_a-9Z.js");
    expect(fileName("keyring.js", here)).toBe("keyring.js");
  });

  it("says which is not there, and which could be several", () => {
    expect(() => fileName("panel.html", [])).toThrow("panel.html");
    expect(() => fileName("session-[hash].js", ["session-a.js", "session-b.js"])).toThrow(
      "session-[hash].js",
    );
  });
});
