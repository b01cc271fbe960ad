/**
 * Which invitations a list shows, by their ids, in order: what rings, and while the pointer is over the list also the
 * places of what rings no more, so that the buttons of the next caller do not slide under the pointer. A place is kept
 * only above something that rings, and new ones come below. Pure.
 */
export function keptPlaces(
  before: readonly string[],
  ringing: readonly string[],
  pointerOver: boolean,
): readonly string[] {
  if (!pointerOver || ringing.length === 0) return ringing;
  const live = new Set(ringing);
  const known = new Set(before);
  const all = [...before, ...ringing.filter((id) => !known.has(id))];
  return all.slice(0, all.findLastIndex((id) => live.has(id)) + 1);
}
