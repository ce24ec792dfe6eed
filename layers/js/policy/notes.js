// @ts-check
/* What stands in free corners of a layout's map: the dashed notes and the locator. */
import { drawGround, stillMap, styleGround } from "../ground/base.js";

const EDGE = 12;
/** Room between what stands in a corner and a sign, px. */
const CLEAR = 4;
/** Size of the locator, px. */
const LOCATOR = { width: 216, height: 142 };

/** Boxes (container px) where something of this size may stand, the usual corner first. */
function spots(/** @type {L.Map} */ map, width, height, taken) {
  const size = map.getSize();
  const left = EDGE;
  const right = size.x - EDGE - width;
  const bottom = size.y - 32 - height;
  const corners = [
    [right, bottom],
    [left, bottom],
    [left, EDGE],
    [right - 40, EDGE],
  ];
  for (const box of taken) {
    const x = box[0] < size.x / 2 ? box[0] : box[2] - width;
    corners.push([x, box[1] - EDGE - height], [x, box[3] + EDGE]);
  }
  return corners
    .map(([x, y]) => [x, y, x + width, y + height])
    .filter((b) => b[0] >= 0 && b[1] >= 0 && b[2] <= size.x && b[3] <= size.y - 22)
    .filter((b) => !taken.some((t) => b[0] < t[2] && b[2] > t[0] && b[1] < t[3] && b[3] > t[1]));
}

/** What a box would hide: never a sign; its name's place, then names' districts, then dots. */
function cost(/** @type {Atlas} */ atlas, /** @type {Box} */ [x0, y0, x1, y1]) {
  const { map, paint } = atlas;
  let sum = 0;
  for (const {
    x,
    y,
    scale,
    sign: {
      half: [w, h],
    },
  } of atlas.signs) {
    const [dx, dy] = [Math.max(0, x0 - x, x - x1) - w * scale, Math.max(0, y0 - y, y - y1) - h * scale];
    if (dx < CLEAR && dy < CLEAR) return Infinity;
    if (dx < 24 && dy < 20) sum += 60;
  }
  for (const layer of atlas.byId.values()) {
    const p = map.latLngToContainerPoint(layer.getLatLng());
    if (p.x > x0 && p.x < x1 && p.y > y0 && p.y < y1) sum += 3;
  }
  for (let i = 0; i <= 6; i++) {
    for (let j = 0; j <= 3; j++) {
      const unit = atlas.view.districtAt(
        map.containerPointToLatLng([x0 + ((x1 - x0) * i) / 6, y0 + ((y1 - y0) * j) / 3]),
      );
      if (unit) sum += paint.layout.areas[unit.feature.properties.id] ? 2 : 1;
    }
  }
  return sum;
}

function corner(/** @type {Atlas} */ atlas, width, height, taken) {
  const free = spots(atlas.map, width, height, taken);
  const rated = free.map((box, i) => ({ box, price: cost(atlas, box) + i / 10 }));
  const [best] = rated.filter(({ price }) => price < Infinity).sort((a, b) => a.price - b.price);
  return best ? best.box : null;
}

const stand = (element, box) => Object.assign(element.style, { left: `${box[0]}px`, top: `${box[1]}px` });

/** Takes the notes away and hides the locator: first the signs find their places. */
export function clearNotes(/** @type {Atlas} */ atlas) {
  atlas.notes.forEach((element) => element.remove());
  atlas.notes = [];
  if (atlas.locator) atlas.locator.element.style.display = "none";
}

/** Writes the notes and mounts the locator; where there is no room the legend tells the notes. */
export function furnish(/** @type {Atlas} */ atlas) {
  const {
    map,
    frame,
    paint: { layout, basemap },
  } = atlas;
  atlas.unfurnished = false;
  const taken = [];
  const wanted = layout?.locator && layout.focus && !frame.narrow && !basemap;
  if (!wanted) dropLocator(atlas);
  const parts = [...frame.legend.querySelectorAll(".ct-part-said")];
  parts.forEach((part) => part.classList.toggle("ct-told", frame.narrow));
  if (!layout || frame.narrow) return;
  layout.notes.forEach(({ title, lines }, i) => {
    const element = L.DomUtil.create("div", "ct-mapnote", map.getContainer());
    element.innerHTML = `<b>${title}</b>${lines.join("<br>")}`;
    L.DomEvent.disableClickPropagation(element);
    const box = corner(atlas, element.offsetWidth, element.offsetHeight, taken);
    if (box) {
      stand(element, box);
      taken.push(box);
      atlas.notes.push(element);
    } else {
      element.remove();
      if (parts[i]) parts[i].classList.add("ct-told");
    }
  });
  if (wanted) {
    const box = corner(atlas, LOCATOR.width, LOCATOR.height, taken);
    if (box) locate(atlas, box);
    else dropLocator(atlas);
  }
}

export function dropLocator(/** @type {Atlas} */ atlas) {
  if (!atlas.locator) return;
  atlas.locator.map.remove();
  atlas.locator.element.remove();
  atlas.locator = null;
}

/** A small static map of the whole region with the view's frame in it. */
function locate(/** @type {Atlas} */ atlas, box) {
  if (!atlas.locator) {
    const element = L.DomUtil.create("div", "ct-locator", atlas.map.getContainer());
    element.setAttribute("aria-hidden", "true");
    Object.assign(element.style, { width: `${LOCATOR.width}px`, height: `${LOCATOR.height}px` });
    L.DomEvent.disableClickPropagation(element);
    L.DomEvent.disableScrollPropagation(element);
    const body = L.DomUtil.create("div", "ct-inset-map", element);
    const title = L.DomUtil.create("div", "ct-inset-title", element);
    const map = stillMap(body);
    map.fitBounds(atlas.layers.own.getBounds(), { animate: false, padding: [5, 5] });
    const layers = drawGround(map, atlas);
    const view = L.rectangle(atlas.map.getBounds(), {
      pane: "top",
      renderer: L.svg({ pane: "top" }),
      interactive: false,
      className: "ct-locator-view",
    }).addTo(map);
    atlas.locator = { element, title, map, layers, view };
  }
  const { element, title, layers } = atlas.locator;
  element.style.display = "";
  stand(element, box);
  title.innerHTML = atlas.paint.layout.locator;
  styleGround(layers, atlas);
  showView(atlas);
}

/** Frames the main map's view in the locator. */
export function showView(/** @type {Atlas} */ atlas) {
  if (!atlas.locator) return;
  const { element, view } = atlas.locator;
  view.setBounds(atlas.map.getBounds());
  element.style.visibility = atlas.map.getBounds().contains(atlas.layers.own.getBounds()) ? "hidden" : "";
}
