import { beforeEach, describe, expect, it } from "vitest";

import { desktop } from "../../testing/electron-double/notification-double.ts";
import { ElectronRig, REQUEST } from "./testing/electron-notifications.ts";

let rig: ElectronRig;

describe.each(["win32", "darwin"] as const)("a notification on %s", (platform) => {
  beforeEach(() => {
    rig = new ElectronRig(platform);
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
});
