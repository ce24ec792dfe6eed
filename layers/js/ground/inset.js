// @ts-check
/* The inset: the dense centre drawn larger in a corner that hides none of the region. */

import { ownLabels } from "../lettering/names.js";
import { place } from "../lettering/written.js";
import { area } from "../results/clusters.js";
import { Site, SitesLayer } from "../sites/canvas.js";
import { markSelection, selectionBoxes } from "../sites/selection.js";
import { sizes } from "../sites/symbols.js";
import { drawGround, stillMap, styleGround } from "./base.js";

const MARGIN = 10;
/** Room kept between the inset and the region, px. */
const CLEAR = 10;
/** Width and height that the scale bar takes in its corner, at the right below, with its margin, px. */
const BAR = { width: 104, height: 32 };
/** Room kept below the region at first, px. */
const FOOT = 12;
/** Share of the map's width and height that the inset may take. */
const SHARE = { width: 0.364, height: 0.62 };
/** An enlargement below this factor is not worth the room. */
const LEAST_FACTOR = 1.6;

/** Size in px of an inset with the window's own proportions. */
export function insetSize(/** @type {L.Map} */ map, bounds) {
  const size = map.getSize();
  const a = map.project(bounds.getNorthWest(), 10);
  const b = map.project(bounds.getSouthEast(), 10);
  const aspect = (b.x - a.x) / (b.y - a.y);
  const width = Math.min(SHARE.width * size.x, SHARE.height * size.y * aspect);
  return { width: Math.round(width), height: Math.round(width / aspect) };
}

/** Ways to leave room: how much of the inset's width or height is kept free on one side. */
const CORNERS = [
  ["left", "top"],
  ["left", "bottom"],
  ["right", "bottom"],
  ["right", "top"],
];

/**
 * The view that shows the whole region at the largest scale while neither the inset nor the scale bar covers any of it.
 * @param {L.Map} map
 * @param {L.LatLng[]} outline vertices of the region
 * @param {?{width: number, height: number}} inset
 * @returns {{center: L.LatLng, zoom: number, box: ?number[]}} box: the inset, container px
 */
export function insetPlan(/** @type {L.Map} */ map, outline, inset) {
  const size = map.getSize();
  const points = outline.map((p) => map.project(p, 0));
  const extent = L.bounds(points);
  const view = (left, top, right, bottom) => {
    const scale = Math.min((size.x - left - right) / extent.getSize().x, (size.y - top - bottom) / extent.getSize().y);
    const middle = extent.getCenter();
    const centre = L.point(middle.x + (right - left) / 2 / scale, middle.y + (bottom - top) / 2 / scale);
    return { scale, centre };
  };
  const edge = size.x < 700 ? 3 : 6;
  const bar = [size.x - BAR.width, size.y - BAR.height, size.x, size.y];
  const clearOf = (v, box, room) =>
    points.every((p) => {
      const x = (p.x - v.centre.x) * v.scale + size.x / 2;
      const y = (p.y - v.centre.y) * v.scale + size.y / 2;
      return x <= box[0] - room || x >= box[2] + room || y <= box[1] - room || y >= box[3] + room;
    });
  const whole = () => {
    const v = view(edge, edge, edge, edge + FOOT);
    return clearOf(v, bar, 0) ? v : view(edge, edge, edge, BAR.height);
  };
  if (!inset) return finish(map, whole(), null);
  let best = null;
  for (const [side, level] of CORNERS) {
    const foot = level === "bottom" ? (side === "left" ? 22 : 30) : 0;
    const x0 = side === "left" ? MARGIN : size.x - MARGIN - inset.width - (level === "top" ? 40 : 0);
    const y0 = level === "top" ? MARGIN : size.y - MARGIN - inset.height - foot;
    const box = [x0, y0, x0 + inset.width, y0 + inset.height];
    for (let share = 0; share <= 1; share += 0.125) {
      const pad = Math.max(edge, share * (inset.width + MARGIN + CLEAR));
      for (const lift of [0, 0.25, 0.5, 0.75, 1]) {
        const give = Math.max(edge, lift * (inset.height + MARGIN + CLEAR));
        for (const below of level === "bottom" ? [give, Math.max(give, BAR.height)] : [edge + FOOT, BAR.height]) {
          const v = view(
            side === "left" ? pad : edge,
            level === "top" ? give : edge,
            side === "right" ? pad : edge,
            below,
          );
          if (v.scale <= 0 || (best && v.scale <= best.v.scale * 1.001)) continue;
          if (clearOf(v, box, CLEAR - 1) && clearOf(v, bar, 0)) best = { v, box };
        }
      }
    }
  }
  return best ? finish(map, best.v, best.box) : finish(map, whole(), null);
}

function finish(/** @type {L.Map} */ map, { scale, centre }, box) {
  return { center: map.unproject(centre, 0), zoom: Math.log2(scale), box };
}

/** The two outer tangents between two boxes, as pairs of corners. */
export function tangents(a, b) {
  const corners = ([x0, y0, x1, y1]) => [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ];
  const ca = corners(a);
  const cb = corners(b);
  const pairs = [];
  for (let i = 0; i < 4; i++) {
    const [ax, ay] = ca[i];
    const [bx, by] = cb[i];
    const side = ([x, y]) => (bx - ax) * (y - ay) - (by - ay) * (x - ax);
    const sides = [...ca, ...cb].map(side).filter((s) => Math.abs(s) > 1e-6);
    if (sides.every((s) => s > 0) || sides.every((s) => s < 0)) pairs.push([ca[i], cb[i]]);
  }
  return pairs;
}

