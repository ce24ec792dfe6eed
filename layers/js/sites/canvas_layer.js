// @ts-check
/* A canvas of the map: it stands still while the map moves, and is drawn anew for each view. */

/** What draws on one; a subclass has `paint(ctx)`, in px of the pane. */
export class CanvasLayer extends L.Layer {
  /**
   * @param {string} pane
   * @param {number} padding how far it reaches beyond the map, in shares of the map's size
   */
  constructor(pane, padding) {
    super();
    this.paneName = pane;
    this.padding = padding;
  }

  onAdd(map) {
    this.map = map;
    this.canvas = L.DomUtil.create("canvas", "leaflet-zoom-animated", map.getPane(this.paneName));
    this.place();
    return this;
  }

  onRemove() {
    this.canvas.remove();
    this.map = null;
    return this;
  }

  /** @returns {Record<string, (event: any) => void>} */
  getEvents() {
    return { moveend: this.place, zoom: this.follow, zoomanim: this.follow };
  }

  /** Lays the canvas over what is in view; at twice the resolution on paper and fine screens. */
  place() {
    const { map, canvas, padding } = this;
    const size = map.getSize();
    const min = map.containerPointToLayerPoint(size.multiplyBy(-padding)).round();
    this.bounds = L.bounds(min, min.add(size.multiplyBy(1 + 2 * padding)).round());
    this.corner = map.layerPointToLatLng(min);
    this.zoom = map.getZoom();
    this.scale = L.Browser.retina || matchMedia("print").matches ? 2 : 1;
    const { x, y } = this.bounds.getSize();
    L.DomUtil.setPosition(canvas, min);
    Object.assign(canvas, { width: this.scale * x, height: this.scale * y });
    Object.assign(canvas.style, { width: `${x}px`, height: `${y}px` });
    this.draw();
  }

  /** Stretches the canvas to another view, until it is drawn for that. */
  follow({ center = this.map.getCenter(), zoom = this.map.getZoom() }) {
    const { map } = this;
    const pane = L.DomUtil.getPosition(map.getPane("mapPane"));
    const origin = map.project(center, zoom).subtract(map.getSize().divideBy(2)).add(pane).round();
    const at = map.project(this.corner, zoom).subtract(origin);
    L.DomUtil.setTransform(this.canvas, at, map.getZoomScale(zoom, this.zoom));
  }

  draw() {
    const { map, scale, bounds } = this;
    if (!map) return;
    const ctx = this.canvas.getContext("2d");
    ctx.resetTransform();
    ctx.clearRect(0, 0, this.canvas.width, this.canvas.height);
    ctx.setTransform(scale, 0, 0, scale, -scale * bounds.min.x, -scale * bounds.min.y);
    this.paint(ctx);
  }

  paint(_ctx) {}
}
