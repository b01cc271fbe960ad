import type { terminal as english } from "../../en/main/terminal.ts";

export const terminal: typeof english = {};
