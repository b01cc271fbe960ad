import type { program as english } from "../../en/main/program.ts";

export const program: typeof english = {};
