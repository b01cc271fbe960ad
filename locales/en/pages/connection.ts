/** Signing in, and what the panel says of a session in trouble. */
export const connection = {};
