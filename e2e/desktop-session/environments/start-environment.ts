import type { EnvironmentName, EnvironmentParts } from "./environment.ts";
import { startGnome } from "./gnome.ts";
import { startPlasma } from "./plasma.ts";
import { XfceDesktop } from "./xfce.ts";

/** Resolves when windows are managed and icons are drawn; to what a test can do with Xfce, or to null. */
export async function startEnvironment(
  name: EnvironmentName,
  parts: EnvironmentParts,
): Promise<XfceDesktop | null> {
  switch (name) {
    case "xfce":
      return await XfceDesktop.start(parts);
    case "gnome":
      await startGnome(parts);
      return null;
    case "plasma":
      await startPlasma(parts);
      return null;
  }
}
