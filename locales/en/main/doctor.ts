/** What `doorbell doctor` has found. */
export const doctor = {};
