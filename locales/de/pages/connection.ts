import type { connection as english } from "../../en/pages/connection.ts";

export const connection: typeof english = {};
