import { beforeEach, describe, expect, it } from "vitest";

import { desktop } from "../../testing/electron-double/notification-double.ts";
import { ElectronRig, REQUEST } from "./testing/electron-notifications.ts";

let rig: ElectronRig;

describe.each(["win32", "darwin"] as const)("a notification on %s", (platform) => {
  beforeEach(() => {
    rig = new ElectronRig(platform);
  });

  it("tells which button was pressed, and that it has left the screen by that", async () => {
    await rig.show();
    desktop.press("Decline");
    await rig.settle();
    expect(rig.events.slice(1)).toEqual([
      { type: "answered", key: "decline" },
      { type: "closed", by: "user" },
    ]);
  });

  it("tells that it was opened by a click beside the buttons, and has left the screen", async () => {
    await rig.show();
    desktop.click();
    await rig.settle();
    expect(rig.events.slice(1)).toEqual([{ type: "opened" }, { type: "closed", by: "user" }]);
  });

  it("loses its buttons when there is nothing to press any more", async () => {
    const handle = await rig.show();
    handle.update({ ...REQUEST, actions: [] });
    await rig.settle();
    expect(desktop.shown).toMatchObject([{ buttons: [] }]);
  });

  it("changes in its place and without a sound, and its buttons still answer", async () => {
    const handle = await rig.show();
    handle.update({ ...REQUEST, body: "Budget\nAre you there?" });
    await rig.settle();
    expect(desktop.shown).toMatchObject([{ body: "Budget\nAre you there?", silent: true, id: "tag-1" }]);
    desktop.press("Accept");
    expect(rig.events).toContainEqual({ type: "answered", key: "accept" });
  });

  it("shows the latest when it changes before it is there", async () => {
    const handle = rig.service.show(REQUEST, (event) => rig.events.push(event));
    handle.update({ ...REQUEST, summary: "Lena Park (external)" });
    expect(desktop.shown).toEqual([]);
    await rig.settle();
    expect(desktop.shown).toMatchObject([{ title: "Lena Park (external)", silent: false }]);
  });
});

describe("on an Electron that is too old", () => {
  it("toasts of Windows are offered without buttons, and the log says why", async () => {
    rig = new ElectronRig("win32", { electron: 41 });
    expect(await rig.service.capabilities()).toMatchObject({
      available: true,
      capabilities: { actions: false },
    });
    expect(rig.logged).toEqual([expect.stringMatching(/electron\.tooOld sentence="This Electron .*\."$/)]);
  });

  it("a press on a button of a toast opens the program and answers nothing", async () => {
    rig = new ElectronRig("win32", { electron: 33 });
    const handle = await rig.show();
    handle.update({ ...REQUEST, body: "Budget" });
    await rig.settle();
    expect(desktop.shown).toMatchObject([{ toast: { lines: ["Lena Park", "Budget"] } }]);
    desktop.press("Decline");
    expect(rig.types).toEqual(["shown", "shown", "opened", "closed"]);
  });

  it("macOS has its buttons, and says nothing in the log", async () => {
    rig = new ElectronRig("darwin", { electron: 33, signed: false });
    const handle = await rig.show();
    handle.update({ ...REQUEST, body: "Budget" });
    await rig.settle();
    expect(desktop.shown).toHaveLength(1);
    desktop.press("Decline");
    expect(rig.types).toEqual(["shown", "shown", "answered", "closed"]);
    expect(rig.logged).toEqual([]);
  });
});
