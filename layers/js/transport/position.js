// @ts-check
/*
 * Where the reader has moved the map to: taken from the address a page arrives with, and told to
 * the page that holds the map. Positions are the data's, whatever datum the display is in.
 */
import { dataPosition } from "../ground/datum.js";

/** Decimals of degrees and of zoom: less than a pixel at any zoom on offer. */
const FINE = { degrees: 5, zoom: 3 };

/** Whether a paint is the first after the reader came to the page by its address, or to this map. */
export function arrives(/** @type {Atlas} */ atlas, what) {
  const arrival = what.position ? what.position.arrival : 0;
  if (atlas.arrival === arrival) return false;
  atlas.arrival = arrival;
  return true;
}

/** Shows the position of a paint; false where it has none. */
export function takePosition(/** @type {Atlas} */ atlas, what) {
  const at = what.position?.at;
  if (!at) return false;
  const [lon, lat, zoom] = at;
  atlas.settling = true; // no movement of the reader's own
  atlas.map.setView(atlas.latlng([lon, lat]), zoom, { animate: false });
  atlas.settling = false;
  return true;
}

/** The view as an address has it; "" where the map stands as it opens. */
function written(/** @type {Atlas} */ atlas) {
  if (!atlas.touched) return "";
  const { lng, lat } = atlas.map.getCenter();
  const degrees = dataPosition(atlas.paint.basemap, lng, lat).map((v) => v.toFixed(FINE.degrees));
  return [...degrees, atlas.map.getZoom().toFixed(FINE.zoom)].map(Number).join(",");
}

/** Tells the page, once all that moves the map at once has done so. */
export function tellPosition(/** @type {Atlas} */ atlas) {
  clearTimeout(atlas.telling);
  atlas.telling = setTimeout(() => {
    const asked = atlas.told && atlas.paint?.position;
    // Out of the page nobody hears it; on paper the view is the sheet's; before the ground is there it is nobody's.
    if (!asked || atlas.screen || atlas.arrival !== asked.arrival) return;
    const told = { name: asked.name, of: asked.of, at: written(atlas) };
    if (JSON.stringify(told) === JSON.stringify(atlas.toldPosition)) return;
    atlas.toldPosition = told;
    atlas.state.position = told.at;
    send(told);
  });
}

/** The road to the page, which hears it in ui/static/position.js. */
function send(told) {
  window.dispatchEvent(new CustomEvent("chuangtu:position", { detail: told }));
}
