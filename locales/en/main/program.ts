/** Boxes, menus and notices of the program. */
export const program = {};
