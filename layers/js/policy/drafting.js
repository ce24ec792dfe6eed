// @ts-check
/*
 * Drawing a layout: tools in the map, the stroke in hand, and the corners of one element. A click
 * adds a corner, a double click or Enter ends the stroke, Escape drops it; what is drawn is told to
 * the page, which draws it.
 */
import { line } from "../ground/lines.js";

/** Sites within so many metres of a corridor count as on it: geo/policy/membership.py. */
const CORRIDOR_M = 5000;
/** From so far between press and release (px) on it was a drag, as Leaflet has it. */
const DRAG = 3;
/** A click so near the first corner of an area closes it, px. */
const CLOSE = 9;
const SELECT = "select";
/** Corners that make a line and an area; all other tools take one click. */
const FEWEST = { corridor: 2, zone: 3 };

/** A stroke without its last double: two clicks of a double click are one corner. */
export function distinct(corners) {
  return corners.filter((c, i) => !i || c.lat !== corners[i - 1].lat || c.lng !== corners[i - 1].lng);
}

/** Whether a stroke of a tool has the corners it needs. */
export const ready = (tool, corners) => distinct(corners).length >= (FEWEST[tool] || 1);

/** How wide a band of so many metres on either side is drawn, px. */
export function bandWidth(metres, lat, zoom) {
  const metre = (256 * 2 ** zoom) / (40075016.686 * Math.cos((lat * Math.PI) / 180));
  return 2 * metres * metre;
}

/** The ground that counts as along a corridor; it keeps its width on the ground. */
export function corridorBand(/** @type {Atlas} */ atlas) {
  const band = line(atlas, "layout", "ct-band", { fill: false });
  const fit = () => {
    const bounds = band.getBounds();
    if (bounds.isValid()) band.setStyle({ weight: bandWidth(CORRIDOR_M, bounds.getCenter().lat, atlas.map.getZoom()) });
  };
  band.on("add", () => {
    fit();
    atlas.map.on("zoomend", fit);
  });
  band.on("remove", () => atlas.map.off("zoomend", fit));
  return Object.assign(band, { fit });
}

/** Puts the tools into the map, or takes them out. */
export function showTools(/** @type {Atlas} */ atlas, drafting) {
  atlas.stroke ??= { tool: SELECT, corners: [], sent: false };
  if (atlas.stroke.sent) dropStroke(atlas);
  const container = atlas.map.getContainer();
  container.classList.toggle("ct-drafting", Boolean(drafting));
  if (atlas.tools) atlas.tools.remove();
  atlas.tools = null;
  if (!drafting) {
    choose(atlas, SELECT);
    return;
  }
  if (!atlas.drawing) listen(atlas);
  atlas.tools = new (L.Control.extend({ onAdd: () => toolbar(atlas, drafting) }))({ position: "topleft" }).addTo(
    atlas.map,
  );
  choose(atlas, atlas.stroke.tool, true);
}

function toolbar(/** @type {Atlas} */ atlas, { label, tools, finish }) {
  const bar = L.DomUtil.create("div", "leaflet-bar ct-tools");
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", label);
  bar.innerHTML = `${tools
    .map(
      ({ key, name, svg }, i) =>
        `<button type="button" data-tool="${key}" aria-keyshortcuts="${i + 1}"><i>${svg}</i><span>${name}</span></button>`,
    )
    .join("")}<button type="button" class="ct-finish" hidden>${finish}</button>`;
  bar.addEventListener("click", ({ target }) => {
    const button = /** @type {HTMLElement} */ (target).closest("button");
    if (button?.dataset.tool) choose(atlas, button.dataset.tool);
    else if (button) end(atlas);
  });
  L.DomEvent.disableClickPropagation(bar);
  return bar;
}

/** Takes another tool; a stroke in hand is dropped. */
function choose(/** @type {Atlas} */ atlas, tool, keep = false) {
  if (!keep) dropStroke(atlas);
  atlas.stroke.tool = tool;
  atlas.state.tool = tool;
  const container = atlas.map.getContainer();
  container.classList.toggle("ct-drawing", tool !== SELECT);
  for (const button of atlas.tools?.getContainer().querySelectorAll("[data-tool]") || [])
    button.setAttribute("aria-pressed", String(button.dataset.tool === tool));
  const hint = atlas.paint.drafting?.tools.find(({ key }) => key === tool)?.hint || "";
  container.dataset.draft = tool === SELECT ? "" : hint;
  show(atlas);
}

/** Forgets the stroke in hand. */
export function dropStroke(/** @type {Atlas} */ atlas) {
  if (!atlas.stroke) return;
  Object.assign(atlas.stroke, { corners: [], sent: false });
  show(atlas);
}

