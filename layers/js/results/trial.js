// @ts-check
/*
 * Pins that a reader tries as new sites. A click on the ground sets one, a drag or the arrow keys
 * move it, Delete removes it. While it moves, its ring and its tag go along; what it changes, and
 * what is reached from there otherwise than straight, is the page's to say, which is told where it
 * was let go. Outside the region it springs back.
 */
import { line, renderer } from "../ground/lines.js";
import { told } from "./pinning.js";

/** How many cells an arrow key moves a pin; with Shift the second number. */
const CELLS = [1, 5];
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
/** Metres of a degree of latitude. */
const DEGREE = 111_320;
/** Between the last arrow key and what is told of it, ms: several are one move. */
const REST = 400;
/** Side of a square, and diameter of an element's ring, px. */
const SIDE = 24;
const RING = 18;

/** Where a key moves a pin to, longitude and latitude; null for other keys. */
export function moved(/** @type {number[]} */ [lon, lat], { key, shiftKey }, cell) {
  const way = ARROWS[key];
  if (!way) return null;
  const metres = cell * CELLS[Number(Boolean(shiftKey))];
  const east = metres / (DEGREE * Math.cos((lat * Math.PI) / 180));
  return [lon + way[0] * east, lat + (way[1] * metres) / DEGREE];
}

/** Draws the pins of a trial, those removed, and the elements they may serve. */
export function drawTrial(/** @type {Atlas} */ atlas, group, trial) {
  const container = atlas.map.getContainer();
  container.classList.toggle("ct-trying", tries(atlas));
  container.dataset.trial = trial?.hint || "";
  atlas.refusal?.remove();
  if (!trial) return;
  if (!atlas.trying) listen(atlas);
  atlas.trying ??= { focus: "", held: null };
  for (const { at } of trial.marks) still(atlas, at, "ct-trial-mark", "", RING).addTo(group);
  for (const { id, at } of trial.removed) still(atlas, at, "ct-trial-removed", `<b>${id}</b>`, SIDE).addTo(group);
  for (const pin of trial.pins) drawPin(atlas, group, trial, pin);
}

/** Whether a map takes pins. */
const tries = (/** @type {Atlas} */ { paint }) => Boolean(paint?.trial && !paint.trial.still);

const still = (/** @type {Atlas} */ atlas, at, className, html, side) =>
  L.marker(atlas.latlng(at), {
    pane: "elements",
    interactive: false,
    keyboard: false,
    icon: L.divIcon({ className, html, iconSize: [side, side] }),
  });

function drawPin(/** @type {Atlas} */ atlas, group, trial, { id, at, was, tag, label, chosen, rim }) {
  const { trying } = atlas;
  const home = atlas.latlng(at);
  // A key that was pressed while the page computed goes on from where it led to.
  const held = trying.held?.id === id ? trying.held.at : null;
  const look = {
    pane: "layout",
    renderer: renderer(atlas, "layout"),
    interactive: false,
    className: `ct-trial-ring${chosen ? " ct-chosen" : ""}`,
  };
  const ring = L.circle(held || home, { ...look, radius: trial.radius });
  const reach = rim.length ? L.polygon(rim.map(atlas.latlng), { ...look, smoothFactor: 0.5 }) : ring;
  reach.addTo(group);
  const way = line(atlas, "layout", "ct-pin-way").addTo(group);
  const ghost = still(atlas, was || at, "ct-trial-was", "", SIDE);
  if (was) {
    way.setLatLngs([atlas.latlng(was), home]);
    ghost.addTo(group);
  }
  const pin = L.marker(held || home, {
    pane: "elements",
    draggable: true,
    autoPan: true,
    zIndexOffset: 1000,
    icon: L.divIcon({
      className: `ct-trial-pin${chosen ? " ct-chosen" : ""}`,
      html: `<b>${id}</b><span class="ct-unseen">${label}</span><span class="ct-pin-tag">${tag}</span>`,
      iconSize: [SIDE, SIDE],
    }),
  }).addTo(group);
  const element = /** @type {HTMLElement} */ (pin.getElement());
  const follow = () => {
    const here = pin.getLatLng();
    if (reach !== ring) reach.remove();
    ring.setLatLng(here).addTo(group);
    way.setLatLngs([home, here]);
    ghost.setLatLng(home).addTo(group);
    say(`${id} ${told(atlas.map.distance(home, here), trial)}`);
  };
  const say = (text) => {
    const place = element.querySelector(".ct-pin-tag");
    if (place) place.innerHTML = text;
  };
  const back = (text) => {
    pin.setLatLng(home);
    ring.setLatLng(home);
    if (reach !== ring) ring.remove();
    reach.addTo(group);
    way.setLatLngs([]);
    ghost.remove();
    say(text);
  };
  const settle = () => {
    trying.held = null;
    const here = pin.getLatLng();
    if (here.equals(home)) back("");
    else if (atlas.view.districtAt(here)) atlas.report("pinned", id, here.wrap());
    else back(`${id} ${trial.outside}`);
  };
  pin.on("drag", follow);
  pin.on("dragend", settle);
  L.DomEvent.disableClickPropagation(element);
  element.addEventListener("click", () => {
    if (!(/** @type {any} */ (pin.dragging).moved())) atlas.report("pin", id, home);
  });
  element.addEventListener("keydown", (e) => press(atlas, e, { pin, id, home, follow, settle, back }));
  element.addEventListener("focus", () => (trying.focus = id));
  // What leaves the map with its pin, drawn anew, is not what the reader leaves.
  element.addEventListener("blur", () => queueMicrotask(() => element.isConnected && leave(atlas, id)));
  if (held) follow();
  if (trying.focus === id) element.focus({ preventScroll: true });
}

