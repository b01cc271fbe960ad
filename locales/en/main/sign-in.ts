/** What is asked and told on the way to being signed in. */
export const signIn = {};
