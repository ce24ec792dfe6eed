// @ts-check
/*
 * Policy layouts on the map: signs, links, edges of districts, notes. Signs keep their size and
 * are laid out on the screen at every zoom; the data keep their places.
 */
import { line, renderer } from "../ground/lines.js";
import { corridorBand } from "./drafting.js";
import { makeWay, route } from "./layout_links.js";
import { makeSign, nameItem, put } from "./layout_signs.js";
import { clearNotes } from "./notes.js";

/** Signs are drawn smaller on frames narrower than a tablet. */
const PHONE = 0.74;
/** Creates everything of a layout that has a place; positions follow in arrangeLayout(). */
export function drawLayout(/** @type {Atlas} */ atlas, group, layout) {
  atlas.signs = [];
  atlas.ways = [];
  Object.assign(atlas.state, { elements: 0, links: 0 });
  atlas.map.getContainer().classList.toggle("ct-layouts", Boolean(layout));
  if (!layout) return;
  const all = L.featureGroup();
  for (const axis of layout.axes) {
    const latlngs = axis.lines.map((part) => part.map((c) => atlas.latlng(c)));
    if (axis.own) corridorBand(atlas).setLatLngs(latlngs).addTo(all);
    for (const name of ["ct-axis-band", `ct-axis${axis.planned ? " ct-planned" : ""}`])
      line(atlas, "layout", name).setLatLngs(latlngs).addTo(all);
  }
  for (const { line: drawn, rim } of layout.outlines) {
    const edge = `ct-edge ct-edge-zone ct-edge-${drawn} ct-outlined`;
    L.polygon(
      rim.map((c) => atlas.latlng(c)),
      { pane: "layout", renderer: renderer(atlas, "layout"), interactive: false, smoothFactor: 0, className: edge },
    ).addTo(all);
  }
  for (const sign of layout.signs) {
    if (sign.u) {
      L.circle(atlas.latlng(sign.at), {
        radius: sign.u,
        pane: "layout",
        renderer: renderer(atlas, "layout"),
        interactive: false,
        className: "ct-sign-error",
      }).addTo(all);
    }
  }
  for (const link of layout.links) atlas.ways.push(makeWay(atlas, link, all));
  layout.signs.forEach((sign, i) => atlas.signs.push(makeSign(atlas, sign, layout, i, all)));
  all.addTo(group);
  atlas.state.elements = new Set(layout.signs.map((sign) => sign.e)).size;
  atlas.state.signs = layout.signs.length;
  atlas.state.links = layout.links.length;
}

/**
 * Lays signs and links out for the present view.
 * @returns {{boxes: number[][], soft: number[][], items: object[]}} what lettering keeps clear
 *   of, what it avoids, and the names to letter
 */
export function arrangeLayout(/** @type {Atlas} */ atlas, points) {
  const {
    map,
    paint: { layout },
    frame,
  } = atlas;
  if (atlas.unfurnished) clearNotes(atlas);
  if (!layout) return { boxes: [], soft: [], items: [] };
  const scale = frame.narrow ? PHONE : 1;
  map.getContainer().style.setProperty("--ct-sign-scale", String(scale));
  const boxes = frame.furniture();
  for (const one of atlas.signs) one.x = NaN;
  for (const one of atlas.signs) put(atlas, one, boxes, points, scale);
  const soft = atlas.ways.flatMap((way) => route(atlas, way, scale));
  explainErrors(atlas, scale);
  return { boxes, soft, items: atlas.signs.flatMap((one) => nameItem(atlas, one)) };
}

/** The legend tells of circles of uncertainty where one is larger than its sign. */
function explainErrors(/** @type {Atlas} */ atlas, scale) {
  const { map } = atlas;
  const seen = atlas.signs.some(({ sign, at }) => {
    const metre = (256 * 2 ** map.getZoom()) / (40075017 * Math.cos((at.lat * Math.PI) / 180));
    return sign.u * metre > Math.min(...sign.half) * scale + 2;
  });
  const item = atlas.frame.legend.querySelector('.ct-legend-layout [data-sign="error"]');
  if (item) item.hidden = !seen;
}
