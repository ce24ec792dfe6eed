// @ts-check
/* Brings what is chosen from a list into view, as near as tells it from its neighbours. */
import { isDisc } from "../sites/symbols.js";

/** Room between two symbols that can be told apart, px from middle to middle. */
const APART = 16;
/** What stands nearer to the map's edge than this is not in view, px. */
const EDGE = 12;
/** Share of the map's shorter side that a district takes at least, and that it is brought to. */
const SHARE = { least: 0.3, brought: 0.6 };
/** An area is brought no nearer than this. */
const NEAREST = 14;

/** Moves to what a list chose since the last paint; what a click on the map chose moves nothing, however many paints later. */
export function bringIntoView(/** @type {Atlas} */ atlas, paint, { moves }) {
  const { brought = {} } = atlas;
  const chosen = {
    site: paint.selected_site,
    district: paint.selected_district,
    // Where the reader draws, no stroke moves the ground under it.
    element: paint.drafting ? null : paint.layout?.selected,
    cluster: paint.clusters?.find(({ chosen: on }) => on)?.id,
    compared: paint.compared,
  };
  atlas.brought = chosen;
  if (!moves) return;
  for (const [kind, id] of Object.entries(chosen)) {
    if (!id || id === brought[kind]) continue;
    if (atlas.clicked.delete(`${kind}:${id}`)) continue;
    atlas.clicked.clear();
    const view = { site: ofSite, district: ofDistrict, element: ofElement, cluster: ofCluster, compared: ofCompared }[
      kind
    ](atlas, id, brought.compared);
    if (!view) continue;
    go(atlas, view.center, view.zoom);
    atlas.touched = true;
  }
}

/** Keeps the selected site in the first view: it may lie outside of what that shows. */
export function keepInView(/** @type {Atlas} */ atlas, id) {
  const site = id && atlas.byId.get(id);
  if (site && !inView(atlas.map, site.getLatLng())) go(atlas, site.getLatLng(), atlas.map.getZoom());
}

function go(/** @type {Atlas} */ atlas, center, zoom) {
  atlas.settling = true; // no movement by hand
  atlas.map.setView(center, zoom, { animate: false });
  atlas.settling = false;
}

function inView(/** @type {L.Map} */ map, latlng) {
  const { x, y } = map.latLngToContainerPoint(latlng);
  const size = map.getSize();
  return x >= EDGE && y >= EDGE && x <= size.x - EDGE && y <= size.y - EDGE;
}

/** The view of a site: numbered discs are apart at every zoom. */
function ofSite(/** @type {Atlas} */ atlas, id) {
  const site = atlas.byId.get(id);
  if (!site) return null;
  const others = isDisc(site.feature.properties) ? [] : [...atlas.byId.values()].filter((other) => other !== site);
  return ofPoint(
    atlas.map,
    site.getLatLng(),
    others.map((other) => other.getLatLng()),
  );
}

function ofDistrict(/** @type {Atlas} */ atlas, id) {
  return ofDistricts(atlas, [id]);
}

function ofDistricts(/** @type {Atlas} */ atlas, ids, least = SHARE.least) {
  const layers = atlas.layers.own.getLayers().filter((layer) => ids.includes(layer.feature.properties.id));
  return layers.length
    ? ofBox(
        atlas.map,
        layers.reduce((box, layer) => box.extend(layer.getBounds()), L.latLngBounds([])),
        least,
      )
    : null;
}

/** The view of all districts compared once there is another, however small they are in it. */
function ofCompared(/** @type {Atlas} */ atlas, ids, before = []) {
  return ids.some((id) => !before.includes(id)) ? ofDistricts(atlas, ids, 0) : null;
}

/** The view of a cluster: all of its hull. */
function ofCluster(/** @type {Atlas} */ atlas, id) {
  const hull = atlas.hulls.find((one) => one.feature.properties.cluster.id === id);
  return hull ? ofBox(atlas.map, hull.getBounds(), SHARE.least) : null;
}

/** The view of a layout's element: the districts it takes up, else its sign. */
function ofElement(/** @type {Atlas} */ atlas, id) {
  const edge = atlas.paint.layout.edges.find(({ e }) => e === id);
  if (edge) return ofDistricts(atlas, edge.units);
  const own = atlas.signs.filter(({ sign }) => sign.e === id);
  if (!own.length) return null;
  if (own.length > 1) return ofBox(atlas.map, L.latLngBounds(own.map(({ at }) => at)), SHARE.least);
  return ofPoint(
    atlas.map,
    own[0].at,
    atlas.signs.filter((one) => one !== own[0]).map(({ at }) => at),
  );
}

/** The view that tells a point from others; null where it is told from them as it is. */
function ofPoint(/** @type {L.Map} */ map, latlng, others) {
  const at = map.project(latlng, 0);
  const most = map.getMaxZoom();
  // What no zoom tells apart decides nothing.
  const zooms = others
    .map((other) => Math.log2(APART / at.distanceTo(map.project(other, 0))))
    .filter((zoom) => zoom <= most);
  const zoom = Math.max(map.getZoom(), ...zooms.map((needed) => snapped(map, needed, Math.ceil)));
  return zoom === map.getZoom() && inView(map, latlng) ? null : { center: latlng, zoom: Math.min(zoom, most) };
}

/** The view of an area; null where all of it is in view and not small. */
function ofBox(/** @type {L.Map} */ map, box, least) {
  const [a, b] = [box.getNorthWest(), box.getSouthEast()].map((corner) => map.latLngToContainerPoint(corner));
  const size = map.getSize();
  const whole = a.x >= 0 && a.y >= 0 && b.x <= size.x && b.y <= size.y;
  if (whole && Math.max(b.x - a.x, b.y - a.y) >= least * Math.min(size.x, size.y)) return null;
  const scale = Math.min(size.x / (b.x - a.x || 1), size.y / (b.y - a.y || 1));
  const zoom = Math.min(map.getZoom() + Math.log2(SHARE.brought * scale), NEAREST);
  return { center: box.getCenter(), zoom: snapped(map, zoom, Math.floor) };
}

/** A zoom that the map can have: in steps over an online base map. */
function snapped(/** @type {L.Map} */ map, zoom, round) {
  const step = map.options.zoomSnap;
  return step ? round(zoom / step) * step : zoom;
}
