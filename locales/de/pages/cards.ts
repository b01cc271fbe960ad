import type { cards as english } from "../../en/pages/cards.ts";

export const cards: typeof english = {};
