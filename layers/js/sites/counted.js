// @ts-check
/*
 * Many sites: the map asks the server what lies in its view, and is told a number for each cell, or
 * the sites themselves where they are few (layers/sites/counted.py decides). Cells are those of the
 * tile grid, so that each number is the sum of the four a zoom deeper. What was told last stays
 * until the next is there.
 */
import { dataPosition } from "../ground/datum.js";
import { letterSoon, nameOf } from "../lettering/names.js";
import { CanvasLayer } from "./canvas_layer.js";
import { drawOrder } from "./symbols.js";

/** A cell is at least 32 px wide, and less than twice that: eight to the tile of a whole zoom. */
const PER_TILE = 3;
const FINEST = 25;
/** Lettering: px, how far from the middle name and number stand, how much wider than its cell a name may be before it is drawn narrower. */
const FONT = { number: 11, name: 12, apart: 7, wider: 1.25 };
/** In a narrower cell, px, no number can be read: what was told for another zoom, until the next is there. */
const READABLE = 20;
const counts = new Intl.NumberFormat("en");

/** With more units than a cell in so many, their cities are named. */
const CROWDED = 6;

/** The latitude of a line of the grid. */
const latitude = (y, zoom) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / 2 ** zoom))) * 180) / Math.PI;
const longitude = (x, zoom) => (360 * x) / 2 ** zoom - 180;

/** The zoom of the cells at a zoom of the map. */
export const cellZoom = (zoom) => Math.max(0, Math.min(FINEST, Math.floor(zoom + PER_TILE)));

/** The cell of a position, "zoom/x/y". */
export function cellOf([lon, lat], zoom) {
  const x = Math.floor(((lon + 180) / 360) * 2 ** zoom);
  const y = Math.floor((0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI)) * 2 ** zoom);
  return `${zoom}/${x}/${y}`;
}

/** The cells of a map: their fills lie below the boundaries, their numbers above. */
export class Counted extends CanvasLayer {
  constructor(/** @type {Atlas} */ atlas) {
    super("cells", 0.2);
    this.atlas = atlas;
    this.forget();
  }

  forget() {
    this.coming?.abort();
    this.coming = null;
    this.told = null;
    this.asked = "";
    this.cells = new Map();
    this.few = [];
  }

  /** Asks what lies in view, unless that is known; an answer that comes too late is dropped. */
  async ask() {
    const { map, paint } = this.atlas;
    if (!paint?.counted || !this.atlas.document || !map.getSize().x) return;
    const view = map.getBounds();
    const [west, south] = dataPosition(paint.basemap, view.getWest(), view.getSouth());
    const [east, north] = dataPosition(paint.basemap, view.getEast(), view.getNorth());
    const box = [west, south, east, north].map((v) => v.toFixed(6)).join(",");
    const asked = `${paint.counted}&box=${box}&zoom=${cellZoom(map.getZoom())}`;
    if (asked === this.asked) return;
    this.coming?.abort();
    this.asked = asked;
    const coming = (this.coming = new AbortController());
    try {
      const answer = await fetch(new URL(asked, document.baseURI), { signal: coming.signal });
      if (!answer.ok) throw new Error(`${answer.status}`);
      const told = await answer.json();
      if (this.coming !== coming) return;
      this.coming = null;
      this.take(told);
    } catch {
      if (coming.signal.aborted) return;
      this.asked = ""; // the next movement asks again
      this.atlas.frame.setFailed(paint.texts.failed);
    }
  }

  take(told) {
    const { atlas } = this;
    this.told = { ...told, sites: unpack(told.sites) };
    const { zoom, x, y, n, k } = told.cells;
    this.cells = new Map(x.map((column, i) => [`${zoom}/${column}/${y[i]}`, { x: column, y: y[i], n: n[i], k: k[i] }]));
    this.few = this.cells.size ? cellsOf(this.told.sites, zoom) : [];
    atlas.frame.setFailed("");
    atlas.takeSites(this.told.sites, told.captions);
    atlas.frame.setInView(this.told.legend);
    atlas.frame.root.classList.toggle("ct-counted", this.cells.size > 0);
    this.draw();
    atlas.canvas.draw();
    letterSoon(atlas);
    Object.assign(atlas.state, { counted: told.n, cells: this.cells.size, answers: (atlas.state.answers || 0) + 1 });
  }

  /** The cell with a number at a place on the display; null where there is none. */
  at({ lng, lat }) {
    if (!this.told) return null;
    const cell = cellOf(dataPosition(this.atlas.paint.basemap, lng, lat), this.told.cells.zoom);
    return this.cells.has(cell) ? cell : null;
  }

  /** Boxes of the cells by their keys, worked out once for an answer and a zoom. */
  get placed() {
    const [told, origin, latlng] = [this.told, this.atlas.map.getPixelOrigin(), this.atlas.latlng];
    const known = this.known;
    if (known?.told !== told || known.origin !== origin || known.latlng !== latlng) {
      const boxes = new Map([...this.cells].map(([key, cell]) => [key, this.box(cell)]));
      this.known = { told, origin, latlng, boxes };
    }
    return this.known.boxes;
  }

  /**
   * Corner and size of a cell in px of the pane.
   * @returns {[number, number, number, number]}
   */
  box({ x, y }, zoom = this.told.cells.zoom) {
    const { map, latlng } = this.atlas;
    const [a, b] = [0, 1].map((step) =>
      map.latLngToLayerPoint(latlng([longitude(x + step, zoom), latitude(y + step, zoom)])),
    );
    return [a.x, a.y, b.x - a.x, b.y - a.y];
  }

