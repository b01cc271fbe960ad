import type { invitations as english } from "../../en/main/invitations.ts";

export const invitations: typeof english = {};
