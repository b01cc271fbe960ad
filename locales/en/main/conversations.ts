/** What is said of conversations, messages and calls of our own. */
export const conversations = {};
