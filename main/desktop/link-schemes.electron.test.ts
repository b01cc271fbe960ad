import { describe, expect, it } from "vitest";

import { appDouble } from "../testing/electron-double/app-double.ts";
import { startSystem } from "../testing/electron-double/pretended-system.ts";
import { OpenedLinks, takePersonLinks } from "./link-schemes.electron.ts";

describe("links of other programs to people", () => {
  it.each(["win32", "darwin"] as const)(
    "come here and go again as the person wants it, on %s",
    (platform) => {
      startSystem({ platform });
      expect(takePersonLinks(false)).toBe(true);
      expect(takePersonLinks(true)).toBe(true);
      expect([...appDouble.schemes]).toEqual(["sip", "im"]);
      expect(takePersonLinks(false)).toBe(true);
      expect([...appDouble.schemes]).toEqual([]);
    },
  );

  it("are not given back by Electron on Linux, which is said", () => {
    startSystem({ platform: "linux" });
    expect(takePersonLinks(false)).toBe(true);
    expect(takePersonLinks(true)).toBe(true);
    expect(takePersonLinks(false)).toBe(false);
  });
});

describe("what macOS opens the program with", () => {
  it("is followed, also when it came before anybody could", () => {
    startSystem({ platform: "darwin" });
    const links = new OpenedLinks();
    let prevented = 0;
    const open = (url: string) => appDouble.emit("open-url", { preventDefault: () => void prevented++ }, url);
    open("doorbell:ada@example.test");
    open("doorbell:ola@example.test");
    const followed: string[] = [];
    links.follow((url) => void followed.push(url));
    open("doorbell:kim@example.test");
    expect(followed).toEqual(["doorbell:ola@example.test", "doorbell:kim@example.test"]);
    expect(prevented).toBe(3);
  });
});
