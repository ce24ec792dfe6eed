// @ts-check
/* Labels on the map: measured, placed by labels.js, written. */
import { arrange } from "./labels.js";

/** Below this width (px) the frame is a phone's. */
export const NARROW = 700;

const measured = new Map();
/** Width and height of a label, measured once. */
function measure(pane, { html, cls }, narrow) {
  // On a narrow frame names are smaller.
  const key = `${narrow} ${cls} ${html}`;
  if (!measured.has(key)) {
    const probe = L.DomUtil.create("div", `ct-label ${cls}`, pane);
    probe.innerHTML = html;
    measured.set(key, [probe.offsetWidth, probe.offsetHeight]);
    probe.remove();
  }
  return measured.get(key);
}

/** Forgets measurements, for when fonts arrive or the language changes. */
export function forgetMeasures() {
  measured.clear();
}

/**
 * Places all labels of a map anew.
 * @param {L.Map} map
 * @param {Label[][]} groups by rank
 * @param {Room} room
 * @returns {number} how many found room
 */
export function place(map, groups, room) {
  const pane = map.getPane("labels");
  pane.innerHTML = "";
  const narrow = pane.closest(".ct-atlas").clientWidth < NARROW;
  const { labels, leads, feet } = arrange(map, groups, room, (item) => measure(pane, item, narrow));
  pane.innerHTML = `<svg class="ct-leads" width="1" height="1">${leads.map((line, i) => lead(map, line, feet[i])).join("")}</svg>`;
  for (const { item, x, y } of labels) write(map, pane, item, [x, y]);
  return labels.length;
}

/** Writes a label at its place (container px). */
function write(/** @type {L.Map} */ map, pane, item, at) {
  const label = L.DomUtil.create("div", `ct-label ${item.cls}`, pane);
  label.innerHTML = item.html;
  const p = map.containerPointToLayerPoint(at);
  label.style.left = `${Math.round(p.x)}px`;
  label.style.top = `${Math.round(p.y)}px`;
}

/** SVG of a line from a thing to its name. */
function lead(/** @type {L.Map} */ map, line, footed) {
  const [[x1, y1], [x2, y2]] = line
    .map(([x, y]) => map.containerPointToLayerPoint([x, y]))
    .map(({ x, y }) => [x.toFixed(1), y.toFixed(1)]);
  const ends = `x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"`;
  const foot = footed ? `<circle class="ct-led-foot" cx="${x1}" cy="${y1}" r="2.2"/>` : "";
  return `<line class="ct-led-halo" ${ends}/><line class="ct-led" ${ends}/>${foot}`;
}
