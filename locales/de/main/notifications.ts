import type { notifications as english } from "../../en/main/notifications.ts";

export const notifications: typeof english = {};
