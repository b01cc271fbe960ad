import type { testRing as english } from "../../en/main/test-ring.ts";

export const testRing: typeof english = {};
