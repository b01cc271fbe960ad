/** An invitation on the panel and on the toast, and what all pages share. */
export const cards = {};
