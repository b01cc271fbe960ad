import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { beforeEach, describe, expect, it } from "vitest";

import { desktop, heldNotifications } from "../../testing/electron-double/notification-double.ts";
import { ElectronRig, REQUEST } from "./testing/electron-notifications.ts";

let rig: ElectronRig;

describe.each(["win32", "darwin"] as const)("a notification on %s", (platform) => {
  beforeEach(() => {
    rig = new ElectronRig(platform);
  });

  it("shows who it is and both buttons, and rings", async () => {
    await rig.show();
    expect(desktop.shown).toMatchObject([
      { title: "Lena Park", body: REQUEST.body, buttons: ["Accept", "Decline"], silent: false },
    ]);
    expect(rig.events).toEqual([{ type: "shown" }]);
    expect(await rig.service.capabilities()).toMatchObject({
      available: true,
      capabilities: { actions: true },
    });
  });

  it("makes no sound where Doorbell plays its own", async () => {
    await rig.show({ ...REQUEST, silent: true });
    expect(desktop.shown).toMatchObject([{ title: "Lena Park", silent: true }]);
  });

  it("is not there before its caller holds it", () => {
    const handle = rig.service.show(REQUEST, (event) => rig.events.push(event));
    expect([desktop.shown, rig.events]).toEqual([[], []]);
    void handle.close();
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

  it("tells that the person closed it", async () => {
    await rig.show();
    desktop.dismiss();
    expect(rig.events.slice(1)).toEqual([{ type: "closed", by: "user" }]);
  });

  it("has failed when the system does not show it, and says so to a person", async () => {
    rig = new ElectronRig(platform, { notificationsForbidden: "Settings prevent it." });
    await rig.show();
    expect(rig.events).toEqual([{ type: "failed", detail: expect.stringMatching(/^The system .*\.$/) }]);
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

  it("is withdrawn without a word: our own closing is nobody's wish", async () => {
    const handle = await rig.show();
    await handle.close();
    await handle.close();
    handle.update(REQUEST);
    await rig.settle();
    expect(desktop.shown).toEqual([]);
    expect(rig.events).toEqual([{ type: "shown" }]);
  });

  it("never appears when it is withdrawn at once", async () => {
    await rig.service.show(REQUEST, (event) => rig.events.push(event)).close();
    await rig.settle();
    expect([desktop.shown, rig.events]).toEqual([[], []]);
  });

  it("says nothing more after its end", async () => {
    const handle = await rig.show();
    desktop.dismiss();
    handle.update({ ...REQUEST, summary: "Somebody else" });
    await handle.close();
    await rig.settle();
    expect(rig.types).toEqual(["shown", "closed"]);
    expect(desktop.shown).toEqual([]);
  });

  it("goes with its service, and leaves the others' alone until then", async () => {
    await rig.show();
    await rig.show({ summary: "Tom Ritter" });
    expect(desktop.shown.map(({ title }) => title)).toEqual(["Lena Park", "Tom Ritter"]);
    await rig.service.dispose();
    expect(desktop.shown).toEqual([]);
    expect(rig.types).toEqual(["shown", "shown"]);
  });

  it("is held until its end, or Electron would forget whom to tell, and no longer", async () => {
    setFlagsFromString("--expose-gc");
    const collect: () => void = runInNewContext("gc");
    await rig.show();
    collect();
    expect(heldNotifications()).toBe(1);
    desktop.press("Accept");
    expect(rig.types).toEqual(["shown", "answered", "closed"]);
    await rig.settle();
    collect();
    expect(heldNotifications()).toBe(0);
  });

  it("cannot be where the system shows none at all", async () => {
    rig = new ElectronRig(platform, { notificationsSupported: false });
    expect(await rig.service.capabilities()).toMatchObject({ available: false, reason: "noService" });
    expect(rig.service.onAvailability()()).toBeUndefined();
  });
});

describe("a notification of macOS", () => {
  it("has failed in a program that nobody signed", async () => {
    rig = new ElectronRig("darwin", { signed: false });
    await rig.show();
    expect(rig.types).toEqual(["failed"]);
  });

  it("has a field for an answer where one is wanted, and tells what was written into it", async () => {
    rig = new ElectronRig("darwin");
    await rig.show({ reply: { label: "Reply", placeholder: "Reply to Lena" } });
    expect(desktop.shown).toMatchObject([{ field: "Reply to Lena" }]);
    desktop.reply("In a minute");
    expect(rig.events.slice(1)).toEqual([
      { type: "answered", key: "reply", text: "In a minute" },
      { type: "closed", by: "user" },
    ]);
    await rig.show();
    expect(desktop.shown).toMatchObject([{ field: null }]);
  });

  it("stays silent about its end when macOS files it away", async () => {
    rig = new ElectronRig("darwin");
    const handle = await rig.show();
    desktop.timeOut();
    expect([rig.types, desktop.kept.length]).toEqual([["shown"], 1]);
    await handle.close();
    expect(desktop.kept).toEqual([]);
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
