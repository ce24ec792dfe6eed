/*
 * Policy layouts on the map: signs, links, edges of districts, notes. Signs keep their size and
 * are laid out on the screen at every zoom; the data keep their places.
 */
(() => {
  "use strict";
  const chuangtu = (window.chuangtu = window.chuangtu || {});

  /** Signs are drawn smaller on frames narrower than a tablet. */
  const PHONE = 0.74;
  /** How strongly links bend (share of their length) to pass a sign, least first. */
  const BENDS = [0, 0.06, -0.06, 0.13, -0.13, 0.22, -0.22, 0.34, -0.34, 0.48, -0.48];
  /** Room between signs, and between a sign and the end of a link, px. */
  const AIR = 3;
  /** Least length of the line that ties a moved sign to its neighbour, px. */
  const TIE = 8;
  const LABELS = { core: "ct-name-core", node: "ct-name-node", zone: "ct-name-node", corridor: "ct-name-node" };

  /** SVG renderer of a pane, one per map. */
  function renderer(atlas, pane) {
    const own = atlas.renderers || (atlas.renderers = {});
    return own[pane] || (own[pane] = L.svg({ pane, padding: 0.6 }));
  }

  function line(atlas, pane, className, options = {}) {
    return L.polyline([], { pane, renderer: renderer(atlas, pane), interactive: false, smoothFactor: 0, className, ...options });
  }

  /** Creates everything of a layout that has a place; positions follow in arrange(). */
  function drawLayout(atlas, group, layout) {
    atlas.signs = [];
    atlas.ways = [];
    Object.assign(atlas.state, { elements: 0, links: 0 });
    atlas.map.getContainer().classList.toggle("ct-layouts", Boolean(layout));
    if (!layout) return;
    const all = L.featureGroup();
    for (const axis of layout.axes) {
      const latlngs = axis.lines.map((part) => part.map((c) => atlas.latlng(c)));
      for (const name of ["ct-axis-band", `ct-axis${axis.planned ? " ct-planned" : ""}`]) line(atlas, "layout", name).setLatLngs(latlngs).addTo(all);
    }
    for (const sign of layout.signs) {
      if (sign.u) {
        L.circle(atlas.latlng(sign.at), { radius: sign.u, pane: "layout", renderer: renderer(atlas, "layout"), interactive: false, className: "ct-sign-error" }).addTo(all);
      }
    }
    for (const link of layout.links) atlas.ways.push(makeWay(atlas, link, all));
    layout.signs.forEach((sign, i) => atlas.signs.push(makeSign(atlas, sign, layout, i, all)));
    all.addTo(group);
    atlas.state.elements = new Set(layout.signs.map((sign) => sign.e)).size;
    atlas.state.signs = layout.signs.length;
    atlas.state.links = layout.links.length;
  }

  function makeWay(atlas, link, all) {
    const broken = link.planned ? " ct-planned" : "";
    const classes = link.k === "twin" ? ["ct-twin-halo", `ct-twin${broken}`, `ct-twin-core${broken}`] : ["ct-link-halo", `ct-link ct-link-${link.k}${broken}`];
    const lines = classes.map((name) => line(atlas, "layout", name).addTo(all));
    const head = link.k === "radiates" ? L.polygon([], { pane: "layout", renderer: renderer(atlas, "layout"), interactive: false, smoothFactor: 0, className: "ct-link-head" }).addTo(all) : null;
    return { link, lines, head };
  }

  function makeSign(atlas, sign, layout, i, all) {
    const at = atlas.latlng(sign.at);
    const tie = line(atlas, "layout", "ct-tie").addTo(all);
    const foot = line(atlas, "layout", "ct-tie-foot").addTo(all);
    const [w, h] = sign.half;
    const picked = sign.e === layout.selected ? " ct-picked" : "";
    const html = `${sign.svg}<span class="ct-unseen">${sign.n}</span>`;
    const icon = L.divIcon({ className: `ct-sign ct-sign-${sign.k}${picked}`, html, iconSize: [2 * w, 2 * h] });
    const marker = L.marker(at, { pane: "elements", icon, zIndexOffset: 10000 - 100 * i, keyboard: true });
    const caption = [sign.v, sign.t].filter(Boolean).join("<br>");
    const words = `<b>${sign.n}</b>${caption ? `<br><span class="ct-caption">${caption}</span>` : ""}`;
    marker.bindTooltip(words, { direction: "top", offset: [0, -h] }).addTo(all);
    marker.on("click", ({ latlng }) => atlas.tell("element", sign.e, latlng));
    return { sign, at, tie, foot, marker, x: NaN, y: NaN };
  }

  /** Borders round all districts of an element: segments that no two of them share. */
  function outer(features) {
    const count = new Map();
    const rings = features.flatMap(({ geometry: g }) => (g.type === "Polygon" ? g.coordinates : g.coordinates.flat()));
    const key = (a, b) => (a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]) ? `${a},${b}` : `${b},${a}`);
    for (const ring of rings) for (let i = 1; i < ring.length; i++) count.set(key(ring[i - 1], ring[i]), (count.get(key(ring[i - 1], ring[i])) || 0) + 1);
    const parts = [];
    for (const ring of rings) {
      let part = null;
      for (let i = 1; i < ring.length; i++) {
        if (count.get(key(ring[i - 1], ring[i])) > 1) part = null;
        else if (part) part.push(ring[i]);
        else parts.push((part = [ring[i - 1], ring[i]]));
      }
    }
    return parts;
  }

  /** Edges of tinted districts; needs the document. */
  function drawEdges(atlas) {
    if (atlas.edges) atlas.edges.remove();
    atlas.edges = null;
    const { layout } = atlas.paint;
    if (!layout) return;
    atlas.edges = L.layerGroup().addTo(atlas.map);
    const byId = new Map(atlas.document.districts.features.map((f) => [f.properties.id, f]));
    for (const edge of layout.edges) {
      const features = edge.units.map((id) => byId.get(id)).filter(Boolean);
      const parts = outer(features);
      const name = `ct-edge ct-edge-${edge.k} ct-edge-${edge.line}${edge.e === layout.selected ? " ct-picked" : ""}`;
      line(atlas, "areas", name, { smoothFactor: 0.6 }).setLatLngs(parts.map((part) => part.map((c) => atlas.latlng(c)))).addTo(atlas.edges);
    }
  }

  /** Fill of a district by its part in the layout; "" where it has none. */
  function areaFill(paint, id) {
    const area = paint.layout && paint.layout.areas[id];
    if (!area) return "";
    return { core: "var(--corefill)", node: "var(--nodefill)", zone: "var(--nodefill)", zone2: "var(--zonefill)", corridor: "var(--nodefill)" }[area] || `url(#ct-area-${area})`;
  }

  const overlap = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
  const boxAt = (x, y, w, h, air = AIR) => [x - w - air, y - h - air, x + w + air, y + h + air];

  /**
   * Lays signs and links out for the present view.
   * @returns {{boxes: number[][], soft: number[][], items: object[]}} what lettering keeps clear
   *   of, what it avoids, and the names to letter
   */
  function arrange(atlas, points) {
    const { map, paint: { layout }, frame } = atlas;
    if (atlas.unfurnished) chuangtu.clearNotes(atlas);
    if (!layout) return { boxes: [], soft: [], items: [] };
    const scale = frame.narrow ? PHONE : 1;
    map.getContainer().style.setProperty("--ct-sign-scale", scale);
    const boxes = frame.furniture();
    for (const one of atlas.signs) one.x = NaN;
    for (const one of atlas.signs) put(atlas, one, boxes, points, scale);
    const soft = atlas.ways.flatMap((way) => route(atlas, way, scale));
    tellErrors(atlas, scale);
    return { boxes, soft, items: atlas.signs.flatMap((one) => nameItem(atlas, one)) };
  }

  /** The legend tells of circles of uncertainty where one is larger than its sign. */
  function tellErrors(atlas, scale) {
    const { map } = atlas;
    const seen = atlas.signs.some(({ sign, at }) => {
      const metre = 256 * 2 ** map.getZoom() / (40075017 * Math.cos((at.lat * Math.PI) / 180));
      return sign.u * metre > Math.min(...sign.half) * scale + 2;
    });
    const item = atlas.frame.legend.querySelector('.ct-legend-layout [data-sign="error"]');
    if (item) item.hidden = !seen;
  }

  /** Where a sign belongs on the screen: one that stands for districts follows them into view. */
  function homeOf(atlas, { sign, at }) {
    const { map, paint: { layout }, layers } = atlas;
    const home = map.latLngToContainerPoint(at);
    const size = map.getSize();
    const edge = sign.fixed ? null : layout.edges.find((one) => one.e === sign.e);
    if (!edge || (home.x > 10 && home.y > 10 && home.x < size.x - 10 && home.y < size.y - 10)) return home;
    const view = map.getBounds();
    const seen = layers.own.getLayers().filter((layer) => edge.units.includes(layer.feature.properties.id) && view.intersects(layer.getBounds()));
    const spots = seen.map((layer) => chuangtu.visibleAnchors(map, layer, size)).sort((a, b) => b.length - a.length)[0] || [];
    return spots.length > 20 ? L.point(spots[0]) : home;
  }

  /** Puts one sign where it hides no other, as near to its place as can be. */
  function put(atlas, one, boxes, points, scale) {
    const { map } = atlas;
    const { sign } = one;
    const size = map.getSize();
    const home = homeOf(atlas, one);
    const seen = home.x > 0 && home.y > 0 && home.x < size.x && home.y < size.y;
    const [w, h] = sign.half.map((v) => v * scale);
    const host = sign.beside === undefined ? null : atlas.signs[sign.beside];
    const tries = host ? sides(host, w, h, scale) : around(home);
    const unit = sign.fixed || host ? null : atlas.view.districtAt(map.containerPointToLatLng(home));
    let best = null;
    const struckBy = host ? straight(atlas, () => true) : unit ? straight(atlas, ({ k }) => k === "twin") : [];
    for (const [x, y, far] of tries) {
      const box = boxAt(x, y, w, h, far && sign.fixed ? TIE : 1);
      if (boxes.some((other) => overlap(other, box))) continue;
      if (seen && (x - w < 2 || y - h < 2 || x + w > size.x - 2 || y + h > size.y - 2)) continue;
      const outside = Boolean(unit && far && !chuangtu.contains(unit, map.containerPointToLatLng([x, y])));
      const dots = sign.fixed || host ? 0 : points.filter((p) => p.x > box[0] && p.x < box[2] && p.y > box[1] && p.y < box[3]).length;
      const struck = struckBy.filter(([a, b]) => toSegment(x, y, a, b) < sign.ring * scale + (host ? 5 : 8));
      const score = far + (outside ? 60 : 0) + 2.5 * Math.min(dots, 8) + struck.reduce((sum, [, , twin]) => sum + (twin ? 70 : 25), 0);
      if (!best || score < best.score) best = { x, y, score, outside };
      if (best.score <= far) break;
    }
    const { x, y, outside } = best || { x: home.x, y: home.y };
    boxes.push(boxAt(x, y, w, h, 1));
    Object.assign(one, { x, y, host, scale });
    one.marker.setLatLng(map.containerPointToLatLng([x, y]));
    const tied = (sign.fixed || outside) && Math.hypot(x - home.x, y - home.y) > 2;
    one.tie.setLatLngs(tied ? [one.at, map.containerPointToLatLng([x, y])] : []);
    one.foot.setLatLngs(tied ? [one.at, one.at] : []);
  }

  /** Links between signs that have been put, as straight lines: other signs keep off them. */
  function straight(atlas, which) {
    return atlas.ways.filter(({ link }) => which(link)).map(({ link }) => [atlas.signs[link.a], atlas.signs[link.b], link.k === "twin"]).filter(([a, b]) => !Number.isNaN(a.x) && !Number.isNaN(b.x));
  }

  /** Distance of a point from a segment. */
  function toSegment(x, y, a, b) {
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const t = Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1)));
    return Math.hypot(x - a.x - t * dx, y - a.y - t * dy);
  }

  /** Places round a point, nearest first, to the right before other directions. */
  function around({ x, y }) {
    const tries = [[x, y, 0]];
    for (let r = 6; r <= 108; r += 6) for (let a = 0; a < 16; a++) tries.push([x + 1.15 * r * Math.cos((a * Math.PI) / 8), y + r * Math.sin((a * Math.PI) / 8), r]);
    return tries;
  }

  /** Places beside another sign: right, left, below, above. */
  function sides(host, w, h, scale) {
    const [hw, hh] = host.sign.half.map((v) => v * scale + 3);
    const { x, y } = host;
    return [[x + hw + w, y - 5 * scale, 0], [x - hw - w, y - 5 * scale, 1], [x, y + hh + h, 2], [x, y - hh - h, 3], [x + hw + w, y + hh, 4], [x - hw - w, y + hh, 5]];
  }

  /** Draws a link from ring to ring, bent where it would run over another sign. */
  function route(atlas, { link, lines, head }, scale) {
    const { map } = atlas;
    const a = atlas.signs[link.a];
    const b = atlas.signs[link.b];
    const others = atlas.signs.filter((one) => one !== a && one !== b);
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    const clip = (one) => one.sign.ring * scale + AIR;
    let path = [];
    if (length > clip(a) + clip(b) + 6) {
      const paths = BENDS.map((bend) => bow(a, b, bend * length));
      const clear = (points) => !others.some((one) => points.some((p) => Math.hypot(p[0] - one.x, p[1] - one.y) < one.sign.ring * scale + 7));
      path = (link.k === "twin" ? paths[0] : paths.find(clear) || paths[0]).filter(([x, y]) => Math.hypot(x - a.x, y - a.y) >= clip(a) && Math.hypot(x - b.x, y - b.y) >= clip(b));
    }
    const latlngs = path.map((p) => map.containerPointToLatLng(p));
    lines.forEach((one) => one.setLatLngs(latlngs));
    if (head) head.setLatLngs(arrow(path).map((p) => map.containerPointToLatLng(p)));
    const half = link.k === "twin" ? 5 : 3;
    return path.filter((_, i) => i % 3 === 0).map(([x, y]) => [x - half, y - half, x + half, y + half]);
  }

  /** Points of a bow from a to b that rises by `rise` px at its middle. */
  function bow(a, b, rise) {
    const steps = Math.max(24, Math.round(Math.hypot(b.x - a.x, b.y - a.y) / 2.5));
    const d = Math.hypot(b.x - a.x, b.y - a.y) || 1;
    const mx = (a.x + b.x) / 2 - (2 * rise * (b.y - a.y)) / d;
    const my = (a.y + b.y) / 2 + (2 * rise * (b.x - a.x)) / d;
    return Array.from({ length: steps + 1 }, (_, i) => {
      const t = i / steps;
      return [(1 - t) ** 2 * a.x + 2 * t * (1 - t) * mx + t * t * b.x, (1 - t) ** 2 * a.y + 2 * t * (1 - t) * my + t * t * b.y];
    });
  }

  function arrow(path) {
    if (path.length < 8) return [];
    const [x, y] = path.at(-1);
    const [u, v] = path.at(-5);
    const angle = Math.atan2(y - v, x - u);
    return [0, 2.7, -2.7].map((turn) => (turn ? [x + 10 * Math.cos(angle + turn), y + 10 * Math.sin(angle + turn)] : [x, y]));
  }

  /** Distance between two boxes, px. */
  function gap(a, b) {
    return Math.hypot(Math.max(0, a[0] - b[2], b[0] - a[2]), Math.max(0, a[1] - b[3], b[1] - a[3]));
  }

  const signBox = ({ sign, x, y, scale }) => boxAt(x, y, ...sign.half.map((v) => v * scale), 1);

  /** Districts of each element, and those of all cores and nodes: names of others keep off them. */
  function grounds(atlas) {
    const { layers, paint: { layout } } = atlas;
    const [first] = layers.own.getLayers();
    if (atlas.grounded !== layout || atlas.groundedOn !== first) {
      atlas.groundedOn = first;
      const units = (edges) => {
        const ids = new Set(edges.flatMap((edge) => edge.units));
        return layers.own.getLayers().filter((layer) => ids.has(layer.feature.properties.id));
      };
      atlas.grounded = layout;
      atlas.homes = new Map(layout.edges.map((edge) => [edge.e, units([edge])]));
      atlas.named = units(layout.edges.filter((edge) => edge.k !== "zone"));
    }
    return atlas;
  }

  /** Name of a sign, for place(); candidates beside a host have theirs in the tooltip. */
  function nameItem(atlas, one) {
    const { map } = atlas;
    const { sign, host } = one;
    if (sign.k === "candidate" && host) return [];
    const small = sign.v ? `<small>${sign.v}</small>` : "";
    const name = `<span class="ct-name">${sign.n}</span>`;
    const cls = LABELS[sign.k] || "ct-name-place";
    const important = cls !== "ct-name-place";
    const { homes, named } = grounds(atlas);
    const home = sign.fixed ? null : homes.get(sign.e);
    const others = atlas.signs.filter((other) => other !== one && other.sign.e !== sign.e);
    const cost = (box, led) => {
      const own = gap(box, signBox(one));
      if (!led && others.some((other) => gap(box, signBox(other)) < own + 1.5)) return Infinity;
      const crowded = led ? 8 * others.filter((other) => gap(box, signBox(other)) < 8).length : 0;
      const foreign = home ? chuangtu.share(map, named, box) - chuangtu.share(map, home, box) : 0;
      return foreign > 0.4 ? Infinity : crowded + 50 * Math.max(0, foreign);
    };
    return [{ cost, html: `${name}${small}`, shorter: small ? name : "", cls, sign: signBox(one), led: important ? 200 : 100, crowd: important ? 9 : 3 }];
  }

  Object.assign(chuangtu, { drawLayout, drawEdges, areaFill, arrangeLayout: arrange });
})();
