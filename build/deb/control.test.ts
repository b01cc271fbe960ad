import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../setup.mjs";
import { controlFile, homepage, maintainer, md5sumsFile, packageFile, synopsis } from "./control.mjs";
import { depends, recommends } from "./relations.mjs";

const textOf = (path: string) => readFileSync(join(root, path), "utf8");
const packed = { name: "doorbell", version: "1.2.0-beta.1", arch: "x64", installedBytes: 2_049 };

/** The fields of a control file, with the lines that continue one. */
function fieldsOf(control: string): ReadonlyMap<string, string> {
  const fields = control.split(/\n(?! )/).filter((field) => field !== "");
  return new Map(
    fields.map((field) => [field.slice(0, field.indexOf(": ")), field.slice(field.indexOf(": ") + 2)]),
  );
}

describe("the control file of the Debian package", () => {
  const fields = fieldsOf(controlFile(packed));

  it("names the package, and sorts a version before its release", () => {
    expect(fields.get("Package")).toBe("doorbell");
    expect(fields.get("Version")).toBe("1.2.0~beta.1");
    expect(fields.get("Architecture")).toBe("amd64");
    expect(packageFile(packed)).toBe("doorbell_1.2.0~beta.1_amd64.deb");
  });

  it("tells the size in kibibytes, rounded up", () => {
    expect(fields.get("Installed-Size")).toBe("3");
  });

  it("ends with a line break, and every line of the description but the first is indented", () => {
    expect(controlFile(packed)).toMatch(/[^\n]\n$/);
    const [first, ...rest] = fields.get("Description")?.trimEnd().split("\n") ?? [];
    expect(first).toBe(synopsis);
    expect(rest.length).toBeGreaterThan(0);
    for (const line of rest) expect(line).toMatch(/^ \S.{1,79}$/);
  });

  it.each(["libasound2", "libgbm1", "libdrm2", "libx11-xcb1", "libsecret-1-0"])(
    "depends on %s, under whichever name a system has it",
    (name) => {
      const alternatives = fields
        .get("Depends")
        ?.split(", ")
        .flatMap((one) => one.split(" | "));
      expect(alternatives).toContain(name);
    },
  );

  it("asks for a library's newer name first", () => {
    for (const one of depends.filter((alternatives) => alternatives.includes("t64")))
      expect(one).toMatch(/^(\S+)t64 \| \1$/);
  });

  it("knows no package for an architecture that Debian has none for", () => {
    expect(() => controlFile({ ...packed, arch: "sparc" })).toThrow(/sparc/);
  });
});

it("the sums of the files are sorted by path, as md5sum writes them", () => {
  const files = [
    { path: "usr/b", md5: "2" },
    { path: "opt/a", md5: "1" },
  ];
  expect(md5sumsFile(files)).toBe("1  opt/a\n2  usr/b\n");
});

describe("what stands both here and in electron-builder.yml", () => {
  const config = textOf("electron-builder.yml");
  const listOf = (key: string) => {
    const [, list = ""] =
      new RegExp(`^deb:\\n(?:  .*\\n)*?  ${key}:\\n((?:    - .*\\n)+)`, "m").exec(config) ?? [];
    return [...list.matchAll(/^ {4}- (.*)$/gm)].map(([, name]) => name);
  };

  it("are the packages that it needs", () => {
    expect(listOf("depends")).toEqual(depends);
    expect(listOf("recommends")).toEqual(recommends);
  });

  it("are who answers for it, its page and its short description", () => {
    expect(config).toContain(`maintainer: ${maintainer}\n`);
    expect(config).toContain(`homepage: ${homepage}\n`);
    expect(config).toContain(`synopsis: ${synopsis}\n`);
  });

  it("are the name and the category in the menu", () => {
    const entry = textOf("build/deb/doorbell.desktop");
    const [, category] = /category: (Network.*)/.exec(config) ?? [];
    const [, name] = /executableName: (.*)/.exec(config) ?? [];
    expect(entry).toContain(`Categories=${category}\n`);
    expect(entry).toContain(`Exec=/opt/Doorbell/${name} %U\n`);
    const [, scheme] = /schemes: \[(.*)\]/.exec(config) ?? [];
    expect(entry).toContain(`MimeType=x-scheme-handler/${scheme};\n`);
    expect(entry).toContain(`Icon=${name}\n`);
    expect(entry).toContain(`Comment=${synopsis}\n`);
    expect(textOf("build/deb/net.doorbell.app.metainfo.xml")).toContain(`<summary>${synopsis}</summary>`);
    expect(textOf("build/deb/net.doorbell.app.metainfo.xml")).toContain(`>${homepage}</url>`);
  });
});
