import { describe, expect, it } from "vitest";
import { checkContents, compareList, formatList, withoutHash, type PackedFile } from "./package-contents.mjs";

const target = "linux-x64";
const icon = "build/icons/app/256.png";
const prebuild = `node_modules/keytar/prebuilds/${target}/keytar.node`;

const good: readonly PackedFile[] = [
  ...[
    "LICENSE",
    "package.json",
    "build/icons/tray/ringing-dark-16.png",
    "out/main/THIRD-PARTY.txt",
    "out/main/cli.js",
    "out/main/index.js",
    "out/main/chunks/session-aaaaaaaa.js",
  ].map((name) => ({ name, size: 100_000, unpacked: false })),
  ...[prebuild, "node_modules/keytar/LICENSE.md", "node_modules/keytar/lib/keytar.js", icon].map((name) => ({
    name,
    size: 50_000,
    unpacked: true,
  })),
];

function problems(files: readonly PackedFile[]): string[] {
  return checkContents(files, target).flatMap((finding) => finding.problems);
}

function file(name: string, size = 1_000): PackedFile {
  return { name, size, unpacked: false };
}

describe("what is in the package", () => {
  it("is fine when it is the program, keytar and the licences", () => {
    expect(problems(good)).toEqual([]);
  });

  it.each([
    ["a module beside keytar", "node_modules/zod/index.js", /should be bundled/],
    [
      "keytar for another platform",
      "node_modules/keytar/prebuilds/win32-x64/keytar.node",
      /not for linux-x64/,
    ],
    ["keytar as built on this machine", "node_modules/keytar/build/Release/keytar.node", /not for linux-x64/],
    ["a source map", "out/main/cli.js.map", /does not belong/],
    ["a test", "out/main/session.test.js", /does not belong/],
    ["the test server", "e2e/ucwa-server/main.ts", /does not belong/],
  ])("must not have %s", (_what, name, sentence) => {
    expect(problems([...good, file(name)])).toContainEqual(expect.stringMatching(sentence));
  });

  it.each(good.filter(({ name }) => /LICENSE|THIRD|keytar/.test(name)).map(({ name }) => name))(
    "must have %s",
    (name) => {
      expect(problems(good.filter((each) => each.name !== name)).join()).toMatch(/missing/);
    },
  );

  it("must have native code and the notification's icon beside the archive", () => {
    const inside = good.map((each) => ({ ...each, unpacked: false }));
    expect(problems(inside)).toEqual([
      `${prebuild} is inside the archive, where the system cannot load it.`,
      `${icon} is not beside the archive, where notification services find it.`,
    ]);
  });

  it("may have less than 1.9 MB of own code, without counting pictures, licences and keytar", () => {
    const free = 1_900_000 - 4 * 100_000;
    expect(problems([...good, file("out/main/more.js", free - 1)])).toEqual([]);
    expect(problems([...good, file("out/main/more.js", free)])).toEqual([
      "The program's own code is too large.",
    ]);
    expect(problems([...good, file("build/icons/tray/more.png", free)])).toEqual([]);
  });
});

describe("the committed list", () => {
  const list = formatList(good);

  it("agrees with the files it was made from, in whatever order they come", () => {
    expect(compareList(list, good.toReversed())).toEqual([]);
  });

  it("does not mind a new hash, a small file's few kB or a fifth of a large one", () => {
    const later = good
      .map((each) => ({ ...each, size: each.name.endsWith(".json") ? each.size : each.size * 1.2 }))
      .map((each) => ({ ...each, name: each.name.replace("aaaaaaaa", "Zz-9_k1x") }));
    expect(compareList(list, later)).toEqual([]);
    expect(compareList(formatList([file("a", 1_000)]), [file("a", 5_000)])).toEqual([]);
  });

  it("names a file that is new, gone, moved beside the archive or of quite another size", () => {
    const later = [
      ...good.filter(({ name }) => !/index|THIRD|LICENSE$/.test(name)),
      file("out/main/index.js", 130_000),
      { ...file("LICENSE", 100_000), unpacked: true },
      file("out/main/extra.js"),
    ];
    expect(compareList(list, later).toSorted()).toEqual([
      "+LICENSE is not in the list.",
      "LICENSE is in the list and not in the package.",
      "out/main/THIRD-PARTY.txt is in the list and not in the package.",
      "out/main/extra.js is not in the list.",
      "out/main/index.js has 130 kB; the list says 100 kB.",
    ]);
  });

  it("counts files that differ by their hash alone", () => {
    const twins = [file("out/main/chunks/a-12345678.js"), file("out/main/chunks/a-abcdefgh.js", 9_000)];
    expect(compareList(formatList(twins), twins.slice(0, 1))).toEqual([
      "out/main/chunks/a-[hash].js (2) is in the list and not in the package.",
    ]);
  });
});

describe("a bundler's file name", () => {
  it.each([
    ["out/renderer/assets/invitation-card-DHduiLY2.js", "out/renderer/assets/invitation-card-[hash].js"],
    ["out/main/chunks/session-e-3XxE_U.js", "out/main/chunks/session-[hash].js"],
    ["out/main/index.js", "out/main/index.js"],
    [
      "node_modules/keytar/prebuilds/linuxmus-12345678.node",
      "node_modules/keytar/prebuilds/linuxmus-12345678.node",
    ],
  ])("%s is listed as %s", (name, listed) => {
    expect(withoutHash(name)).toBe(listed);
  });
});
