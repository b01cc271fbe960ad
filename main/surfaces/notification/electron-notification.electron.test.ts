import { describe, expect, it } from "vitest";

import { ElectronRig } from "./testing/electron-notifications.ts";

let rig: ElectronRig;

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
