/** The settings of quiet, sounds and start. */
export const life = {};
