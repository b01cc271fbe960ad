/** What is shown as notifications of the system. */
export const notifications = {};
