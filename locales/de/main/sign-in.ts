import type { signIn as english } from "../../en/main/sign-in.ts";

export const signIn: typeof english = {};
