import type { history as english } from "../../en/pages/history.ts";

export const history: typeof english = {};
