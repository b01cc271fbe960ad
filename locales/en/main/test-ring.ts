/** The ring that tries everything out. */
export const testRing = {};
