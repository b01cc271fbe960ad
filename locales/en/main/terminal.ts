/** What `doorbell watch` writes for a person. */
export const terminal = {};
