/** Why it is quiet, and until when. */
export const quiet = {};
