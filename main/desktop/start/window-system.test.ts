import { expect, it } from "vitest";

import { windowSystem, type WindowSystemFacts } from "./window-system.ts";

const wayland: WindowSystemFacts = {
  platform: "linux",
  env: { WAYLAND_DISPLAY: "wayland-0", DISPLAY: ":1" },
  args: ["--hidden"],
  ozonePlatform: "wayland",
  exists: (path) => path === "/tmp/.X11-unix/X1",
};
const startAgain = { kind: "startAgain", argument: "--ozone-platform=x11" };
const withToast = { kind: "stay", toast: true };
const withoutToast = { kind: "stay", toast: false };

it.each([
  ["starts again on X11 in a Wayland session that has Xwayland", {}, startAgain],
  ["knows the screen number in a display's name", { env: { DISPLAY: ":1.0" } }, startAgain],
  ["takes a display on another machine at its word", { env: { DISPLAY: "desk:10" } }, startAgain],
  ["has no toast in a Wayland session without Xwayland", { env: {} }, withoutToast],
  [
    "has no toast where the X server is only a name that was left over",
    { env: { DISPLAY: ":7" } },
    withoutToast,
  ],
  ["has no toast where the name is empty", { env: { DISPLAY: "" } }, withoutToast],
  ["does as somebody asked by an argument", { args: ["--ozone-platform=wayland"] }, withoutToast],
  ["does not start again and again", { args: ["--ozone-platform=x11"] }, withoutToast],
  ["stays on X11 where Electron has chosen it", { ozonePlatform: "x11" }, withToast],
  ["stays on X11 where that is Electron's default", { ozonePlatform: "" }, withToast],
  ["has nothing to choose on Windows", { platform: "win32", env: {} }, withToast],
  ["has nothing to choose on macOS", { platform: "darwin", env: {} }, withToast],
] as const)("the program %s", (_name, over, decided) => {
  expect(windowSystem({ ...wayland, ...over })).toEqual(decided);
});
