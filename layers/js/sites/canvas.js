// @ts-check
/* Sites on a canvas of the map, and what lies under the pointer. */
import { discHalf, drawDisc } from "../results/result_view.js";
import { CanvasLayer } from "./canvas_layer.js";
import { drawSite } from "./symbols.js";

/** How far (px) from a symbol's centre a pointer or a finger still hits it. */
const REACH = { mouse: 9, touch: 18 };

/** One site of a map, where its layer draws it. */
export class Site {
  /**
   * @param {GeoJSON.Feature<GeoJSON.Point, any>} feature
   * @param {L.LatLng} latlng
   * @param {SitesLayer} layer
   */
  constructor(feature, latlng, layer) {
    this.feature = feature;
    this.latlng = latlng;
    this.layer = layer;
    /** Its place in the pane, px; known once it has been drawn. */
    this.point = /** @type {L.Point} */ (null);
  }

  getLatLng() {
    return this.latlng;
  }

  /** Where it is drawn (px of the pane): discs are moved apart. */
  get shown() {
    const move = this.layer.view.moved(this);
    return move ? this.point.add(move) : this.point;
  }

  /** Where its tooltip points to: the disc, not the place. */
  getCenter() {
    const { map, view } = this.layer;
    const move = view.moved(this);
    return move ? map.layerPointToLatLng(map.latLngToLayerPoint(this.latlng).add(move)) : this.latlng;
  }
}

/**
 * All sites of a map on one canvas. It covers the districts, so it finds what lies under the
 * pointer: the nearest site within reach, else what the ground is there. view: {look, colours, isolated,
 * groundAt, explained, clicked, moved, below}; moved says how far a site is drawn from its place,
 * below draws what lies under all of them.
 */
export class SitesLayer extends CanvasLayer {
  /** @param {number} padding how far it reaches beyond the map, in shares of the map's size */
  constructor(view, padding) {
    super("sites", padding);
    this.view = view;
    this.sites = /** @type {Site[]} */ ([]);
    this.tip = L.tooltip({ direction: "top" });
  }

  onAdd(map) {
    super.onAdd(map);
    L.DomEvent.on(this.canvas, "mouseout", () => this.explain(null));
    return this;
  }

  onRemove() {
    this.explain(null);
    return super.onRemove();
  }

  /** @returns {Record<string, (event: any) => void>} */
  getEvents() {
    return { ...super.getEvents(), mousemove: this.hover, click: this.click };
  }

  /** Takes up the sites of a paint; a district stays under the pointer, with other figures. */
  show(features, latlng) {
    this.sites = features.map((feature) => new Site(feature, latlng(feature.geometry.coordinates), this));
    if (this.under) this.explain(this.under instanceof Site ? null : this.under, this.tip.getLatLng());
  }

  paint(ctx) {
    const { map, view, bounds } = this;
    for (const site of this.sites) site.point = map.latLngToLayerPoint(site.latlng);
    view.below(ctx);
    const reach = L.bounds(bounds.min.subtract([discHalf, discHalf]), bounds.max.add([discHalf, discHalf]));
    for (const site of this.sites) {
      if (!reach.contains(site.point)) continue;
      const known = site.feature.properties;
      const look = view.look(site);
      ctx.globalAlpha = view.isolated && view.isolated !== known.f ? 0.1 : 1;
      if (look.disc) drawDisc(ctx, site.shown, known, view.colours);
      else drawSite(ctx, site.point, known, look, view.colours);
    }
    ctx.globalAlpha = 1;
  }

  /** The nearest site within reach. */
  pick({ pointerType }, point) {
    const { isolated, look } = this.view;
    let best = null;
    let nearest = pointerType === "touch" ? REACH.touch : REACH.mouse;
    for (const site of this.sites) {
      if (!site.point || (isolated && isolated !== site.feature.properties.f)) continue;
      const d = look(site).disc ? discDistance(site.shown, point) : site.point.distanceTo(point);
      if (d <= nearest) {
        nearest = d;
        best = site;
      }
    }
    return best;
  }

  /** Follows the pointer, but not while it drags the map. */
  hover({ originalEvent, latlng, layerPoint }) {
    if (originalEvent.buttons || originalEvent.target !== this.canvas) return;
    const site = this.pick(originalEvent, layerPoint);
    const under = site || this.view.groundAt(latlng);
    if (under !== this.under) this.explain(under, latlng);
    else if (!site) this.tip.setLatLng(latlng);
  }

  click(event) {
    if (event.originalEvent.target !== this.canvas) return;
    this.hover(event);
    if (this.under) this.view.clicked(this.under, event.latlng);
  }

  /** Shows the tooltip of what lies under the pointer, instead of what lay there. */
  explain(under, latlng) {
    this.under = under;
    const tip = under && this.view.explained(under, latlng);
    this.canvas.classList.toggle("leaflet-interactive", Boolean(tip));
    if (!tip) return this.tip.close();
    L.setOptions(this.tip, { offset: [0, -tip.above] });
    return this.tip.setLatLng(tip.at).setContent(tip.html).openOn(this.map);
  }
}

/** Distance from a disc's edge; inside it, less than any symbol's below it. */
function discDistance(at, point) {
  const d = at.distanceTo(point);
  return d <= discHalf ? d / 100 - 1 : d - discHalf;
}
