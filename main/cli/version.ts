import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const Package = z.object({ name: z.literal("doorbell"), version: z.string() });

/** The version of this program, from the package it is part of: source, bundle and installed app lie at different depths. */
export function programVersion(from: string = fileURLToPath(import.meta.url)): string {
  for (let folder = dirname(from); folder !== dirname(folder); folder = dirname(folder)) {
    try {
      const read = Package.safeParse(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")));
      if (read.success) return read.data.version;
    } catch {
      // No package here; further up.
    }
  }
  return "0.0.0";
}
