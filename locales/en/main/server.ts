/** What goes wrong between Doorbell and the server. */
export const server = {};
