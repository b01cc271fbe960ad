/** The panel's top bar, its lists and the form of a new conversation. */
export const panel = {};
