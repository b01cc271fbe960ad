import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fuseByte, fuses } from "./fuses.mjs";

/** By this Electron's binary is known to carry fuses. A version byte, their number and a byte for each follow it. */
const sentinel = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";

/**
 * Bytes that can be treated as Electron's binary by whoever reads or sets fuses. Each stands on the opposite of what
 * was decided, so that finding it right proves that it was set.
 */
export function placeholderBinary() {
  const wire = Object.values(fuses).map((on) => (on ? fuseByte.off : fuseByte.on));
  return Buffer.concat([
    Buffer.from("placeholder\n"),
    Buffer.from(sentinel),
    Buffer.from([1, wire.length, ...wire]),
  ]);
}

/**
 * Makes a folder that electron-builder takes for an unpacked Electron for Linux; the real one has about 250 MB and
 * comes from a download site.
 * @param {string} folder does not exist yet
 */
export async function writePlaceholderElectron(folder) {
  await mkdir(join(folder, "resources"), { recursive: true });
  await writeFile(join(folder, "electron"), placeholderBinary(), { mode: 0o755 });
  await writeFile(join(folder, "LICENSE"), "placeholder\n");
}
