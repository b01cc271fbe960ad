import { describe, expect, it } from "vitest";

import { appDouble } from "../../testing/electron-double/app-double.ts";
import { startSystem } from "../../testing/electron-double/pretended-system.ts";
import { takePersonLinks } from "./link-schemes.electron.ts";

describe("links of other programs to people", () => {
  it.each(["win32", "darwin"] as const)(
    "come here and go again as the person wants it, on %s",
    async (platform) => {
      startSystem({ platform });
      expect(await takePersonLinks(false, platform)).toBe(true);
      expect(await takePersonLinks(true, platform)).toBe(true);
      expect([...appDouble.schemes]).toEqual(["sip", "im"]);
      expect(await takePersonLinks(false, platform)).toBe(true);
      expect([...appDouble.schemes]).toEqual([]);
    },
  );

  it("are taken on Linux by the desktop's own program, and cannot be given back", async () => {
    const runs: (readonly string[])[] = [];
    const take = (wanted: boolean, works = true) =>
      takePersonLinks(wanted, "linux", async (...run) => works && runs.push(run.flat()) > 0);
    expect(await take(true)).toBe(true);
    expect(runs).toEqual([
      ["xdg-mime", "default", "doorbell.desktop", "x-scheme-handler/sip", "x-scheme-handler/im"],
    ]);
    expect(await take(true, false)).toBe(false);
    expect(await take(false)).toBe(false);
    expect(runs).toHaveLength(1);
  });
});
