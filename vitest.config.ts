import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { tags } from "./e2e/rules/rules.ts";

const fileOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  // A unit test needs no Electron, and never starts its download.
  resolve: { alias: { electron: fileOf("main/testing/electron-double/electron-double.ts") } },
  test: {
    include: ["{locales,main,preload,renderer,build,e2e}/**/*.test.ts"],
    exclude: ["**/node_modules/**", "out/**"],
    setupFiles: [fileOf("build/vitest/refuse-electron.ts")],
    testTimeout: 20_000,
    // A process and a module graph of its own for each of 200 files costs more than the tests do. The files need
    // none: no module keeps state but the language, which a test that speaks another sets back, and what is only
    // remembered of a pure function. Mocks and variables of the environment are restored.
    isolate: false,
    maxWorkers: Math.max(2, availableParallelism() - 1),
    restoreMocks: true,
    unstubEnvs: true,
    // The rules of the protocol. A test with any other tag fails.
    tags,
    // The rows of one `it.each` stand in one place, and are one line of the table of rules.
    includeTaskLocation: true,
  },
});