function leave(/** @type {Atlas} */ atlas, id) {
  const { trying } = atlas;
  if (trying.focus === id) trying.focus = "";
  if (trying.held?.id === id) trying.held.settle();
}

function press(/** @type {Atlas} */ atlas, e, { pin, id, home, follow, settle, back }) {
  const { trying, paint } = atlas;
  const { lng, lat } = pin.getLatLng();
  const to = moved([lng, lat], e, paint.trial.cell);
  clearTimeout(trying.held?.timer);
  if (to) {
    pin.setLatLng([to[1], to[0]]);
    follow();
    trying.held = { id, at: pin.getLatLng(), settle, timer: setTimeout(() => trying.held?.settle(), REST) };
  } else if (e.key === "Delete" || e.key === "Backspace") {
    trying.held = null;
    trying.focus = "";
    atlas.map.getContainer().focus({ preventScroll: true });
    atlas.report("unpinned", id, home);
  } else if (e.key === "Escape") {
    trying.held = null;
    back("");
  } else if (e.key === "Enter" || e.key === " ") {
    if (trying.held) settle();
    else atlas.report("pin", id, home);
  } else {
    if (trying.held) trying.held.timer = setTimeout(() => trying.held?.settle(), REST);
    return;
  }
  e.preventDefault();
  e.stopPropagation();
}

function listen(/** @type {Atlas} */ atlas) {
  const { map } = atlas;
  const container = map.getContainer();
  container.addEventListener("keydown", (e) => {
    if (!tries(atlas) || e.key !== "Enter" || e.target !== container) return;
    e.preventDefault();
    set(atlas, map.getCenter());
  });
  map.on("click", ({ latlng, originalEvent }) => {
    if (tries(atlas) && originalEvent.target === atlas.canvas.canvas) refuse(atlas, latlng);
  });
}

/** Sets a pin where the map's middle is. */
function set(/** @type {Atlas} */ atlas, latlng) {
  if (!refuse(atlas, latlng)) atlas.report("place", "", latlng.wrap());
}

/** Says at a place outside the region why it takes no pin; whether it does. */
function refuse(/** @type {Atlas} */ atlas, latlng) {
  atlas.refusal?.remove();
  if (atlas.view.districtAt(latlng)) return false;
  const html = `<span class="ct-pin-tag" role="status">${atlas.paint.trial?.outside}</span>`;
  const icon = L.divIcon({ className: "ct-trial-refused", html, iconSize: [0, 0] });
  atlas.refusal = L.marker(latlng, { pane: "elements", interactive: false, keyboard: false, icon }).addTo(atlas.map);
  return true;
}

/** Boxes (container px) that names keep clear of. */
export function trialBoxes(/** @type {Atlas} */ atlas) {
  const { trial } = atlas.paint;
  if (!trial) return [];
  return [...trial.pins, ...trial.removed].map(({ at }) => boxOf(atlas, at, SIDE / 2 + 2));
}

/** Names of elements for place(), each beside its ring. */
export function trialLabels(/** @type {Atlas} */ atlas) {
  return (atlas.paint.trial?.marks || []).map(({ name, at }) => ({
    html: name,
    cls: "ct-district ct-trial-name",
    sign: boxOf(atlas, at, RING / 2 + 1),
    crowd: 4,
  }));
}

function boxOf(/** @type {Atlas} */ atlas, at, half) {
  const { x, y } = atlas.map.latLngToContainerPoint(atlas.latlng(at));
  return [x - half, y - half, x + half, y + half];
}
