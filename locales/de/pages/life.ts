import type { life as english } from "../../en/pages/life.ts";

export const life: typeof english = {};
