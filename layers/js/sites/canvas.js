// @ts-check
import { discHalf, drawDisc } from "../results/result_view.js";
import { drawSite } from "./symbols.js";

// What a renderer and its layers have to answer has no types.
const Canvas = /** @type {any} */ (L.Canvas);
const Marker = /** @type {any} */ (L.CircleMarker);
/** How far (px) from a symbol's centre a pointer or a finger still hits it. */
const REACH = { mouse: 9, touch: 18 };

/** One site of one L.geoJSON layer; the renderer's view says how it looks at this zoom. */
export const SiteMarker = Marker.extend({
  options: { radius: 12, weight: 0, interactive: true, bubblingMouseEvents: false },

  _updatePath() {
    const renderer = this._renderer;
    if (!renderer._drawing || this._empty()) return;
    const site = this.feature.properties;
    const view = renderer.options.view;
    const ctx = renderer._ctx;
    ctx.globalAlpha = view.isolated && view.isolated !== site.f ? 0.1 : 1;
    const look = view.look(this);
    if (look.disc) drawDisc(ctx, this.shown(), site, view.colours);
    else drawSite(ctx, this._point, site, look, view.colours);
    ctx.globalAlpha = 1;
  },

  /** Where it is drawn (layer px): discs are moved apart. */
  shown() {
    const move = this._renderer.options.view.moved(this);
    return move ? this._point.add(move) : this._point;
  },

  /** Where its tooltip points to: the disc, not the place. Asked for before it is on the map, too. */
  getCenter() {
    const { renderer } = this.options;
    const move = renderer.options.view.moved(this);
    const map = renderer._map;
    return move ? map.layerPointToLatLng(map.latLngToLayerPoint(this.getLatLng()).add(move)) : this.getLatLng();
  },

  _containsPoint() {
    return false; // SitesCanvas picks the nearest one itself
  },
});

/**
 * Canvas that hands clicks and hovers to the nearest site within reach, else to the district
 * underneath, whose SVG it covers. options.view: {look, colours, isolated, districtAt, explain,
 * moved, below}; explain binds a site's tooltip, once somebody asks for it; moved says how far
 * a site is drawn from its place, below draws what lies under all of them.
 */
export const SitesCanvas = Canvas.extend({
  /** Always the whole canvas: discs reach beyond the box that Leaflet knows of. A map without sites has none. */
  _redraw() {
    if (!this._map) return;
    this._redrawBounds = null;
    Canvas.prototype._redraw.call(this);
  },

  _draw() {
    this.options.view.below(this._ctx);
    Canvas.prototype._draw.call(this);
  },

  pick(e) {
    const point = this._map.mouseEventToLayerPoint(e);
    const reach = e.pointerType === "touch" ? REACH.touch : REACH.mouse;
    const { isolated, districtAt, look } = this.options.view;
    let best = null;
    let nearest = reach;
    for (let order = this._drawFirst; order; order = order.next) {
      const layer = order.layer;
      const site = layer.feature?.properties;
      if (!site || !layer._point || (isolated && isolated !== site.f)) continue;
      const d = look(layer).disc ? discDistance(layer.shown(), point) : layer._point.distanceTo(point);
      if (d <= nearest) {
        nearest = d;
        best = layer;
      }
    }
    if (best && !best.getTooltip()) this.options.view.explain(best);
    return best || districtAt(this._map.layerPointToLatLng(point)) || null;
  },

  _onClick(e) {
    const moved = (e.type === "click" || e.type === "preclick") && this._map._draggableMoved(this._map);
    const layer = moved ? null : this.pick(e);
    this._fireEvent(layer ? [layer] : false, e);
  },

  _handleMouseHover(e) {
    if (this._mouseHoverThrottled) return;
    const layer = this.pick(e);
    if (layer !== this._hoveredLayer) {
      this._handleMouseOut(e);
      if (layer) {
        L.DomUtil.addClass(this._container, "leaflet-interactive");
        this._fireEvent([layer], e, "mouseover");
        this._hoveredLayer = layer;
      }
    }
    this._fireEvent(this._hoveredLayer ? [this._hoveredLayer] : false, e);
    this._mouseHoverThrottled = true;
    setTimeout(() => (this._mouseHoverThrottled = false), 32);
  },
});

/** Distance from a disc's edge; inside it, less than any symbol's below it. */
function discDistance(at, point) {
  const d = at.distanceTo(point);
  return d <= discHalf ? d / 100 - 1 : d - discHalf;
}

/** Features as one thing to draw. */
export const collection = (features) =>
  /** @type {GeoJSON.FeatureCollection} */ ({ type: "FeatureCollection", features });
