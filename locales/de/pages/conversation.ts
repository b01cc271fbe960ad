import type { conversation as english } from "../../en/pages/conversation.ts";

export const conversation: typeof english = {};
