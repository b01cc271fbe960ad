/**
 * Which invitations a list shows, by their ids, in order: the first that ring, `most` at most, and while the pointer is
 * over the list also the places of what rings no more, so that the buttons of the next caller do not slide under the
 * pointer. A place is kept only above something that rings, and new ones come below. Pure.
 */
export function keptPlaces(
  before: readonly string[],
  ringing: readonly string[],
  pointerOver: boolean,
  most = Infinity,
): readonly string[] {
  if (!pointerOver || ringing.length === 0) return ringing.slice(0, most);
  const live = new Set(ringing);
  const known = new Set(before);
  const fresh = ringing.filter((id) => !known.has(id));
  const room = Math.max(0, most - before.length);
  const all = [...before, ...fresh.slice(0, room)];
  const kept = all.slice(0, all.findLastIndex((id) => live.has(id)) + 1);
  // Those that have waited take the places at the end, where nothing can slide up.
  return [...kept, ...fresh.slice(room)].slice(0, most);
}
