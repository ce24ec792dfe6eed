// @ts-check
/* Clusters of sites: a hull round each, its number and its name outside all hulls. */
import { renderer } from "../ground/lines.js";
import { contains, rowsOf } from "../ground/outline.js";
import { captioned } from "../sites/selection.js";

/** How far from its hull a name stands at most, and from where on a line ties it to it, px. */
const REACH = { name: 70, tied: 9 };
/** Between the places that are tried for a name, px. */
const STEP = { x: 6, y: 5 };
/** What it costs to stand nearly as near to another hull, and within how many px that is. */
const MISTAKEN = { cost: 110, within: 14 };
/** What a place may cost that bears the whole name, not the number alone. */
const DEAREST = 150;
/** Height of the boxes that a hull is cut into for what keeps off it, px. */
const STRIP = 10;

/** An area of one kind: what sites reach, white or its outline alone, where proposed ones may move. */
export const area = (/** @type {Atlas} */ atlas, parts, options) =>
  L.polygon(
    parts.map((part) => part.map((ring) => ring.map(atlas.latlng))),
    { interactive: false, smoothFactor: 0.3, ...options },
  );

/** Draws it under all lines. */
export function drawAreas(/** @type {Atlas} */ atlas, group, parts, className) {
  if (!parts.length) return;
  const pane = "cells";
  area(atlas, parts, { pane, renderer: renderer(atlas, pane), className }).addTo(group);
}

/** Draws hulls into a feature group. */
export function drawClusters(/** @type {Atlas} */ atlas, group, clusters) {
  atlas.hulls = clusters.map((cluster) => {
    const hull = L.polygon(cluster.rim.map(atlas.latlng), {
      pane: "layout",
      renderer: renderer(atlas, "layout"),
      interactive: false,
      smoothFactor: 0.5,
      className: `ct-hull${looks(cluster)}`,
    }).addTo(group);
    if (cluster.centred) numbered(hull.getBounds().getCenter(), cluster).addTo(group);
    return Object.assign(hull, { feature: { type: "Feature", geometry: null, properties: { cluster } } });
  });
}

const looks = ({ chosen, beside }) => `${chosen ? " ct-chosen" : ""}${beside ? " ct-beside" : ""}`;

/** A hull's number in its middle. */
const numbered = (at, cluster) =>
  L.marker(at, {
    pane: "elements",
    interactive: false,
    keyboard: false,
    icon: L.divIcon({
      className: `ct-cluster ct-centred${looks(cluster)}`,
      html: `<b>${cluster.number}</b>`,
      iconSize: [22, 22],
    }),
  });

/** The hull under a position; of two the one drawn later, which has fewer sites. */
export const hullAt = (/** @type {Atlas} */ atlas, latlng) =>
  (atlas.hulls || []).findLast((hull) => contains(hull, latlng));

/** What a hull's tooltip says, at the pointer. */
export function ofHull({ feature: { properties } }, at) {
  const { number, name, size, caption } = properties.cluster;
  const lines = [size, caption].filter(Boolean).join("<br>");
  return { html: captioned(`${number} ${name}`, lines), at, above: 8 };
}

/** Corners of a hull, container px. */
const corners = (/** @type {Atlas} */ { map }, hull) =>
  hull.getLatLngs()[0].map((latlng) => map.latLngToContainerPoint(latlng));

/** Boxes (container px) that names keep clear of: each hull in strips. */
export function hullBoxes(/** @type {Atlas} */ atlas) {
  const hulls = (atlas.hulls || []).filter(({ feature }) => !feature.properties.cluster.beside);
  return hulls.flatMap((hull) => strips(corners(atlas, hull)));
}

