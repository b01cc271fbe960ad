import { beforeEach, describe, expect, it } from "vitest";

import { desktop } from "../../testing/electron-double/notification-double.ts";
import { DECLINE, ElectronRig, REQUEST } from "./testing/electron-notifications.ts";

let rig: ElectronRig;

describe("a toast of Windows", () => {
  beforeEach(() => {
    rig = new ElectronRig("win32");
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
});
