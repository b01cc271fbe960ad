/**
 * What a removed package has left on a system, as pure functions over lists of paths.
 */

/**
 * @typedef {object} Removal paths of a system, each from its root, with a leading slash
 * @property {readonly string[]} installed everything that was there with the package, before it was started
 * @property {readonly string[]} own what the package alone had put there: not the folders that others use, too
 * @property {readonly string[]} left everything that is there after its removal
 * @property {string} home of the person who used it
 * @property {string} name of the package
 */

/** What the package manager writes of its own doings. */
const bookkeeping = ["/var/cache/apt/", "/var/lib/apt/", "/var/lib/dpkg/", "/var/log/"];

/**
 * What should not be there any more, one sentence each.
 * @param {Removal} removal
 * @returns {string[]}
 */
export function leftBehind({ installed, own, left, home, name }) {
  const before = new Set(installed);
  const outside = left.filter(
    (path) => !isBelow(path, home) && !bookkeeping.some((one) => path.startsWith(one)),
  );
  const ownPaths = new Set(own);
  return [
    ...left.filter((path) => ownPaths.has(path)).map((path) => `${path} was not removed with the package.`),
    ...outside
      .filter((path) => !before.has(path))
      .map((path) => `${path} was left by its use or its removal.`),
    ...outside
      .filter((path) => before.has(path) && !ownPaths.has(path) && isNamedAfter(path, name))
      .map((path) => `${path} came with the package and is not of it.`),
  ];
}

/**
 * The person's own files, which stay.
 * @param {Pick<Removal, "left" | "home">} removal
 */
export function keptForPerson({ left, home }) {
  return left.filter((path) => isBelow(path, home));
}

/**
 * @param {string} path
 * @param {string} folder
 */
function isBelow(path, folder) {
  return path === folder || path.startsWith(`${folder}/`);
}

/**
 * @param {string} path
 * @param {string} name
 */
function isNamedAfter(path, name) {
  return path.toLowerCase().includes(name);
}
