import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  appFile,
  appUrl,
  headersFor,
  ourSoundPath,
  ownSound,
  ownSoundPath,
  photoId,
  photoPath,
  wantedRange,
} from "./app-scheme.ts";

describe("the scheme of the windows", () => {
  it("serves the pages and their assets with a policy that allows nothing from elsewhere", () => {
    expect(appFile(appUrl("panel.html"))).toEqual({
      path: "panel.html",
      type: "text/html; charset=utf-8",
    });
    expect(appFile("app://doorbell/assets/panel-C_x-1.js")?.type).toMatch("text/javascript");
    expect(appFile("app://doorbell/panel.html?x=1#y")?.path).toBe("panel.html");
  });

  it.each([
    "app://doorbell/",
    "app://doorbell/..%2f..%2fetc%2fpasswd.html",
    "app://doorbell/%2e%2e/secret.js",
    "app://doorbell/assets//panel.js",
    "app://doorbell/.hidden.js",
    "app://doorbell/assets/.hidden.js",
    "app://doorbell/C:/secret.js",
    "app://doorbell/a\\b.js",
    "app://doorbell/panel.html%00.js",
    "app://doorbell/panel.map",
    "app://elsewhere/panel.html",
    "app://doorbell:1/panel.html",
    "app://me@doorbell/panel.html",
    "https://doorbell/panel.html",
    "not a url",
  ])("serves nothing for %s", (url) => {
    const file = appFile(url);
    // A URL parser resolves dots before we see them, so what is left may be a harmless name.
    if (file !== null) expect(file.path).toBe("secret.js");
    else expect(file).toBeNull();
  });

  it("serves a photo by its id below the address of a page, and nothing else by one", () => {
    const url = new URL(photoPath("12"), appUrl("panel.html")).href;
    expect([photoId(url), appFile(url)]).toEqual(["12", null]);
    for (const other of [
      appUrl("panel.html"),
      "app://doorbell/photos/",
      "app://doorbell/photos/12.svg",
      "app://doorbell/photos/../12",
      "app://doorbell/photos/12/3",
      "app://elsewhere/photos/12",
      "https://doorbell/photos/12",
      "not a url",
    ])
      expect(photoId(other), other).toBeNull();
    // Each page would get a second process for a while: e2e/electron/pages.spec.ts.
    expect(headersFor("text/html")).not.toHaveProperty("Cross-Origin-Opener-Policy");
    expect(headersFor("image/png")).toMatchObject({
      "Content-Type": "image/png",
      "X-Content-Type-Options": "nosniff",
      "Content-Security-Policy": expect.stringContaining("default-src 'none'"),
    });
  });

  it("serves a sound of ours as a file, and one of the person's by its name alone", () => {
    const url = (path: string): string => new URL(path, appUrl("toast.html")).href;
    expect(appFile(url(ourSoundPath("ring")))).toEqual({ path: "sounds/ring.wav", type: "audio/wav" });
    expect([ownSound(url(ownSoundPath("urgentRing"))), appFile(url(ownSoundPath("urgentRing")))]).toEqual([
      "urgentRing",
      null,
    ]);
    for (const other of [
      "app://doorbell/sounds/own/",
      "app://doorbell/sounds/own/other",
      "app://doorbell/sounds/own/ring/../../../etc/passwd",
      "app://doorbell/sounds/own/ring.wav",
      "https://doorbell/sounds/own/ring",
      "not a url",
    ])
      expect(ownSound(other), other).toBeNull();
  });

  it.each([
    ["bytes=0-", [0, 9]],
    ["bytes=3-", [3, 9]],
    ["bytes=3-5", [3, 5]],
    ["bytes=3-50", [3, 9]],
    ["bytes=10-", null],
    ["bytes=5-3", null],
    ["bytes=-3", null],
    ["bytes=0-1,4-5", null],
    [null, null],
  ] as const)("of ten bytes, the range %s is %j", (range, wanted) => {
    expect(wantedRange(range, 10)).toEqual(wanted);
  });

  it("never names a file above its folder", () => {
    const parts = fc.constantFrom("..", ".", "%2e%2e", "%5c", "\\", "/", "a", ".js", ":", "%00", "//", "~");
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), (path) => {
        const file = appFile(`app://doorbell/${path.join("/")}.js`);
        if (file !== null) expect(file.path.split("/").every((part) => /^\w[\w.-]*$/.test(part))).toBe(true);
      }),
    );
  });
});
