import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Every file below a folder with its content, byte for byte a character. What goes away meanwhile is left out. */
export function filesBelow(folder: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const path = join(folder, name);
    try {
      if (statSync(path).isFile()) files.set(name, readFileSync(path, "latin1"));
    } catch {
      // A browser at work makes and removes files all the time.
    }
  }
  return files;
}
