/** The window of conversations. */
export const conversation = {};
