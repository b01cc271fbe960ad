// Playwright ships these types and exports them under no name of its own.
export type { Protocol } from "../../../node_modules/playwright-core/types/protocol.d.ts";
