import { describe, expect, it } from "vitest";
import { keptForPerson, leftBehind } from "./left-behind.mjs";

const others = ["/etc/hosts", "/usr/bin/env", "/usr/share/icons/hicolor/index.theme", "/home/tosh/.profile"];
const own = ["/opt/Doorbell", "/opt/Doorbell/doorbell", "/usr/bin/doorbell"];
const used = {
  installed: [...others, ...own],
  own,
  left: others,
  home: "/home/tosh",
  name: "doorbell",
};
const settings = ["/home/tosh/.config/Doorbell", "/home/tosh/.config/Doorbell/config.json"];

describe("after the removal of a package", () => {
  it("nothing is left when its files are gone", () => {
    expect(leftBehind(used)).toEqual([]);
  });

  it("the person's own files may stay", () => {
    const left = [...others, ...settings];
    expect(leftBehind({ ...used, left })).toEqual([]);
    expect(keptForPerson({ ...used, left })).toEqual(["/home/tosh/.profile", ...settings]);
  });

  it("what belongs to another person may not", () => {
    const left = [...others, "/home/tosh2/.config/Doorbell"];
    expect(leftBehind({ ...used, left })).toEqual([
      "/home/tosh2/.config/Doorbell was left by its use or its removal.",
    ]);
  });

  it("each of its files that is still there is named", () => {
    expect(leftBehind({ ...used, left: [...others, "/usr/bin/doorbell"] })).toEqual([
      "/usr/bin/doorbell was not removed with the package.",
    ]);
  });

  it("what it wrote elsewhere while it ran is named, whatever it is called", () => {
    expect(leftBehind({ ...used, left: [...others, "/var/lib/something"] })).toEqual([
      "/var/lib/something was left by its use or its removal.",
    ]);
  });

  it("what its installation made besides its files is named", () => {
    const made = "/etc/apparmor.d/doorbell";
    const left = [...others, made];
    expect(leftBehind({ ...used, installed: [...used.installed, made], left })).toEqual([
      `${made} came with the package and is not of it.`,
    ]);
  });

  it("the package manager may keep its own books", () => {
    expect(
      leftBehind({ ...used, left: [...others, "/var/lib/dpkg/status-old", "/var/log/dpkg.log"] }),
    ).toEqual([]);
  });
});
