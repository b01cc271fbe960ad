import { defineConfig } from "vitest/config";

// What takes longer than anybody waits for before a change goes in: `npm run test:soak`.
export default defineConfig({ test: { include: ["e2e/soak/**/*.soak.ts"] } });
