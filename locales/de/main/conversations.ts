import type { conversations as english } from "../../en/main/conversations.ts";

export const conversations: typeof english = {};
