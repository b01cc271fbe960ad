/**
 * What belongs into the package and what does not, as pure functions over the list of its files. Sizes are in bytes
 * in a `PackedFile`, and in kB, rounded up, in the committed list.
 */

/** @typedef {{ name: string, size: number, unpacked: boolean }} PackedFile `unpacked`: beside the archive */
/** @typedef {{ check: string, found: string, problems: readonly string[] }} Finding */

/**
 * Some two thirds are bundled libraries (undici alone more than a quarter), the rest is ours. It leaves room for what the program
 * learns in a year, and none for another library that nobody has weighed.
 */
const ownCodeLimit = 1_900_000;
/** How far a file may be from its size in the list: one of the two. Less would be noise, more would be a dependency. */
const tolerance = { share: 0.2, kB: 4 };
const icon = "build/icons/app/256.png";
const keytar = "node_modules/keytar/";
const listHead =
  "# The files of the package and their kB; `+` stands beside the archive. Made by npm run package:check -- --update\n";

/**
 * Every check that the file names and sizes alone can answer.
 * @param {readonly PackedFile[]} files of a package for `target`
 * @param {string} target as in the names of keytar's prebuilds, like `linux-x64`
 * @returns {Finding[]}
 */
export function checkContents(files, target) {
  const names = files.map(({ name }) => name);
  const own = ownCode(files).reduce((sum, { size }) => sum + size, 0);
  const strangers = names.filter((name) => name.startsWith("node_modules/") && !name.startsWith(keytar));
  const native = files.filter(({ name }) => /\.(node|so|dylib|dll|exe)$/.test(name));
  const prebuild = `${keytar}prebuilds/${target}/keytar.node`;
  const maps = names.filter((name) => name.endsWith(".map"));
  const tests = names.filter((name) => testFile.test(name));
  const absent = ["LICENSE", "out/main/THIRD-PARTY.txt", `${keytar}LICENSE.md`].filter(
    (name) => !names.includes(name),
  );
  return [
    {
      check: "own code",
      found: `${kB(own)} kB of at most ${kB(ownCodeLimit)} kB`,
      problems: own < ownCodeLimit ? [] : ["The program's own code is too large."],
    },
    {
      check: "modules",
      found: "keytar alone",
      problems: [
        ...strangers.map((name) => `${name} should be bundled or left out.`),
        ...(names.includes(`${keytar}lib/keytar.js`) ? [] : ["keytar is missing."]),
      ],
    },
    {
      check: "native code",
      found: `${prebuild}, beside the archive`,
      problems: [
        ...(native.some(({ name }) => name === prebuild) ? [] : [`${prebuild} is missing.`]),
        ...native
          .filter(({ name }) => name !== prebuild)
          .map(({ name }) => `${name} is not for ${target}, or not keytar's.`),
        ...native
          .filter(({ unpacked }) => !unpacked)
          .map(({ name }) => `${name} is inside the archive, where the system cannot load it.`),
      ],
    },
    {
      check: "icon",
      found: `${icon}, beside the archive`,
      problems: files.some(({ name, unpacked }) => name === icon && unpacked)
        ? []
        : [`${icon} is not beside the archive, where notification services find it.`],
    },
    { check: "source maps", found: "none", problems: maps.map((name) => `${name} does not belong there.`) },
    { check: "tests", found: "none", problems: tests.map((name) => `${name} does not belong there.`) },
    { check: "licences", found: "all there", problems: absent.map((name) => `${name} is missing.`) },
  ];
}

const testFile = /\.(test|spec)\.\w+$|(^|\/)(e2e|tests?|testing|__tests__|fixtures?)\//;

/**
 * The files that the project itself answers for, by size: without keytar, pictures, sounds and licence texts.
 * @param {readonly PackedFile[]} files
 */
function ownCode(files) {
  return files.filter(
    ({ name }) => !name.startsWith("node_modules/") && !/\.(png|wav|txt)$|^LICENSE$/.test(name),
  );
}

/**
 * The text of the committed list.
 * @param {readonly PackedFile[]} files
 */
export function formatList(files) {
  const rows = [...rowsOf(files)].map(([name, size]) => `${String(size).padStart(5)} ${name}\n`);
  return listHead + rows.join("");
}

/**
 * What differs from the committed list, one sentence each.
 * @param {string} list its text
 * @param {readonly PackedFile[]} files
 * @returns {string[]}
 */
export function compareList(list, files) {
  const listed = parseList(list);
  const found = rowsOf(files);
  return [
    ...[...found.keys()].filter((name) => !listed.has(name)).map((name) => `${name} is not in the list.`),
    ...[...listed].flatMap(([name, before]) => {
      const now = found.get(name);
      if (now === undefined) return [`${name} is in the list and not in the package.`];
      const difference = Math.abs(now - before);
      const same = difference <= tolerance.kB || difference <= before * tolerance.share;
      return same ? [] : [`${name} has ${now} kB; the list says ${before} kB.`];
    }),
  ];
}

/** @param {string} list */
function parseList(list) {
  const rows = list.matchAll(/^ *(\d+) (.+)$/gm);
  return new Map([...rows].map(([, size = "", name = ""]) => [name, Number(size)]));
}

/**
 * The rows of the list, sorted: names without the bundler's hashes, which change with the content.
 * @param {readonly PackedFile[]} files
 */
function rowsOf(files) {
  /** @type {Map<string, number>} */
  const rows = new Map();
  const named = files
    .map(({ name, size, unpacked }) => ({ name: `${unpacked ? "+" : ""}${withoutHash(name)}`, size }))
    .toSorted((a, b) => (a.name === b.name ? a.size - b.size : a.name < b.name ? -1 : 1));
  for (const { name, size } of named) {
    let unique = name;
    for (let count = 2; rows.has(unique); count++) unique = `${name} (${count})`;
    rows.set(unique, kB(size));
  }
  return rows;
}

/**
 * @param {string} name
 * @returns {string}
 */
export function withoutHash(name) {
  return name.replace(/^(out\/.*\/(?:assets|chunks)\/.+?)-[\w-]{8}(\.\w+)$/, "$1-[hash]$2");
}

/** @param {number} bytes */
function kB(bytes) {
  return Math.ceil(bytes / 1_000);
}
