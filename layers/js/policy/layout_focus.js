// @ts-check
/** The view of a focus: all of it, or (beside another map) as much as fits of one scale. */
export function focusPlan(/** @type {L.Map} */ map, { bounds, width }, plan) {
  const box = L.latLngBounds(bounds);
  if (!width) return plan(map, [box.getSouthWest(), box.getNorthEast()], null);
  const low = map.project(box.getSouthWest(), 0);
  const high = map.project(box.getNorthEast(), 0);
  const size = map.getSize();
  const fit = Math.min(size.x / (high.x - low.x), size.y / (low.y - high.y));
  return { center: map.unproject(low.add(high).divideBy(2), 0), zoom: Math.log2(fit), box: null };
}
