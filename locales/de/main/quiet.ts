import type { quiet as english } from "../../en/main/quiet.ts";

export const quiet: typeof english = {};
