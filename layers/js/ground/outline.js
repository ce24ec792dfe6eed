// @ts-check
/* Where districts lie on the screen: what of a box is theirs, and where in them is most room. */
/** How much an outline is simplified on the screen, px, and how far beyond the map it is drawn (share of its size). */
export const [SMOOTH, MARGIN] = [0.6, 0.4];
/** Height of the rows in which an outline is read, px. */
const ROW = 2;
/** Room of an islet that letters may stand over, px². */
const LETTER = 24;

const known = new WeakMap();
/** All rings of a polygon layer, flattened. */
export function ringsOf(layer) {
  if (!known.has(layer)) {
    const rings = [];
    const walk = (part) => (part[0]?.lat === undefined ? part.forEach(walk) : rings.push(part));
    walk(layer.getLatLngs());
    known.set(layer, rings);
  }
  return known.get(layer);
}

const placed = new WeakMap();
/** Corners of a polygon's rings on the map of the world at zoom 0, px: a view but scales and moves them. */
function worldOf(/** @type {L.Map} */ map, layer) {
  if (!placed.has(layer))
    placed.set(
      layer,
      ringsOf(layer).map((ring) => ring.map((latlng) => map.project(latlng, 0))),
    );
  return placed.get(layer);
}

/** Whether a position lies in a polygon layer. */
export function contains(layer, latlng) {
  if (!layer.getBounds().contains(latlng)) return false;
  let within = false;
  for (const ring of ringsOf(layer)) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [a, b] = [ring[i], ring[j]];
      if (
        a.lat > latlng.lat !== b.lat > latlng.lat &&
        latlng.lng < ((b.lng - a.lng) * (latlng.lat - a.lat)) / (b.lat - a.lat) + a.lng
      )
        within = !within;
    }
  }
  return within;
}

/**
 * Rows of spans of some rings (container px): for each ROW px in height, from where to where.
 * @param {{x: number, y: number}[][]} all
 * @returns {Map<number, number[][]>}
 */
export function rowsOf(all) {
  const cuts = new Map();
  for (const ring of all) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [a, b] = ring[i].y < ring[j].y ? [ring[i], ring[j]] : [ring[j], ring[i]];
      for (let row = Math.ceil(a.y / ROW); row * ROW < b.y; row++) {
        if (!cuts.has(row)) cuts.set(row, []);
        cuts.get(row).push(a.x + ((row * ROW - a.y) / (b.y - a.y)) * (b.x - a.x));
      }
    }
  }
  for (const [row, xs] of cuts) {
    xs.sort((x, y) => x - y);
    cuts.set(
      row,
      xs.flatMap((x, i) => (i % 2 ? [] : [[x, xs[i + 1]]])),
    );
  }
  return cuts;
}

/** Puts the rows of one outline to those of another that it does not overlap. */
function joined(rows, more) {
  for (const [row, spans] of more) rows.set(row, [...(rows.get(row) || []), ...spans]);
  return rows;
}

/** Share of a box that lies in some rows. */
export function shareOf(rows, /** @type {Box} */ [x0, y0, x1, y1]) {
  let [sum, n] = [0, 0];
  for (let row = Math.ceil(y0 / ROW); row * ROW <= y1; row++, n++) {
    for (const [a, b] of rows.get(row) || []) sum += Math.max(0, Math.min(b, x1) - Math.max(a, x0));
  }
  return n ? sum / n / (x1 - x0) : 0;
}

/** What was worked out for a map's present view; a filter changes labels, not outlines. */
const views = new WeakMap();
function viewOf(/** @type {L.Map} */ map) {
  const { lat, lng } = map.getCenter();
  const { x, y } = map.getSize();
  const [zoom, known] = [map.getZoom(), views.get(map)];
  // Asked for each place that is tried: no text is made to compare.
  const same = known && known.zoom === zoom && known.lat === lat && known.lng === lng;
  if (same && known.x === x && known.y === y) return known;
  const view = { zoom, lat, lng, x, y, bodies: new Map(), lands: new Map(), anchors: new Map() };
  views.set(map, view);
  return view;
}

/** Rings of a polygon as Leaflet's renderers draw them: projected, clipped to the map with its margin, simplified; container px. */
function drawn(/** @type {L.Map} */ map, layer) {
  const size = map.getSize();
  const { weight } = layer.options; // no line along the clip's edge
  const first = size.multiplyBy(-MARGIN).round();
  const last = first.add(size.multiplyBy(1 + 2 * MARGIN).round());
  const seen = L.bounds([first.subtract([weight, weight]), last.add([weight, weight])]);
  const times = map.getZoomScale(map.getZoom(), 0);
  // As Leaflet does it: to whole pixels, then by where the map is.
  const { x, y } = map.layerPointToContainerPoint([0, 0]).subtract(map.getPixelOrigin());
  return worldOf(map, layer).map((ring) => {
    const points = ring.map((p) => L.point(Math.round(times * p.x) + x, Math.round(times * p.y) + y));
    return L.LineUtil.simplify(L.PolyUtil.clipPolygon(points, seen, true), SMOOTH);
  });
}

