/** Who invites to what, and how it ended. */
export const invitations = {};