/** One inset: a static second map, drawn from the same document and paint. */
export class Inset {
  /** @param {Atlas} atlas of the main map */
  constructor(/** @type {Atlas} */ atlas, bounds, title) {
    this.atlas = atlas;
    this.bounds = L.latLngBounds(bounds);
    this.title = title;
    this.visible = false;
  }

  /** Container px of the frame on the main map. */
  frame() {
    const a = this.atlas.map.latLngToContainerPoint(this.bounds.getNorthWest());
    const b = this.atlas.map.latLngToContainerPoint(this.bounds.getSouthEast());
    return [a.x, a.y, b.x, b.y];
  }

  /** Shows the inset in a box of the container (px). */
  mount(box) {
    this.unmount();
    const { map } = this.atlas;
    this.box = box;
    this.element = L.DomUtil.create("div", "ct-inset", map.getContainer());
    this.element.setAttribute("aria-hidden", "true");
    Object.assign(this.element.style, {
      left: `${box[0]}px`,
      top: `${box[1]}px`,
      width: `${box[2] - box[0]}px`,
      height: `${box[3] - box[1]}px`,
    });
    L.DomEvent.disableClickPropagation(this.element);
    L.DomEvent.disableScrollPropagation(this.element);
    const body = L.DomUtil.create("div", "ct-inset-map", this.element);
    this.caption = L.DomUtil.create("div", "ct-inset-title", this.element);
    this.map = stillMap(body);
    this.map.fitBounds(this.bounds, { animate: false });
    this.scale = L.control.scale({ imperial: false, position: "bottomright", maxWidth: 70 }).addTo(this.map);
    this.draw();
  }

  unmount() {
    if (!this.map) return;
    this.atlas.marks.delete(this.map);
    this.map.remove();
    this.element.remove();
    this.map = null;
    this.element = null;
    this.visible = false;
  }

  /** Whether this inset can stay for another paint. */
  serves(bounds, box) {
    return this.bounds.equals(bounds) && this.box.every((v, i) => v === box[i]) && this.datum === this.atlas.datum;
  }

  draw() {
    const { atlas } = this;
    this.datum = atlas.datum;
    this.layers = drawGround(this.map, atlas);
    const view = {
      ...atlas.view,
      look: ({ feature }) => ({ r: feature.properties.v ? sizes.overview : sizes.close, dot: "" }),
      explained: (under) => (under instanceof Site ? atlas.view.explained(under) : null),
      clicked: (under, latlng) => atlas.view.clicked(under, under instanceof Site ? under.getLatLng() : latlng),
      moved: () => null,
      below: () => {},
    };
    this.canvas = new SitesLayer(view, 0).addTo(this.map);
    this.update(this.title);
  }

  /** Fills the districts and draws the sites of the last paint. */
  update(title) {
    const { atlas } = this;
    this.title = title;
    styleGround(this.layers, atlas);
    this.walked?.remove();
    this.walked = area(atlas, atlas.paint.walked, { className: "ct-walked" }).addTo(this.map);
    const near = this.bounds.pad(0.05);
    const inside = ({ geometry }) => near.contains(atlas.latlng(geometry.coordinates));
    this.canvas.show([...atlas.paint.venues, ...atlas.features].filter(inside), atlas.latlng);
    this.restyle();
    markSelection(this.map, atlas, true);
    this.refresh({ letter: false });
  }

  /** Restyles in place, when a family is isolated. */
  restyle() {
    Object.assign(this.canvas.view, { colours: this.atlas.view.colours, isolated: this.atlas.view.isolated });
    this.canvas.draw();
  }

  /** Shows or hides the inset as the main map's view demands, and letters it. */
  refresh({ letter = true } = {}) {
    const { map } = this.atlas;
    const factor = 2 ** (this.map.getZoom() - map.getZoom());
    const [x0, y0, x1, y1] = this.frame();
    const size = map.getSize();
    const seen = x0 >= 0 && y0 >= 0 && x1 <= size.x && y1 <= size.y;
    const [bx0, by0, bx1, by1] = this.box;
    const apart = x0 > bx1 || x1 < bx0 || y0 > by1 || y1 < by0;
    this.visible = seen && apart && factor >= LEAST_FACTOR;
    this.element.style.display = this.visible ? "" : "none";
    this.caption.innerHTML = this.title.replace("%FACTOR%", factor.toFixed(factor < 9.95 ? 1 : 0));
    if (letter && this.visible) this.letter();
  }

  letter() {
    const size = this.map.getSize();
    const boxes = [
      [0, 0, this.caption.offsetWidth + 4, this.caption.offsetHeight + 4],
      [size.x - 84, size.y - 26, size.x, size.y],
    ];
    const sites = this.canvas.sites.filter(({ feature }) => !feature.properties.v);
    const points = sites.map((site) => this.map.latLngToContainerPoint(site.getLatLng()));
    boxes.push(...selectionBoxes(this.map, this.atlas));
    const [figured, ...rest] = ownLabels(this.layers.own, this.atlas, this.map);
    // The denser a district, the sooner it is named: others leave it room.
    const ranks = [...new Set(figured.map(({ led }) => led))].sort((a, b) => b - a);
    place(this.map, [...ranks.map((rank) => figured.filter(({ led }) => led === rank)), ...rest], {
      boxes,
      points,
      crowd: 3,
      reach: 90,
      most: 8,
    });
  }
}