/**
 * The main body of one polygon, or of several that are one thing, as it is drawn, without far islands.
 * @param {L.Map} map
 * @param {L.Polygon|L.Polygon[]} outline
 */
export function bodyOf(map, outline) {
  const { bodies } = viewOf(map);
  if (!bodies.has(outline)) bodies.set(outline, findBody(map, [outline].flat()));
  return bodies.get(outline);
}

function findBody(/** @type {L.Map} */ map, layers, parts = mainParts) {
  const body = { rows: new Map(), extent: null, area: 0 };
  for (const layer of layers) {
    const main = parts(drawn(map, layer));
    if (!main.length) continue;
    joined(body.rows, rowsOf(main));
    for (const p of main.flat()) body.extent = body.extent ? body.extent.extend(p) : L.bounds([p]);
  }
  body.area = seenArea(body.rows, map.getSize());
  return body;
}

/** How much of some rows is on the map, px². */
function seenArea(rows, size) {
  let sum = 0;
  for (const [row, spans] of rows) {
    if (row < 0 || row * ROW > size.y) continue;
    for (const [a, b] of spans) sum += ROW * Math.max(0, Math.min(b, size.x) - Math.max(a, 0));
  }
  return sum;
}

/** Room that a part of an outline takes on the map, px². */
const spread = (part) => (({ x, y }) => x * y)(L.bounds(part).getSize());

function mainParts(all) {
  const parts = all.filter((part) => part.length > 2);
  const least = 0.2 * Math.max(0, ...parts.map(spread));
  return parts.filter((part) => spread(part) >= least);
}

/** Islands as well, but for islets. */
const landParts = (all) => all.filter((part) => part.length > 2 && spread(part) >= LETTER);

/** Share of a box (container px) that lies in an outline. */
export function share(/** @type {L.Map} */ map, outline, box) {
  return shareOfBody(bodyOf(map, outline), box);
}

/** Share of a box (container px) that lies on land: outlines with their islands. */
export function landShare(/** @type {L.Map} */ map, outlines, box) {
  const { lands } = viewOf(map);
  if (!lands.has(outlines)) lands.set(outlines, findBody(map, outlines, landParts));
  return shareOfBody(lands.get(outlines), box);
}

function shareOfBody({ extent, rows }, box) {
  if (!extent || box[0] > extent.max.x || box[2] < extent.min.x || box[1] > extent.max.y || box[3] < extent.min.y)
    return 0;
  return shareOf(rows, box);
}

/** Whether a container point lies in some rows. */
function inRows(rows, x, y) {
  const spans = rows.get(Math.round(y / ROW));
  return Boolean(spans) && spans.some(([a, b]) => x >= a && x <= b);
}

/** Positions (container px) inside the visible part of an outline, the roomiest first. */
export function visibleAnchors(/** @type {L.Map} */ map, outline, size) {
  const { anchors } = viewOf(map);
  if (!anchors.has(outline)) anchors.set(outline, findAnchors(map, outline, size));
  return anchors.get(outline);
}

function findAnchors(/** @type {L.Map} */ map, outline, size) {
  const { extent, rows } = bodyOf(map, outline);
  if (!extent) return [];
  const { min: a, max: b } = extent;
  const box = [Math.max(a.x, 6), Math.max(a.y, 6), Math.min(b.x, size.x - 6), Math.min(b.y, size.y - 6)];
  const width = box[2] - box[0];
  const height = box[3] - box[1];
  if (width < 6 || height < 6) return [];
  const step = ROW * Math.max(1, Math.round(Math.sqrt((width * height) / 260) / ROW));
  const inner = [];
  const outer = [];
  for (let x = box[0] - step / 2; x <= box[2] + step; x += step) {
    for (let y = ROW * Math.floor(box[1] / ROW) - step; y <= box[3] + step; y += step) {
      const seen = x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3];
      (seen && inRows(rows, x, y) ? inner : outer).push([x, y]);
    }
  }
  // Compared alone, so its square will do: it is asked for every pair of places.
  const room = ([x, y]) => {
    let least = 1e18;
    for (const [u, v] of outer) {
      const [dx, dy] = [(x - u) / 1.6, y - v];
      least = Math.min(least, dx * dx + dy * dy);
    }
    return least;
  };
  return inner
    .map((p) => [p, room(p)])
    .sort((p, q) => q[1] - p[1])
    .slice(0, 120)
    .map(([p]) => p);
}
