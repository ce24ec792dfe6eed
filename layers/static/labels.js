/* Lettering: names and values are placed by rule, and what finds no room is left out. */
(() => {
  "use strict";
  const chuangtu = (window.chuangtu = window.chuangtu || {});
  const CELL = 24;
  /** Longest line from a label to its polygon, px. */
  const LEAD = 200;

  /** Directions and distances tried round a label point, nearest first. */
  const SPIRAL = [[0, 0]];
  for (let r = 6; r <= 132; r += 6) {
    for (let a = 0; a < 24; a++) SPIRAL.push([r * Math.cos((a * Math.PI) / 12), 0.9 * r * Math.sin((a * Math.PI) / 12)]);
  }

  /** All rings of a polygon layer, flattened. */
  function rings(layer) {
    const out = [];
    const walk = (part) => (part.length && part[0].lat !== undefined ? out.push(part) : part.forEach(walk));
    walk(layer.getLatLngs());
    return out;
  }

  /** Whether a position lies in a polygon layer. */
  function contains(layer, latlng) {
    if (!layer.getBounds().contains(latlng)) return false;
    if (!layer.chuangtuRings) layer.chuangtuRings = rings(layer);
    return odd(layer.chuangtuRings, latlng.lng, latlng.lat, "lng", "lat");
  }

  /** What was worked out for a map's present view; a filter changes labels, not outlines. */
  const views = new WeakMap();
  function viewOf(map) {
    const { lat, lng } = map.getCenter();
    const { x, y } = map.getSize();
    const key = [map.getZoom(), lat, lng, x, y].join();
    if (!views.has(map) || views.get(map).key !== key) views.set(map, { key, bodies: new Map(), anchors: new Map() });
    return views.get(map);
  }

  /**
   * The main body of a polygon as the renderer has drawn it: simplified, clipped, in container px,
   * without far islands.
   */
  function bodyOf(map, layer) {
    const { bodies, anchors } = viewOf(map);
    const known = bodies.get(layer);
    if (!known || known.parts !== layer._parts) {
      const parts = (layer._parts || []).filter((part) => part.length > 2);
      const extents = parts.map((part) => L.bounds(part));
      const spread = (b) => b.getSize().x * b.getSize().y;
      const least = 0.2 * Math.max(0, ...extents.map(spread));
      const kept = parts.filter((_, i) => spread(extents[i]) >= least);
      const shift = map.layerPointToContainerPoint([0, 0]);
      const moved = kept.map((part) => part.map((p) => p.add(shift)));
      anchors.delete(layer);
      bodies.set(layer, { parts: layer._parts, rings: moved, extent: moved.length ? L.bounds(moved.flat()) : null });
    }
    return bodies.get(layer);
  }

  /** Whether a container point lies in the main body. */
  function inBody(map, layer, x, y) {
    const { rings: all, extent } = bodyOf(map, layer);
    return extent !== null && extent.contains([x, y]) && odd(all, x, y, "x", "y");
  }

  /** Even-odd rule over all rings. */
  function odd(all, x, y, u, v) {
    let within = false;
    for (const ring of all) {
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const a = ring[i];
        const b = ring[j];
        if (a[v] > y !== b[v] > y && x < ((b[u] - a[u]) * (y - a[v])) / (b[v] - a[v]) + a[u]) within = !within;
      }
    }
    return within;
  }

  /** Counts symbols in a rectangle without looking at each of them. */
  class PointIndex {
    constructor(points) {
      this.cells = new Map();
      for (const p of points) {
        const key = `${Math.floor(p.x / CELL)},${Math.floor(p.y / CELL)}`;
        if (!this.cells.has(key)) this.cells.set(key, []);
        this.cells.get(key).push(p);
      }
    }

    count([x0, y0, x1, y1], most) {
      let n = 0;
      for (let i = Math.floor(x0 / CELL); i <= x1 / CELL; i++) {
        for (let j = Math.floor(y0 / CELL); j <= y1 / CELL; j++) {
          for (const p of this.cells.get(`${i},${j}`) || []) {
            if (p.x > x0 && p.x < x1 && p.y > y0 && p.y < y1 && ++n >= most) return n;
          }
        }
      }
      return n;
    }
  }

  const measured = new Map();
  /** Width and height of a label, measured once. */
  function measure(pane, html, cls) {
    const key = `${cls} ${html}`;
    if (!measured.has(key)) {
      const probe = L.DomUtil.create("div", `ct-label ${cls}`, pane);
      probe.innerHTML = html;
      measured.set(key, [probe.offsetWidth, probe.offsetHeight]);
      probe.remove();
    }
    return measured.get(key);
  }

  /** Forgets measurements, for when fonts arrive or the language changes. */
  function forgetMeasures() {
    measured.clear();
  }

  const overlaps = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

  /** Positions (container px) inside the visible part of a polygon, the roomiest first. */
  function visibleAnchors(map, layer, size) {
    const { anchors } = viewOf(map);
    bodyOf(map, layer); // drops anchors of an outline that has been drawn anew
    if (!anchors.has(layer)) anchors.set(layer, findAnchors(map, layer, size));
    return anchors.get(layer);
  }

  function findAnchors(map, layer, size) {
    const { extent } = bodyOf(map, layer);
    if (!extent) return [];
    const a = extent.min;
    const b = extent.max;
    const box = [Math.max(a.x, 6), Math.max(a.y, 6), Math.min(b.x, size.x - 6), Math.min(b.y, size.y - 6)];
    const width = box[2] - box[0];
    const height = box[3] - box[1];
    if (width < 12 || height < 8) return [];
    const step = Math.max(9, Math.sqrt((width * height) / 220));
    const inner = [];
    const outer = [];
    for (let x = box[0] - step / 2; x <= box[2] + step; x += step) {
      for (let y = box[1] - step / 2; y <= box[3] + step; y += step) {
        const seen = x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3];
        (seen && inBody(map, layer, x, y) ? inner : outer).push([x, y]);
      }
    }
    const room = ([x, y]) => outer.reduce((m, [u, v]) => Math.min(m, Math.hypot((x - u) / 1.6, y - v)), 1e9);
    return inner
      .map((p) => [p, room(p)])
      .sort((p, q) => q[1] - p[1])
      .slice(0, 120)
      .map(([p]) => p);
  }

  /**
   * Places one label, or leaves it out.
   * @param {L.Map} map
   * @param {{html: string, cls: string, anchor: L.LatLng, polygon: ?L.Polygon, accept: ?Function, whole: ?boolean, insist: boolean, led: ?boolean, reach: ?number, crowd: ?number, cost: ?Function}} item
   *   whole: all of it, not only its middle, lies where it belongs
   *   led: stands beside its polygon with a line to it where there is no room within
   *   cost: what a box costs on top of its distance; Infinity rules it out
   * @param {{boxes: number[][], soft: number[][], points: PointIndex, pane: string, reach: number, crowd: number}} ground
   * @returns {boolean} whether it found room
   */
  function placeOne(map, item, ground) {
    const size = map.getSize();
    const pane = map.getPane(ground.pane);
    const [width, height] = measure(pane, item.html, item.cls);
    const w = width + ground.air;
    const h = height + ground.air / 3;
    const home = map.latLngToContainerPoint(item.anchor);
    const homeSeen = home.x > 0 && home.y > 0 && home.x < size.x && home.y < size.y;
    if (item.polygon && !item.insist && !roomy(map, item.polygon, width, height)) return false;
    const tries = homeSeen ? SPIRAL.map(([dx, dy]) => [home.x + dx, home.y + dy, Math.hypot(dx, dy)]) : [];
    const reach = item.reach || ground.reach;
    const crowd = item.crowd || ground.crowd;
    let best = null;
    const attempt = ([x, y, distance]) => {
      if (distance > reach || (best && distance >= best.score)) return;
      const box = [x - w / 2, y - h / 2, x + w / 2, y + h / 2];
      if (box[0] < 3 || box[1] < 3 || box[2] > size.x - 3 || box[3] > size.y - 3) return;
      if (ground.boxes.some((other) => overlaps(box, other))) return;
      const spots = item.whole ? [[x, y], [box[0], box[1]], [box[2], box[1]], [box[0], box[3]], [box[2], box[3]]] : [[x, y]];
      if (item.polygon && !spots.every((p) => inBody(map, item.polygon, ...p))) return;
      if (item.accept && !spots.every((p) => item.accept(map.containerPointToLatLng(p)))) return;
      const extra = item.cost ? item.cost(box) : 0;
      if (extra === Infinity) return;
      const covered = ground.points.count([box[0] - 4, box[1] - 3, box[2] + 4, box[3] + 3], crowd + 1);
      if (covered > crowd) return;
      let score = distance + extra + covered * (item.crowd ? 12 : 90) + 25 * ground.soft.filter((other) => overlaps(box, other)).length;
      if (item.polygon && (!best || score < best.score)) {
        for (const [px, py] of [[box[0], y], [box[2], y], [x, box[1]], [x, box[3]]]) {
          if (!inBody(map, item.polygon, px, py)) score += 9;
        }
      }
      if (!best || score < best.score) best = { score, x, y, box };
    };
    tries.forEach(attempt);
    if (item.polygon && (!best || best.score > 60)) {
      visibleAnchors(map, item.polygon, size).forEach(([x, y], i) => attempt([x, y, Math.min(reach, (homeSeen ? 40 : 8) + i / 4)]));
    }
    if (!best) return false;
    write(map, item, ground, best);
    return true;
  }

  /** Writes a label at its place (container px) and keeps others off it. */
  function write(map, item, ground, { x, y, box }) {
    ground.boxes.push(box);
    const label = L.DomUtil.create("div", `ct-label ${item.cls}`, map.getPane(ground.pane));
    label.innerHTML = item.html;
    const p = map.containerPointToLayerPoint([x, y]);
    label.style.left = `${Math.round(p.x)}px`;
    label.style.top = `${Math.round(p.y)}px`;
  }

  /** Places a label beside its polygon, with a line to it: for names that must not be missing. */
  function placeLed(map, item, ground) {
    const size = map.getSize();
    const at = visibleAnchors(map, item.polygon, size)[0];
    if (!at) return false;
    const [width, height] = measure(map.getPane(ground.pane), item.html, item.cls);
    const [w, h] = [width / 2 + 3, height / 2 + 2];
    let best = null;
    for (let r = 24; r <= LEAD; r += 8) {
      for (let a = 0; a < 32; a++) {
        const [x, y] = [at[0] + r * Math.cos((a * Math.PI) / 16), at[1] + r * Math.sin((a * Math.PI) / 16)];
        const box = [x - w, y - h, x + w, y + h];
        if (box[0] < 3 || box[1] < 3 || box[2] > size.x - 3 || box[3] > size.y - 3) continue;
        if (ground.boxes.some((other) => overlaps(box, other))) continue;
        const score = r + 8 * ground.points.count(box, 60) + 25 * ground.soft.filter((other) => overlaps(box, other)).length;
        if (!best || score < best.score) best = { score, x, y, box };
      }
    }
    if (!best) return false;
    // The line ends where it meets the label.
    const [dx, dy] = [best.x - at[0], best.y - at[1]];
    const inside = Math.min(Math.abs(dx) > 0 ? w / Math.abs(dx) : 1, Math.abs(dy) > 0 ? h / Math.abs(dy) : 1, 1);
    const line = L.DomUtil.create("div", "ct-led", map.getPane(ground.pane));
    const p = map.containerPointToLayerPoint(at);
    line.style.left = `${p.x}px`;
    line.style.top = `${p.y}px`;
    line.style.width = `${Math.hypot(dx, dy) * (1 - inside)}px`;
    line.style.transform = `rotate(${Math.atan2(dy, dx)}rad)`;
    write(map, item, ground, best);
    return true;
  }

  /** Whether a polygon is large enough on screen to carry a label of this size. */
  function roomy(map, polygon, width, height) {
    const { extent } = bodyOf(map, polygon);
    if (!extent) return false;
    const a = extent.min;
    const b = extent.max;
    return b.x - a.x > 0.75 * width && b.y - a.y > 0.75 * Math.min(height, 18);
  }

  /**
   * Places all labels of a map anew.
   * @param {L.Map} map
   * @param {object[][]} groups items by rank, see placeOne
   * @param {{boxes: number[][], soft: number[][], points: L.Point[], pane: string, reach: number, crowd: number, air: number}} ground
   *   what labels keep clear of: furniture (boxes) and symbols (points), and lines they would
   *   rather not cross (soft), all in container px
   * @returns {number} how many found room
   */
  function place(map, groups, ground) {
    map.getPane(ground.pane).replaceChildren();
    const state = { reach: 66, crowd: 2, air: 6, soft: [], ...ground, points: new PointIndex(ground.points), boxes: ground.boxes.slice() };
    let placed = 0;
    for (const items of groups) {
      for (const item of items) {
        const alternatives = item.shorter ? [item, { ...item, html: item.shorter }] : [item];
        if (alternatives.some((one) => placeOne(map, one, state)) || (item.led && placeLed(map, item, state))) placed += 1;
      }
    }
    return placed;
  }

  Object.assign(chuangtu, { place, contains, forgetMeasures, visibleAnchors });
})();