/** Draws the stroke in hand, with the corner under the pointer. */
function show(/** @type {Atlas} */ atlas, pointer = null) {
  const { stroke } = atlas;
  stroke.layers?.remove();
  stroke.layers = L.layerGroup().addTo(atlas.map);
  const finish = atlas.tools?.getContainer().querySelector(".ct-finish");
  if (finish) finish.hidden = !(stroke.tool in FEWEST) || !ready(stroke.tool, stroke.corners);
  atlas.state.corners = stroke.corners.length;
  if (!stroke.corners.length) return;
  const corners = pointer && !stroke.sent ? [...stroke.corners, pointer] : stroke.corners;
  if (stroke.tool === "corridor") corridorBand(atlas).setLatLngs(corners).addTo(stroke.layers);
  const rim = stroke.tool === "zone" ? [...corners, corners[0]] : corners;
  line(atlas, "layout", "ct-stroke").setLatLngs(rim).addTo(stroke.layers);
  for (const at of stroke.corners) L.marker(at, { ...handle(), interactive: false }).addTo(stroke.layers);
}

const handle = () => ({
  pane: "elements",
  keyboard: false,
  icon: L.divIcon({ className: "ct-handle", html: "<b></b>", iconSize: [24, 24] }),
});

/** Lets the corners of the element in hand be dragged. */
export function drawHandles(/** @type {Atlas} */ atlas, group, drafting) {
  if (!drafting?.element) return;
  const { element, corners, closed } = drafting;
  const at = corners.map((c) => atlas.latlng(c));
  const rim = line(atlas, "layout", "ct-stroke").addTo(group);
  const redraw = () => rim.setLatLngs(closed ? [...at, at[0]] : at);
  if (at.length > 1) redraw();
  at.forEach((latlng, i) => {
    const marker = L.marker(latlng, { ...handle(), draggable: true }).addTo(group);
    marker.on("drag", () => {
      at[i] = marker.getLatLng();
      if (at.length > 1) redraw();
    });
    marker.on("dragend", () => atlas.tell("reshaped", element, at));
  });
}

function listen(/** @type {Atlas} */ atlas) {
  atlas.drawing = true;
  const container = atlas.map.getContainer();
  let pressed = [0, 0];
  const elsewhere = (e) =>
    !atlas.paint.drafting ||
    atlas.stroke.tool === SELECT ||
    e.target.closest(".leaflet-control, .ct-note, .ct-mapnote, .ct-failed");
  container.addEventListener("pointerdown", (e) => (pressed = [e.clientX, e.clientY]), true);
  // In the capture phase: signs, sites and districts would keep the click to themselves.
  const take = (e, act) => {
    if (elsewhere(e)) return;
    e.stopImmediatePropagation();
    e.preventDefault();
    act();
  };
  container.addEventListener(
    "click",
    (e) =>
      take(e, () => {
        if (Math.abs(e.clientX - pressed[0]) + Math.abs(e.clientY - pressed[1]) < DRAG) corner(atlas, e);
      }),
    true,
  );
  container.addEventListener("dblclick", (e) => take(e, () => end(atlas)), true);
  container.addEventListener("pointermove", (e) => {
    if (!elsewhere(e) && atlas.stroke.corners.length) show(atlas, atlas.map.mouseEventToLatLng(e));
  });
  container.addEventListener("keydown", (e) => press(atlas, e));
}

function corner(/** @type {Atlas} */ atlas, e) {
  const { stroke, map } = atlas;
  if (stroke.sent) return;
  const at = map.mouseEventToLatLng(e).wrap();
  const [first] = stroke.corners;
  if (stroke.tool === "zone" && ready("zone", stroke.corners)) {
    const gap = map.latLngToContainerPoint(first).distanceTo(map.latLngToContainerPoint(at));
    if (gap < CLOSE) return end(atlas);
  }
  stroke.corners = distinct([...stroke.corners, at]);
  show(atlas);
  if (!(stroke.tool in FEWEST)) end(atlas);
}

/** Tells the page of the stroke in hand; it stays in view until the page has drawn it. */
function end(/** @type {Atlas} */ atlas) {
  const { stroke } = atlas;
  if (stroke.sent || !ready(stroke.tool, stroke.corners)) return;
  stroke.sent = true;
  show(atlas);
  atlas.tell("stroke", stroke.tool, stroke.corners);
}

function press(/** @type {Atlas} */ atlas, e) {
  if (!atlas.paint.drafting || e.ctrlKey || e.metaKey || e.altKey) return;
  const tool = atlas.paint.drafting.tools[Number(e.key) - 1];
  if (tool) choose(atlas, tool.key);
  else if (e.key === "Escape") dropStroke(atlas);
  else if (e.key === "Enter" && !e.target.closest("button, a")) end(atlas);
  else return;
  e.preventDefault();
  e.stopPropagation();
}
