import { beforeEach, describe, expect, it } from "vitest";

import { desktop } from "../../testing/electron-double/notification-double.ts";
import { startSystem } from "../../testing/electron-double/pretended-system.ts";
import { DECLINE, ElectronRig, REQUEST } from "./testing/electron-notifications.ts";

let rig: ElectronRig;

describe("a toast of Windows", () => {
  beforeEach(() => {
    rig = new ElectronRig("win32");
  });

  it("stays like an incoming call, and plays the ringtone until it is answered", async () => {
    await rig.show();
    expect(desktop.shown[0]?.toast).toMatchObject({
      scenario: "incomingCall",
      loops: "ms-winsoundevent:Notification.Looping.Call",
      buttons: [{ style: "Success" }, { style: "Critical" }],
    });
  });

  it("stops the ringtone when only its text changes", async () => {
    const handle = await rig.show();
    handle.update({ ...REQUEST, summary: "Lena Park (external)" });
    await rig.settle();
    expect(desktop.shown).toMatchObject([
      { toast: { lines: ["Lena Park (external)", "Budget", "Have you a minute?"], loops: null } },
    ]);
  });

  it.each([true, false])("is answered once, though two are told of it (handler first: %s)", async (first) => {
    rig = new ElectronRig("win32", { handlerFirst: first });
    await rig.show();
    desktop.press("Accept");
    expect(rig.types).toEqual(["shown", "answered", "closed"]);
  });

  it.each([true, false])("is opened once, though two are told of it (handler first: %s)", async (first) => {
    rig = new ElectronRig("win32", { handlerFirst: first });
    await rig.show();
    desktop.click();
    expect(rig.types).toEqual(["shown", "opened", "closed"]);
  });

  it.each(["timeOut", "hide"] as const)(
    "was not closed by the person when Windows does it (%s)",
    async (how) => {
      await rig.show();
      desktop[how]();
      expect(rig.events.slice(1)).toEqual([{ type: "closed", by: "service" }]);
    },
  );

  it("does not stay in the Action Center, where its buttons would lead nowhere", async () => {
    await rig.show();
    desktop.timeOut();
    expect(desktop.kept).toEqual([]);
  });

  it("answers with the button that was pressed, and not with what has taken its place meanwhile", async () => {
    const handle = await rig.show();
    const [accept] = desktop.shown[0]?.toast?.buttons ?? [];
    handle.update({ ...REQUEST, actions: [DECLINE] });
    await rig.settle();
    desktop.clickKept(accept?.arguments ?? "");
    expect(rig.events.slice(2)).toEqual([{ type: "closed", by: "service" }]);
  });

  it("of an earlier run, or of somebody else, is nothing to this one", async () => {
    const stale = "type=action&action=0&tag=tag-0&key=accept";
    startSystem({ platform: "win32" });
    desktop.clickKept(stale);
    rig = new ElectronRig("win32", {}, { start: false });
    await rig.show();
    desktop.clickKept(stale);
    desktop.clickKept("anything");
    expect(rig.types).toEqual(["shown"]);
  });
});
