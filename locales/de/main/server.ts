import type { server as english } from "../../en/main/server.ts";

export const server: typeof english = {};