/** A convex outline as boxes that lie side by side. */
export function strips(rim) {
  const boxes = new Map();
  for (const [row, spans] of rowsOf([rim])) {
    const at = Math.floor((2 * row) / STRIP);
    for (const [a, b] of spans) {
      const [x0, , x1] = boxes.get(at) || [a, 0, b];
      boxes.set(at, [Math.min(x0, a), at * STRIP, Math.max(x1, b), (at + 1) * STRIP]);
    }
  }
  return [...boxes.values()];
}

/** Distance from a box to an outline, and the point of it that is nearest. */
export function nearest(rim, /** @type {Box} */ [x0, y0, x1, y1]) {
  let best = { far: Infinity, point: [0, 0] };
  rim.forEach((b, i) => {
    const a = rim[(i || rim.length) - 1];
    // Of an edge its ends, and what lies opposite to the middle of the box.
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const [u, v] = [(x0 + x1) / 2 - a.x, (y0 + y1) / 2 - a.y];
    const t = Math.max(0, Math.min(1, (u * dx + v * dy) / (dx * dx + dy * dy || 1)));
    for (const [x, y] of [
      [b.x, b.y],
      [a.x + t * dx, a.y + t * dy],
    ]) {
      const far = Math.hypot(Math.max(x0 - x, 0, x - x1), Math.max(y0 - y, 0, y - y1));
      if (far < best.far) best = { far, point: [x, y] };
    }
  });
  return best;
}

/** Names of hulls for place(): number, name and size; on a phone the number alone. */
export function hullLabels(/** @type {Atlas} */ atlas) {
  const { map, frame } = atlas;
  const size = map.getSize();
  const rims = (atlas.hulls || []).map((hull) => corners(atlas, hull));
  return (atlas.hulls || []).flatMap((hull, i) => {
    const { number, name, size: sites, chosen, centred, beside } = hull.feature.properties.cluster;
    if (centred && (beside || frame.narrow)) return [];
    const disc = centred ? "" : `<b>${number}</b>`;
    const html = `${disc}<span>${name}</span><small>${sites}</small>`;
    return {
      html: frame.narrow ? disc : html,
      shorter: frame.narrow ? "" : disc,
      cls: `ct-cluster${chosen ? " ct-chosen" : ""}`,
      crowd: 6,
      most: DEAREST,
      spots: (w, h) => around(rims[i], w, h, size),
      cost: (box) => {
        const own = nearest(rims[i], box).far;
        const other = Math.min(...rims.map((rim, j) => (j === i ? Infinity : nearest(rim, box).far)));
        return other < own + MISTAKEN.within ? MISTAKEN.cost : 0;
      },
      tie: (/** @type {Box} */ box) => {
        const { far, point } = nearest(rims[i], box);
        if (far <= REACH.tied) return null;
        const [x0, y0, x1, y1] = box;
        return [point, [Math.max(x0, Math.min(x1, point[0])), Math.max(y0, Math.min(y1, point[1]))]];
      },
    };
  });
}

/** Places round an outline within reach and within the map: [x, y, cost]. */
function around(rim, w, h, size) {
  const [xs, ys] = [rim.map(({ x }) => x), rim.map(({ y }) => y)];
  const [x0, x1] = [Math.min(...xs), Math.max(...xs)];
  const [y0, y1] = [Math.min(...ys), Math.max(...ys)];
  const spots = [];
  if (x1 < 0 || y1 < 0 || x0 > size.x || y0 > size.y) return spots;
  const reach = REACH.name;
  for (let x = Math.max(w / 2, x0 - w / 2 - reach); x <= Math.min(size.x - w / 2, x1 + w / 2 + reach); x += STEP.x) {
    for (let y = Math.max(h / 2, y0 - h / 2 - reach); y <= Math.min(size.y - h / 2, y1 + h / 2 + reach); y += STEP.y) {
      const { far } = nearest(rim, [x - w / 2, y - h / 2, x + w / 2, y + h / 2]);
      if (far <= reach) spots.push([x, y, 2.2 * far + 0.12 * Math.abs(x - (x0 + x1) / 2)]);
    }
  }
  return spots;
}
