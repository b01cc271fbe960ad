import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { launch } from "../../driver/launch.ts";
import type { LaunchOptions, RunningProgram } from "../../driver/running-program.ts";
import { privateDesktop } from "./program.ts";

/**
 * Starts a fixture that is made of the program's own parts. They are bundled for it first, because the Node.js of
 * Electron does not read TypeScript. The bundle is gone when the program has been closed.
 */
export async function startBundled(
  fixture: string,
  options: Omit<LaunchOptions, "program"> = {},
): Promise<RunningProgram> {
  const folder = mkdtempSync(join(tmpdir(), "doorbell-fixture-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    await build({
      configFile: false,
      logLevel: "error",
      ssr: { noExternal: true, external: ["electron"] },
      build: {
        ssr: fileURLToPath(new URL(`../fixtures/${fixture}`, import.meta.url)),
        outDir: folder,
        target: "node20",
        rollupOptions: { output: { entryFileNames: "main.mjs" } },
      },
    });
    const { env } = await privateDesktop();
    const program = await launch({
      ...options,
      env: { ...env, ...options.env },
      program: join(folder, "main.mjs"),
    });
    program.exited.then(remove, remove);
    return program;
  } catch (error) {
    remove();
    throw error;
  }
}
