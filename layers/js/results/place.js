// @ts-check
/* A place the reader chooses on the map: its sign, and the click that reports it. */
import { renderer } from "../ground/lines.js";

/** From so far between press and release (px) on it was a drag, as Leaflet has it. */
const DRAG = 3;
const CROSS = `<svg width="30" height="30" viewBox="-15 -15 30 30"><g class="ct-place-halo"><circle r="5"/><path d="M0-13V-5M0 5V13M-13 0H-5M5 0H13"/></g>
  <g class="ct-place-cross"><circle r="5"/><path d="M0-13V-5M0 5V13M-13 0H-5M5 0H13"/></g></svg>`;

/** Draws the chosen place, or the lettered circles round a site, into a feature group. */
export function drawPlace(/** @type {Atlas} */ atlas, group, place) {
  if (!place) return;
  const [lon, lat, radius] = place;
  const at = atlas.latlng([lon, lat]);
  const still = { pane: "top", interactive: false };
  const circle = (metres, className) =>
    L.circle(at, { ...still, pane: "layout", radius: metres, renderer: renderer(atlas, "layout"), className }).addTo(
      group,
    );
  if (Array.isArray(radius)) {
    for (const [metres, caption] of radius) {
      circle(metres, "ct-ring-circle");
      if (!caption) continue;
      const rim = /** @type {[number, number]} */ ([at.toBounds(2 * metres).getNorth(), at.lng]);
      const icon = L.divIcon({ className: "ct-ring-label", html: `<span>${caption}</span>`, iconSize: [0, 0] });
      L.marker(rim, { ...still, pane: "layout", keyboard: false, icon, zIndexOffset: 1000 }).addTo(group);
    }
    return;
  }
  if (radius) circle(radius, "ct-place-circle");
  L.marker(at, {
    ...still,
    keyboard: false,
    icon: L.divIcon({ className: "ct-place", html: CROSS, iconSize: [30, 30] }),
  }).addTo(group);
}

/** Lets the next click, whatever lies below it, choose a place, or no longer. */
export function awaitPlace(/** @type {Atlas} */ atlas, placing) {
  atlas.placing = placing;
  atlas.map.getContainer().classList.toggle("ct-placing", placing);
  atlas.map.getContainer().dataset.hint = placing ? atlas.paint.texts.placing : "";
  if (!atlas.placeListener) {
    atlas.placeListener = (e) => choosePlace(atlas, e);
    atlas.map.getContainer().addEventListener(
      "pointerdown",
      ({ clientX, clientY }) => {
        atlas.pressed = [clientX, clientY];
      },
      true,
    );
    // In the capture phase: sites, districts and the inset would keep the click to themselves.
    atlas.map.getContainer().addEventListener("click", atlas.placeListener, true);
  }
}

function choosePlace(/** @type {Atlas} */ atlas, e) {
  const { map, inset } = atlas;
  if (!atlas.placing || e.target.closest(".leaflet-control, .ct-note, .ct-failed")) return;
  const [x, y] = atlas.pressed;
  if (Math.abs(e.clientX - x) + Math.abs(e.clientY - y) >= DRAG) return;
  e.stopImmediatePropagation();
  e.preventDefault();
  const inInset = inset?.element?.contains(e.target);
  const latlng = (inInset ? inset.map : map).mouseEventToLatLng(e).wrap();
  atlas.report("place", "", latlng);
}
