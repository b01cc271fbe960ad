/** What rang before. */
export const history = {};
