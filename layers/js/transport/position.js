// @ts-check
/*
 * Where the reader has moved the map to: taken from the address a page arrives with, and told to
 * the page that holds the map. Positions are the data's, whatever datum the display is in.
 */
import { dataPosition } from "../ground/datum.js";

/** Decimals of degrees and of zoom: less than a pixel at any zoom on offer. */
const FINE = { degrees: 5, zoom: 3 };

/** Whether a paint is the first after the reader came to the page by its address, or to this map. */
export function arrives(/** @type {Atlas} */ atlas, paint) {
  const arrival = paint.position ? paint.position.arrival : 0;
  if (atlas.arrival === arrival) return false;
  atlas.arrival = arrival;
  return true;
}

/** Shows where the map stood last, on another ground of the same, or the position of a paint; false where there is none. */
export function takePosition(/** @type {Atlas} */ atlas, paint) {
  if (!paint.position) return false;
  const last = document.chuangtuMapPositions?.[paint.position.name];
  const at = last?.of === paint.position.of ? last.at.split(",").map(Number) : paint.position.at;
  if (at?.length !== 3) return false;
  const [lon, lat, zoom] = at;
  atlas.settling = true; // no movement of the reader's own
  atlas.map.setView(atlas.latlng([lon, lat]), zoom, { animate: false });
  atlas.settling = false;
  // Whence it came they know it: told back, it would be taken for the next step's of the history.
  atlas.touched = true;
  atlas.state.position = [lon, lat, zoom].join(",");
  atlas.sentPosition = positionOf(atlas, paint.position);
  return true;
}

/** The view as an address has it; "" where the map stands as it opens. */
function written(/** @type {Atlas} */ atlas) {
  const { map, paint, state, touched } = atlas;
  if (!touched) return "";
  const { lng, lat } = map.getCenter();
  const zoom = map.getZoom();
  // A map that is laid out anew stands a part of a pixel off: that is no movement.
  const [lon0, lat0, zoom0] = state.position.split(",").map(Number);
  const still = Math.abs(zoom - zoom0) < 10 ** -FINE.zoom;
  if (still && map.project(atlas.latlng([lon0, lat0]), zoom).distanceTo(map.project([lat, lng], zoom)) < 1) {
    return state.position;
  }
  const degrees = dataPosition(paint.basemap, lng, lat).map((v) => v.toFixed(FINE.degrees));
  return [...degrees, zoom.toFixed(FINE.zoom)].map(Number).join(",");
}

/** What a map says: its name, what it shows, and where it stands. */
function positionOf(/** @type {Atlas} */ atlas, { name, of }) {
  const at = written(atlas);
  atlas.state.position = at;
  return { name, of, at };
}

/** Tells the page, once all that moves the map at once has done so. */
export function sendPosition(/** @type {Atlas} */ atlas) {
  clearTimeout(atlas.sending);
  atlas.sending = setTimeout(() => {
    const position = atlas.onClick && atlas.paint?.position;
    // Out of the page nobody hears it; on paper the view is the sheet's; before the ground is there it is nobody's.
    if (!position || atlas.screen || atlas.arrival !== position.arrival) return;
    const now = positionOf(atlas, position);
    if (JSON.stringify(now) === JSON.stringify(atlas.sentPosition)) return;
    atlas.sentPosition = now;
    send(now);
  });
}

/** The road to the page, which reads it in ui/state/map_listener.js, now or once that is fetched. */
function send({ name, of, at }) {
  document.chuangtuMapPositions = { ...document.chuangtuMapPositions, [name]: { of, at } };
  window.dispatchEvent(new CustomEvent("chuangtu:position", { detail: { name, of, at } }));
}