  paint(ctx) {
    if (!this.told) return;
    const { colours } = this.atlas.view;
    ctx.strokeStyle = colours.rampline;
    ctx.lineWidth = 0.8;
    const draw = ([x, y, width, height], token) => {
      ctx.fillStyle = colours[token];
      ctx.fillRect(x, y, width, height);
      ctx.strokeRect(x, y, width, height);
    };
    for (const cell of this.few) draw(this.box(cell), "own");
    for (const [key, box] of this.placed) draw(box, this.told.cells.ramp[this.cells.get(key).k]);
  }

  /** Numbers of the cells, names of the units whose middle lies in one, and the selected cell. */
  drawNumbers(ctx) {
    const { selected_cell: selected } = this.atlas.paint || {};
    if (!this.told || !this.atlas.paint.counted) return;
    const { colours } = this.atlas.view;
    this.write(ctx, colours);
    if (!selected) return;
    const [zoom, x, y] = selected;
    const frame = this.box({ x, y }, zoom);
    for (const [colour, width] of [
      [colours.surf, 5],
      [colours.acc, 2.5],
    ]) {
      ctx.strokeStyle = colour;
      ctx.lineWidth = width;
      ctx.strokeRect(...frame);
    }
  }

  /** Writes numbers and names. A font is set once for all of its texts: that is what costs. */
  write(ctx, colours) {
    const { ramp } = this.told.cells;
    const inks = ramp.map((token) => [colours[token], inkOn(colours, token)]);
    const family = getComputedStyle(ctx.canvas).fontFamily || "sans-serif";
    Object.assign(ctx, { textAlign: "center", textBaseline: "middle", lineJoin: "round", lineWidth: 3 });
    const written = (text, key, down) => {
      const [left, top, width, height] = this.placed.get(key);
      [ctx.strokeStyle, ctx.fillStyle] = inks[this.cells.get(key).k];
      ctx.strokeText(text, left + width / 2, top + height / 2 + down, width - 2);
      ctx.fillText(text, left + width / 2, top + height / 2 + down, width - 2);
    };
    ctx.font = `600 ${FONT.name}px ${family}`;
    const named = [...this.names()].filter(([key, name]) => {
      const [, , width, height] = this.placed.get(key);
      return height > 2 * FONT.name && ctx.measureText(name).width <= FONT.wider * width;
    });
    for (const [key, name] of named) written(name, key, -FONT.apart);
    const below = new Set(named.map(([key]) => key));
    ctx.font = `${FONT.number}px ${family}`;
    for (const [key, [, , width]] of this.placed) {
      if (width >= READABLE) written(counts.format(this.cells.get(key).n), key, below.has(key) ? FONT.apart : 0);
    }
  }

  /** Boxes of the cells in px of the container, for other names to keep clear of. */
  boxes() {
    const { x, y } = this.atlas.map.layerPointToContainerPoint([0, 0]);
    return [...this.placed.values()].map(([left, top, width, height]) => [
      left + x,
      top + y,
      left + x + width,
      top + y + height,
    ]);
  }

  /** Names by cell: of the units whose middle lies there, of their cities where these are too many. */
  names() {
    const { paint, document: doc, layers } = this.atlas;
    const { zoom } = this.told.cells;
    const units = layers.own.units.map(({ feature }) => feature.properties);
    const named = units.length > this.cells.size / CROWDED && Object.keys(doc.names || {}).length > 1;
    const held = units.flatMap((p) => {
      const cell = cellOf(p.at, zoom);
      const n = this.cells.get(cell)?.n;
      return n ? [{ cell, n, place: named ? doc.names[p.city] : p }] : [];
    });
    const found = new Map();
    // The fullest first: a city stands where most of it is.
    for (const { cell, place } of held.sort((a, b) => b.n - a.n)) {
      if (place && !found.has(cell) && ![...found.values()].includes(place)) found.set(cell, place);
    }
    return new Map([...found].map(([cell, place]) => [cell, nameOf(place, paint)]));
  }
}

/** The cells that sites lie in, each once. */
function cellsOf(sites, zoom) {
  const named = new Set(sites.map(({ geometry }) => cellOf(geometry.coordinates, zoom)));
  return [...named].map((cell) => cell.split("/").map(Number)).map(([, x, y]) => ({ x, y }));
}

/** Sites as a paint has them, from columns: see layers/sites/counted.py, packed. */
function unpack({ x, y, look, looks, ...texts }) {
  let [lon, lat] = [0, 0];
  return x.map((dx, at) => {
    lon += dx;
    lat += y[at];
    const own = Object.entries(texts).map(([name, [begin, rest]]) => [name, begin + rest[at]]);
    const properties = { ...looks[look[at]], ...Object.fromEntries(own) };
    return { type: "Feature", geometry: { type: "Point", coordinates: [lon / 1e5, lat / 1e5] }, properties };
  });
}

/** The ink that is read best on a class's colour. */
function inkOn(colours, token) {
  const light = (hex) => {
    const [r, g, b] = [1, 3, 5].map((i) => (parseInt(hex.slice(i, i + 2), 16) / 255) ** 2.2);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  const ground = light(colours[token]);
  return [colours.ink, colours.surf].sort((a, b) => contrast(light(b), ground) - contrast(light(a), ground))[0];
}

/** Takes up a paint: what is known of the view stays, a map without cells shows none. */
export function showCounted(/** @type {Atlas} */ { paint, counted, frame }) {
  if (paint.counted) return;
  counted.forget();
  counted.draw();
  frame.setInView("");
  frame.root.classList.remove("ct-counted");
}

/** What stands for the sites of a paint: those it has itself, then those that are told of the view. */
export function together(own, told) {
  const known = new Set(own.map(({ properties }) => properties.i));
  return [...own, ...told.filter(({ properties }) => !known.has(properties.i))].sort(drawOrder);
}
