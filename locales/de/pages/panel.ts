import type { panel as english } from "../../en/pages/panel.ts";

export const panel: typeof english = {};
