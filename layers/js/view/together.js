// @ts-check
/*
 * Maps of one extent that a page sets beside each other: whichever the reader moves, the others
 * follow. One of them tells the page where it stands; one that comes later goes where that is.
 */

/** All that were painted as one of several. */
const known = new Set();

/** Those in the page that move with a map, itself not among them. */
const others = (/** @type {Atlas} */ atlas) =>
  [...known].filter(
    (other) => other !== atlas && other.map.getContainer().isConnected && other.paint.together === atlas.paint.together,
  );

/** Takes a painted map among those that move as one. */
export function joinOthers(/** @type {Atlas} */ atlas) {
  if (!atlas.paint.together) return;
  if (!known.has(atlas)) {
    known.add(atlas);
    atlas.map.on("move", () => lead(atlas));
    atlas.map.on("unload", () => known.delete(atlas));
  }
  const first = others(atlas).find(({ paint }) => paint.position);
  if (first) follow(atlas, first);
  else lead(atlas);
}

function lead(/** @type {Atlas} */ atlas) {
  if (!atlas.paint.together || atlas.following) return;
  for (const other of others(atlas)) follow(other, atlas);
}

function follow(/** @type {Atlas} */ atlas, { map }) {
  const [center, zoom] = [map.getCenter(), map.getZoom()];
  if (atlas.map.getZoom() === zoom && atlas.map.getCenter().equals(center)) return;
  atlas.following = true; // leads nobody in turn
  atlas.touched = true; // and fits no view of its own
  atlas.map.setView(center, zoom, { animate: false });
  atlas.following = false;
}
