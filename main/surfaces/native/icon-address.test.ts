import { describe, expect, it } from "vitest";
import { iconAddress } from "./icon-address.ts";

describe("the address of the notification's icon", () => {
  it.each([
    [
      "of the packed program is beside its archive",
      "/opt/Doorbell/resources/app.asar/build/icons/app/256.png",
      "file:///opt/Doorbell/resources/app.asar.unpacked/build/icons/app/256.png",
    ],
    [
      "of a program that was unpacked stays",
      "/opt/Doorbell/resources/app.asar.unpacked/256.png",
      "file:///opt/Doorbell/resources/app.asar.unpacked/256.png",
    ],
    [
      "of a working copy is where it is, whatever its folder is called",
      "/home/lene/my app.asar bell/build/icons/app/256.png",
      "file:///home/lene/my%20app.asar%20bell/build/icons/app/256.png",
    ],
  ])("%s", (_, path, address) => {
    expect(iconAddress(path)).toBe(address);
  });
});
